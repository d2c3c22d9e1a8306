import { describe, expect, it } from 'vitest'
import { settlingQuestions, smallestChange } from '../src/counterfactuals/index.ts'
import type { DecisionInput, FactValue } from '../src/index.ts'
import { range } from '../src/why/index.ts'
import { outcomesIn } from './support/answers.ts'
import { coreDraft, put } from './support/drafts.ts'
import { Chance } from './support/random-cases.ts'

const asOf = '2026-05-10'
const OUTCOMES = ['attended', 'late', 'left-early', 'excused', 'absent', 'not-held']
const DAYS = Array.from({ length: 45 }, (_, day) => new Date(Date.UTC(2026, 3, 1 + day)).toISOString().slice(0, 10))

const rule = (number: number, type: string, all: readonly object[]) => ({
  number,
  label: `Rule ${number}`,
  source: 'Test',
  conditions: { all },
  event: {
    type,
    params: type === 'contact' ? { within: { amount: 2, unit: 'working-days' } } : type === 'removal-due' ? { from: 'this-run' } : {},
  },
})

/** Rules that look at the register and the joining day both by themselves and through what they add up to. */
const rules = coreDraft((document) => {
  put(document, 'attendance', {
    'an-absence': rule(1, 'removal-due', [
      { fact: 'attendance.register', some: { path: '$.outcome', operator: 'equal', value: 'absent' } },
    ]),
    'two-excused': rule(2, 'review', [{ fact: 'attendance.excused', operator: 'greaterThanInclusive', value: 2 }]),
    'joined-lately': rule(3, 'contact', [
      { fact: 'place.joinedOn', operator: 'withinDays', value: 20 },
      { fact: 'attendance.held', operator: 'lessThan', value: 2 },
    ]),
  })
})

const registerOf = (sessions: readonly { date: string; outcome: FactValue }[]) =>
  sessions.map(({ date, outcome }, index) => ({ session: `s${index}`, kind: 'group', date, outcome })) as FactValue

const come = (facts: DecisionInput['facts']) => outcomesIn(rules, 'attendance', { asOf, facts })[0] ?? []

describe('what a rule looks at by itself and another through a count', () => {
  it('is tried in every way that either tells apart', () => {
    const chance = new Chance(6107)
    let ranges = 0
    let changes = 0
    for (let i = 0; i < 60; i++) {
      const sessions = Array.from({ length: 3 }, () => ({
        date: chance.pick(DAYS.slice(0, 40)),
        outcome: chance.pick<FactValue>([...OUTCOMES, null]),
      }))
      const joinedOn = chance.is(60) ? chance.pick(DAYS.slice(0, 40)) : null
      const facts = { 'place.joinedOn': joinedOn, 'attendance.register': registerOf(sessions) }
      const says = JSON.stringify(facts)
      const open = sessions.flatMap(({ outcome }, index) => (outcome === null ? [index] : []))
      if (open.length > 2) continue

      const reached = new Set<string>()
      for (const first of OUTCOMES) {
        for (const second of OUTCOMES) {
          for (const day of joinedOn === null ? DAYS.slice(0, 40) : [joinedOn]) {
            const filled = sessions.map((session, index) => ({
              ...session,
              outcome: [first, second][open.indexOf(index)] ?? session.outcome,
            }))
            for (const word of come({ 'place.joinedOn': day, 'attendance.register': registerOf(filled) })) reached.add(word)
          }
        }
      }
      const { possible, isExact } = range(rules, 'attendance', { asOf, facts })
      for (const word of reached) expect(possible[0], says).toContain(word)
      if (isExact) expect(new Set(possible[0]), says).toEqual(reached)
      if (settlingQuestions(rules, 'attendance', { asOf, facts }).questions.length === 0) expect(reached.size, says).toBe(1)
      ranges++

      const now = JSON.stringify(come(facts))
      const { changes: found, size, isComplete } = smallestChange(rules, 'attendance', { asOf, facts })
      const listed = found.map(({ outcome }) => JSON.stringify(outcome[0]))
      for (const [index] of sessions.entries()) {
        for (const outcome of OUTCOMES) {
          const changed = sessions.map((session, place) => (place === index ? { ...session, outcome } : session))
          const after = JSON.stringify(come({ ...facts, 'attendance.register': registerOf(changed) }))
          if (after === now) continue
          expect(size, `${outcome} ${says}`).toBe(1)
          if (isComplete) expect(listed, `${outcome} ${says}`).toContain(after)
          changes++
        }
      }
    }
    console.log(`ranges: ${ranges}, single changes: ${changes}`)
    expect(ranges).toBeGreaterThan(40)
    expect(changes).toBeGreaterThan(100)
  })
})
