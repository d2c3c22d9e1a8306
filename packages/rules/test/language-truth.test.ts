import { describe, expect, test } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { Facts } from '../src/language/facts.ts'
import { truthWord } from '../src/language/index.ts'
import { ourProgram } from './support/engine.ts'
import { scopeWith } from './support/catalogue.ts'

const asOf = '2026-05-01'
const decide = (condition: Condition, facts: unknown, conditions = {}) => {
  const program = ourProgram({ rule: condition }, scopeWith(conditions))
  const slots = program.read({ asOf, facts: facts as Facts })
  const truth = truthWord(program.truth(slots, 0))
  const trace = program.trace(slots, 0)
  expect(trace.result, 'the trace ends in the same result').toBe(truth)
  const needs = program.dependsOn(slots, 0)
  expect(needs.length > 0, 'exactly an unknown result waits for something').toBe(truth === 'unknown')
  return { truth, needs, trace, slots, program }
}
const truthOf = (condition: Condition, facts: unknown) => decide(condition, facts).truth

const isTrue: Condition = { fact: 'person.isWilling', operator: 'equal', value: true }
const isFalse: Condition = { fact: 'person.isWilling', operator: 'equal', value: false }
const isOpen: Condition = { fact: 'person.isResident', operator: 'equal', value: true }
const willing = { 'person.isWilling': true }
const register = (...items: unknown[]) => ({ register: items })
const group = { path: '$.kind', operator: 'equal', value: 'group' }
const absent = { path: '$.outcome', operator: 'equal', value: 'absent' }

describe('groups follow Kleene', () => {
  test.each<[Condition, string]>([
    [{ all: [isTrue, isTrue] }, 'true'],
    [{ all: [isTrue, isOpen] }, 'unknown'],
    [{ all: [isOpen, isFalse] }, 'false'],
    [{ all: [isTrue, isTrue, isOpen, isFalse] }, 'false'],
    [{ all: [isTrue, isOpen, isTrue, isTrue] }, 'unknown'],
    [{ any: [isFalse, isFalse] }, 'false'],
    [{ any: [isFalse, isOpen] }, 'unknown'],
    [{ any: [isOpen, isTrue] }, 'true'],
    [{ any: [isFalse, isOpen, isFalse, isTrue] }, 'true'],
    [{ any: [isFalse, isOpen, isFalse, isFalse] }, 'unknown'],
    [{ not: isTrue }, 'false'],
    [{ not: isFalse }, 'true'],
    [{ not: isOpen }, 'unknown'],
    [{ not: { not: isOpen } }, 'unknown'],
    [{ atLeast: 2, of: [isTrue, isOpen, isFalse] }, 'unknown'],
    [{ atLeast: 2, of: [isTrue, isOpen, isTrue] }, 'true'],
    [{ atLeast: 2, of: [isFalse, isOpen, isFalse] }, 'false'],
    [{ atLeast: 3, of: [isTrue, isTrue, isTrue] }, 'true'],
  ])('%j is %s', (condition, expected) => expect(truthOf(condition, willing)).toBe(expected))
})

describe('groups of choices, which are compiled together, follow Kleene too', () => {
  const basis = (value: string): Condition => ({ fact: 'referral.basis', operator: 'equal', value })
  const answer = (value: string): Condition => ({ fact: 'referral.answer', operator: 'equal', value })
  test.each<[Condition, string]>([
    [{ any: [basis('court'), answer('present')] }, 'true'],
    [{ any: [answer('present'), basis('court')] }, 'true'],
    [{ any: [basis('voluntary'), answer('present')] }, 'unknown'],
    [{ any: [answer('present'), basis('voluntary')] }, 'unknown'],
    [{ any: [answer('present'), basis('voluntary'), isFalse] }, 'unknown'],
    [{ any: [answer('present'), basis('voluntary'), isTrue] }, 'true'],
    [{ any: [basis('voluntary'), basis('probation')] }, 'false'],
    [{ all: [basis('court'), answer('present')] }, 'unknown'],
    [{ all: [answer('present'), basis('court')] }, 'unknown'],
    [{ all: [answer('present'), basis('court'), isTrue] }, 'unknown'],
    [{ all: [answer('present'), basis('court'), isFalse] }, 'false'],
    [{ all: [answer('present'), basis('voluntary')] }, 'false'],
    [{ all: [basis('court'), basis('court')] }, 'true'],
  ])('%j is %s', (condition, expected) => expect(truthOf(condition, { ...willing, 'referral.basis': 'court' })).toBe(expected))
})

describe('an unknown fact makes every comparison unknown, whatever its sign', () => {
  const comparisons: Condition[] = [
    isOpen,
    { fact: 'person.isResident', operator: 'notEqual', value: true },
    { fact: 'person.isResident', operator: 'not:equal', value: true },
    { fact: 'referral.basis', operator: 'in', value: ['court'] },
    { fact: 'referral.basis', operator: 'notIn', value: ['court'] },
    { fact: 'person.children', operator: 'lessThan', value: 3 },
    { fact: 'person.children', operator: 'not:lessThan', value: 3 },
    { fact: 'person.children', operator: 'greaterThanInclusive', value: 0 },
    { fact: 'person.age', operator: 'lessThan', value: { fact: 'parameter.minimumAge' } },
    { fact: 'referral.sources', operator: 'contains', value: 'self' },
    { fact: 'referral.sources', operator: 'doesNotContain', value: 'self' },
    { fact: 'referral.sources', operator: 'someFact:equal', value: 'self' },
    { fact: 'referral.sources', operator: 'everyFact:equal', value: 'self' },
    { fact: 'referral.sources', operator: 'not:someFact:equal', value: 'self' },
    { fact: 'register', path: '$[*].kind', operator: 'someFact:equal', value: 'group' },
    { fact: 'register', some: group },
    { fact: 'register', every: group },
    { fact: 'register', none: group },
    { fact: 'register', count: group, operator: 'lessThan', value: 3 },
    { fact: 'referral.incidentOn', operator: 'withinDays', value: 30 },
    { fact: 'referral.incidentOn', operator: 'not:withinDays', value: 30 },
  ]
  test.each(comparisons)('%j', (condition) => {
    const name = (condition as { fact: string }).fact
    expect(truthOf(condition, {})).toBe('unknown')
    expect(truthOf(condition, { [name]: null })).toBe('unknown')
    expect(truthOf(condition, { [name]: { not: 'of the type' } })).toBe('unknown')
  })
})

describe('a value of the wrong type is unknown and never converted', () => {
  test.each([
    ['person.isWilling', 'true'],
    ['person.isWilling', 1],
    ['person.children', '3'],
    ['person.children', 2.5],
    ['person.children', -1],
    ['person.children', 21],
    ['person.children', Number.NaN],
    ['person.children', 2 ** 53],
    ['person.area', 7],
    ['referral.basis', 'Court'],
    ['person.bornOn', '2025-02-29'],
    ['person.bornOn', '2025-2-3'],
    ['person.bornOn', '2025-02-03T00:00:00Z'],
    ['person.bornOn', new Date(0)],
    ['referral.sources', 'selfish'],
    ['referral.sources', ['Self']],
    ['register', [{ kind: 'Group' }]],
    ['register', ['group']],
    ['register', [{ knid: 'group' }]],
    ['person.age', 40],
    ['asOf', '2020-01-01'],
    ['parson.age', 40],
  ])('%s: %j', (name, value) => {
    const { program } = decide(isTrue, willing)
    const problems = program.problems({ asOf, facts: { [name]: value } as Facts })
    expect(problems).toHaveLength(1)
    expect(problems[0]?.at).toMatch(new RegExp(`^/facts/${name}`))
    expect(problems[0]?.message).not.toContain(JSON.stringify(value))
  })

  test('what is right, unknown or absent is no problem', () => {
    const { program } = decide(isTrue, willing)
    expect(
      program.problems({
        asOf,
        facts: {
          'person.isWilling': null,
          'person.children': 20,
          'referral.sources': ['self', null],
          register: [{ kind: 'group', minutes: null }],
          'person.area': undefined,
        },
      }),
    ).toEqual([])
    expect(program.problems({ asOf: '2026-13-01', facts: {} })).toMatchObject([{ at: '/asOf' }])
  })

  test('the right items of a list keep their say', () => {
    expect(truthOf({ fact: 'referral.sources', operator: 'contains', value: 'self' }, { 'referral.sources': [7, 'self'] })).toBe('true')
    expect(truthOf({ fact: 'referral.sources', operator: 'contains', value: 'court' }, { 'referral.sources': [7, 'self'] })).toBe('unknown')
  })

  test('what was supplied is left as it was', () => {
    const facts = { 'referral.sources': [7, 'self'], register: [{ kind: 'x' }] }
    decide({ fact: 'referral.sources', operator: 'contains', value: 'court' }, facts)
    expect(facts).toEqual({ 'referral.sources': [7, 'self'], register: [{ kind: 'x' }] })
  })
})

describe('lists', () => {
  test.each<[string, unknown, string]>([
    ['someFact:equal', [], 'false'],
    ['everyFact:equal', [], 'true'],
    ['not:someFact:equal', [], 'true'],
    ['not:everyFact:equal', [], 'false'],
    ['contains', [], 'false'],
    ['doesNotContain', [], 'true'],
    ['someFact:equal', ['police', null, 'self'], 'true'],
    ['someFact:equal', ['police', null], 'unknown'],
    ['someFact:notEqual', ['self', null], 'unknown'],
    ['everyFact:equal', ['self', null], 'unknown'],
    ['everyFact:equal', [null, 'police'], 'false'],
    ['contains', [null, 'self'], 'true'],
    ['contains', [null, 'police'], 'unknown'],
    ['doesNotContain', [null, 'police'], 'unknown'],
    ['not:contains', [null, 'self'], 'false'],
  ])('%s "self" of %j is %s', (operator, list, expected) => {
    expect(truthOf({ fact: 'referral.sources', operator, value: 'self' }, { 'referral.sources': list })).toBe(expected)
  })

  test('over an empty list of items some is false and every is true, with a path too', () => {
    const on = (operator: string): Condition => ({ fact: 'register', path: '$[*].kind', operator, value: 'group' })
    expect(truthOf(on('someFact:equal'), register())).toBe('false')
    expect(truthOf(on('everyFact:equal'), register())).toBe('true')
    expect(truthOf({ fact: 'register', some: group }, register())).toBe('false')
    expect(truthOf({ fact: 'register', every: group }, register())).toBe('true')
    expect(truthOf({ fact: 'register', none: group }, register())).toBe('true')
    expect(truthOf({ fact: 'register', count: group, operator: 'equal', value: 0 }, register())).toBe('true')
  })

  test('conditions in "some" are about the same item', () => {
    const both: Condition = { fact: 'register', some: { all: [group, absent] } }
    expect(truthOf(both, register({ kind: 'group', outcome: 'attended' }, { kind: 'one-to-one', outcome: 'absent' }))).toBe('false')
    expect(truthOf(both, register({ kind: 'one-to-one', outcome: 'absent' }, { kind: 'group', outcome: 'absent' }))).toBe('true')
    expect(truthOf(both, register({ kind: 'group' }, { kind: 'one-to-one', outcome: 'absent' }))).toBe('unknown')
    expect(truthOf(both, register({ kind: 'group' }, null, { kind: 'group', outcome: 'absent' }))).toBe('true')
    expect(truthOf(both, register(null))).toBe('unknown')
  })

  test('a count with unknown items stands only where every possible number agrees', () => {
    const atLeastTwo: Condition = { fact: 'register', count: absent, operator: 'greaterThanInclusive', value: 2 }
    const [yes, no, open] = [{ outcome: 'absent' }, { outcome: 'attended' }, {}]
    expect(truthOf(atLeastTwo, register(yes, yes, open))).toBe('true')
    expect(truthOf(atLeastTwo, register(yes, no, open))).toBe('unknown')
    expect(truthOf(atLeastTwo, register(no, no, open))).toBe('false')
    expect(truthOf({ fact: 'register', count: absent, operator: 'equal', value: 2 }, register(yes, open, open))).toBe('unknown')
    expect(truthOf({ fact: 'register', count: absent, operator: 'not:equal', value: 4 }, register(yes, open, open))).toBe('true')
  })

  test('nothing is in a list without values, known or not', () => {
    const inNone: Condition = { fact: 'person.children', operator: 'in', value: { fact: 'parameter.sizes' } }
    expect(truthOf(inNone, {})).toBe('false')
    expect(truthOf({ not: inNone }, {})).toBe('true')
  })
})

describe('days', () => {
  const within: Condition = { fact: 'referral.incidentOn', operator: 'withinDays', value: 30 }
  test.each([
    ['2026-05-01', 'true'],
    ['2026-04-01', 'true'],
    ['2026-03-31', 'false'],
    ['2026-05-02', 'unknown'],
  ])('30 days back from 1 May 2026, %s included: %s', (day, expected) =>
    expect(truthOf(within, { 'referral.incidentOn': day })).toBe(expected),
  )

  test('a day that is still to come is for correcting, whatever the sign', () => {
    expect(decide({ not: within }, { 'referral.incidentOn': '2026-05-02' })).toMatchObject({
      truth: 'unknown',
      needs: ['referral.incidentOn'],
    })
  })

  test('asOf can be compared like a fact', () => {
    expect(truthOf({ fact: 'asOf', operator: 'greaterThanInclusive', value: { fact: 'parameter.startsOn' } }, {})).toBe('true')
    expect(
      truthOf({ fact: 'referral.incidentOn', operator: 'lessThan', value: { fact: 'asOf' } }, { 'referral.incidentOn': '2026-04-30' }),
    ).toBe('true')
  })

  const adult: Condition = { fact: 'person.age', operator: 'greaterThanInclusive', value: { fact: 'parameter.minimumAge' } }
  test.each([
    ['2008-05-01', '2026-05-01', 'true'],
    ['2008-05-02', '2026-05-01', 'false'],
    ['2008-02-29', '2026-02-28', 'false'],
    ['2008-02-29', '2026-03-01', 'true'],
  ])('born on %s and received on %s: eighteen? %s', (bornOn, receivedOn, expected) => {
    expect(truthOf(adult, { 'person.bornOn': bornOn, 'referral.receivedOn': receivedOn })).toBe(expected)
  })

  test('an age that cannot be is unknown, and both days are asked about', () => {
    expect(decide(adult, { 'person.bornOn': '2026-05-02', 'referral.receivedOn': '2026-05-01' })).toMatchObject({
      truth: 'unknown',
      needs: ['person.bornOn', 'referral.receivedOn'],
    })
  })
})

describe('a result waits for a fact only where supplying it could change the result', () => {
  const answer = (value: string): Condition => ({ fact: 'referral.answer', operator: 'equal', value })
  const age: Condition = { fact: 'person.age', operator: 'lessThan', value: 18 }
  test.each<[string, Condition, unknown, string[]]>([
    ['both of two', { all: [isTrue, isOpen] }, {}, ['person.isResident', 'person.isWilling']],
    ['only the open one', { all: [isTrue, isOpen] }, willing, ['person.isResident']],
    ['not what stands beside a false one', { any: [{ all: [isFalse, isOpen] }, answer('present')] }, willing, ['referral.answer']],
    ['not what another makes superfluous', { any: [isTrue, { all: [isTrue, isOpen] }] }, {}, ['person.isWilling']],
    ['not what can no longer count', { all: [isOpen, { any: [isTrue, answer('present')] }] }, willing, ['person.isResident']],
    [
      'one of many that are needed together',
      { atLeast: 2, of: [isOpen, answer('present'), isFalse] },
      willing,
      ['person.isResident', 'referral.answer'],
    ],
    [
      'a fact that can only settle it together with another',
      { any: [{ all: [isTrue, isOpen] }, { all: [isFalse, { not: isOpen }] }] },
      {},
      ['person.isResident', 'person.isWilling'],
    ],
    [
      'not a fact whose branch cannot be true',
      { any: [isOpen, { all: [answer('present'), answer('absent'), isTrue] }] },
      { 'person.isResident': false, 'person.isWilling': true },
      ['referral.answer'],
    ],
    ['the days an age is computed from', age, {}, ['person.bornOn', 'referral.receivedOn']],
    ['the missing one of them', age, { 'referral.receivedOn': '2026-05-01' }, ['person.bornOn']],
    [
      'a limit that is itself unknown',
      { fact: 'person.children', operator: 'lessThan', value: { fact: 'person.points' } },
      { 'person.children': 3 },
      ['person.points'],
    ],
    [
      'both sides of a comparison',
      { fact: 'person.children', operator: 'lessThan', value: { fact: 'person.points' } },
      {},
      ['person.children', 'person.points'],
    ],
    [
      'a list with an open item',
      { fact: 'referral.sources', operator: 'contains', value: 'self' },
      { 'referral.sources': ['police', null] },
      ['referral.sources'],
    ],
    [
      'a list of items',
      { all: [{ fact: 'register', count: absent, operator: 'greaterThan', value: 5 }, isOpen] },
      {},
      ['person.isResident', 'register'],
    ],
    [
      'not a list that cannot matter',
      { all: [{ any: [isTrue, { fact: 'register', some: absent }] }, isOpen] },
      willing,
      ['person.isResident'],
    ],
  ])('%s', (_name, condition, facts, expected) => expect(decide(condition, facts).needs.toSorted()).toEqual(expected.toSorted()))

  test('24 open answers of which eight are needed: all are asked about, soon', () => {
    const scope = scopeWith()
    const names = Array.from({ length: 24 }, (_, i) => `custom.answer${i}`)
    const base = scope.facts['referral.answer']
    if (!base) throw new Error('no such fact')
    const wide = { ...scope, facts: Object.fromEntries(names.map((name) => [name, base])) }
    const program = ourProgram(
      { rule: { atLeast: 8, of: names.map((fact) => ({ fact, operator: 'in', value: ['possible', 'present'] })) } },
      wide,
    )
    const slots = program.read({ asOf, facts: {} })
    expect(program.dependsOn(slots, 0)).toEqual(names)
  })
})

describe('the trace', () => {
  test('shows every branch, also those that could not matter, with value seen, value needed and source', () => {
    const { trace } = decide(
      { any: [isTrue, { fact: 'person.age', operator: 'lessThan', value: { fact: 'parameter.minimumAge' } }, { condition: 'resident' }] },
      willing,
      { resident: isOpen },
    )
    expect(trace).toEqual({
      any: [
        {
          fact: 'person.isWilling',
          label: 'Label of person.isWilling',
          operator: 'equal',
          seen: true,
          needed: true,
          source: 'source of person.isWilling',
          result: 'true',
        },
        {
          fact: 'person.age',
          label: 'Age on receipt',
          operator: 'lessThan',
          seen: null,
          needed: 18,
          neededFrom: 'parameter.minimumAge',
          source: 'computed',
          result: 'unknown',
        },
        {
          condition: 'resident',
          is: {
            fact: 'person.isResident',
            label: 'Label of person.isResident',
            operator: 'equal',
            seen: null,
            needed: true,
            source: 'source of person.isResident',
            result: 'unknown',
          },
          result: 'unknown',
        },
      ],
      result: 'true',
    })
  })

  test('of items shows what was asked of each and what it came to', () => {
    const { trace } = decide(
      { fact: 'register', count: absent, operator: 'greaterThan', value: 1 },
      register({ outcome: 'absent' }, {}, { outcome: 'attended' }),
    )
    expect(trace).toMatchObject({
      operator: 'count:greaterThan',
      needed: 1,
      where: absent,
      items: ['true', 'unknown', 'false'],
      counted: { atLeast: 1, atMost: 2 },
      result: 'unknown',
    })
  })
})

test('a program keeps nothing between decisions', () => {
  const { program } = decide({ all: [isTrue, isOpen] }, willing)
  const first = program.read({ asOf, facts: { 'person.isWilling': true, 'person.isResident': true } })
  const second = program.read({ asOf, facts: {} })
  expect([program.truth(first, 0), program.truth(second, 0), program.truth(first, 0)]).toEqual([2, 1, 2])
})

describe('facts are read the same whatever came before', () => {
  const both: Condition = { all: [isTrue, isOpen, { fact: 'referral.basis', operator: 'equal', value: 'court' }] }
  const program = ourProgram({ rule: both }, scopeWith())
  const truth = (facts: unknown) => truthWord(program.truth(program.read({ asOf, facts: facts as Facts }), 0))
  const all = { 'person.isWilling': true, 'person.isResident': true, 'referral.basis': 'court' }

  test('in any order, with more or fewer names, again and again', () => {
    for (let round = 0; round < 3; round++) {
      expect(truth(all)).toBe('true')
      expect(truth({ 'referral.basis': 'court', 'person.isResident': true, 'person.isWilling': true })).toBe('true')
      expect(truth({ 'person.isWilling': true, 'person.isResident': true })).toBe('unknown')
      expect(truth({ 'person.isWilling': true, 'person.isResident': true, other: 1 })).toBe('unknown')
      expect(truth({ ...all, other: 1 })).toBe('true')
      expect(truth({})).toBe('unknown')
      expect(truth({ 'person.isWilling': true, 'person.isResident': undefined, 'referral.basis': null })).toBe('unknown')
      expect(truth({ 'person.isWilling': true, 'person.isResident': false, 'referral.basis': null })).toBe('false')
    }
  })

  test('inherited ones are not read', () => {
    expect(truth(Object.create(all))).toBe('unknown')
    expect(truth(all)).toBe('true')
    expect(truth(Object.create(all))).toBe('unknown')
    expect(
      truth(Object.assign(Object.create({ 'referral.basis': 'court' }) as object, { 'person.isWilling': true, 'person.isResident': true })),
    ).toBe('unknown')
    expect(truth(Object.assign(Object.create(null) as object, all))).toBe('true')
  })

  test('a text put together at run time is the same text', () => {
    expect(truth({ ...all, 'referral.basis': ['co', 'urt'].join('') })).toBe('true')
  })
})
