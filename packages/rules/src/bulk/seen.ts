import { attendanceParameters, countedSessions, sessionOutcomes } from '../kinds/attendance/register.ts'
import { isAttendanceFact } from '../kinds/attendance/filler.ts'
import { isMeasureFact } from '../kinds/completion/measures.ts'
import { factsIn } from '../kinds/facts-in.ts'
import { isDay } from '../language/civil-day.ts'
import { basesOf, type Computation, compute, isComputation } from '../language/derivation.ts'
import type { DecisionInput, FactDefinition, Facts } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** What the rules of one kind see of a case, as text: cases of which it is equal come out the same. */
export type Seen = (input: DecisionInput) => string

/** Undefined for risk, which sees nearly everything, and where rules look into the entries of a list. */
export function seenBy(kind: KindId, ruleSet: RuleSet): Seen | undefined {
  const { document, facts } = ruleSet
  const written = JSON.stringify([document[kind], document.conditions])
  if (kind === 'risk' || /"(?:some|every|none|count)":/.test(written)) return undefined
  const names = [...new Set(Object.values(document[kind]).flatMap(({ conditions }) => factsIn(conditions, document)))]
  const factors = names.some((name) => name.startsWith('factor.'))
  const needsDay = factors || names.includes('asOf') || written.includes('withinDays')
  const parts = names.filter((name) => !name.startsWith('parameter.') && name !== 'asOf').map((name) => part(name, facts[name]))
  const counted = names.some(isAttendanceFact) ? sessions(ruleSet) : undefined
  return (input) => JSON.stringify([needsDay ? input.asOf : null, counted?.(input) ?? null, ...parts.map((each) => each(input))])
}

type Part = (input: DecisionInput) => unknown

function part(name: string, definition: FactDefinition | undefined): Part {
  const derived = definition?.derived
  if (isComputation(derived)) return ({ facts }) => computedFrom(derived, facts)
  if (isAttendanceFact(name)) return () => null
  if (isMeasureFact(name)) return ({ facts }) => facts['outcomes.measures'] ?? null
  if (!name.startsWith('factor.')) return ({ facts }) => facts[name] ?? null
  const factor = name.split('.').slice(0, 2).join('.')
  return ({ facts }) => [facts[factor], facts[`${factor}.lastOccurredOn`], facts[`${factor}.sources`]].map((value) => value ?? null)
}

/** Of an age the years; of anything else what it is computed from, as it is supplied: a base out of its bounds is unknown. */
const computedFrom = (computation: Computation, facts: Facts): unknown => {
  const bases = basesOf(computation).map((base) => facts[base] ?? null)
  return computation.by === 'years-between'
    ? compute(
        computation,
        bases.map((base) => (isDay(base) ? base : null)),
      )
    : bases
}

/** How many counted sessions came out how. Their order decides nothing. */
function sessions({ document }: RuleSet): Part {
  const parameters = attendanceParameters(document)
  return (input) => {
    const counted = countedSessions(input, parameters)
    return counted ? [null, ...sessionOutcomes].map((outcome) => counted.filter((each) => each.outcome === outcome).length) : null
  }
}
