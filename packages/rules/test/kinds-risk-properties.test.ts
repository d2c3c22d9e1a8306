import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, type Facts, type RiskOutcome } from '../src/index.ts'
import { riskFormFor } from '../src/testing/index.ts'
import { factors } from './support/forms.ts'
import { shippedRuleSet } from './support/shipped.ts'

const asOf = '2026-05-01'
const core = shippedRuleSet('core')
const bands = Object.entries(core.document.instrument?.bands ?? {})
  .sort(([, one], [, other]) => one.number - other.number)
  .map(([id]) => id)

/** From harmless to worst; the last day says which. */
const ways: readonly [answer: string, lastOccurredOn: string | null][] = [
  ['absent', null],
  ['possible', '2019-03-01'],
  ['possible', '2026-04-01'],
  ['present', '2019-03-01'],
  ['present', '2026-04-01'],
]
const worst = ways.length - 1
const way = fc.integer({ min: 0, max: worst })

/** What rests on nobody but the partner would count as unknown, so that the sources go with what stood there before. */
const answered = (form: Facts, factor: string, index: number): Facts => ({
  ...form,
  [`factor.${factor}`]: ways[index]![0],
  [`factor.${factor}.lastOccurredOn`]: ways[index]![1],
  [`factor.${factor}.sources`]: [],
})
const opened = (form: Facts, factor: string, isAsked: boolean): Facts => ({
  ...form,
  [`factor.${factor}`]: isAsked ? null : undefined,
})

const decided = (facts: Facts): RiskOutcome => decide(core, 'risk', { asOf, facts })
const height = (band: string) => bands.indexOf(band)

const complete = riskFormFor(core)
const anything = riskFormFor(core, { known: 'some' })
const factor = fc.constantFrom(...factors)

describe('whatever the answers', () => {
  it('on a complete form a worse answer never lowers the band', () => {
    let tried = 0
    fc.assert(
      fc.property(complete, factor, fc.integer({ min: 1, max: worst }), (form, changed, index) => {
        const better = decided(answered(form, changed, index - 1))
        const worse = decided(answered(form, changed, index))
        expect(better.status).toBe('complete')
        expect(height(worse.band.atLeast)).toBeGreaterThanOrEqual(height(better.band.atLeast))
        expect(height(worse.band.atMost)).toBeGreaterThanOrEqual(height(better.band.atMost))
        tried++
      }),
      { numRuns: 10_000 },
    )
    console.log(`worse answers tried on complete forms: ${tried}`)
    expect(tried).toBeGreaterThanOrEqual(10_000)
  })

  it('settling an unknown never lowers atLeast nor raises atMost, and changes nothing where it does not decide', () => {
    let settled = 0
    fc.assert(
      fc.property(anything, factor, fc.boolean(), way, (form, changed, isAsked, index) => {
        const before = decided(opened(form, changed, isAsked))
        const after = decided(answered(form, changed, index))
        expect(height(after.band.atLeast)).toBeGreaterThanOrEqual(height(before.band.atLeast))
        expect(height(after.band.atMost)).toBeLessThanOrEqual(height(before.band.atMost))
        if (!before.deciding.includes(changed)) expect(after.band).toEqual(before.band)
        settled++
      }),
      { numRuns: 10_000 },
    )
    console.log(`unknown answers settled: ${settled}`)
    expect(settled).toBeGreaterThanOrEqual(10_000)
  })

  it('the range holds the band of every complete form that it leaves open, and both ends are reached', () => {
    fc.assert(
      fc.property(anything, fc.array(way, { minLength: factors.length, maxLength: factors.length }), (form, fill) => {
        const { band, deciding, unknown, unanswered } = decided(form)
        const filled = (wayOf: (index: number) => number) =>
          decided([...unknown, ...unanswered].reduce((facts, open, index) => answered(facts, open, wayOf(index)), form)).band.atLeast
        const some = height(filled((index) => fill[index]!))
        expect(some).toBeGreaterThanOrEqual(height(band.atLeast))
        expect(some).toBeLessThanOrEqual(height(band.atMost))
        expect(filled(() => 0)).toBe(band.atLeast)
        expect(filled(() => worst)).toBe(band.atMost)
        expect(deciding.length > 0).toBe(band.atLeast !== band.atMost)
      }),
      { numRuns: 3000 },
    )
  })

  it('the same facts give the same bytes', () => {
    fc.assert(
      fc.property(anything, (form) => JSON.stringify(decided(form)) === JSON.stringify(decided(form))),
      { numRuns: 300 },
    )
  })
})
