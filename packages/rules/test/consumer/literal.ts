// A rule set that stands in the program: every value is typed.
import { decide, explain } from '@plumbline/rules'
import { nearlyFired, settlingQuestions, smallestChange, whyNot } from '@plumbline/rules/counterfactuals'
import { defineRuleSet } from '@plumbline/rules/load'
import { range, sufficientReason } from '@plumbline/rules/why'

const ruleSet = defineRuleSet({
  id: 'night-shelter',
  version: '1.0.0',
  title: 'Night shelter',
  effectiveFrom: '2026-01-01',
  facts: {
    'guest.bornOn': { number: 10, type: 'day', label: 'Date of birth', question: 'When were you born?', source: 'Form' },
    'guest.nights': { number: 20, type: 'integer', minimum: 0, label: 'Nights', question: 'How many nights?', source: 'Form' },
    'guest.hasDog': { number: 30, type: 'boolean', label: 'Dog', question: 'Is there a dog?', source: 'Form' },
    'guest.comesFrom': {
      number: 40,
      type: 'choice',
      choices: ['street', 'hostel'],
      label: 'From',
      question: 'Where from?',
      source: 'Form',
    },
    'guest.stays': {
      number: 50,
      type: 'list',
      of: {
        type: 'item',
        fields: { since: { type: 'day', label: 'Since' }, outcome: { type: 'choice', choices: ['left', 'sent-away'], label: 'Outcome' } },
      },
      label: 'Stays',
      question: 'Which stays?',
      source: 'Book',
    },
    'guest.age': {
      number: 60,
      type: 'integer',
      label: 'Age',
      question: 'How old?',
      source: 'Computed',
      derived: { by: 'years-between', from: 'guest.bornOn', to: 'guest.arrivedOn' },
    },
    'guest.arrivedOn': { number: 70, type: 'day', label: 'Arrived', question: 'When did you arrive?', source: 'Form' },
  },
  eligibility: {
    'no-dogs': {
      number: 10,
      label: 'No dogs',
      source: 'House rules',
      conditions: { all: [{ fact: 'guest.hasDog', operator: 'equal', value: true }] },
      event: { type: 'ineligible', params: { reason: 'there is no yard' } },
    },
  },
})

const asOf = '2026-05-01'
const { outcome } = decide(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDog': true, 'guest.nights': null } })
const isRefused: boolean = outcome === 'ineligible'
explain(ruleSet, 'eligibility', {
  asOf,
  facts: { 'guest.stays': [{ since: '2026-01-01', outcome: 'left' }, null], 'guest.comesFrom': 'street' },
})
ruleSet.kinds.eligibility.decide({ asOf, facts: {} })

// @ts-expect-error misspelt
decide(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDgo': true } })
// @ts-expect-error a text for true or false
decide(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDog': 'yes' } })
// @ts-expect-error a text for a number
explain(ruleSet, 'eligibility', { asOf, facts: { 'guest.nights': '3' } })
// @ts-expect-error a choice that is none
decide(ruleSet, 'eligibility', { asOf, facts: { 'guest.comesFrom': 'moon' } })
// @ts-expect-error computed, and never supplied
decide(ruleSet, 'eligibility', { asOf, facts: { 'guest.age': 30 } })
// @ts-expect-error a misspelt field of an item
decide(ruleSet, 'eligibility', { asOf, facts: { 'guest.stays': [{ snice: '2026-01-01' }] } })
// @ts-expect-error a choice of a field that is none
ruleSet.kinds.eligibility.decide({ asOf, facts: { 'guest.stays': [{ outcome: 'vanished' }] } })
// @ts-expect-error there is no such kind
decide(ruleSet, 'weather', { asOf, facts: {} })
// @ts-expect-error the day of the decision is an argument
decide(ruleSet, 'eligibility', { facts: {} })

// Whoever asks why names the same facts.
const known = { asOf, facts: { 'guest.hasDog': true } }
range(ruleSet, 'eligibility', known)
sufficientReason(ruleSet, 'eligibility', known, { atLeast: true })
smallestChange(ruleSet, 'eligibility', known, { to: 'eligible' })
whyNot(ruleSet, 'eligibility', 'eligible', known)
// @ts-expect-error misspelt
range(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDgo': true } })
// @ts-expect-error misspelt
sufficientReason(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDgo': true } })
// @ts-expect-error misspelt
smallestChange(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDgo': true } })
// @ts-expect-error misspelt
whyNot(ruleSet, 'eligibility', 'eligible', { asOf, facts: { 'guest.hasDgo': true } })
// @ts-expect-error misspelt
nearlyFired(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDgo': true } })
// @ts-expect-error misspelt
settlingQuestions(ruleSet, 'eligibility', { asOf, facts: { 'guest.hasDgo': true } })

export { isRefused }
