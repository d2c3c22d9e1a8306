import type { DecisionInput, FactDefinition, FactValue } from '../../language/facts.ts'
import type { Program } from '../../language/program.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import type { Filler } from '../reader.ts'

const changes = ['significantly-better', 'no-significant-change', 'significantly-worse'] as const
export type Change = (typeof changes)[number]

/** One outcome measure as it counts. */
export type Measure = {
  /** `name@version`. */
  measure: string
  source: string | null
  change: Change | null
  /** Named by the provider, and resting on somebody's account other than the person's own. */
  counts: boolean
}

/** The measures taken, and what they say. Undefined while nobody has recorded having asked. */
export function measuresTaken({ facts }: DecisionInput, namedMeasures: readonly string[]): Measure[] | undefined {
  const taken = facts['outcomes.measures']
  if (!Array.isArray(taken)) return undefined
  return (taken as readonly unknown[]).map((written) => {
    const item = typeof written === 'object' && written !== null ? (written as Readonly<Record<string, FactValue>>) : {}
    const measure = `${textOr(item['measure'], '?')}@${textOr(item['version'], '?')}`
    const source = typeof item['source'] === 'string' ? item['source'] : null
    const change = changes.find((each) => each === item['change']) ?? null
    return { measure, source, change, counts: namedMeasures.includes(measure) && source !== null && source !== 'self' }
  })
}

const textOr = (value: FactValue | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise)

export function namedMeasures({ parameters }: ResolvedDocument): readonly string[] {
  const value = Object.hasOwn(parameters, 'namedMeasures') ? parameters['namedMeasures']?.value : undefined
  return Array.isArray(value) ? value.map(String) : []
}

/** Of the measures that count: how many became better or worse, each measure once; one account of worse outweighs any of better. */
export type MeasureCounts = { better: number; worse: number }

/** Unknown while a measure that counts has no recorded change, or a source that is not recorded could make one count. */
export function measureCounts(measures: readonly Measure[], named: readonly string[]): MeasureCounts | null {
  const isOpen = measures.some(
    ({ measure, source, change, counts }) => (counts && change === null) || (source === null && named.includes(measure)),
  )
  if (isOpen) return null
  const saying = (wanted: Change) =>
    new Set(measures.filter(({ counts, change }) => counts && change === wanted).map(({ measure }) => measure))
  const worse = saying('significantly-worse')
  const better = [...saying('significantly-better')].filter((measure) => !worse.has(measure))
  return { better: better.length, worse: worse.size }
}

const BETTER = 'completion.measuresBetter'
const WORSE = 'completion.measuresWorse'
export const isMeasureFact = (name: string): boolean => name === BETTER || name === WORSE

export function measureFacts(): Readonly<Record<string, FactDefinition>> {
  const common = {
    type: 'integer',
    unit: 'measures',
    minimum: 0,
    question: 'Which outcome measures were taken, on whose account, and what do they show?',
    source: 'Computed from the outcome measures taken: named, versioned, and not on the person’s own account',
    derived: { by: 'kind' },
  } as const
  return {
    [BETTER]: { ...common, number: 4001, label: 'Named measures that became significantly better' },
    [WORSE]: { ...common, number: 4002, label: 'Named measures that became significantly worse' },
  }
}

export function measureFiller(document: ResolvedDocument, program: Program): Filler | undefined {
  const better = program.slotOf(BETTER)
  const worse = program.slotOf(WORSE)
  if (better < 0 && worse < 0) return undefined
  const named = namedMeasures(document)
  return (slots, input) => {
    const measures = measuresTaken(input, named)
    const counts = measures ? measureCounts(measures, named) : null
    if (better >= 0) slots[better] = counts && counts.better
    if (worse >= 0) slots[worse] = counts && counts.worse
  }
}
