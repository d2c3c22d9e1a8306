import type { RuleTrace } from '../kinds/index.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { questionOf, seen } from './reasons.ts'
import type { Teller } from './sentences.ts'
import { counted, plain } from './words.ts'

/** What the criteria come to, and each criterion that made it so. */
export const tellEligibility: Teller<'eligibility'> = (decision, rules, ruleSet) => {
  const named = (ids: readonly string[]) => rules.filter(({ rule }) => ids.includes(rule))
  const refusals = named(decision.refusedBy).map((rule) => reasonInWords(rule, ruleSet))
  const reviews = named(decision.reviewBy).map((rule) => reasonInWords(rule, ruleSet))
  const undecided = named(decision.undecided).map(
    ({ label, dependsOn }) =>
      `Not decided yet: ${label}${dependsOn.length > 0 ? ` (waits for ${dependsOn.map((fact) => ruleSet.facts[fact]?.label ?? fact).join('; ')})` : ''}`,
  )
  switch (decision.outcome) {
    case 'ineligible': {
      const first = `No place can be offered: ${counted(refusals.length, 'criterion refuses', 'criteria refuse')} it`
      return [first, ...refusals, decision.route === undefined ? '' : `Instead: ${decision.route}`, ...reviews, ...undecided]
    }
    case 'needs-information':
      return [
        'Whether a place may be offered cannot be told yet',
        ...undecided,
        ...decision.needs.map((fact) => `To ask: ${questionOf(fact, ruleSet)}`),
        ...reviews,
      ]
    case 'human-review':
      return [
        `A person decides: ${plain(decision.whom ?? 'programme-manager')}`,
        ...(rules.length === 0 ? ['This rule set has no criteria'] : reviews),
        ...undecided,
      ]
    case 'eligible':
      return [
        'No criterion refuses a place',
        `All ${rules.length} criteria were looked at, and everything they ask about is known or cannot matter`,
      ]
  }
}

function reasonInWords({ label, event, conditions }: RuleTrace, ruleSet: RuleSet): string {
  const { reason } = event.params
  return `${label}. ${typeof reason === 'string' ? `${reason}. ` : ''}${seen(conditions, ruleSet)}`
}
