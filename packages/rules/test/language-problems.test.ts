import { describe, expect, test } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { Facts } from '../src/language/facts.ts'
import { factProblems } from '../src/language/problems.ts'
import { facts as catalogue, scopeWith } from './support/catalogue.ts'
import { ourProgram } from './support/engine.ts'

const asOf = '2026-05-01'
const willing: Condition = { fact: 'person.isWilling', operator: 'equal', value: true }
const program = ourProgram({ rule: willing }, scopeWith())
const problemsOf = (facts: unknown, on: unknown = asOf) => program.problems({ asOf: on as string, facts: facts as Facts })
const unusable = '; it counts as unknown'

describe('what is wrong with facts is said without repeating them', () => {
  test.each<[facts: object, at: string, code: string, message: string, help?: string]>([
    [
      { 'parson.isWilling': true },
      '/facts/parson.isWilling',
      'unknown-fact',
      'the fact catalogue has no "parson.isWilling"',
      'did you mean "person.isWilling"?',
    ],
    [{ weather: 'fine' }, '/facts/weather', 'unknown-fact', 'the fact catalogue has no "weather"'],
    [{ asOf: '2026-05-01' }, '/facts/asOf', 'unknown-fact', 'the fact catalogue has no "asOf"', 'the day stands beside the facts'],
    [{ 'a/b~c': 1 }, '/facts/a~1b~0c', 'unknown-fact', 'the fact catalogue has no "a/b~c"'],
    [{ 'person.age': 40 }, '/facts/person.age', 'derived-fact', '"person.age" is computed here, and what was supplied is not used'],
    [{ 'person.isWilling': 'true' }, '/facts/person.isWilling', 'mistyped-fact', `true or false is needed, and this is a text${unusable}`],
    [{ 'person.isWilling': {} }, '/facts/person.isWilling', 'mistyped-fact', `true or false is needed, and this is an object${unusable}`],
    [
      { 'person.children': 21 },
      '/facts/person.children',
      'mistyped-fact',
      `a whole number from 0 up to 20 is needed, and this is a whole number${unusable}`,
    ],
    [
      { 'person.children': 2.5 },
      '/facts/person.children',
      'mistyped-fact',
      `a whole number from 0 up to 20 is needed, and this is a number with a fraction${unusable}`,
    ],
    [{ 'person.points': '3' }, '/facts/person.points', 'mistyped-fact', `a whole number is needed, and this is a text${unusable}`],
    [
      { 'person.agesOfChildren': [7, -1] },
      '/facts/person.agesOfChildren/1',
      'mistyped-fact',
      `a whole number is needed, and this is a whole number${unusable}`,
    ],
    [
      { 'person.agesOfChildren': 7 },
      '/facts/person.agesOfChildren',
      'mistyped-fact',
      `a list, each a whole number is needed, and this is a whole number${unusable}`,
    ],
    [
      { 'referral.basis': 'Court' },
      '/facts/referral.basis',
      'mistyped-fact',
      `one of "voluntary", "court", "probation" is needed, and this is a text${unusable}`,
    ],
    [
      { 'person.bornOn': '2025-02-29' },
      '/facts/person.bornOn',
      'mistyped-fact',
      `a day such as "2025-04-01" is needed, and this is a text${unusable}`,
    ],
    [
      { register: ['group'] },
      '/facts/register/0',
      'mistyped-fact',
      `an item with kind, outcome, minutes, heldOn, isMakeUp is needed, and this is a text${unusable}`,
    ],
    [
      { register: [{ kind: 'group' }, { kind: 'Group' }] },
      '/facts/register/1/kind',
      'mistyped-fact',
      `one of "group", "one-to-one" is needed, and this is a text${unusable}`,
    ],
    [
      { register: [{ minutes: 1.5 }] },
      '/facts/register/0/minutes',
      'mistyped-fact',
      `a whole number is needed, and this is a number with a fraction${unusable}`,
    ],
    [{ register: [{ knid: 'group' }] }, '/facts/register/0/knid', 'unknown-field', 'the item has no "knid"'],
  ])('%j', (facts, at, code, message, help) => {
    expect(problemsOf(facts)).toEqual([{ severity: 'warning', code, at, message, ...(help === undefined ? {} : { help }) }])
  })

  test('all of it is said, in the order it came', () => {
    const facts = {
      'person.points': 1.5,
      register: [{ kind: 7, minutes: 'x', heldOn: null, outcome: undefined }, null, 7],
      'person.area': 7,
    }
    expect(problemsOf(facts, '2026-13-01').map(({ at }) => at)).toEqual([
      '/asOf',
      '/facts/person.points',
      '/facts/register/0/kind',
      '/facts/register/0/minutes',
      '/facts/register/2',
      '/facts/person.area',
    ])
    expect(problemsOf({}, '2026-13-01')).toEqual([
      { severity: 'warning', code: 'mistyped-fact', at: '/asOf', message: 'the day of the decision is not a day such as "2025-04-01"' },
    ])
  })

  test('a bound that stands alone is said alone', () => {
    const from = { type: 'integer', minimum: 3, number: 1, label: 'l', source: 's', question: 'q' } as const
    const to = { type: 'integer', maximum: 9, number: 2, label: 'l', source: 's', question: 'q' } as const
    expect(
      factProblems({ 'custom.from': 1, 'custom.to': 10 }, { 'custom.from': from, 'custom.to': to }).map(({ message }) => message),
    ).toEqual([
      'a whole number from 3 is needed, and this is a whole number',
      'a whole number up to 9 is needed, and this is a whole number',
    ])
    expect(factProblems({ 'custom.from': 3, 'custom.to': 9 }, { 'custom.from': from, 'custom.to': to })).toEqual([])
  })

  test('nothing is wrong with what is unknown', () => {
    expect(
      factProblems(
        { 'person.isWilling': null, 'person.area': undefined, 'referral.sources': [null, 'self'], register: [null, { kind: null }] },
        catalogue,
      ),
    ).toEqual([])
  })
})
