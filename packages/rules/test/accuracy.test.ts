import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accuracyInWords,
  accuracyOf,
  areaUnderCurve,
  observe,
  outcomesFromCsv,
  proportion,
  type Observation,
} from '../src/accuracy/index.ts'
import type { Score } from '../src/index.ts'
import { shippedRuleSet } from './support/shipped.ts'

const rating = (value: number): Score => ({ points: value, of: 5 })
/** `counts[i]` people with the rating i + 1. */
const ratings = (counts: readonly number[]): Score[] =>
  counts.flatMap((count, index) => Array.from({ length: count }, () => rating(index + 1)))
const rounded = (value: number | undefined, places: number) => Number((value ?? NaN).toFixed(places))

// 109 CT images rated from 1 to 5: Hanley & McNeil, Radiology 143 (1982) 29–36, table I.
const normal = ratings([33, 6, 6, 11, 2])
const abnormal = ratings([3, 2, 2, 11, 33])

it.each([
  [{ happened: undefined }, 'observation 1: "happened" is true, false or null'],
  [{ happened: 'no' }, 'observation 1: "happened" is true, false or null'],
  [{ score: { points: Number.NaN, of: 100 } }, 'observation 1: a score is so many points of so many, and this is NaN of 100'],
  [{ band: { atLeast: 'grave', atMost: 'grave' } }, 'observation 1: the instrument has no bands from "grave" to "grave"'],
  [{ band: { atLeast: 'high', atMost: 'medium' } }, 'observation 1: the instrument has no bands from "high" to "medium"'],
])('%j cannot be observed, and is never counted as a no', (wrong, message) => {
  const right: Observation = { score: null, band: { atLeast: 'high', atMost: 'high' }, happened: false }
  const observations = [right, { ...right, ...wrong } as Observation]
  const { instrument } = shippedRuleSet('core').document
  expect(() => accuracyOf(instrument!, { happening: 'a new assault', withinMonths: 6 }, observations)).toThrow(message)
})

describe('area under the curve', () => {
  it('is that of the published example: 0.893 (Hanley & McNeil 1982); 0.8932, standard error 0.0307, 0.83295 to 0.95339 (Stata manual, roctab)', () => {
    const area = areaUnderCurve(abnormal, normal)
    expect(rounded(area?.value, 4)).toBe(0.8932)
    expect(rounded(area?.standardError ?? undefined, 4)).toBe(0.0307)
    expect([rounded(area?.interval?.from, 5), rounded(area?.interval?.to, 5)]).toEqual([0.83295, 0.95339])
    expect(area?.pairs.of).toBe(51 * 58)
  })

  it('has nothing to compare with an empty group, no error with one person, no interval where the groups do not overlap', () => {
    expect(areaUnderCurve([], normal)).toBeNull()
    expect(areaUnderCurve(normal, [])).toBeNull()
    expect(areaUnderCurve([rating(3)], normal)).toMatchObject({ standardError: null, interval: null })
    expect(areaUnderCurve([rating(4), rating(5)], [rating(1), rating(2)])).toMatchObject({ value: 1, standardError: 0, interval: null })
  })

  it('has no interval where all scores are the same, and refuses what is no score', () => {
    expect(areaUnderCurve([rating(3), rating(3)], [rating(3), rating(3)])).toMatchObject({ value: 0.5, interval: null })
    for (const [points, of] of [
      [Number.NaN, 5],
      [0, 0],
      [Infinity, 5],
      [-1, 5],
    ] as const)
      expect(() => areaUnderCurve([rating(3)], [{ points, of }])).toThrow(RangeError)
    for (const [count, of] of [
      [3, 2],
      [-1, 2],
      [0.5, 2],
      [Number.NaN, 2],
    ] as const)
      expect(() => proportion(count, of)).toThrow(RangeError)
  })

  it('compares scores as fractions: 1/3 and 2/6 tie, and 33/100 lies below both', () => {
    const area = areaUnderCurve(
      [
        { points: 1, of: 3 },
        { points: 33, of: 100 },
      ],
      [{ points: 2, of: 6 }],
    )
    expect(area?.pairs).toEqual({ higher: 0, same: 1, of: 2 })
  })

  it('counts every pair, and turned round it counts the others', () => {
    let tried = 0
    const scores = fc.array(fc.record({ points: fc.integer({ min: 0, max: 12 }), of: fc.integer({ min: 1, max: 12 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(scores, scores, (with_, without) => {
        const area = areaUnderCurve(with_, without)!
        const walked = with_.flatMap((one) => without.map((other) => Math.sign(one.points * other.of - other.points * one.of)))
        expect(area.pairs).toEqual({
          higher: walked.filter((sign) => sign > 0).length,
          same: walked.filter((sign) => sign === 0).length,
          of: walked.length,
        })
        expect(area.value + areaUnderCurve(without, with_)!.value).toBeCloseTo(1, 12)
        tried++
      }),
      { numRuns: 2000 },
    )
    console.log(`areas under the curve counted pair by pair: ${tried}`)
    expect(tried).toBeGreaterThan(0)
  })
})

describe('a proportion', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3 (Wilson).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i has the published interval', (count, of, from, to) => {
    const { interval } = proportion(count, of)
    expect([rounded(interval?.from, 4), rounded(interval?.to, 4)]).toEqual([from, to])
  })

  it('of nobody has none; of all it reaches to 1', () => {
    expect(proportion(0, 0)).toEqual({ count: 0, of: 0, interval: null, few: true })
    expect(proportion(20, 20).interval?.to).toBe(1)
  })

  it.each([
    [5, 10, false],
    [4, 10, true],
    [6, 10, true],
    [5, 9, true],
  ])('%i of %i is few: %s', (count, of, few) => expect(proportion(count, of).few).toBe(few))
})

const core = shippedRuleSet('core')
const instrument = core.document.instrument!
const question = { happening: 'a new assault reported', withinMonths: 6 }
const seen = (band: string, happened: boolean | null, points: number, times = 1): Observation[] =>
  Array.from({ length: times }, () => ({ score: { points, of: 100 }, band: { atLeast: band, atMost: band }, happened }))

describe('accuracy of past results', () => {
  // 344 patients, liver scan beside the later diagnosis: Drum & Christacopoulos 1972, in Altman & Bland, BMJ 308 (1994) 1552: 231 of 258 and 54 of 86.
  const liver = [
    ...seen('high', true, 50, 231),
    ...seen('standard', true, 5, 27),
    ...seen('high', false, 50, 32),
    ...seen('standard', false, 5, 54),
  ]

  it('sensitivity and specificity are those of the published example: 0.90 and 0.63', () => {
    const [medium, high, veryHigh] = accuracyOf(instrument, question, liver).thresholds
    expect(high).toMatchObject({ from: 'high', byAtMost: { sensitivity: { count: 231, of: 258 }, specificity: { count: 54, of: 86 } } })
    expect(rounded(231 / 258, 2)).toBe(0.9)
    expect(medium?.byAtMost.sensitivity.count).toBe(231)
    expect(veryHigh?.byAtMost.sensitivity.count).toBe(0)
  })

  it('bands are calibrated by what was seen in each, with the denominator: 231 of 263, 27 of 81', () => {
    const { bands, outOfOrder } = accuracyOf(instrument, question, liver)
    expect(bands.map(({ atLeast, happened: { count, of } }) => [atLeast, count, of])).toEqual([
      ['standard', 27, 81],
      ['medium', 0, 0],
      ['high', 231, 263],
      ['very-high', 0, 0],
    ])
    expect(outOfOrder).toEqual([])
  })

  it('a band that was a range stands under the range, and is caught by its highest end only', () => {
    const range: Observation = { score: null, band: { atLeast: 'medium', atMost: 'very-high' }, happened: true }
    const { bands, thresholds, curve } = accuracyOf(instrument, question, [range, ...seen('standard', false, 0)])
    expect(bands.at(-1)).toMatchObject({ atLeast: 'medium', atMost: 'very-high', happened: { count: 1, of: 1 } })
    expect(thresholds.map(({ byAtMost, byAtLeast }) => [byAtMost.sensitivity.count, byAtLeast.sensitivity.count])).toEqual([
      [1, 1],
      [1, 0],
      [1, 0],
    ])
    expect(curve).toMatchObject({ area: null, withoutScore: 1 })
  })

  it('whoever could not be followed up is counted and is in no other figure', () => {
    const { observed, notKnown, happened, bands } = accuracyOf(instrument, question, [
      ...seen('high', null, 50, 3),
      ...seen('high', true, 50),
    ])
    expect([observed, notKnown, happened.of]).toEqual([4, 3, 1])
    expect(bands.reduce((sum, band) => sum + band.happened.of, 0)).toBe(1)
  })

  it('a higher band with a smaller share is named, empty bands between passed over', () => {
    const upsideDown = [
      ...seen('medium', true, 30, 8),
      ...seen('medium', false, 30, 8),
      ...seen('very-high', true, 70, 5),
      ...seen('very-high', false, 70, 15),
    ]
    expect(accuracyOf(instrument, question, upsideDown).outOfOrder).toEqual([{ lower: 'medium', higher: 'very-high', few: false }])
    const equal = [
      ...seen('medium', true, 30, 1),
      ...seen('medium', false, 30, 2),
      ...seen('high', true, 50, 2),
      ...seen('high', false, 50, 4),
    ]
    expect(accuracyOf(instrument, question, equal).outOfOrder).toEqual([])
  })

  it('199 are too few to move bands by, 200 are not', () => {
    expect(accuracyOf(instrument, question, seen('high', true, 50, 199)).tooFewToRecalibrate).toBe(true)
    expect(accuracyOf(instrument, question, seen('high', true, 50, 200)).tooFewToRecalibrate).toBe(false)
  })

  it.each([
    [{ happening: ' ', withinMonths: 6 }],
    [{ happening: 'arrest', withinMonths: 0 }],
    [{ happening: 'arrest', withinMonths: 1.5 }],
  ])('a question without words or without a time is refused: %o', (wrong) => {
    expect(() => accuracyOf(instrument, wrong, [])).toThrow(RangeError)
  })

  it('in words it gives every denominator, says what is few, and that no figure is a probability', () => {
    const words = accuracyInWords(instrument, accuracyOf(instrument, question, [...liver, ...seen('high', null, 50, 2)]))
    expect(words.slice(0, 3)).toEqual([
      'Looked for: a new assault reported, within 6 months.',
      'Of 346 cases 2 could not be followed up. Of the others it happened with 258 of 344 (75 %; 95 % interval 70 to 79 %).',
      expect.stringMatching(/^Area under the curve 0\.76 \(95 % interval 0\.71 to 0\.82\): in 12474 of 22188 pairs /),
    ])
    expect(words).toContain('Standard: it happened with 27 of 81 (33 %; 95 % interval 24 to 44 %).')
    expect(words.at(-1)).toContain('no figure is a probability')
  })
})

describe('past cases beside what was seen afterwards', () => {
  const present = { 'factor.threats-to-kill': 'present' }
  const cases = [
    { id: 'C-1', asked: { risk: { asOf: '2026-05-01', facts: present } } },
    { id: 'C-2', asked: { eligibility: { asOf: '2026-05-01', facts: {} } } },
    { id: 'C-3', asked: { risk: { asOf: '2026-05-01', facts: {} } } },
    { id: 'C-4', asked: { eligibility: { asOf: '2026-05-01', facts: {} } } },
  ]

  it('are decided on the facts stored then, and what has no partner is named', () => {
    const after = new Map([
      ['C-1', true],
      ['C-2', false],
      ['C-9', null],
    ])
    expect(observe(core, cases, after)).toEqual({
      observations: [{ score: null, band: { atLeast: 'high', atMost: 'very-high' }, happened: true }],
      withoutRisk: ['C-2'],
      withoutCase: ['C-9'],
      withoutOutcome: ['C-3'],
    })
  })

  it('a table of outcomes: yes, no and ?, faults with their cell', () => {
    const { happened, issues } = outcomesFromCsv('case,happened\nC-1,Yes\nC-2,?\nC-1,no\n,yes\nC-3,perhaps\n')
    expect([...happened]).toEqual([
      ['C-1', true],
      ['C-2', null],
    ])
    expect(issues.map(({ cell, code }) => `${cell} ${code}`)).toEqual(['A4 case-twice', 'A5 not-a-case', 'B6 not-an-answer'])
    expect(outcomesFromCsv('case,happened,happened\nC-1,no,yes')).toMatchObject({
      happened: new Map(),
      issues: [{ cell: 'C1', code: 'column-twice', message: '"happened" stands here twice' }],
    })
    expect(outcomesFromCsv('case,outcome\nC-1,yes').issues).toMatchObject([
      { code: 'missing-column', message: 'there is no column "happened"' },
    ])
  })
})
