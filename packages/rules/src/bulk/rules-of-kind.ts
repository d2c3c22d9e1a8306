import type { Plan } from '../kinds/risk/plan.ts'
import type { Flat } from '../language/flat.ts'
import type { Program } from '../language/program.ts'
import type { Layout } from '../language/slots.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** The rules of one kind as they are asked of many cases. */
export type RulesOfKind = { ruleSet: RuleSet; kind: KindId; program: Program; layout: Layout; flat: Flat }

export function rulesOf(ruleSet: RuleSet, kind: KindId): RulesOfKind {
  const program = ruleSet.kinds[kind].program()
  return { ruleSet, kind, program, layout: program.layout, flat: program.flat() }
}

/** The instrument with its patterns. Whoever asks knows that there is one. */
export const planFor = ({ kinds }: RuleSet): Plan => kinds.risk.plan()!
