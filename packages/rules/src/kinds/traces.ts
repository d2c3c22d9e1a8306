import type { DecisionInput } from '../language/facts.ts'
import type { Program, Slots } from '../language/program.ts'
import { truthWord } from '../language/truth.ts'
import type { RuleTrace } from './kind.ts'
import { factsToAsk } from './reader.ts'
import type { Rule, RuleId } from './rule.ts'

/** As `byNumber` gives them, which is also the order of the program. */
export type RulesInOrder = readonly (readonly [RuleId, Rule])[]

/** Every rule with what it asked, saw and needed. */
export function tracesOf(rules: RulesInOrder, program: Program, slots: Slots, input: DecisionInput): RuleTrace[] {
  return rules.map(([id, { number, label, source, event }]) => {
    const index = program.ids.indexOf(id)
    return {
      rule: id,
      number,
      label,
      source,
      event: { type: event.type, params: event.params ?? {} },
      result: truthWord(program.truth(slots, index)),
      conditions: program.trace(slots, index),
      dependsOn: factsToAsk(program.dependsOn(slots, index), input),
    }
  })
}
