import { describe, expect, it, test } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import { atOnce } from '../src/language/at-once.ts'
import { evaluationOf } from '../src/language/evaluate.ts'
import type { FactValue, Facts } from '../src/language/facts.ts'
import { type Flat, flatten } from '../src/language/flat.ts'
import { allOf, anyOf, atLeastOf } from '../src/language/groups.ts'
import { testOfItem } from '../src/language/lists.ts'
import type { ItemNode } from '../src/language/node.ts'
import { parseCondition } from '../src/language/parse.ts'
import type { Evaluator } from '../src/language/tests.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from '../src/language/truth.ts'
import { scopeWith } from './support/catalogue.ts'
import { ourProgram } from './support/engine.ts'

const asOf = '2026-05-01'
const is = (fact: string, operator: string, value: unknown): Condition => ({ fact, operator, value }) as Condition
const willing = is('person.isWilling', 'equal', true)
const resident = is('person.isResident', 'equal', true)
const few = is('person.children', 'lessThan', 3)

function evaluated(...conditions: Condition[]) {
  const named = { both: { all: [willing, resident] } }
  const scope = scopeWith(named)
  const nodes = conditions.flatMap((condition) => parseCondition(condition, '', scope, ({ message }) => expect.fail(message)) ?? [])
  return evaluationOf(nodes, scope)
}

describe('conditions as a list without nesting', () => {
  it.each<[string, Condition[], { literals: string[]; groups: Flat['groups']; roots: number[] }]>([
    ['a comparison is its own', [willing], { literals: ['person.isWilling'], groups: [], roots: [0] }],
    ['written twice it is one', [willing, willing], { literals: ['person.isWilling'], groups: [], roots: [0, 0] }],
    [
      'denied it is another',
      [willing, { not: willing }, { not: willing }],
      { literals: ['person.isWilling', 'not person.isWilling'], groups: [], roots: [0, 1, 1] },
    ],
    ['denied twice it is itself', [willing, { not: { not: willing } }], { literals: ['person.isWilling'], groups: [], roots: [0, 0] }],
    [
      'a group of one is that one',
      [{ all: [willing] }, { any: [{ all: [few] }] }],
      { literals: ['person.isWilling', 'person.children'], groups: [], roots: [0, 1] },
    ],
    [
      'all of two',
      [{ all: [willing, few] }],
      { literals: ['person.isWilling', 'person.children'], groups: [{ needed: 2, of: [0, 1] }], roots: [2] },
    ],
    [
      'any of two',
      [{ any: [willing, few] }],
      { literals: ['person.isWilling', 'person.children'], groups: [{ needed: 1, of: [0, 1] }], roots: [2] },
    ],
    [
      'not all: any is not',
      [{ not: { all: [willing, few] } }],
      { literals: ['not person.isWilling', 'not person.children'], groups: [{ needed: 1, of: [0, 1] }], roots: [2] },
    ],
    [
      'not any: none is',
      [{ not: { any: [willing, few] } }],
      { literals: ['not person.isWilling', 'not person.children'], groups: [{ needed: 2, of: [0, 1] }], roots: [2] },
    ],
    [
      'at least two of three',
      [{ atLeast: 2, of: [willing, few, resident] }],
      { literals: ['person.isWilling', 'person.children', 'person.isResident'], groups: [{ needed: 2, of: [0, 1, 2] }], roots: [3] },
    ],
    [
      'fewer than three of three',
      [{ not: { atLeast: 3, of: [willing, few, resident] } }],
      {
        literals: ['not person.isWilling', 'not person.children', 'not person.isResident'],
        groups: [{ needed: 1, of: [0, 1, 2] }],
        roots: [3],
      },
    ],
    [
      'the same group twice is one',
      [{ all: [willing, few] }, { not: { any: [{ not: willing }, { not: few }] } }],
      { literals: ['person.isWilling', 'person.children'], groups: [{ needed: 2, of: [0, 1] }], roots: [2, 2] },
    ],
    [
      'a named condition is its content',
      [{ condition: 'both' }, { not: { condition: 'both' } }],
      {
        literals: ['person.isWilling', 'person.isResident', 'not person.isWilling', 'not person.isResident'],
        groups: [
          { needed: 2, of: [0, 1] },
          { needed: 1, of: [2, 3] },
        ],
        roots: [4, 5],
      },
    ],
    [
      'a group in a group comes first',
      [{ any: [few, { all: [willing, resident] }] }],
      {
        literals: ['person.children', 'person.isWilling', 'person.isResident'],
        groups: [
          { needed: 2, of: [1, 2] },
          { needed: 1, of: [0, 3] },
        ],
        roots: [4],
      },
    ],
  ])('%s', (_, conditions, expected) => {
    const { literals, groups, roots } = flatten(evaluated(...conditions).parts)
    const names = literals.map(
      ({ part: { node }, isDenied }) => `${isDenied ? 'not ' : ''}${'subject' in node ? node.subject.name : node.kind}`,
    )
    expect({ literals: names, groups, roots }).toEqual(expected)
  })
})

describe('all at once', () => {
  const children = Array.from({ length: 42 }, (_, count) => is('person.children', count % 2 ? 'equal' : 'lessThan', count % 21))
  const points = Array.from({ length: 25 }, (_, count) => is('person.points', 'greaterThan', count))
  const others = [
    willing,
    resident,
    is('referral.basis', 'equal', 'court'),
    is('referral.answer', 'in', ['present', 'possible']),
    is('person.area', 'equal', 'Camden'),
    is('person.bornOn', 'lessThan', '2008-03-01'),
  ]
  const several = [
    is('referral.sources', 'contains', 'police'),
    is('person.age', 'lessThan', { fact: 'person.children' } as never),
    is('person.total', 'lessThan', 9),
  ]

  test('more comparisons of one fact, and of all, than one word or two have bits', () => {
    const conditions = [
      ...others,
      ...children,
      ...several,
      ...points,
      { atLeast: 20, of: [...children, ...points] },
      { all: points },
      { any: [...children, ...several] },
    ]
    const program = ourProgram(Object.fromEntries(conditions.map((condition, index) => [`rule-${index}`, condition])), scopeWith())
    const known = {
      'referral.basis': 'court',
      'referral.answer': 'possible',
      'person.area': 'Camden',
      'person.bornOn': '2008-02-29',
      'referral.receivedOn': '2026-03-01',
      'referral.sources': ['police'],
    }
    for (let count = -1; count <= 21; count++) {
      const facts: Facts = {
        ...(count % 2 ? known : {}),
        'person.children': count,
        'person.points': count < 20 ? count : null,
        ...(count % 3 ? { 'person.isResident': count % 3 === 1, 'person.isWilling': true } : {}),
      }
      const slots = program.read({ asOf, facts })
      expect(program.truths({ asOf, facts })).toEqual(program.ids.map((_, index) => program.truth(slots, index)))
    }
  })

  test.each<[string, Condition[], number]>([
    [
      'comparisons of one value with constants are settled by it, without being asked',
      [...others, ...children.slice(0, 20), { all: [few, willing] }],
      0,
    ],
    ['what looks at two facts or at a list is asked, once', [...several, { any: several }], 2],
    ['of more than 32 comparisons of one fact the rest is asked', children, 10],
    ['a parameter has no value of its own to be settled by', [is('parameter.minimumAge', 'equal', 18)], 1],
  ])('%s', (_, conditions, asked) => {
    const { parts, layout } = evaluated(...conditions)
    let count = 0
    const flat = flatten(parts)
    const literals = flat.literals.map(({ part, isDenied }) => ({
      isDenied,
      part: { ...part, truth: (slots: unknown[]) => (count++, part.truth(slots)) },
    }))
    const decide = atOnce({ ...flat, literals }, layout)
    for (const facts of [{}, { 'person.children': 2, 'person.isWilling': true }]) {
      count = 0
      decide({ asOf, facts })
      expect(count).toBe(asked)
    }
  })

  test('what a kind computes is not put in where no condition has to be asked', () => {
    const program = ourProgram({ willing, few }, scopeWith())
    expect(program.truths({ asOf, facts: { 'person.isWilling': true } }, () => expect.fail('asked'))).toEqual([TRUE, UNKNOWN])
  })

  test('what deciding in the middle of deciding leaves behind is nothing', () => {
    const program = ourProgram({ willing, resident }, scopeWith())
    let inner: readonly Truth[] = []
    const facts = {
      'person.isResident': true,
      get 'person.isWilling'() {
        inner = program.truths({ asOf, facts: {} })
        return true
      },
    } as Facts
    for (let times = 0; times < 3; times++)
      expect([program.truths({ asOf, facts }), inner]).toEqual([
        [TRUE, TRUE],
        [UNKNOWN, UNKNOWN],
      ])
  })
})

describe('nothing is looked at that cannot matter any more', () => {
  const never: Evaluator = () => expect.fail('asked')
  const [yes, no, open] = [TRUE, FALSE, UNKNOWN].map(
    (truth): Evaluator =>
      () =>
        truth as Truth,
  ) as [Evaluator, Evaluator, Evaluator]
  test.each<[string, Evaluator, Truth]>([
    ['all stops at the first of two that is false', allOf([no, never]), FALSE],
    ['all stops at the first of many that is false', allOf([open, no, never]), FALSE],
    ['any stops at the first of two that is true', anyOf([yes, never]), TRUE],
    ['any stops at the first of many that is true', anyOf([open, yes, never]), TRUE],
    ['so many stop where they are reached', atLeastOf(2, [yes, open, yes, never]), TRUE],
    ['so many stop where they cannot be reached', atLeastOf(2, [no, no, never]), FALSE],
    ['the least of two, whichever comes first', allOf([open, yes]), UNKNOWN],
    ['the least of many', allOf([yes, open, yes]), UNKNOWN],
    ['the greatest of many', anyOf([no, open, no]), UNKNOWN],
  ])('%s', (_, evaluator, truth) => expect(evaluator([])).toBe(truth))

  const minutes = (value: number): ItemNode => ({
    kind: 'field',
    at: '',
    field: 'minutes',
    written: 'equal',
    test: { operator: 'equal', negated: false, operand: { constant: value }, type: { type: 'integer' } },
  })
  const kind: ItemNode = { ...(minutes(0) as ItemNode & { kind: 'field' }), field: 'kind' }
  const unreadable = {
    minutes: 5,
    get kind() {
      return expect.fail('asked')
    },
  }
  test.each<[string, ItemNode, Truth]>([
    ['all fields stop at the first that is not so', { kind: 'all', at: '', of: [minutes(4), kind] }, FALSE],
    ['any field stops at the first that is so', { kind: 'any', at: '', of: [minutes(5), kind] }, TRUE],
  ])('%s', (_, node, truth) => expect(testOfItem(node, () => 0)(unreadable, [])).toBe(truth))

  test.each<[string, Condition, Truth]>([
    ['some item is enough', { fact: 'register', some: { path: '$.minutes', operator: 'equal', value: 5 } } as Condition, TRUE],
    [
      'one item is enough against every',
      { fact: 'register', every: { path: '$.minutes', operator: 'equal', value: 4 } } as Condition,
      FALSE,
    ],
  ])('%s', (_, condition, truth) => {
    const { layout, parts } = evaluated(condition)
    const slots = layout.blank()
    slots[layout.slots.findIndex(({ name }) => name === 'register')] = [
      { minutes: 5 },
      {
        get minutes() {
          return expect.fail('asked')
        },
      },
    ]
    expect(parts[0]?.truth(slots)).toBe(truth)
  })

  test('of every item the least known stands', () => {
    const { read, truth } = evaluated({ fact: 'register', every: { path: '$.minutes', operator: 'equal', value: 5 } } as Condition)
    expect(truth(read({ asOf, facts: { register: [{ minutes: null }, { minutes: 5 }] as unknown as FactValue } }), 0)).toBe(UNKNOWN)
  })
})

describe('what is waited for', () => {
  // Whether they are willing does not matter: more than five are more than three.
  const moot: Condition = { all: [is('person.children', 'greaterThan', 5), { any: [is('person.children', 'greaterThan', 3), willing] }] }
  const sameDay = is('person.bornOn', 'equal', { fact: 'referral.receivedOn' })
  const many = [
    is('person.area', 'in', ['Camden', 'Hackney']),
    is('person.area', 'equal', 'Sutton'),
    is('person.points', 'in', [3, 9, 20]),
    is('person.points', 'lessThan', 12),
    is('referral.basis', 'equal', 'court'),
    is('referral.basis', 'equal', 'probation'),
    is('referral.sources', 'contains', 'police'),
    is('referral.sources', 'contains', 'self'),
  ]
  it.each<[string, Condition, string[]]>([
    ['what cannot matter is not', moot, ['person.children']],
    ['nor beside what can', { all: [moot, resident] }, ['person.isResident', 'person.children']],
    [
      'but it is asked for where values cannot stand for all',
      { all: [moot, resident, sameDay] },
      ['person.isResident', 'person.children', 'person.isWilling', 'person.bornOn', 'referral.receivedOn'],
    ],
    [
      'or where there are too many ways to try',
      { all: [moot, { atLeast: 3, of: many }] },
      ['person.children', 'person.isWilling', 'person.area', 'person.points', 'referral.basis', 'referral.sources'],
    ],
  ])('%s', (_, condition, expected) => {
    const program = ourProgram({ it: condition }, scopeWith())
    expect(new Set(program.dependsOn(program.read({ asOf, facts: {} }), 0))).toEqual(new Set(expected))
  })

  test.each<[string, Facts, number[], number[], string[]]>([
    ['by any of several', {}, [0, 1], [], ['person.isWilling', 'person.isResident']],
    ['by none when one is true', { 'person.isWilling': true }, [0, 1], [], []],
    ['by the rest when one is false', { 'person.isWilling': false }, [0, 1], [], ['person.isResident']],
    ['unless another is true: by that too', {}, [0], [2], ['person.isWilling', 'person.children']],
    ['unless another is true, and it is', { 'person.children': 1 }, [0], [2], []],
    ['unless another is true, and it is not', { 'person.children': 5 }, [0], [2], ['person.isWilling']],
    ['unless any of two is true', { 'person.isWilling': true, 'person.children': 5 }, [0], [1, 2], ['person.isResident']],
    ['by nothing where nothing is asked', {}, [], [], []],
  ])('%s', (_, facts, indices, unless, expected) => {
    const program = ourProgram({ willing, resident, few }, scopeWith())
    expect(program.dependsOnAny(program.read({ asOf, facts }), indices, unless)).toEqual(expected)
  })
})

test('there is no condition beyond the last', () => {
  const program = ourProgram({ willing }, scopeWith())
  const slots = program.read({ asOf, facts: {} })
  for (const ask of [program.truth, program.trace, program.dependsOn])
    expect(() => ask(slots, 1)).toThrow('there is no condition 1 in this program of 1')
})

test('a count says where the number it is compared with comes from', () => {
  const program = ourProgram(
    {
      it: {
        fact: 'register',
        count: { path: '$.minutes', operator: 'equal', value: 5 },
        operator: 'lessThan',
        value: { fact: 'parameter.minimumAge' },
      } as Condition,
    },
    scopeWith(),
  )
  expect(program.trace(program.read({ asOf, facts: { register: [] } }), 0)).toMatchObject({
    needed: 18,
    neededFrom: 'parameter.minimumAge',
    counted: { atLeast: 0, atMost: 0 },
  })
})
