import type { CompletionOutcome, YesNo } from '../kinds/index.ts'
import { seen } from './reasons.ts'
import type { Teller } from './sentences.ts'
import { plain } from './words.ts'

/** Two questions, two answers, each by the provider's own definition. */
export const tellCompletion: Teller<'completion'> = (decision, rules, ruleSet) => {
  const about = (type: string) => rules.filter(({ event }) => event.type === type)
  const reasons = (type: 'completed' | 'improved') =>
    about(type).map(({ label, event, result, conditions, rule }) => {
      const definition = decision.reasons.find((reason) => reason.rule === rule)?.definition ?? String(event.params['definition'])
      const answer = { true: 'yes', false: 'no', unknown: 'cannot be told' }[result]
      return `${label}: ${answer}. The definition: ${definition}. ${seen(conditions, ruleSet)}`
    })
  return [
    completed[decision.completed],
    ...reasons('completed'),
    improved[decision.improved],
    ...reasons('improved'),
    ...measuresInWords(decision),
    decision.statement,
  ]
}

const completed: Readonly<Record<YesNo, string>> = {
  yes: 'The programme was completed',
  no: 'The programme was not completed',
  'cannot-tell': 'Whether the programme was completed cannot be told',
}

const improved: Readonly<Record<YesNo, string>> = {
  yes: 'Behaviour became significantly better by the measures named',
  no: 'By the measures named, behaviour did not become significantly better',
  'cannot-tell': 'Whether behaviour became better cannot be told',
}

function measuresInWords({ measures }: CompletionOutcome): string[] {
  if (!measures) return ['Nobody has recorded whether outcome measures were taken']
  return measures.map(({ measure, source, change, counts }) => {
    const said = change === null ? 'no change recorded' : plain(change)
    return `Measure ${measure}, on the account of ${source === null ? 'somebody not recorded' : plain(source)}: ${said}${counts ? '' : ' (does not count)'}`
  })
}
