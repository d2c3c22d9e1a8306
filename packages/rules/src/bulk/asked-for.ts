import { isAttendanceFact } from '../kinds/attendance/filler.ts'
import { isMeasureFact } from '../kinds/completion/measures.ts'
import { factsIn } from '../kinds/facts-in.ts'
import { factorOfWindow } from '../kinds/risk/filler.ts'
import { basesOf, isComputation } from '../language/derivation.ts'
import type { Facts } from '../language/facts.ts'
import { kindIds, type KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** The kinds of which a rule reads one of these facts, in the order they are decided. */
export function factsAskedFor(ruleSet: RuleSet, facts: Facts): KindId[] {
  return factsReadBy(ruleSet)
    .filter(([, names]) => Object.keys(facts).some((name) => names.has(name)))
    .map(([kind]) => kind)
}

/** The supplied facts that the rules of each kind read, and for risk every answer of its instrument. */
export function factsReadBy(ruleSet: RuleSet): readonly [KindId, ReadonlySet<string>][] {
  const known = remembered.get(ruleSet) ?? readBy(ruleSet)
  remembered.set(ruleSet, known)
  return known
}
const remembered = new WeakMap<RuleSet, readonly [KindId, ReadonlySet<string>][]>()

function readBy({ document, facts }: RuleSet): [KindId, ReadonlySet<string>][] {
  const factors = Object.keys(document.instrument?.factors ?? {}).map((id) => `factor.${id}`)
  return kindIds.map((kind) => {
    const named = Object.values(document[kind]).flatMap(({ conditions }) => factsIn(conditions, document))
    const supplied = named.flatMap((name) => suppliedFor(name, facts[name]?.derived))
    return [kind, new Set(kind === 'risk' ? [...supplied, ...factors] : supplied)]
  })
}

/** What has to be supplied for a fact that is computed. */
function suppliedFor(name: string, derived: RuleSet['facts'][string]['derived']): string[] {
  if (isComputation(derived)) return [...basesOf(derived)]
  const factor = factorOfWindow(name)
  if (factor !== undefined) return [factor]
  if (isMeasureFact(name)) return ['outcomes.measures']
  return isAttendanceFact(name) ? ['place.joinedOn', 'attendance.register'] : [name]
}
