import { describe, expect, test } from 'vitest'
import { Engine, type TopLevelCondition } from 'json-rules-engine'
import type { Condition } from '../src/language/condition.ts'
import type { Facts } from '../src/language/facts.ts'
import { parseCondition, truthWord } from '../src/language/index.ts'
import { ourProgram, realEngine } from './support/engine.ts'
import { scopeWith } from './support/catalogue.ts'

/** Where this library says something else than json-rules-engine 7.3.1, on purpose. Both are run. */

const scope = scopeWith()
const asOf = '2026-05-01'

const ours = (condition: Condition, facts: unknown) => {
  const program = ourProgram({ rule: condition }, scope)
  return truthWord(program.truth(program.read({ asOf, facts: facts as Facts }), 0))
}
const refused = (condition: unknown): string | undefined => {
  let code: string | undefined
  parseCondition(condition, '', scope, (issue) => (code ??= issue.code))
  return code
}
/** `fires`, `does not fire`, or how the whole run fails. */
async function theirs(condition: unknown, facts: unknown, more: Record<string, unknown> = {}): Promise<string> {
  try {
    const engine = new Engine([], { allowUndefinedFacts: true })
    for (const [name, named] of Object.entries(more)) engine.setCondition(name, structuredClone(named) as TopLevelCondition)
    for (const [id, parameter] of Object.entries(scope.parameters)) engine.addFact(`parameter.${id}`, parameter.value)
    engine.addRule({ conditions: structuredClone(condition) as TopLevelCondition, event: { type: 'x' } })
    const { events } = await engine.run(structuredClone(facts) as Record<string, unknown>)
    return events.length > 0 ? 'fires' : 'does not fire'
  } catch (error) {
    return `fails: ${error instanceof Error ? error.message : String(error)}`
  }
}

const on = (fact: string, operator: string, value: unknown, more = {}) => ({ all: [{ fact, operator, value, ...more }] }) as Condition
const absent = {}

describe('missing is not false', () => {
  test.each<[string, Condition, unknown, string, string]>([
    ['an absent number is not below a limit', on('person.points', 'lessThan', 5), absent, 'unknown', 'does not fire'],
    ['nor at or above it', on('person.points', 'greaterThanInclusive', 5), absent, 'unknown', 'does not fire'],
    ['an absent value is not different from another', on('referral.basis', 'notEqual', 'court'), absent, 'unknown', 'fires'],
    ['nor outside a list', on('referral.basis', 'notIn', ['court']), absent, 'unknown', 'fires'],
    ['"not" of unknown is unknown', { not: { fact: 'person.points', operator: 'lessThan', value: 5 } }, absent, 'unknown', 'fires'],
    ['so is the decorator', on('person.points', 'not:lessThan', 5), absent, 'unknown', 'fires'],
    ['an absent list may contain anything', on('referral.sources', 'doesNotContain', 'self'), absent, 'unknown', 'does not fire'],
    ['and not:contains says nothing about it', on('referral.sources', 'not:contains', 'self'), absent, 'unknown', 'fires'],
    ['null is unknown too', on('referral.basis', 'notEqual', 'court'), { 'referral.basis': null }, 'unknown', 'fires'],
    [
      'an unknown item may be the one',
      on('referral.sources', 'someFact:equal', 'self'),
      { 'referral.sources': ['court', null] },
      'unknown',
      'does not fire',
    ],
    [
      'an unknown item may break a rule for all',
      on('referral.sources', 'everyFact:notEqual', 'self'),
      { 'referral.sources': ['court', null] },
      'unknown',
      'fires',
    ],
    [
      'an unknown field may be the one',
      on('register', 'someFact:equal', 'group', { path: '$[*].kind' }),
      { register: [{ outcome: 'absent' }] },
      'unknown',
      'does not fire',
    ],
  ])('%s', async (_name, condition, facts, us, them) => {
    expect(ours(condition, facts)).toBe(us)
    expect(await theirs(condition, facts)).toBe(them)
  })

  test('two conditions that deny each other are not both false', async () => {
    const below = on('person.points', 'lessThan', 5)
    const above = on('person.points', 'greaterThanInclusive', 5)
    expect(await Promise.all([theirs(below, absent), theirs(above, absent)])).toEqual(['does not fire', 'does not fire'])
    expect(ours({ any: [below, above] }, absent)).toBe('unknown')
  })
})

describe('an empty list means "asked, none"', () => {
  test('every one of no items under a path is true, where JSONPath finds nothing and theirs is false', async () => {
    const all = on('register', 'everyFact:equal', 'group', { path: '$[*].kind' })
    expect(ours(all, { register: [] })).toBe('true')
    expect(await theirs(all, { register: [] })).toBe('does not fire')
  })

  test('without a path both agree', async () => {
    const all = on('referral.sources', 'everyFact:equal', 'self')
    expect(ours(all, { 'referral.sources': [] })).toBe('true')
    expect(await theirs(all, { 'referral.sources': [] })).toBe('fires')
  })
})

describe('values are never converted', () => {
  test.each<[string, Condition, unknown, string]>([
    ['a number written as a text', on('person.points', 'greaterThan', 5), { 'person.points': '12' }, 'fires'],
    ['a list with one number', on('person.points', 'greaterThan', 5), { 'person.points': [7] }, 'fires'],
    ['a fraction, where numbers are whole', on('person.points', 'greaterThan', 5), { 'person.points': 5.5 }, 'fires'],
    ['a day that does not exist', on('referral.incidentOn', 'greaterThan', '2025-02-28'), { 'referral.incidentOn': '2025-02-30' }, 'fires'],
    ['a word that is not a choice', on('referral.basis', 'notEqual', 'court'), { 'referral.basis': 'Court' }, 'fires'],
    [
      'a function in place of a value is not called',
      on('person.points', 'greaterThan', 5),
      { 'person.points': Symbol.iterator },
      'does not fire',
    ],
  ])('%s is unknown', async (_name, condition, facts, them) => {
    expect(ours(condition, facts)).toBe('unknown')
    if (Object.values(facts as object).every((value) => typeof value !== 'symbol')) expect(await theirs(condition, facts)).toBe(them)
  })

  test('a function as a fact is unknown here and called there', async () => {
    const condition = on('person.points', 'equal', 42)
    const engine = realEngine({ rule: condition }, scope)
    expect((await engine.run({ 'person.points': () => 42 })).events).toHaveLength(1)
    expect(ours(condition, { 'person.points': () => 42 })).toBe('unknown')
  })
})

describe('refused when a rule is written, where theirs says something when it runs', () => {
  test.each<[string, unknown, unknown, string, string]>([
    ['an empty "any" would always be true', { any: [] }, absent, 'empty-condition', 'fires'],
    ['an empty "all" would always be true', { all: [] }, absent, 'empty-condition', 'fires'],
    ['"in" with a text would find letters', on('person.area', 'in', 'Camden'), { 'person.area': 'am' }, 'in-text', 'fires'],
    [
      'of "any" and "all" in one object only "any" would be looked at',
      { ...on('person.isWilling', 'equal', true), any: [{ fact: 'person.isWilling', operator: 'equal', value: false }] },
      { 'person.isWilling': true },
      'mixed-condition',
      'does not fire',
    ],
    ['a limit written as a text', on('person.points', 'lessThan', '9'), { 'person.points': '10' }, 'value-type', 'fires'],
    [
      'a comparison with null would count it as 0',
      on('person.points', 'greaterThanInclusive', null),
      { 'person.points': 5 },
      'null-value',
      'fires',
    ],
    ['texts in order of their letters', on('person.area', 'lessThan', '9'), { 'person.area': '10' }, 'operator-type', 'fires'],
    [
      'two lists compared by identity',
      on('referral.sources', 'equal', ['self']),
      { 'referral.sources': ['self'] },
      'operator-type',
      'does not fire',
    ],
    ['a misspelt fact would be missing', on('person.isWiling', 'notEqual', true), { 'person.isWilling': true }, 'unknown-fact', 'fires'],
    [
      'a misspelt choice would never match',
      on('referral.basis', 'notEqual', 'cuort'),
      { 'referral.basis': 'court' },
      'unknown-choice',
      'fires',
    ],
    [
      'a path with a filter',
      on('register', 'someFact:equal', 'group', { path: "$[?(@.kind=='group')].kind" }),
      { register: [{ kind: 'group' }] },
      'json-path',
      'fires',
    ],
    [
      'a path on a plain value would pass it through',
      on('person.points', 'equal', 7, { path: '$.a.b' }),
      { 'person.points': 7 },
      'json-path',
      'fires',
    ],
    [
      'an unknown operator would lose every rule of the run',
      on('person.points', 'moreThan', 5),
      { 'person.points': 7 },
      'unknown-operator',
      'fails: Unknown operator: moreThan',
    ],
    [
      '"in" with a number would lose every rule of the run',
      on('person.points', 'in', 5),
      { 'person.points': 7 },
      'value-type',
      'fails: b.indexOf is not a function',
    ],
    [
      'an unknown named condition would lose every rule of the run',
      { condition: 'ghost' },
      absent,
      'unknown-condition',
      'fails: No condition ghost exists',
    ],
  ])('%s', async (_name, condition, facts, us, them) => {
    expect(refused(condition)).toBe(us)
    expect(await theirs(condition, facts)).toBe(them)
  })

  test('a priority would leave the rest of the trace empty', async () => {
    const condition = {
      all: [
        { fact: 'person.isWilling', operator: 'equal', value: true, priority: 5 },
        { fact: 'person.points', operator: 'equal', value: 1 },
      ],
    }
    expect(refused(condition)).toBe('priority')
    const engine = new Engine([{ conditions: structuredClone(condition), event: { type: 'x' } }])
    const { failureResults } = await engine.run({ 'person.isWilling': false, 'person.points': 1 })
    expect(JSON.parse(failureResults[0]?.toJSON() ?? '{}').conditions.all[1]).not.toHaveProperty('result')
  })

  test('named conditions in a circle would overflow the stack', async () => {
    const circle = { a: { all: [{ condition: 'b' }] }, b: { all: [{ condition: 'a' }] } }
    const codes: string[] = []
    parseCondition({ condition: 'a' }, '', scopeWith(circle), (issue) => codes.push(issue.code))
    expect(codes).toEqual(['condition-cycle'])
    expect(await theirs({ condition: 'a' }, absent, circle)).toMatch(/^fails: Maximum call stack/)
  })
})

test('two decisions at once do not disturb each other', async () => {
  const condition = on('person.points', 'lessThan', 5)
  const engine = new Engine([
    { name: 'first', priority: 2, conditions: structuredClone(condition) as TopLevelCondition, event: { type: 'first' } },
    { name: 'second', priority: 1, conditions: structuredClone(condition) as TopLevelCondition, event: { type: 'second' } },
  ])
  const slow = () => new Promise((resolve) => setTimeout(() => resolve(1), 20))
  const both = await Promise.all([engine.run({ 'person.points': 1 }), engine.run({ 'person.points': slow })])
  expect(
    both.map(({ events }) => events.length),
    'when the first run ends, the second loses the rules it had still to look at',
  ).toEqual([2, 1])

  const program = ourProgram({ first: condition, second: condition }, scope)
  const slots = [1, 2].map((points) => program.read({ asOf, facts: { 'person.points': points } }))
  expect(slots.flatMap((each) => [program.truth(each, 0), program.truth(each, 1)])).toEqual([2, 2, 2, 2])
})
