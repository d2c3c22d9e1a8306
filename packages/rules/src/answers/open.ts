import type { DecisionInput } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Answer } from './answer.ts'
import { isFactor } from './factors.ts'

/**
 * The answers that are still to be given: what is not known, and what cannot be right as it stands,
 * such as a birth after the day of the referral. A rule waits for either.
 */
export function openAnswers(answers: readonly Answer[], ruleSet: RuleSet, kind: KindId, input: DecisionInput): Answer[] {
  const wrong = new Set(answersToCorrect(answers, ruleSet, kind, input))
  return answers.filter((answer) => !answer.isKnown || wrong.has(answer))
}

function answersToCorrect(answers: readonly Answer[], ruleSet: RuleSet, kind: KindId, input: DecisionInput): Answer[] {
  // Only days and numbers can be known and yet leave a rule waiting: by `withinDays`, or by what is computed from them.
  const given = answers.filter(({ isKnown, fact, now }) => isKnown && !isFactor(fact) && ['string', 'number'].includes(typeof now.value))
  if (given.length === 0) return []
  const waiting = ruleSet.kinds[kind].rules(input).filter(({ result }) => result === 'unknown')
  const waitedFor = new Set(waiting.flatMap(({ dependsOn }) => dependsOn))
  const hasGap = (fact: string) => answers.some((answer) => answer.fact === fact && !answer.isKnown)
  return given.filter(
    ({ fact, entry, now }) =>
      waitedFor.has(fact) && (!entry || (isDayField(ruleSet, fact, entry.field) && String(now.value) > input.asOf && !hasGap(fact))),
  )
}

function isDayField({ facts }: RuleSet, fact: string, field: string): boolean {
  const type = facts[fact]
  return type?.type === 'list' && type.of.type === 'item' && type.of.fields[field]?.type === 'day'
}
