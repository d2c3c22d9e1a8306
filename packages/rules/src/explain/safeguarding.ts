import { seen } from './reasons.ts'
import type { Teller } from './sentences.ts'
import { durationInWords, plain, series } from './words.ts'

/** Whom to tell and by when, the most urgent first; then what cannot be ruled out, as questions. */
export const tellSafeguarding: Teller<'safeguarding'> = (decision, rules, ruleSet) => {
  const traceOf = (id: string) => rules.find(({ rule }) => rule === id)
  const told = decision.triggers.map(({ rule, tell, within }) => {
    const trace = traceOf(rule)
    return `${trace?.label ?? rule}: tell ${series(tell.map(plain))} within ${durationInWords(within)}${trace ? `. ${seen(trace.conditions, ruleSet)}` : ''}`
  })
  const open = decision.cannotBeRuledOut.map(
    ({ rule, questions }) => `Cannot be ruled out: ${traceOf(rule)?.label ?? rule}. ${questions.map(({ question }) => question).join(' ')}`,
  )
  const first = {
    tell: 'Someone must be told',
    ask: 'Nothing known calls for telling anyone, but not everything is known',
    nothing: 'Nothing calls for telling anyone, and nothing is open',
  }
  return [first[decision.outcome], ...told, decision.task ? `Ask within ${durationInWords(decision.task.within)}` : '', ...open]
}
