import { describe, expect, it } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { FactValue } from '../src/language/facts.ts'
import type { Document } from '../src/rule-set/document.ts'
import { load } from '../src/rule-set/load.ts'
import { byNumber } from '../src/kinds/rule.ts'
import { UNKNOWN } from '../src/language/truth.ts'
import { loaded, shipped } from './support/kinds.ts'
import { shippedRuleSet } from './support/shipped.ts'
import { small } from './support/small-instrument.ts'

const core = shipped('core')
const asOf = '2026-05-01'
const provider = (over: Partial<Document>): Document => ({
  id: 'some-provider',
  version: '1.0.0',
  title: 'Some provider',
  effectiveFrom: '2026-01-01',
  extends: { id: 'core', version: '1.0.0' },
  ...over,
})
const refusal = (number: number, conditions: Condition) => ({
  number,
  label: 'A refusal',
  source: 'test',
  conditions,
  event: { type: 'ineligible', params: { reason: 'invented' } },
})
const is = (fact: string, value: FactValue): Condition => ({ fact, operator: 'equal', value })

describe('what a decision waits for', () => {
  it('leaves out a fact that no refusal needs any more', () => {
    const unwilling = is('engagement.isWilling', false)
    const ruleSet = loaded(
      core,
      provider({
        eligibility: {
          first: refusal(201, { all: [unwilling] }),
          second: refusal(202, { all: [unwilling, is('referral.source', 'self')] }),
        },
      }),
    )
    const facts = { 'person.bornOn': '1990-01-01', 'referral.receivedOn': asOf, 'history.hasAbusedPartner': true }
    const outcome = ruleSet.decide('eligibility', { asOf, facts })
    expect(outcome).toMatchObject({ outcome: 'needs-information', undecided: ['first', 'second'], needs: ['engagement.isWilling'] })
  })

  it('asks for what an age is computed from', () => {
    const facts = { 'person.bornOn': '1990-01-01', 'history.hasAbusedPartner': true }
    expect(loaded(core).decide('eligibility', { asOf, facts }).needs).toEqual(['referral.receivedOn'])
  })
})

describe('computed facts in rules of other kinds', () => {
  const ruleSet = loaded(
    core,
    provider({
      eligibility: {
        violent: refusal(201, { all: [is('factor.physical-violence', 'present'), is('factor.physical-violence.window', 'recent')] }),
        absent: refusal(202, { all: [{ fact: 'attendance.missed', operator: 'greaterThan', value: 2 }] }),
      },
    }),
  )
  const known = { 'person.bornOn': '1990-01-01', 'referral.receivedOn': asOf, 'history.hasAbusedPartner': true }
  const register = { 'place.joinedOn': '2026-01-01', 'attendance.register': [] }
  const decide = (facts: Record<string, FactValue>) => ruleSet.decide('eligibility', { asOf, facts: { ...known, ...register, ...facts } })

  it('mean the same as in their own', () => {
    const answer = { 'factor.physical-violence': 'present' }
    expect(decide(answer).refusedBy).toEqual(['violent'])
    expect(decide({ ...answer, 'factor.physical-violence.lastOccurredOn': '2025-04-30' }).outcome).toBe('eligible')
    expect(decide({ ...answer, 'factor.physical-violence.lastOccurredOn': '2025-05-01' }).refusedBy).toEqual(['violent'])
  })

  it('never rest on the partner alone', () => {
    const hers = { 'factor.physical-violence': 'present', 'factor.physical-violence.sources': ['partner'] }
    expect(decide(hers)).toEqual(decide({ 'factor.physical-violence': null }))
    expect(decide(hers)).toMatchObject({ outcome: 'needs-information', needs: ['factor.physical-violence'] })
  })

  it('never rest on the partner alone when all rules are looked at together', () => {
    const facts = { 'factor.substance-misuse': 'present', 'factor.substance-misuse.sources': ['partner'] }
    const { kinds, document } = shippedRuleSet('core')
    const place = byNumber(document.pathway).findIndex(([id]) => id === 'substance-misuse')
    expect(kinds.pathway.truths({ asOf, facts })[place]).toBe(UNKNOWN)
  })

  it.each<[string, Condition, string, string]>([
    ['only an answer', is('factor.f-a', 'present'), 'present', 'absent'],
    ['only whether it is recent', is('factor.f-a.window', 'recent'), 'present', 'absent'],
    ['it from within a named condition', { condition: 'named' }, 'present', 'absent'],
  ])('never rest on the partner alone in a rule that sees %s', (_, conditions, refused, allowed) => {
    const alone = loaded({
      ...small,
      risk: {},
      conditions: { named: { all: [is('factor.f-a', 'present')] } },
      eligibility: { only: refusal(1, { all: [conditions] }) },
    })
    const outcome = (facts: Record<string, FactValue>) => alone.decide('eligibility', { asOf, facts }).outcome
    expect(outcome({ 'factor.f-a': refused, 'factor.f-a.sources': ['police'] })).toBe('ineligible')
    expect(outcome({ 'factor.f-a': allowed, 'factor.f-a.sources': ['police'] })).toBe('eligible')
    expect(outcome({ 'factor.f-a': refused, 'factor.f-a.sources': ['partner'] })).toBe('needs-information')
    expect(outcome({})).toBe('needs-information')
  })

  it('cannot be supplied', () => {
    const facts = { 'factor.physical-violence': 'present', 'factor.physical-violence.window': 'historic', 'attendance.missed': 9 }
    expect(decide(facts).refusedBy).toEqual(['violent'])
  })
})

describe('explanations', () => {
  it('of risk show the window that was computed, and what an unknown pattern waits for', () => {
    const facts = {
      'factor.threats-to-kill': 'present',
      'factor.threats-to-kill.lastOccurredOn': '2026-04-01',
      'factor.weapon-use-or-access': null,
    }
    const rules = loaded(core).explain('risk', { asOf, facts })
    const pattern = rules.find(({ rule }) => rule === 'threat-with-means')
    expect(pattern).toMatchObject({ result: 'unknown', dependsOn: ['factor.weapon-use-or-access'] })
    expect(pattern?.conditions).toMatchObject({
      all: [{ seen: 'present' }, { seen: 'recent', result: 'true' }, { seen: null }, { seen: null }],
    })
    expect(rules.map(({ number }) => number)).toEqual(rules.map(({ number }) => number).toSorted((one, other) => one - other))
  })

  it('of attendance agree with the decision where outcomes are not recorded', () => {
    const session = (date: string, outcome: string | null) => ({ session: date, kind: 'group', date, outcome })
    const facts = {
      'place.joinedOn': '2026-04-01',
      'attendance.register': [session('2026-04-02', 'absent'), session('2026-04-09', null)],
    }
    const ruleSet = loaded(core)
    const rules = ruleSet.explain('attendance', { asOf, facts })
    expect(rules.map(({ rule, result, dependsOn }) => ({ rule, result, dependsOn }))).toEqual([
      { rule: 'contact-after-a-miss', result: 'true', dependsOn: [] },
      { rule: 'review-after-misses', result: 'false', dependsOn: [] },
    ])
    expect(ruleSet.decide('attendance', { asOf, facts }).outcome).toBe('contact')
  })
})

describe('improvement', () => {
  it('cannot be read from attendance', () => {
    const completion = {
      'came-often': {
        number: 201,
        label: 'Came often',
        source: 'test',
        conditions: { all: [{ fact: 'programme.sessionsAttended', operator: 'greaterThan', value: 20 }] },
        event: { type: 'improved', params: { definition: 'Came often' } },
      },
    }
    const result = load(JSON.stringify(provider({ completion })), [JSON.stringify(core)])
    const issues = result.ok ? [] : result.issues.map(({ code, message }) => `${code}: ${message}`)
    expect(issues).toEqual([
      'improvement-without-measures: "programme.sessionsAttended" says nothing about improvement',
      'improvement-without-measures: improvement is claimed without any measure',
    ])
  })
})

describe('a criterion nobody wrote', () => {
  it('is no reason to call anybody eligible', () => {
    const bare = { id: 'bare', version: '1.0.0', title: 'Bare', effectiveFrom: '2026-01-01' } as Document
    expect(loaded(bare).decide('eligibility', { asOf, facts: {} })).toMatchObject({ outcome: 'human-review', whom: 'programme-manager' })
    expect(loaded(bare).decide('completion', { asOf, facts: {} })).toMatchObject({ completed: 'cannot-tell', improved: 'cannot-tell' })
  })
})

describe('results of other tools', () => {
  const rated = (band: string): FactValue => [{ tool: 'sara-v3', version: '2015', takenOn: '2026-04-20', band, source: 'probation' }]
  const some: Condition = {
    fact: 'assessment.outsideResults',
    some: {
      all: [
        { path: '$.tool', operator: 'equal', value: 'sara-v3' },
        { path: '$.band', operator: 'equal', value: 'High' },
      ],
    },
  }
  const pattern = {
    number: 900,
    label: 'Rated high',
    source: 'test',
    conditions: { all: [some] },
    event: { type: 'band-at-least', params: { band: 'high', action: 'Read the report' } },
  }
  const ruleSet = loaded(core, provider({ risk: { 'rated-high': pattern } }))
  const allAbsent = Object.fromEntries(Object.keys(ruleSet.document.instrument!.factors).map((id) => [`factor.${id}`, 'absent']))
  const bandWith = (facts: Record<string, FactValue>) => ruleSet.decide('risk', { asOf, facts: { ...allAbsent, ...facts } }).band

  it.each<[string, Record<string, FactValue>, string, string]>([
    ['nobody asked', {}, 'standard', 'high'],
    ['asked and not known', { 'assessment.outsideResults': null }, 'standard', 'high'],
    ['asked, none', { 'assessment.outsideResults': [] }, 'standard', 'standard'],
    ['rated high', { 'assessment.outsideResults': rated('High') }, 'high', 'high'],
    ['rated low', { 'assessment.outsideResults': rated('Low') }, 'standard', 'standard'],
  ])('%s', (_, facts, atLeast, atMost) => {
    expect(bandWith(facts)).toEqual({ atLeast, atMost })
  })
})
