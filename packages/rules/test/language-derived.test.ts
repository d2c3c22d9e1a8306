import { expect, test } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { FactDefinition, FactValue } from '../src/language/facts.ts'
import { ourProgram } from './support/engine.ts'
import { facts as catalogue, parameters } from './support/catalogue.ts'

type Given = Record<string, FactValue>
const facts = { ...catalogue, 'person.total': { ...catalogue['person.total'], maximum: 30 } as FactDefinition }
const comparing = (fact: string, operator: string, value: FactValue) =>
  ourProgram({ it: { fact, operator, value } }, { facts, parameters, conditions: {} })
const seen = (fact: string, given: Given) => {
  const program = comparing(fact, 'equal', 0)
  return (program.trace(program.read({ asOf: '2026-05-01', facts: given }), 0) as { seen: unknown }).seen
}

test.each<[why: string, fact: string, facts: Given, value: number | null]>([
  ['a sum', 'person.total', { 'person.children': 2, 'person.points': 5 }, 7],
  ['a sum with one part unknown', 'person.total', { 'person.children': 2 }, null],
  ['a sum with one part mistyped', 'person.total', { 'person.children': 2, 'person.points': '5' }, null],
  ['a sum above what the fact may hold', 'person.total', { 'person.children': 20, 'person.points': 11 }, null],
  ['a sum at what the fact may hold', 'person.total', { 'person.children': 20, 'person.points': 10 }, 30],
  ['a difference below nothing', 'person.difference', { 'person.children': 7, 'person.points': 5 }, -2],
  ['a difference of what is not known', 'person.difference', { 'person.points': 5 }, null],
  ['no days from a day to itself', 'person.daysOld', { 'person.bornOn': '2026-03-01', 'referral.receivedOn': '2026-03-01' }, 0],
  ['over a leap day', 'person.daysOld', { 'person.bornOn': '2024-02-28', 'referral.receivedOn': '2024-03-01' }, 2],
  ['days the wrong way round', 'person.daysOld', { 'person.bornOn': '2026-03-02', 'referral.receivedOn': '2026-03-01' }, null],
  ['what is supplied in its place is not looked at', 'person.total', { 'person.total': 9 }, null],
])('%s', (_, fact, given, value) => expect(seen(fact, given)).toBe(value))

test('what is computed waits for what it is computed from, as far as that can matter', () => {
  const program = comparing('person.total', 'greaterThan', 6)
  const waitsFor = (given: Given) => program.dependsOn(program.read({ asOf: '2026-05-01', facts: given }), 0)
  expect(waitsFor({})).toEqual(['person.children', 'person.points'])
  expect(waitsFor({ 'person.children': 3 })).toEqual(['person.points'])
  expect(waitsFor({ 'person.children': 3, 'person.points': 4 })).toEqual([])
})

test('where nothing is unknown and still nothing can be said, what is wrong is asked for again', () => {
  const waitsFor = (condition: Condition, facts: Given) => {
    const program = ourProgram({ it: condition }, { facts: catalogue, parameters, conditions: {} })
    return program.dependsOn(program.read({ asOf: '2026-05-01', facts }), 0)
  }
  const wrongWayRound = { 'person.bornOn': '2026-03-02', 'referral.receivedOn': '2026-03-01' }
  expect(waitsFor({ fact: 'person.age', operator: 'lessThan', value: 18 }, wrongWayRound)).toEqual(['person.bornOn', 'referral.receivedOn'])
  const olderThanPoints = { fact: 'person.points', operator: 'lessThan', value: { fact: 'person.age' } }
  expect(waitsFor(olderThanPoints, { ...wrongWayRound, 'person.points': 3 })).toEqual(['person.bornOn', 'referral.receivedOn'])
  const [heldOn, lateOn] = ['2026-04-30', '2026-05-02'].map((day) => ({
    kind: 'group',
    outcome: 'attended',
    minutes: 40,
    heldOn: day,
    isMakeUp: false,
  }))
  const lately = { fact: 'register', every: { path: '$.heldOn', operator: 'withinDays', value: 30 } }
  expect(waitsFor(lately, { register: [heldOn, lateOn] as FactValue })).toEqual(['register'])
})
