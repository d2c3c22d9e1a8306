import type { DecisionInput, FactDefinition, FactValue } from '../../language/facts.ts'
import type { Filler, Program } from '../../language/program.ts'
import type { ResolvedDocument } from '../../rule-set/document.ts'
import { putCounts } from '../counts.ts'

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
    const item = Object(written) as Readonly<Record<string, FactValue>>
    const measure = `${textOr(item['measure'], NOT_RECORDED)}@${textOr(item['version'], NOT_RECORDED)}`
    const source = typeof item['source'] === 'string' ? item['source'] : null
    const change = changes.find((each) => each === item['change']) ?? null
    return { measure, source, change, counts: namedMeasures.includes(measure) && source !== null && source !== 'self' }
  })
}

const textOr = (value: FactValue | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise)

export function namedMeasures({ parameters }: ResolvedDocument): readonly string[] {
  const value = Object.hasOwn(parameters, 'namedMeasures') ? parameters['namedMeasures']!.value : undefined
  return Array.isArray(value) ? value.map(String) : []
}

/**
 * How many of the measures that the provider names, each measure once. No share of them is given without what it is a share of.
 * `taken` have been taken by anybody's account; `counted` of those rest on an account that is not the person's own;
 * `better`, `unchanged`, `worse` and `open` add up to `counted`. One account of worse outweighs any other, one of better outweighs unchanged.
 * `open`: counted, and no change is recorded.
 */
export type MeasureCounts = {
  of: number
  taken: number
  counted: number
  better: number
  unchanged: number
  worse: number
  open: number
}

/** Of what is recorded. */
export function measureCounts(measures: readonly Measure[], named: readonly string[]): MeasureCounts {
  const counts: MeasureCounts = { of: 0, taken: 0, counted: 0, better: 0, unchanged: 0, worse: 0, open: 0 }
  for (const name of new Set(named)) {
    counts.of++
    const accounts = measures.filter(({ measure }) => measure === name)
    if (accounts.length > 0) counts.taken++
    const counting = accounts.filter((account) => account.counts)
    if (counting.length === 0) continue
    counts.counted++
    const says = (wanted: Change) => counting.some(({ change }) => change === wanted)
    if (says('significantly-worse')) counts.worse++
    else if (says('significantly-better')) counts.better++
    else if (says('no-significant-change')) counts.unchanged++
    else counts.open++
  }
  return counts
}

/** While a measure that counts has no recorded change, or a name, version or source that is not recorded could make one count, the counts may still change. */
const mayChange = (measures: readonly Measure[], named: readonly string[]): boolean =>
  measures.some(({ measure, source, change, counts }) =>
    counts ? change === null : source !== 'self' && (source === null || isNameOpen(measure)) && named.some((name) => mayBe(measure, name)),
  )

const NOT_RECORDED = '?'
const partsOf = (measure: string): [name: string, version: string] => {
  const at = measure.lastIndexOf('@')
  return [measure.slice(0, at), measure.slice(at + 1)]
}
const isNameOpen = (measure: string): boolean => partsOf(measure).includes(NOT_RECORDED)
const mayBe = (measure: string, named: string): boolean =>
  partsOf(named).every((part, index) => [part, NOT_RECORDED].includes(partsOf(measure)[index] ?? ''))

/** The facts that the measures add up to, and the count behind each. */
const counted: Readonly<Record<string, { count: keyof MeasureCounts; number: number; label: string }>> = {
  'completion.measuresBetter': { count: 'better', number: 4001, label: 'Named measures that became significantly better' },
  'completion.measuresWorse': { count: 'worse', number: 4002, label: 'Named measures that became significantly worse' },
  'completion.measuresCounted': {
    count: 'counted',
    number: 4003,
    label: 'Named measures that count, by an account other than the person’s own',
  },
}

export const isMeasureFact = (name: string): boolean => Object.hasOwn(counted, name)

/** The count that one of these facts is. */
export const measureFact = (name: string, counts: MeasureCounts | null): number | null => counts && counts[counted[name]!.count]

export function measureFacts(): Readonly<Record<string, FactDefinition>> {
  const common = {
    type: 'integer',
    unit: 'measures',
    minimum: 0,
    question: 'Which outcome measures were taken, on whose account, and what do they show?',
    source: 'Computed from the outcome measures taken: named, versioned, and not on the person’s own account',
    derived: { by: 'kind' },
  } as const
  return Object.fromEntries(Object.entries(counted).map(([name, { number, label }]) => [name, { ...common, number, label }]))
}

/** The counts as facts: null while they are unknown, or may still change. */
export function knownMeasureCounts(input: DecisionInput, named: readonly string[]): MeasureCounts | null {
  const measures = measuresTaken(input, named)
  return measures && !mayChange(measures, named) ? measureCounts(measures, named) : null
}

/** Whether a measure that counts shows that something became better. However a rule is written, nothing did otherwise. */
export const showsImprovement = (measures: readonly Measure[]): boolean =>
  measures.some(({ counts, change }) => counts && change === 'significantly-better')

export function measureFiller(document: ResolvedDocument, program: Program): Filler | undefined {
  const put = putCounts(counted, program)
  if (!put) return undefined
  const named = namedMeasures(document)
  return (slots, input) => put(slots, knownMeasureCounts(input, named))
}
