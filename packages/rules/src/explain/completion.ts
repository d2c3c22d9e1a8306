import type { MeasureChange } from './messages/english-kinds.ts'
import { seen } from './reasons.ts'
import type { Teller, Told } from './sentences.ts'

/** Two questions, two answers, each by the provider's own definition. */
export const tellCompletion: Teller<'completion'> = (told) => {
  const { decision, rules, ruleSet, messages } = told
  const { completion: say } = messages
  const reasons = (type: 'completed' | 'improved') =>
    rules
      .filter(({ event }) => event.type === type)
      .map(({ label, event, result, conditions, rule }) => {
        const definition = decision.reasons.find((reason) => reason.rule === rule)?.definition ?? String(event.params['definition'])
        return say.reason({ label, result, definition, seen: seen(conditions, ruleSet, messages) })
      })
  return [
    say.completed({ answer: decision.completed }),
    ...reasons('completed'),
    say.improved({ answer: decision.improved }),
    ...reasons('improved'),
    ...measuresInWords(told),
    ruleSet.document.statements['attendance-is-not-safety'] ?? say.attendanceIsNotSafety({}),
  ]
}

function measuresInWords({ decision: { measures, named }, messages, isHidden }: Told<'completion'>): string[] {
  const { completion: say, words } = messages
  if (isHidden('outcomes.measures')) return [say.measuresHidden({})]
  if (!measures || !named) return [say.noMeasures({})]
  const each = measures.map(({ measure, source, change, counts }) =>
    say.measure({
      measure,
      counts,
      ...(source === null ? {} : { source: words.plain({ id: source }) }),
      ...(change === null ? {} : { change: change satisfies MeasureChange }),
    }),
  )
  return [say.counts(named), ...each]
}
