import { describe, expect, it } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { Facts } from '../src/language/facts.ts'
import { scopeWith } from './support/catalogue.ts'
import { ourProgram } from './support/engine.ts'

type Asked = { of: string; field?: string; conditions: readonly unknown[]; facts?: Facts; values: unknown; isExhaustive?: boolean }

function valuesFor({ of, field, conditions, facts = {} }: Asked) {
  const rules = Object.fromEntries((conditions as readonly Condition[]).map((condition, index) => [`rule-${index}`, condition]))
  const program = ourProgram(rules, scopeWith())
  return program.valuesFor(program.read({ asOf: '2026-05-01', facts }), of, field)
}

const is = (fact: string, operator: string, value: unknown) => ({ fact, operator, value })
const ANY_OTHER_TEXT = '🧾 any other text'
const received = 'referral.receivedOn'
const sessions = { register: [{ kind: 'group', minutes: 20 }] }
const shortGroup = {
  all: [
    { path: '$.kind', operator: 'equal', value: 'group' },
    { path: '$.minutes', operator: 'lessThan', value: 30 },
  ],
}

describe('values that stand for all others', () => {
  it.each<[string, Asked]>([
    ['one on each side of a limit', { of: 'person.children', conditions: [is('person.children', 'lessThan', 3)], values: [2, 3] }],
    [
      'what is known stands for its side',
      { of: 'person.children', conditions: [is('person.children', 'lessThan', 3)], facts: { 'person.children': 7 }, values: [7, 2] },
    ],
    [
      'both limits of two conditions',
      { of: 'person.children', conditions: [is('person.children', 'lessThan', 3), is('person.children', 'equal', 20)], values: [2, 3, 20] },
    ],
    [
      'below a group too',
      {
        of: 'person.children',
        conditions: [{ any: [{ not: is('person.children', 'lessThan', 3) }, is('person.isWilling', 'equal', true)] }],
        values: [2, 3],
      },
    ],
    ['in a list of constants, and not', { of: 'person.children', conditions: [is('person.children', 'in', [2, 5])], values: [1, 2] }],
    [
      'a text that is asked for, and any other',
      { of: 'person.area', conditions: [is('person.area', 'equal', 'Camden')], values: ['Camden', ANY_OTHER_TEXT] },
    ],
    [
      'a text of a parameter',
      { of: 'person.area', conditions: [is('person.area', 'in', { fact: 'parameter.areas' })], values: ['Camden', ANY_OTHER_TEXT] },
    ],
    ['yes and no', { of: 'person.isWilling', conditions: [is('person.isWilling', 'equal', true)], values: [true, false] }],
    [
      'a choice that is asked for, and one that is not',
      { of: 'referral.basis', conditions: [is('referral.basis', 'equal', 'court')], values: ['court', 'voluntary'] },
    ],
    [
      'a day on each side of a limit that is computed from it',
      {
        of: 'person.bornOn',
        conditions: [is('person.age', 'lessThan', 18)],
        facts: { [received]: '2026-03-01' },
        values: ['2009-02-28', '2008-02-29', '2026-03-02'],
      },
    ],
    [
      'the other day it is computed from',
      {
        of: received,
        conditions: [is('person.age', 'lessThan', 18)],
        facts: { 'person.bornOn': '2008-03-01' },
        values: ['2025-02-28', '2026-03-01', '2008-02-29'],
      },
    ],
    [
      'days within, outside and ahead',
      {
        of: 'referral.incidentOn',
        conditions: [is('referral.incidentOn', 'withinDays', 30)],
        values: ['2026-04-30', '2026-05-02', '2026-03-31'],
      },
    ],
    [
      'the day that another fact is',
      {
        of: 'person.bornOn',
        conditions: [is('person.bornOn', 'equal', { fact: received })],
        facts: { [received]: '2026-03-01' },
        values: ['2026-02-28', '2026-03-01'],
      },
    ],
    [
      'the day that another fact is compared with',
      {
        of: received,
        conditions: [is('person.bornOn', 'equal', { fact: received })],
        facts: { 'person.bornOn': '2026-03-01' },
        values: ['2026-02-28', '2026-03-01'],
      },
    ],
    [
      'lists with and without what is looked for',
      { of: 'referral.sources', conditions: [is('referral.sources', 'contains', 'police')], values: [[], ['police']] },
    ],
    [
      'lists of which some element is looked for',
      { of: 'referral.sources', conditions: [is('referral.sources', 'someFact:in', ['police', 'self'])], values: [[], ['self']] },
    ],
    [
      'a field of the items of a list',
      { of: 'register', field: 'minutes', conditions: [{ fact: 'register', some: shortGroup }], values: [29, 30, 31, 0, 1] },
    ],
    [
      'another field of them',
      {
        of: 'register',
        field: 'kind',
        conditions: [{ fact: 'register', some: shortGroup }],
        facts: sessions,
        values: ['group', 'one-to-one'],
      },
    ],
    [
      'a field below "not"',
      {
        of: 'register',
        field: 'isMakeUp',
        conditions: [{ fact: 'register', none: { not: { path: '$.isMakeUp', operator: 'equal', value: true } } }],
        values: [true, false],
      },
    ],
    [
      'a field under a decorator',
      {
        of: 'register',
        field: 'outcome',
        conditions: [{ fact: 'register', operator: 'someFact:in', value: ['absent', 'excused'], path: '$[*].outcome' }],
        values: ['absent', 'excused', 'attended'],
      },
    ],
  ])('%s', (_, asked) => expect(valuesFor(asked)).toEqual({ values: asked.values, isExhaustive: true }))
})

describe('values that stand for many others, but not for all', () => {
  it.each<[string, Asked]>([
    [
      'days of which the other is not known',
      {
        of: 'person.bornOn',
        conditions: [is('person.age', 'lessThan', 18)],
        values: [
          '2009-04-30',
          '2009-05-01',
          '2009-05-02',
          '2008-04-30',
          '2008-05-01',
          '2008-05-02',
          '2007-04-30',
          '2007-05-01',
          '2007-05-02',
          '2026-04-30',
          '2026-05-01',
          '2026-05-02',
          '2025-04-30',
          '2025-05-01',
          '2025-05-02',
          '1896-04-30',
          '1896-05-01',
          '1896-05-02',
        ],
      },
    ],
    [
      'a day compared with one that is not known',
      { of: 'person.bornOn', conditions: [is('person.bornOn', 'equal', { fact: received })], values: ['2000-01-01', '2000-01-02'] },
    ],
    ['a part of a sum', { of: 'person.points', conditions: [is('person.total', 'lessThan', 9)], values: [-1, 0, 1, 2, 8, 9, 10] }],
    [
      'a part of a sum that another fact is compared with',
      { of: 'person.points', conditions: [is('person.children', 'lessThan', { fact: 'person.total' })], values: [-1, 0, 1, 2] },
    ],
    [
      'a number that another is taken from',
      {
        of: 'person.points',
        conditions: [is('person.difference', 'lessThan', 9)],
        facts: { 'person.children': 2 },
        values: [-1, 0, 1, 2, 8, 9, 10],
      },
    ],
    [
      'a day from which days are counted',
      {
        of: 'person.bornOn',
        conditions: [is('person.daysOld', 'lessThan', 9)],
        values: [
          '2026-04-22',
          '2026-04-23',
          '2026-04-24',
          '2026-04-21',
          '2026-04-20',
          '2026-04-30',
          '2026-05-01',
          '2026-05-02',
          '2026-04-29',
        ],
      },
    ],
    [
      'a field compared with a fact that is not known',
      {
        of: 'register',
        field: 'minutes',
        conditions: [{ fact: 'register', some: { all: [{ path: '$.minutes', operator: 'lessThan', value: { fact: 'person.points' } }] } }],
        values: [0, 1],
      },
    ],
  ])('%s', (_, asked) => expect(valuesFor(asked)).toMatchObject({ isExhaustive: false, values: asked.values }))
})

describe('no values', () => {
  const willing = [is('person.isWilling', 'equal', true)]
  it.each<[string, Asked]>([
    ['of a fact that does not exist', { of: 'person.nobody', conditions: willing, values: null }],
    ['of a fact that no condition reads', { of: 'person.isResident', conditions: willing, values: null }],
    ['of a fact that is computed', { of: 'person.age', conditions: [is('person.age', 'lessThan', 18)], values: null }],
    [
      'of a field that no condition reads',
      { of: 'register', field: 'heldOn', conditions: [{ fact: 'register', some: shortGroup }], values: null },
    ],
    [
      'of a field that does not exist',
      { of: 'register', field: 'weather', conditions: [{ fact: 'register', some: shortGroup }], values: null },
    ],
    ['of a field of what has none', { of: 'person.isWilling', field: 'kind', conditions: willing, values: null }],
    [
      'of a field of a list without fields',
      { of: 'referral.sources', field: 'kind', conditions: [is('referral.sources', 'contains', 'police')], values: null },
    ],
  ])('%s', (_, asked) => expect(valuesFor(asked)).toBeUndefined())
})
