import { factsIn } from '../kinds/facts-in.ts'
import type { Outcomes } from '../kinds/index.ts'
import { factorOfWindow } from '../kinds/risk/filler.ts'
import { formOf } from '../diff/form.ts'
import { formOfFact } from '../diff/other.ts'
import { canonicalJson } from '../rule-set/canonical-json.ts'
import { kindIds, type KindId, type ResolvedDocument } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/**
 * Where two rule sets decide alike, by how they are written. An open outcome that stays as it was is unchanged only
 * where whatever is still open is decided alike; elsewhere an answer may move it, and nobody can tell.
 */
export type Alike = {
  /** Every case comes out the same. */
  kinds: Readonly<Record<KindId, boolean>>
  rule(kind: KindId, id: string): boolean
  /** Everything about risk except where bands begin. */
  riskButBands: boolean
  /** Everything about risk except weights and where bands begin. */
  riskButScale: boolean
  /** The instrument and what it reads; patterns may differ. */
  instrument: boolean
}

export function alike(before: RuleSet, after: RuleSet): Alike {
  const [one, other] = [signs(before), signs(after)]
  const isSame = (name: string) => one.get(name) === other.get(name)
  const kinds = kindIds.map((kind): [KindId, boolean] => [kind, isSame(kind)])
  return {
    kinds: Object.fromEntries(kinds) as Record<KindId, boolean>,
    rule: (kind, id) => isSame(`${kind}/${id}`) && isSame(`${kind} besides`),
    riskButBands: isSame('risk but bands'),
    riskButScale: isSame('risk but scale'),
    instrument: isSame('instrument'),
  }
}

/** Whether the rules of one kind see the same of every case, whatever they make of it. */
export function readsAlike(kind: KindId, before: RuleSet, after: RuleSet): boolean {
  return reading(kind, before) === reading(kind, after)
}

function reading(kind: KindId, { document, facts }: RuleSet): string {
  const used = Object.values(document[kind]).flatMap(({ conditions }) => factsIn(conditions, document))
  const names = [...new Set(used)].filter((name) => !name.startsWith('parameter.')).sort()
  const rules = JSON.stringify(document[kind])
  return canonicalJson([
    names.map((name) => [name, facts[name] ? formOfFact(facts[name]) : null]),
    behind(names, document),
    rules.includes('withinDays'),
  ])
}

/** Everything a kind's outcome rests on, as text, by kind and rule. */
function signs(ruleSet: RuleSet): ReadonlyMap<string, string> {
  const known = remembered.get(ruleSet) ?? signsOf(ruleSet)
  remembered.set(ruleSet, known)
  return known
}
const remembered = new WeakMap<RuleSet, ReadonlyMap<string, string>>()

function signsOf({ document, facts }: RuleSet): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const kind of kindIds) {
    const rules = Object.entries(document[kind]).map(([id, rule]): [string, string] => {
      const form = formOf(rule.conditions, document)
      const used = [...new Set(factsIn(rule.conditions, document))].filter((name) => !name.startsWith('parameter.')).sort()
      const definitions = used.map((name) => [name, facts[name] ? formOfFact(facts[name]) : null])
      return [id, canonicalJson([form, rule.event, definitions, behind(used, document)])]
    })
    const besides = canonicalJson(kind === 'risk' ? [windowsOf(document), valuesOf(['verifyWithinWorkingDays'], document)] : null)
    for (const [id, sign] of rules) found.set(`${kind}/${id}`, sign)
    found.set(`${kind} besides`, besides)
    const inOrder = rules
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, sign]) => [id, document[kind][id]?.number ?? 0, sign])
    found.set(kind, canonicalJson([inOrder, besides, kind === 'risk' ? (document.instrument ?? null) : null]))
    if (kind === 'risk') {
      found.set('risk but bands', canonicalJson([inOrder, besides, withoutBandStarts(document)]))
      found.set('risk but scale', canonicalJson([inOrder, besides, withoutWeights(withoutBandStarts(document))]))
      found.set('instrument', canonicalJson([besides, document.instrument ?? null]))
    }
  }
  return found
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

function withoutWeights(instrument: ReturnType<typeof withoutBandStarts>): unknown {
  const factors = Object.entries(instrument?.factors ?? {}).map(([id, { weight: _weight, ...rest }]) => [id, rest])
  return { ...instrument, factors: Object.fromEntries(factors) }
}

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
