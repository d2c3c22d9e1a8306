import { expect, test } from 'vitest'
import { factsIn } from '../src/kinds/facts-in.ts'
import type { Condition, ItemCondition } from '../src/language/condition.ts'

const is = (fact: string): Condition => ({ fact, operator: 'equal', value: 1 })
const isAs = (fact: string, other: string): Condition => ({ fact, operator: 'equal', value: { fact: other } })
const onItem = (other: string): ItemCondition => ({ path: '$.field', operator: 'equal', value: { fact: other } })
const conditions = { named: { any: [is('named'), { condition: 'deeper' }] }, deeper: isAs('deeper', 'deepest') } satisfies Record<
  string,
  Condition
>

test.each<[string, Condition, string[]]>([
  ['one fact', is('a'), ['a']],
  ['a list to compare with is no fact', { fact: 'a', operator: 'in', value: ['b'] }, ['a']],
  ['nothing to compare with is none either', { fact: 'a', operator: 'equal', value: null }, ['a']],
  ['the other fact it is compared with', isAs('a', 'b'), ['a', 'b']],
  ['all and any', { all: [is('a'), { any: [is('b'), isAs('c', 'd')] }] }, ['a', 'b', 'c', 'd']],
  ['what is denied', { not: isAs('a', 'b') }, ['a', 'b']],
  ['so many of', { atLeast: 1, of: [is('a'), is('b')] }, ['a', 'b']],
  ['named conditions, and those they name', { all: [is('a'), { condition: 'named' }] }, ['a', 'named', 'deeper', 'deepest']],
  ['some item', { fact: 'list', some: onItem('b') }, ['list', 'b']],
  ['every item, all together', { fact: 'list', every: { all: [onItem('b'), onItem('c')] } }, ['list', 'b', 'c']],
  ['no item, any of them', { fact: 'list', none: { any: [onItem('b'), onItem('c')] } }, ['list', 'b', 'c']],
  [
    'a count, what it counts and what it is compared with',
    { fact: 'list', count: { not: onItem('b') }, operator: 'equal', value: { fact: 'c' } },
    ['list', 'c', 'b'],
  ],
  ['an item compared with a constant', { fact: 'list', some: { path: '$.field', operator: 'equal', value: 1 } }, ['list']],
])('the facts in: %s', (_, condition, facts) => expect(factsIn(condition, { conditions })).toEqual(facts))
