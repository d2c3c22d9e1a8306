import type { Proposed } from '../kinds/index.ts'
import { questionOf } from './labels.ts'
import type { Messages } from './messages/index.ts'
import { seen } from './reasons.ts'
import type { Teller } from './sentences.ts'
import { durationInWords } from './words.ts'

/** What is proposed and why, then what cannot be told yet and what to ask. A person decides on everything. */
export const tellPathway: Teller<'pathway'> = ({ decision, rules, ruleSet, messages }) => {
  const { pathway: say } = messages
  const traceOf = (id: string) => rules.find(({ rule }) => rule === id)
  const labelOf = (id: string) => traceOf(id)?.label ?? id
  const proposals = decision.proposals.map((proposal) => {
    const trace = traceOf(proposal.rule)
    return say.proposal({
      label: labelOf(proposal.rule),
      what: proposalInWords(proposal, messages),
      ...(trace ? { seen: seen(trace.conditions, ruleSet, messages) } : {}),
    })
  })
  return [
    say.outcome({ outcome: decision.outcome }),
    ...proposals,
    ...decision.undecided.map(({ rule }) => say.undecided({ label: labelOf(rule) })),
    ...decision.needs.map((fact) => say.toAsk({ question: questionOf(fact, ruleSet, messages) })),
  ]
}

/** `one-to-one work at least once in 1 week, because of language`. */
export function proposalInWords(proposed: Proposed, messages: Messages): string {
  const { pathway: say, words } = messages
  switch (proposed.what) {
    case 'one-to-one': {
      const { reason, every } = proposed
      return say.oneToOne({ reason, ...(every === null ? {} : { every: durationInWords(every, messages) }) })
    }
    case 'onward-referral':
      return say.onwardReferral({ to: words.plain({ id: proposed.to }), reason: proposed.reason })
    case 'parenting-strand':
      return say.parentingStrand(proposed)
    case 'programme-variant':
      return say.programmeVariant({ variant: words.plain({ id: proposed.variant }), reason: proposed.reason })
    case 'retention-measure':
      return say.retentionMeasure(proposed)
  }
}
