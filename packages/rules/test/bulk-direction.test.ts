import { expect, it } from 'vitest'
import { decide, type KindId, kindIds, type Outcomes } from '../src/index.ts'
import { directions } from '../src/bulk/index.ts'
import { stepOf, type Step } from '../src/bulk/move.ts'
import { type StandingOf, standings } from '../src/bulk/standing.ts'
import { shippedRuleSet } from './support/shipped.ts'

const core = shippedRuleSet('core')
const step = <Id extends KindId>(kind: Id, before: object, after: object): Step => {
  const outcome = decide(core, kind, { asOf: '2026-05-01', facts: {} })
  const standingOf: StandingOf<Id> = standings[kind]
  const standing = (partial: object) => standingOf({ ...outcome, ...partial } as Outcomes[Id], core.document)
  return stepOf(standing(before), standing(after))
}

const band = (atLeast: string, atMost: string) => ({ band: { atLeast, atMost } })
const offered = (outcome: string) => ({ outcome, reviewBy: [], undecided: [] })
const open = (...undecided: string[]) => ({ outcome: 'needs-information', reviewBy: [], undecided })
const told = (...triggers: object[]) => ({ outcome: 'tell', triggers, cannotBeRuledOut: [] })
const trigger = (rule: string, more: object = {}) => ({
  rule,
  level: 'same-day',
  tell: ['safeguarding-lead'],
  within: { amount: 1, unit: 'hours' },
  ...more,
})
const follows = (outcome: string, ...consequences: object[]) => ({ outcome, consequences, undecided: [] })
const removal = (from = 'this-run') => ({ type: 'removal-due', params: { from } })
const contact = { type: 'contact', params: { within: { amount: 1, unit: 'days' } } }

/** `down` is towards less care; the other way round it is up, except where both ways are down. */
const down: readonly [kind: KindId, what: string, before: object, after: object, back?: Step][] = [
  ['risk', 'a lower band', band('high', 'high'), band('medium', 'medium')],
  ['risk', 'a lower upper end', band('standard', 'high'), band('standard', 'medium')],
  ['risk', 'a lower lower end', band('medium', 'high'), band('standard', 'high')],
  ['risk', 'a wider range, and a narrower one', band('medium', 'high'), band('standard', 'very-high'), 'down'],
  ['eligibility', 'not refused any more', offered('ineligible'), offered('eligible')],
  ['eligibility', 'refused before, and something to be found out now', offered('ineligible'), open('under-16')],
  ['eligibility', 'looked at by a person before, offered now', offered('human-review'), offered('eligible')],
  ['eligibility', 'a refusal that was open', open('under-16'), offered('eligible')],
  ['eligibility', 'a refusal that was open, and a person who looks now', open('under-16'), offered('human-review'), 'down'],
  ['safeguarding', 'one trigger less', told(trigger('a'), trigger('b', { tell: ['police'] })), told(trigger('a'))],
  ['safeguarding', 'a lower level', told(trigger('a', { level: 'emergency' })), told(trigger('a'))],
  ['safeguarding', 'later', told(trigger('a')), told(trigger('a', { within: { amount: 2, unit: 'hours' } }))],
  [
    'safeguarding',
    'after a weekend, perhaps',
    told(trigger('a', { within: { amount: 1, unit: 'days' } })),
    told(trigger('a', { within: { amount: 1, unit: 'working-days' } })),
  ],
  [
    'safeguarding',
    'a working day that may be tomorrow, and two days',
    told(trigger('a', { within: { amount: 1, unit: 'working-days' } })),
    told(trigger('a', { within: { amount: 2, unit: 'days' } })),
    'down',
  ],
  [
    'safeguarding',
    'others told instead',
    told(trigger('a', { tell: ['police'] })),
    told(trigger('a', { tell: ['partner-service'] })),
    'down',
  ],
  ['attendance', 'no removal any more', follows('removal-due', removal(), contact), follows('contact', contact)],
  ['attendance', 'removed from less', follows('removal-due', removal('programme')), follows('removal-due', removal())],
  [
    'attendance',
    'a contact that may wait for a weekend',
    follows('contact', { ...contact, params: { within: { amount: 3, unit: 'days' } } }),
    follows('contact', { ...contact, params: { within: { amount: 2, unit: 'working-days' } } }),
    'down',
  ],
  ['attendance', 'nobody is contacted', follows('contact', contact), follows('in-good-standing')],
  ['completion', 'said to be completed', { completed: 'no' }, { completed: 'yes' }],
  ['completion', 'no longer denied', { completed: 'no' }, { completed: 'cannot-tell' }],
  ['completion', 'said to be improved', { improved: 'cannot-tell' }, { improved: 'yes' }],
  ['completion', 'one more, one less', { completed: 'no', improved: 'yes' }, { completed: 'yes', improved: 'no' }, 'down'],
]

it.each(down)('%s: %s is a move down', (kind, _, before, after, back = 'up') => {
  expect([step(kind, before, after), step(kind, after, before)]).toEqual(['down', back])
  expect([step(kind, before, before), step(kind, after, after)]).toEqual(['same', 'same'])
})

it('every kind says what its up and down are', () => {
  expect(Object.keys(directions)).toEqual([...kindIds])
})
