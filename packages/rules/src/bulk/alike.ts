import { factsIn } from '../kinds/facts-in.ts'
import type { Outcomes } from '../kinds/index.ts'
import { factorOfWindow } from '../kinds/risk/filler.ts'
import { formOf } from '../diff/form.ts'
import { formOfFact } from '../diff/other.ts'
import type { Condition } from '../language/condition.ts'
import { basesOf, isComputation } from '../language/derivation.ts'
import { own, PARAMETER_PREFIX } from '../language/scope.ts'
import { isSameJson } from '../rule-set/canonical-json.ts'
import type { KindId, ResolvedDocument } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/**
 * Where two rule sets decide alike, by how they are written. An open outcome that stays as it was is unchanged only
 * where whatever is still open is decided alike; elsewhere an answer may move it, and nobody can tell.
 */
export type Alike = {
  /** Every case comes out the same. */
  kind(kind: KindId): boolean
  rule(kind: KindId, id: string): boolean
  /** Everything about risk except where bands begin. */
  riskButBands(): boolean
  /** The instrument and what it reads; patterns may differ. */
  instrument(): boolean
}

/** Looked at when it is asked for: most of two rule sets is the same, and most questions are answered by a small part. */
export function alike(before: RuleSet, after: RuleSet): Alike {
  const [one, other] = [before.document, after.document]
  const rules = new Map<string, boolean>()
  const hasSameNamed = once(() => isSameJson(one.conditions, other.conditions))
  const hasSameReading = once(() => isSameJson(reading(one), reading(other)))
  const decidesAlike = (kind: KindId, id: string): boolean => {
    const [rule, now] = [own(one[kind], id), own(other[kind], id)]
    if (!rule || !now) return rule === now
    if (!isSameJson(rule.event, now.event)) return false
    const [names, namesNow] = [namesIn(rule.conditions, before), namesIn(now.conditions, after)]
    const isWrittenAlike = () => isSameJson(names, namesNow) && isSameJson(rule.conditions, now.conditions) && hasSameNamed()
    const meansAlike = () => isSameJson(formOf(rule.conditions, one), formOf(now.conditions, other))
    const parametersOf = ({ parameters }: ResolvedDocument) =>
      names.filter(isParameter).map((name) => parameters[name.slice(PARAMETER_PREFIX.length)]?.value ?? null)
    const isAlike = (isWrittenAlike() && isSameJson(parametersOf(one), parametersOf(other))) || meansAlike()
    return isAlike && isSameJson(factsBehind(names, before), factsBehind(namesNow, after))
  }
  const rule = (kind: KindId, id: string): boolean => {
    const key = `${kind}/${id}`
    const known = rules.get(key) ?? decidesAlike(kind, id)
    rules.set(key, known)
    return known && (kind !== 'risk' || hasSameReading())
  }
  const hasSameRules = (kind: KindId): boolean => {
    const numbers = (document: ResolvedDocument) =>
      Object.fromEntries(Object.entries(document[kind]).map(([id, { number }]) => [id, number]))
    return isSameJson(numbers(one), numbers(other)) && Object.keys(one[kind]).every((id) => rule(kind, id))
  }
  const instrument = once(() => hasSameReading() && isSameJson(one.instrument, other.instrument))
  return {
    rule,
    instrument,
    kind: (kind) => (kind !== 'risk' || instrument()) && hasSameRules(kind),
    riskButBands: once(() => hasSameReading() && isSameJson(withoutBandStarts(one), withoutBandStarts(other)) && hasSameRules('risk')),
  }
}

function once(find: () => boolean): () => boolean {
  let found: boolean | undefined
  return () => (found ??= find())
}

/** How answers are read, and when they are to be verified. */
const reading = (document: ResolvedDocument): unknown => [windowsOf(document), valuesOf(['verifyWithinWorkingDays'], document)]

const isParameter = (name: string): boolean => name.startsWith(PARAMETER_PREFIX)

/** Facts and parameters that conditions look at, in order. */
const namesIn = (conditions: Condition, { document }: RuleSet): string[] => [...new Set(factsIn(conditions, document))].sort()

/** What these facts may hold, and how they come about. */
function factsBehind(names: readonly string[], { document, facts }: RuleSet): unknown {
  const read = names.flatMap((name) => {
    if (isParameter(name)) return []
    const derived = facts[name]?.derived
    return isComputation(derived) ? [name, ...basesOf(derived)] : [name]
  })
  return [read.map((name) => [name, facts[name] ? formOfFact(facts[name]) : null]), behind(read, document)]
}

/** What computed facts are computed with. */
function behind(facts: readonly string[], document: ResolvedDocument): unknown {
  const reads = (prefix: string) => facts.some((name) => name.startsWith(prefix))
  return [
    reads('attendance.') ? valuesOf(countingParameters, document) : null,
    reads('completion.') ? valuesOf(['namedMeasures'], document) : null,
    facts.some((name) => factorOfWindow(name) !== undefined) ? windowsOf(document) : null,
  ]
}

const countingParameters = ['countedSessionKinds', 'excusedAbsenceCounts', 'leftEarlyCounts', 'lateArrivalsPerMiss']

const valuesOf = (names: readonly string[], { parameters }: ResolvedDocument): unknown =>
  names.toSorted().map((name) => [name, parameters[name]?.value ?? null])

/** How far back is recent, for each factor. */
const windowsOf = ({ instrument, parameters }: ResolvedDocument): unknown =>
  Object.entries(instrument?.factors ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, { recentWithin }]) => [id, parameters[recentWithin]?.value ?? null])

function withoutBandStarts({ instrument }: ResolvedDocument) {
  if (!instrument) return null
  const bands = Object.entries(instrument.bands).map(([id, { number, reviewDays }]) => [id, { number, reviewDays }])
  return { factors: instrument.factors, domains: instrument.domains, missing: instrument.missing, bands: Object.fromEntries(bands) }
}

/** Rules that are still open in an outcome. `unknown` gives those whose conditions are; it is asked only where the outcome does not say. */
export const openRules: { readonly [Id in KindId]: (outcome: Outcomes[Id], unknown: () => string[]) => readonly string[] } = {
  risk: ({ mayStillFire }) => mayStillFire.patterns.map(({ rule }) => rule),
  eligibility: ({ undecided }) => undecided,
  safeguarding: ({ cannotBeRuledOut }) => cannotBeRuledOut.map(({ rule }) => rule),
  attendance: ({ undecided }) => undecided,
  pathway: ({ undecided }) => undecided.map(({ rule }) => rule),
  completion: (_, unknown) => unknown(),
}
