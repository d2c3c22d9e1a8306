import { describe, expect, it } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { FactValue } from '../src/language/facts.ts'
import type { Document, KindId } from '../src/rule-set/document.ts'
import { loaded, shipped } from './support/kinds.ts'
import { small } from './support/small-instrument.ts'

const asOf = '2026-05-01'
type Rules = Record<string, { conditions: Condition; event: { type: string; params?: object } }>

const { facts, parameters, statements } = shipped('core')

/** The facts and parameters of core with these rules of one kind and no others, in this order. */
function ruleSetOf(kind: KindId, rules: Rules) {
  const written = Object.entries(rules).map(([id, rule], index) => [id, { number: 901 + index, label: id, source: 'test', ...rule }])
  const root = { id: 'riverside', version: '1.0.0', title: 'Riverside', effectiveFrom: '2026-01-01', facts, parameters, statements }
  return loaded({ ...root, [kind]: Object.fromEntries(written) } as unknown as Document)
}
const is = (fact: string, value: FactValue): Condition => ({ fact, operator: 'equal', value }) as Condition
const all = (...conditions: Condition[]): Condition => ({ all: conditions })
const willing = is('engagement.isWilling', true)
const abused = is('history.hasAbusedPartner', true)
const self = is('referral.source', 'self')
const refused = (more: object = {}) => ({ type: 'ineligible', params: { reason: 'r', ...more } })
const reviewed = (more: object = {}) => ({ type: 'human-review', params: { reason: 'r', whom: 'programme-manager', ...more } })

describe('eligibility', () => {
  const decide = (rules: Rules, facts: Record<string, FactValue>) => ruleSetOf('eligibility', rules).decide('eligibility', { asOf, facts })
  const nothing = { refusedBy: [], reviewBy: [], undecided: [], needs: [] }

  it('says no more than there is to say', () => {
    const rules = { refusal: { conditions: all(willing), event: refused() } }
    expect(decide(rules, { 'engagement.isWilling': false })).toStrictEqual({ ...nothing, outcome: 'eligible' })
    expect(decide(rules, { 'engagement.isWilling': true })).toStrictEqual({ ...nothing, outcome: 'ineligible', refusedBy: ['refusal'] })
    expect(decide(rules, {})).toStrictEqual({
      ...nothing,
      outcome: 'needs-information',
      undecided: ['refusal'],
      needs: ['engagement.isWilling'],
    })
  })

  it('names the first other way that a refusal names, and whom a review is for', () => {
    const refusals = {
      silent: { conditions: all(willing), event: refused() },
      first: { conditions: all(willing), event: refused({ route: 'the first' }) },
      second: { conditions: all(willing), event: refused({ route: 'the second' }) },
    }
    expect(decide(refusals, { 'engagement.isWilling': true })).toStrictEqual({
      ...nothing,
      outcome: 'ineligible',
      refusedBy: ['silent', 'first', 'second'],
      route: 'the first',
    })
    const reviews = {
      first: { conditions: all(willing), event: reviewed({ whom: 'clinical-lead' }) },
      second: { conditions: all(willing), event: reviewed({ whom: 'anybody-else' }) },
    }
    expect(decide(reviews, { 'engagement.isWilling': true })).toStrictEqual({
      ...nothing,
      outcome: 'human-review',
      reviewBy: ['first', 'second'],
      whom: 'clinical-lead',
    })
  })

  it('asks for nothing that only a review waits for, once another review is certain', () => {
    const rules = {
      refusal: { conditions: all(willing), event: refused() },
      certain: { conditions: all(abused), event: reviewed() },
      open: { conditions: all(self), event: reviewed() },
    }
    expect(decide(rules, { 'history.hasAbusedPartner': true })).toMatchObject({
      outcome: 'needs-information',
      undecided: ['refusal', 'open'],
      needs: ['engagement.isWilling'],
    })
    expect(decide(rules, { 'history.hasAbusedPartner': false })).toMatchObject({
      outcome: 'needs-information',
      needs: ['engagement.isWilling', 'referral.source'],
    })
    expect(decide(rules, { 'history.hasAbusedPartner': true, 'engagement.isWilling': false })).toMatchObject({
      outcome: 'human-review',
      needs: [],
    })
  })

  it('asks for nothing that matters only to a review which a refusal would overtake', () => {
    const rules = {
      refusal: { conditions: all(willing), event: refused() },
      review: { conditions: { any: [{ not: willing }, self] } as Condition, event: reviewed() },
    }
    expect(decide(rules, {})).toMatchObject({
      outcome: 'needs-information',
      undecided: ['refusal', 'review'],
      needs: ['engagement.isWilling'],
    })
    const other = {
      refusal: { conditions: all(willing), event: refused() },
      review: { conditions: all({ not: willing }, self), event: reviewed() },
    }
    expect(decide(other, {})).toMatchObject({ needs: ['engagement.isWilling', 'referral.source'] })
  })
})

describe('completion', () => {
  const better = (operator: string, value: number) => ({ all: [{ fact: 'completion.measuresBetter', operator, value }] }) as Condition
  const named = 'respectful-communication'
  const measure = (more: object = {}) => ({ measure: named, version: '1', source: 'partner', change: 'significantly-better', ...more })
  const decide = (rules: Rules, measures: unknown, facts: Record<string, FactValue> = {}) =>
    ruleSetOf('completion', rules).decide('completion', { asOf, facts: { 'outcomes.measures': measures as FactValue, ...facts } })
  const improved = { improved: { conditions: better('greaterThanInclusive', 1), event: { type: 'improved', params: { definition: 'd' } } } }
  const generous = { generous: { conditions: better('lessThan', 9), event: { type: 'improved', params: { definition: 'd' } } } }
  const completed = (id: string, ...conditions: Condition[]) => ({
    [id]: { conditions: all(...conditions), event: { type: 'completed', params: { definition: 'd' } } },
  })

  it.each<[string, unknown, string]>([
    ['a named measure on another’s account', [measure()], 'yes'],
    ['no measure', [], 'no'],
    ['a measure that nobody named', [measure({ measure: 'something-else' })], 'no'],
    ['another version of it', [measure({ version: '2' })], 'no'],
    ['the person’s own account', [measure({ source: 'self' })], 'no'],
    ['an account of nobody', [measure({ source: null })], 'cannot-tell'],
    ['no change', [measure({ change: 'no-significant-change' })], 'no'],
    ['a change for the worse', [measure({ change: 'significantly-worse' })], 'no'],
    ['a change that is not recorded', [measure({ change: null })], 'cannot-tell'],
    ['nobody having asked', null, 'cannot-tell'],
  ])('improvement by %s: %s', (_, measures, outcome) => expect(decide(improved, measures).improved).toBe(outcome))

  it('is never improved by a rule that asks for little, without a measure that says so', () => {
    expect(decide(generous, [measure()]).improved).toBe('yes')
    expect(decide(generous, [measure({ change: 'no-significant-change' })])).toMatchObject({
      improved: 'no',
      reasons: [{ rule: 'generous', says: 'improved' }],
    })
    expect(decide(generous, [measure({ source: 'self' })]).improved).toBe('no')
    expect(decide(generous, []).improved).toBe('no')
  })

  it('is completed by one rule of several, not completed by none, and open while one is', () => {
    const rules = { ...completed('one', willing), ...completed('other', abused) }
    const result = (isWilling: boolean | null, hasAbused: boolean | null) =>
      decide(rules, [], { 'engagement.isWilling': isWilling, 'history.hasAbusedPartner': hasAbused }).completed
    expect([result(true, null), result(false, true), result(false, false), result(false, null), result(null, null)]).toEqual([
      'yes',
      'yes',
      'no',
      'cannot-tell',
      'cannot-tell',
    ])
  })

  it('says that attendance is not evidence of safety, in the words of the document where it has any', () => {
    const statement = (statements: Record<string, string>) =>
      loaded({ ...small, statements: { ...small.statements, ...statements } }).decide('completion', { asOf, facts: {} }).statement
    expect(statement({})).toBe('Attendance is not evidence of safety.')
    expect(statement({ 'attendance-is-not-safety': 'To come is not to change.' })).toBe('To come is not to change.')
  })

  it('shows every measure taken, however it was written', () => {
    const { measures, named: counts } = decide(improved, [
      measure(),
      measure({ version: null }),
      measure({ measure: 7, source: 7 }),
      null,
      'x',
      measure({ change: 'better' }),
    ])
    const taken = { measure: `${named}@1`, source: 'partner', change: 'significantly-better', counts: true }
    expect(measures).toEqual([
      taken,
      { ...taken, measure: `${named}@?`, counts: false },
      { ...taken, measure: '?@1', source: null, counts: false },
      { measure: '?@?', source: null, change: null, counts: false },
      { measure: '?@?', source: null, change: null, counts: false },
      { ...taken, change: null },
    ])
    expect(counts).toEqual({ of: 6, taken: 1, counted: 1, better: 1, unchanged: 0, worse: 0, open: 0 })
  })
})

describe('pathway', () => {
  it('without any rule is for a person to decide; with rules that all say no there is nothing more', () => {
    const bare = { id: 'bare', version: '1.0.0', title: 'Bare', effectiveFrom: '2026-01-01' } as Document
    expect(loaded(bare).decide('pathway', { asOf, facts: {} })).toEqual({
      outcome: 'human-review',
      proposals: [],
      undecided: [],
      needs: [],
    })
    const rules = { parents: { conditions: all(willing), event: { type: 'parenting-strand', params: { reason: 'r' } } } }
    const decide = (isWilling: boolean | null) =>
      ruleSetOf('pathway', rules).decide('pathway', { asOf, facts: { 'engagement.isWilling': isWilling } })
    expect(decide(false)).toEqual({ outcome: 'nothing-more', proposals: [], undecided: [], needs: [] })
    expect(decide(true)).toEqual({
      outcome: 'propose',
      proposals: [{ rule: 'parents', what: 'parenting-strand', reason: 'r' }],
      undecided: [],
      needs: [],
    })
    expect(decide(null)).toEqual({
      outcome: 'ask',
      proposals: [],
      undecided: [{ rule: 'parents', what: 'parenting-strand', reason: 'r' }],
      needs: ['engagement.isWilling'],
    })
  })
})
