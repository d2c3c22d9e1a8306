import { seen } from './reasons.ts'
import type { Teller } from './sentences.ts'
import { durationInWords, series } from './words.ts'
import { questionOf } from './labels.ts'

/** Whom to tell and by when, the most urgent first; then what cannot be ruled out, as questions. */
export const tellSafeguarding: Teller<'safeguarding'> = ({ decision, rules, ruleSet, messages }) => {
  const { safeguarding: say, words } = messages
  const traceOf = (id: string) => rules.find(({ rule }) => rule === id)
  const told = decision.triggers.map(({ rule, tell, within }) => {
    const trace = traceOf(rule)
    return say.tell({
      label: trace?.label ?? rule,
      whom: series(
        tell.map((id) => words.plain({ id })),
        'and',
        messages,
      ),
      within: durationInWords(within, messages),
      ...(trace ? { seen: seen(trace.conditions, ruleSet, messages) } : {}),
    })
  })
  const open = decision.cannotBeRuledOut.map(({ rule, questions }) =>
    say.cannotBeRuledOut({
      label: traceOf(rule)?.label ?? rule,
      questions: words.questions({
        questions: questions.map(({ fact, question }) => (ruleSet.facts[fact] ? questionOf(fact, ruleSet, messages) : question)),
      }),
    }),
  )
  return [
    say.outcome({ outcome: decision.outcome }),
    ...told,
    decision.task ? say.ask({ within: durationInWords(decision.task.within, messages) }) : '',
    ...open,
  ]
}
