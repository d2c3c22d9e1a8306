import type { FactSupplier } from '../rule-sets/index.ts'
import { latestMeasures } from './outcome-review.ts'

/** What outcome measures show, each on each account as it was taken last. Nothing while nobody has recorded having asked: it stays unknown. */
export const outcomeFactSupplier: FactSupplier = {
  slice: 'outcomes',
  names: ['outcomes.measures'],
  async supply(tx, actor, caseId) {
    const measures = await latestMeasures(tx, actor, caseId)
    if (measures === null) return {}
    return {
      'outcomes.measures': measures.map(({ measure, measureVersion, source, change }) => ({
        measure,
        version: measureVersion,
        source,
        change,
      })),
    }
  },
}
