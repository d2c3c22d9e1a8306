import type { RuleTrace } from '../kinds/index.ts'
import { factLabel, questionOf } from './labels.ts'
import { seen } from './reasons.ts'
import type { Teller, Told } from './sentences.ts'

/** What the criteria come to, and each criterion that made it so. */
export const tellEligibility: Teller<'eligibility'> = (told) => {
  const { decision, rules, ruleSet, messages } = told
  const { eligibility: say, words } = messages
  const named = (ids: readonly string[]) => rules.filter(({ rule }) => ids.includes(rule))
  const refusals = named(decision.refusedBy).map((rule) => reasonInWords(rule, told))
  const reviews = named(decision.reviewBy).map((rule) => reasonInWords(rule, told))
  const undecided = named(decision.undecided).map(({ label, dependsOn }) =>
    say.undecided({ label, waitsFor: dependsOn.map((fact) => factLabel(fact, ruleSet, messages)) }),
  )
  switch (decision.outcome) {
    case 'ineligible': {
      const route = decision.route === undefined ? '' : say.route({ route: decision.route })
      return [say.refused({ count: refusals.length }), ...refusals, route, ...reviews, ...undecided]
    }
    case 'needs-information': {
      const toAsk = decision.needs.map((fact) => say.toAsk({ question: questionOf(fact, ruleSet, messages) }))
      return [say.cannotTell({}), ...undecided, ...toAsk, ...reviews]
    }
    case 'human-review': {
      const isSaid = decision.whom !== undefined && decision.reviewBy.length > 0
      const whom = isSaid ? words.plain({ id: decision.whom ?? '' }) : say.whomByDefault({})
      return [say.personDecides({ whom }), ...(rules.length === 0 ? [say.noCriteria({})] : reviews), ...undecided]
    }
    case 'eligible':
      return [say.offered({}), say.allLookedAt({ count: rules.length })]
  }
}

function reasonInWords({ label, event, conditions }: RuleTrace, { ruleSet, messages }: Told<'eligibility'>): string {
  const { reason } = event.params
  return messages.eligibility.reason({
    label,
    ...(typeof reason === 'string' ? { reason } : {}),
    seen: seen(conditions, ruleSet, messages),
  })
}
