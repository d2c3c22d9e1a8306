// Property tests of one's own, over typed facts.
import fc from 'fast-check'
import { decide, type RuleSet } from '@plumbline/rules'
import { factsFor, inputFor, riskFormFor } from '@plumbline/rules/testing'
import type { Facts } from './core-facts.ts'

export function checkAll(ruleSet: RuleSet<Facts>) {
  fc.assert(
    fc.property(
      inputFor(ruleSet, { kind: 'eligibility', known: 'some' }),
      (input) => decide(ruleSet, 'eligibility', input).outcome !== undefined,
    ),
  )
  fc.assert(fc.property(factsFor(ruleSet), (facts) => facts['referral.basis'] !== undefined))
  // @ts-expect-error misspelt
  fc.assert(fc.property(factsFor(ruleSet), (facts) => facts['referral.basos'] !== undefined))
  return riskFormFor(ruleSet)
}
