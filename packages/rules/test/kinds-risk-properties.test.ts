import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FactValue } from '../src/language/facts.ts'
import type { RiskOutcome } from '../src/kinds/index.ts'
import { loaded, shipped } from './support/kinds.ts'

const asOf = '2026-05-01'
const ruleSet = loaded(shipped('core'))
const { instrument } = ruleSet.document
if (!instrument) throw new Error('core has an instrument')
const factors = Object.keys(instrument.factors)
const bands = Object.entries(instrument.bands)
  .sort(([, one], [, other]) => one.number - other.number)
  .map(([id]) => id)

/** From harmless to worst; the last day says which. */
const ways: readonly [answer: FactValue, lastOccurredOn: string | undefined][] = [
  ['absent', undefined],
  ['possible', '2019-03-01'],
  ['possible', '2026-04-01'],
  ['present', '2019-03-01'],
  ['present', '2026-04-01'],
]
/** Answers by place in `ways`; -1 for unknown, -2 for not asked. */
type Form = readonly number[]

function factsOf(form: Form): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {}
  form.forEach((way, index) => {
    const name = `factor.${factors[index]}`
    if (way === -1) facts[name] = null
    const [answer, lastOccurredOn] = ways[way] ?? []
    if (answer !== undefined) facts[name] = answer
    if (lastOccurredOn !== undefined) facts[`${name}.lastOccurredOn`] = lastOccurredOn
  })
  return facts
}

const decide = (form: Form): RiskOutcome => ruleSet.decide('risk', { asOf, facts: factsOf(form) })
const height = (band: string) => bands.indexOf(band)
const changed = (form: Form, index: number, way: number): Form => form.map((each, place) => (place === index ? way : each))

const answered = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) })
const anything = fc.oneof({ weight: 5, arbitrary: answered }, { weight: 1, arbitrary: fc.constantFrom(-1, -2) })
const forms = (answers: fc.Arbitrary<number>) => fc.array(answers, { minLength: factors.length, maxLength: factors.length })
const place = fc.integer({ min: 0, max: factors.length - 1 })

describe('whatever the answers', () => {
  it('on a complete form a worse answer never lowers the band', () => {
    let tried = 0
    fc.assert(
      fc.property(forms(answered), place, fc.integer({ min: 1, max: 4 }), (form, index, way) => {
        const better = changed(form, index, way - 1)
        const worse = changed(form, index, way)
        expect(height(decide(worse).band.atLeast)).toBeGreaterThanOrEqual(height(decide(better).band.atLeast))
        expect(height(decide(worse).band.atMost)).toBeGreaterThanOrEqual(height(decide(better).band.atMost))
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
      fc.property(forms(anything), place, fc.integer({ min: -1, max: 4 }), fc.integer({ min: 0, max: 4 }), (form, index, open, way) => {
        const before = decide(changed(form, index, open < 0 ? -1 : -2))
        const after = decide(changed(form, index, way))
        expect(height(after.band.atLeast)).toBeGreaterThanOrEqual(height(before.band.atLeast))
        expect(height(after.band.atMost)).toBeLessThanOrEqual(height(before.band.atMost))
        if (!before.deciding.includes(factors[index] ?? '')) expect(after.band).toEqual(before.band)
        settled++
      }),
      { numRuns: 10_000 },
    )
    console.log(`unknown answers settled: ${settled}`)
    expect(settled).toBeGreaterThanOrEqual(10_000)
  })

  it('the range holds the band of every complete form that it leaves open, and both ends are reached', () => {
    fc.assert(
      fc.property(forms(anything), forms(answered), (form, fill) => {
        const { band, deciding } = decide(form)
        const filled = (way: (index: number) => number) => decide(form.map((each, index) => (each < 0 ? way(index) : each))).band.atLeast
        const some = height(filled((index) => fill[index] ?? 0))
        expect(some).toBeGreaterThanOrEqual(height(band.atLeast))
        expect(some).toBeLessThanOrEqual(height(band.atMost))
        expect(filled(() => 0)).toBe(band.atLeast)
        expect(filled(() => 4)).toBe(band.atMost)
        expect(deciding.length > 0).toBe(band.atLeast !== band.atMost)
      }),
      { numRuns: 3000 },
    )
  })

  it('the same facts give the same bytes', () => {
    fc.assert(
      fc.property(forms(anything), (form) => JSON.stringify(decide(form)) === JSON.stringify(decide(form))),
      { numRuns: 300 },
    )
  })
})
