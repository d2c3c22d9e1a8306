import fc from 'fast-check'
import { factsReadBy } from '../bulk/asked-for.ts'
import { type AnswerWord, answerWords, type EvidenceSource, evidenceSources, factorNames } from '../kinds/risk/evidence.ts'
import type { Day, DecisionInput, Facts, FactValue } from '../language/facts.ts'
import { kindIds, type KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { hintsOf } from './hints.ts'
import { dayBetween, type Known, orUnknown, valueOf } from './values.ts'

export type FactsOptions = {
  /** Only what the rules of this kind read. Left out: the whole catalogue. */
  kind?: KindId
  /** `all` (the default): every fact is supplied, and no part of it is null. `some`: facts are missing or null, and so are parts of lists. */
  known?: Known
}

export type InputOptions = FactsOptions & {
  /** The days on which decisions are asked for, both included. From 2025-01-01 to 2026-12-31 unless given. */
  asOf?: { from: Day; to: Day }
}

/**
 * Facts that a rule set accepts: each of its type, within its bounds, one of its choices; computed facts are never supplied.
 * Values that its rules compare with come up often, so that rules fire. A counter-example shrinks to few facts with plain values.
 *
 * @throws RangeError when the rules of the kind read no fact
 */
export function factsFor<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  { kind, known = 'all' }: FactsOptions = {},
): fc.Arbitrary<Supplied> {
  const whatever: RuleSet<object> = ruleSet
  const hints = hintsOf(whatever)
  const names = namesFor(whatever, kind)
  if (names.length === 0) throw new RangeError(`the rules of kind "${kind}" read no fact, so there is none to supply`)
  const values = names.map((name) => {
    const fact = whatever.facts[name]
    if (!fact) throw new RangeError(`the catalogue has no "${name}"`)
    return [name, orUnknown(valueOf(fact, { name, known, hints }), known)] as const
  })
  return fc.record(Object.fromEntries(values), known === 'all' ? {} : { requiredKeys: [] }) as fc.Arbitrary<Supplied>
}

/** A whole question: facts, and the day of the decision. */
export function inputFor<Supplied extends object = Facts>(
  ruleSet: RuleSet<Supplied>,
  { asOf = { from: '2025-01-01', to: '2026-12-31' }, ...options }: InputOptions = {},
): fc.Arbitrary<DecisionInput<Supplied>> {
  return fc.record({ asOf: dayBetween(asOf.from, asOf.to), facts: factsFor(ruleSet, options) })
}

/**
 * A form of the instrument as somebody fills it in: every factor answered, the evidence beside the answer, and no day for what never happened.
 * With `known: 'some'` answers are open (null: asked and not known; missing: not asked). Shrinks to "absent" throughout.
 *
 * @throws RangeError when the rule set has no instrument
 */
export function riskFormFor(ruleSet: RuleSet<object>, { known = 'all' }: Pick<FactsOptions, 'known'> = {}): fc.Arbitrary<Facts> {
  const factors = Object.keys(ruleSet.document.instrument?.factors ?? {})
  if (factors.length === 0) throw new RangeError('this rule set has no instrument, so there is no form')
  // Mild forms beside grave ones, so that every band comes up.
  const forms = [30, 8, 1].map((absent) =>
    fc.array(entryOf(absent, known), { minLength: factors.length, maxLength: factors.length, size: 'max' }),
  )
  return fc
    .oneof(...forms)
    .map((entries) => Object.fromEntries(entries.flatMap((entry, index) => factsOfEntry(factors[index] ?? '', entry))))
}

type Entry = { answer: AnswerWord | null | undefined; lastOccurredOn: Day | null; sources: EvidenceSource[] }

/** One row of a form; `absent` is how often nothing has happened, for each time that something has. */
function entryOf(absent: number, known: Known): fc.Arbitrary<Entry> {
  const answer = fc.oneof({ weight: absent, arbitrary: fc.constant('absent' as const) }, fc.constantFrom(...answerWords))
  const open = fc.constantFrom(null, undefined)
  const sources = fc.subarray([...evidenceSources])
  return fc.record({
    answer: known === 'all' ? answer : fc.oneof({ weight: 6, arbitrary: answer }, open),
    lastOccurredOn: fc.option(dayBetween('2023-01-01', '2026-12-31'), { freq: 2 }),
    // What rests on the partner alone counts as unknown.
    sources: known === 'all' ? sources.filter((named) => named.length !== 1 || named[0] !== 'partner') : sources,
  })
}

function factsOfEntry(factor: string, { answer, lastOccurredOn, sources }: Entry): [string, FactValue][] {
  const names = factorNames(factor)
  if (answer === undefined) return []
  if (answer === null) return [[names.answer, null]]
  const happened = answer !== 'absent' && lastOccurredOn !== null
  return [
    [names.answer, answer],
    ...(happened ? [[names.lastOccurredOn, lastOccurredOn] satisfies [string, FactValue]] : []),
    ...(sources.length > 0 ? [[names.sources, sources] satisfies [string, FactValue]] : []),
  ]
}

/** In the order of the catalogue. */
function namesFor(ruleSet: RuleSet, kind: KindId | undefined): string[] {
  if (kind !== undefined && !kindIds.includes(kind)) throw new RangeError(`there is no kind "${String(kind)}": ${kindIds.join(', ')}`)
  const read = kind === undefined ? undefined : factsReadBy(ruleSet).find(([id]) => id === kind)?.[1]
  return Object.entries(ruleSet.facts)
    .filter(([name, fact]) => !fact.derived && (read === undefined || read.has(name) || (kind === 'risk' && name.startsWith('factor.'))))
    .sort(([, one], [, other]) => one.number - other.number)
    .map(([name]) => name)
}
