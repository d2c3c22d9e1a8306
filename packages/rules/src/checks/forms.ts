import { factorNames } from '../kinds/risk/evidence.ts'
import { addDays, addMonths } from '../language/civil-day.ts'
import type { Day, Facts, FactValue } from '../language/facts.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { answeredWays } from './groups.ts'
import type { SeenForm } from './finding.ts'

/** An answer as facts: a window becomes a last day on its edge. `way`: a place in `answeredWays`. */
export function answerAsFacts(id: string, way: number, months: number, asOf: Day): Record<string, FactValue> {
  const { answer, lastOccurredOn } = factorNames(id)
  const [word, window] = answeredWays[way] ?? answeredWays[0]
  if (window === 'none') return { [answer]: word }
  return { [answer]: word, [lastOccurredOn]: window === 'recent' ? asOf : addDays(addMonths(asOf, -months), -1) }
}

/** What a form comes to, by the same evaluator that decides about people. */
export function seen(ruleSet: RuleSet, asOf: Day, facts: Facts): SeenForm {
  return { facts, band: ruleSet.kinds.risk.decide({ asOf, facts }).band }
}
