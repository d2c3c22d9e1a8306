import { describe, expect, it } from 'vitest'
import { kindIds, type DecisionInput } from '../src/index.ts'
import { load } from '../src/load.ts'
import { outcomesOf, range, sufficientReason } from '../src/why/index.ts'
import { only, outcomesIn } from './support/answers.ts'
import { randomCase } from './support/random-cases.ts'
import { form, present, register } from './support/forms.ts'
import { shippedRuleSet } from './support/shipped.ts'
import { small } from './support/small-instrument.ts'
import { askedCases } from './support/staff-cases.ts'

const CASES = 16
const COMPLETIONS = 12
const asOf = '2026-05-31'

/** Some of what is possible is what was said; all of it, where it is certain. */
const agrees = (possible: string[][], said: string[][]) =>
  possible.every((outcomes, ladder) => outcomes.some((outcome) => said[ladder]?.includes(outcome)))
const isWithin = (possible: string[][], forced: string[][]) =>
  possible.every((outcomes, ladder) => outcomes.every((outcome) => forced[ladder]?.includes(outcome)))

describe('a sufficient reason', () => {
  it('forces the outcome whatever all other answers are, and what is left of it does not', () => {
    let forced = 0
    let shortened = 0
    for (const { ruleSet, kind, input, chance, says: asked } of askedCases(CASES, 1911)) {
      for (const atLeast of [false, true]) {
        const reason = sufficientReason(ruleSet, kind, input, { atLeast })
        const says = `${JSON.stringify(reason.answers)} of ${asked}`
        for (let i = 0; i < COMPLETIONS; i++) {
          const others = randomCase('other', chance, ruleSet).asked[kind]?.facts ?? {}
          const completed = only(input, reason.answers, others, chance)
          expect(agrees(outcomesIn(ruleSet, kind, completed), reason.forces), says).toBe(true)
          forced++
        }
        if (!reason.isMinimal) continue
        for (const answer of reason.answers) {
          const rest = reason.answers.filter((each) => each !== answer)
          expect(isWithin(outcomesIn(ruleSet, kind, only(input, rest)), reason.forces), `without ${JSON.stringify(answer)}: ${says}`).toBe(
            false,
          )
          shortened++
        }
      }
    }
    console.log(`completions forced: ${forced}, shorter reasons refuted: ${shortened}`)
    expect(forced).toBeGreaterThan(1500)
    expect(shortened).toBeGreaterThan(150)
  })

  it('is one answer where one is enough', () => {
    const facts = form(present('non-fatal-strangulation', 'separation', 'coercive-control'))
    expect(sufficientReason(shippedRuleSet('core'), 'risk', { asOf, facts })).toMatchObject({
      forces: [['very-high']],
      atLeast: false,
      isMinimal: true,
      answers: [
        { fact: 'factor.non-fatal-strangulation', value: 'present', window: 'recent' },
        { fact: 'factor.separation', value: 'present', window: 'recent' },
      ],
    })
  })

  it('says only why it is not lower while answers are open', () => {
    const facts = { 'factor.separation': 'present', 'factor.coercive-control': 'present' }
    const reason = sufficientReason(shippedRuleSet('core'), 'risk', { asOf, facts })
    expect(reason.atLeast).toBe(true)
    expect(reason.forces[0]?.[0]).toBe('medium')
    expect(reason.answers.map(({ fact }) => fact)).toEqual(['factor.coercive-control', 'factor.separation'])
  })

  it('names the sessions that make the standing', () => {
    const facts = register('attended', 'absent', 'attended', 'excused')
    const { answers, sentences } = sufficientReason(shippedRuleSet('cdars-phoenix'), 'attendance', { asOf, facts }, { atLeast: true })
    expect(answers).toContainEqual({ fact: 'attendance.register', entry: { index: 1, field: 'outcome' }, value: 'absent' })
    expect(sentences.join(' ')).toContain('Register of this run, entry 2: What happened: absent.')
  })

  it('never rests on an answer that only the partner gave', () => {
    const facts = { ...form(present('non-fatal-strangulation', 'separation')), 'factor.non-fatal-strangulation.sources': ['partner'] }
    const without = { ...facts, 'factor.non-fatal-strangulation': undefined, 'factor.non-fatal-strangulation.sources': undefined }
    const ask = (given: DecisionInput['facts']) => JSON.stringify(sufficientReason(shippedRuleSet('core'), 'risk', { asOf, facts: given }))
    expect(ask(facts)).toBe(ask(without))
  })
})

describe('the range', () => {
  it('holds what every completion comes to, and is never wider than the decision', () => {
    let completed = 0
    for (const { ruleSet, kind, input, chance } of askedCases(3 * CASES, 1912)) {
      const { possible, isCertain } = range(ruleSet, kind, input)
      const decided = outcomesIn(ruleSet, kind, input)
      expect(isWithin(possible, decided)).toBe(true)
      expect(isCertain).toBe(possible.every(({ length }) => length === 1))
      for (let i = 0; i < 5; i++) {
        const others = randomCase('other', chance, ruleSet).asked[kind]?.facts ?? {}
        const known = Object.fromEntries(Object.entries(input.facts).filter(([, value]) => value !== null))
        const outcomes = outcomesIn(ruleSet, kind, { asOf: input.asOf, facts: { ...withoutEvidence(others, known), ...known } })
        expect(agrees(outcomes, possible)).toBe(true)
        completed++
      }
    }
    console.log(`completions within their range: ${completed}`)
    expect(completed).toBeGreaterThan(300)
  })

  /** The evidence of an answer goes with the answer. */
  const withoutEvidence = (others: DecisionInput['facts'], known: DecisionInput['facts']) =>
    Object.fromEntries(
      Object.entries(others).filter(([name]) => !(name.split('.').length === 3 && name.split('.').slice(0, 2).join('.') in known)),
    )

  it('names every outcome of a kind by a word of its own', () => {
    const words = kindIds.map((kind) => outcomesOf(shippedRuleSet('core'), kind))
    expect(words.flat().length).toBeGreaterThanOrEqual(6)
    for (const kind of words) expect(new Set(kind.flat()).size).toBe(kind.flat().length)
  })
})

describe('rules that look at the day or the sources of an answer by themselves', () => {
  const refusedWhere = (...all: object[]) => {
    const event = { type: 'ineligible', params: { reason: 'no' } }
    const rule = { number: 1, label: 'Refused', source: 'test', conditions: { all }, event }
    const result = load(JSON.stringify({ ...small, eligibility: { refused: rule } }))
    if (!result.ok) throw new Error(JSON.stringify(result.issues))
    return result.ruleSet
  }

  it('are not said to come to it whatever is answered', () => {
    const byPolice = refusedWhere({ fact: 'factor.f-a.sources', operator: 'contains', value: 'police' })
    const facts = { 'factor.f-a': 'present', 'factor.f-a.sources': ['police'] }
    const reason = sufficientReason(byPolice, 'eligibility', { asOf, facts })
    expect(reason).toMatchObject({ forces: [['ineligible']], answers: [{ fact: 'factor.f-a' }] })
  })

  it('may come to what a day that was not tried leads to', () => {
    const longAgo = refusedWhere(
      { fact: 'factor.f-a', operator: 'equal', value: 'present' },
      { fact: 'factor.f-a.lastOccurredOn', operator: 'lessThan', value: '2010-01-01' },
    )
    const told = range(longAgo, 'eligibility', { asOf, facts: {} })
    expect(told).toMatchObject({ possible: [['eligible', 'ineligible']], isExact: false, isCertain: false })
  })
})
