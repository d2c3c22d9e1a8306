import type { FactSupplier } from '../rule-sets/index.ts'
import { latestBegunPlace } from './place.ts'

/** The day the place of a case began, or of the one it had last. Whatever rules judge a run are those of that day. */
export const programmeFactSupplier: FactSupplier = {
  slice: 'programmes',
  names: ['place.joinedOn'],
  async supply(tx, actor, caseId) {
    const place = await latestBegunPlace(tx, actor, caseId)
    return place ? { 'place.joinedOn': place.joinedOn } : {}
  },
}
