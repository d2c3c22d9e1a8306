import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsSchema } from '../src/facts/index.ts'
import { decide, type Facts, kindIds, type RuleSet } from '../src/index.ts'
import { factsFor, inputFor, riskFormFor } from '../src/testing/index.ts'
import { coreDraft } from './support/drafts.ts'
import { shippedIds, shippedRuleSet } from './support/shipped.ts'

const RUNS = 400
const seed = 20_260_501

/** What a rule set says of facts that came out of the generator. */
const refusals = (ruleSet: RuleSet, facts: Facts) => factsSchema(ruleSet)['~standard'].validate(facts).issues ?? []

describe('facts for a rule set', () => {
  it.each(shippedIds)('are valid, for every kind and with anything unknown: %s', (id) => {
    const ruleSet = shippedRuleSet(id)
    let tried = 0
    for (const kind of [undefined, ...kindIds]) {
      for (const known of ['all', 'some'] as const) {
        const options = { known, ...(kind === undefined ? {} : { kind }) }
        fc.assert(
          fc.property(inputFor(ruleSet, options), ({ asOf, facts }) => {
            tried++
            expect(refusals(ruleSet, facts)).toEqual([])
            expect(ruleSet.kinds[kind ?? 'eligibility'].problems({ asOf, facts })).toEqual([])
          }),
          { numRuns: 60, seed },
        )
      }
    }
    console.log(`${id}: ${tried} invented cases, all valid`)
    expect(tried).toBeGreaterThanOrEqual(60 * 2 * (kindIds.length + 1))
  })

  it('are all there when all is known, and lack something else each time when some is', () => {
    const ruleSet = shippedRuleSet('core')
    const supplied = Object.entries(ruleSet.facts).flatMap(([name, fact]) => (fact.derived ? [] : [name]))
    for (const facts of fc.sample(factsFor(ruleSet), { numRuns: 20, seed })) {
      expect(Object.keys(facts).toSorted()).toEqual(supplied.toSorted())
      expect(JSON.stringify(facts)).not.toContain('null')
    }
    const open = fc.sample(factsFor(ruleSet, { known: 'some' }), { numRuns: 200, seed })
    for (const name of supplied) {
      expect(open.filter((facts) => !Object.hasOwn(facts, name)).length, `${name} is missing at times`).toBeGreaterThan(5)
      expect(open.filter((facts) => facts[name] === null).length, `${name} is null at times`).toBeGreaterThan(5)
    }
  })

  it('lead to every outcome of every kind, unknown ones included', () => {
    const ruleSet = shippedRuleSet('step-by-step')
    const outcomes = (kind: 'eligibility' | 'completion' | 'safeguarding' | 'attendance') =>
      new Set(
        fc.sample(inputFor(ruleSet, { kind, known: 'some' }), { numRuns: RUNS, seed }).map((input) => {
          const outcome = ruleSet.kinds[kind].rules(input).map(({ result }) => result)
          return outcome.includes('true') ? 'fires' : outcome.includes('unknown') ? 'open' : 'quiet'
        }),
      )
    for (const kind of ['eligibility', 'completion', 'safeguarding', 'attendance'] as const) expect([...outcomes(kind)]).toContain('fires')
    const decided = fc.sample(inputFor(ruleSet, { kind: 'eligibility', known: 'some' }), { numRuns: 2000, seed })
    expect(new Set(decided.map((input) => decide(ruleSet, 'eligibility', input).outcome))).toEqual(
      new Set(['ineligible', 'human-review', 'needs-information', 'eligible']),
    )
  })

  it('keep within bounds, however narrow', () => {
    const ruleSet = coreDraft((document) => {
      Object.assign(document['facts']!, {
        'custom.only': { number: 9001, type: 'integer', minimum: 7, maximum: 7, label: 'x', question: 'x?', source: 'x' },
        'custom.negative': { number: 9002, type: 'integer', maximum: -5, label: 'x', question: 'x?', source: 'x' },
        'custom.large': { number: 9003, type: 'integer', minimum: 1_000_000, label: 'x', question: 'x?', source: 'x' },
      })
    })
    fc.assert(
      fc.property(factsFor(ruleSet), (facts) => {
        expect(facts['custom.only']).toBe(7)
        expect(facts['custom.negative']).toBeLessThanOrEqual(-5)
        expect(facts['custom.large']).toBeGreaterThanOrEqual(1_000_000)
      }),
      { numRuns: 100, seed },
    )
  })

  it('shrink to the one fact that matters', () => {
    const ruleSet = shippedRuleSet('step-by-step')
    const found = fc.check(
      fc.property(
        inputFor(ruleSet, { kind: 'eligibility', known: 'some' }),
        (input) => decide(ruleSet, 'eligibility', input).outcome !== 'ineligible',
      ),
      { numRuns: 2000, seed },
    )
    expect(found.failed).toBe(true)
    const [{ facts }] = found.counterexample!
    expect(Object.keys(facts).length).toBeLessThanOrEqual(2)
  })

  it('are the same for the same seed', () => {
    const one = fc.sample(inputFor(shippedRuleSet('core')), { numRuns: 5, seed })
    expect(fc.sample(inputFor(shippedRuleSet('core')), { numRuns: 5, seed })).toEqual(one)
  })

  it('cannot be had for a kind that does not exist', () => {
    expect(() => factsFor(shippedRuleSet('core'), { kind: 'weather' as 'risk' })).toThrow(
      'there is no kind "weather": risk, eligibility, safeguarding, attendance',
    )
  })
})

describe('risk forms', () => {
  const ruleSet = shippedRuleSet('core')
  const bands = (known: 'all' | 'some') =>
    fc
      .sample(riskFormFor(ruleSet, { known }), { numRuns: RUNS, seed })
      .map((facts) => decide(ruleSet, 'risk', { asOf: '2026-05-01', facts }))

  it('are complete when all is known, and reach every band', () => {
    const complete = bands('all')
    expect(complete.every(({ status }) => status === 'complete')).toBe(true)
    expect(complete.every(({ band }) => band.atLeast === band.atMost)).toBe(true)
    expect(new Set(complete.map(({ band }) => band.atLeast))).toEqual(new Set(['standard', 'medium', 'high', 'very-high']))
  })

  it('hold answers not known and answers not asked otherwise', () => {
    const open = bands('some')
    expect(open.some(({ unknown }) => unknown.length > 0)).toBe(true)
    expect(open.some(({ unanswered }) => unanswered.length > 0)).toBe(true)
    expect(new Set(open.map(({ status }) => status)).size).toBeGreaterThanOrEqual(3)
  })

  it('give no day to what never happened', () => {
    for (const facts of fc.sample(riskFormFor(ruleSet, { known: 'some' }), { numRuns: RUNS, seed })) {
      expect(refusals(ruleSet, facts)).toEqual([])
      for (const [name, answer] of Object.entries(facts)) if (answer === 'absent') expect(facts[`${name}.lastOccurredOn`]).toBeUndefined()
    }
  })

  it('shrink to "absent" wherever it does not matter', () => {
    const found = fc.check(
      fc.property(riskFormFor(ruleSet), (facts) => decide(ruleSet, 'risk', { asOf: '2026-05-01', facts }).floors.length === 0),
      { numRuns: 1000, seed },
    )
    const [facts] = found.counterexample!
    expect(
      Object.entries(facts).filter(([name, answer]) => !/\.(?:sources|lastOccurredOn)$/.test(name) && answer !== 'absent'),
    ).toHaveLength(1)
  })
})
