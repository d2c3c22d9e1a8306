// A literal that builds on an imported file: the names of core's facts are checked, and the values of one's own.
import { decide, hashOf } from '@plumbline/rules'
import { diff, simulate } from '@plumbline/rules/bulk'
import { defineRuleSet } from '@plumbline/rules/load'
import core from '@plumbline/rules/rule-sets/core.json' with { type: 'json' }

const ruleSet = defineRuleSet(
  {
    id: 'with-interpreter',
    version: '1.0.0',
    title: 'With an interpreter',
    effectiveFrom: '2026-01-01',
    extends: { id: 'core', version: '1.0.0' },
    facts: {
      'custom.language': {
        number: 9000,
        type: 'choice',
        choices: ['en', 'cy'],
        label: 'Language',
        question: 'Which language?',
        source: 'Form',
      },
    },
  },
  [core],
)

const asOf = '2026-05-01'
decide(ruleSet, 'eligibility', { asOf, facts: { 'person.bornOn': '1990-02-14', 'engagement.isWilling': true, 'custom.language': 'cy' } })
decide(ruleSet, 'risk', {
  asOf,
  facts: {
    'factor.coercive-control': 'present',
    'factor.coercive-control.lastOccurredOn': '2026-01-01',
    'factor.coercive-control.sources': ['self', 'police'],
  },
})
decide(ruleSet, 'eligibility', { asOf, facts: { 'risk.atLeast': 'very-high' } })

// @ts-expect-error misspelt
decide(ruleSet, 'eligibility', { asOf, facts: { 'person.bronOn': '1990-02-14' } })
// @ts-expect-error no such factor
decide(ruleSet, 'risk', { asOf, facts: { 'factor.coersive-control': 'present' } })
// @ts-expect-error an answer that is none
decide(ruleSet, 'risk', { asOf, facts: { 'factor.coercive-control': 'yes' } })
// @ts-expect-error a source that is none
decide(ruleSet, 'risk', { asOf, facts: { 'factor.coercive-control.sources': ['rumour'] } })
// @ts-expect-error a band that is none
decide(ruleSet, 'eligibility', { asOf, facts: { 'risk.atLeast': 'enormous' } })
// @ts-expect-error computed
decide(ruleSet, 'eligibility', { asOf, facts: { 'person.ageOnReceipt': 30 } })
// @ts-expect-error a choice of one's own that is none
decide(ruleSet, 'eligibility', { asOf, facts: { 'custom.language': 'fr' } })

// A typed rule set is welcome wherever any is.
export const hash: Promise<string> = hashOf(ruleSet)
export const moved = simulate(ruleSet, ruleSet, [])
export const difference = diff(ruleSet, ruleSet)
