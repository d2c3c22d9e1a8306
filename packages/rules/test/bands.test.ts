import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { load } from '../src/load.ts'
import { diff } from '../src/bulk/index.ts'
import { leaflet } from '../src/leaflet/index.ts'
import type { Instrument } from '../src/kinds/risk/instrument.ts'
import type { Document } from '../src/rule-set/document.ts'
import type { Scale, ScaleScore } from '../src/rule-set/scale.ts'
import { type ItemAnswer, scoreScale } from '../src/scales/index.ts'
import { issuesOf, loaded } from './support/kinds.ts'
import { coreDraft, put } from './support/drafts.ts'
import { smallWith } from './support/small-instrument.ts'

type Ends = { from: number; to?: number }
const named = (ends: readonly Ends[]) =>
  Object.fromEntries(ends.map((each, index) => [`band-${'abcdefgh'[index]}`, { number: index + 1, label: `Band ${index}`, ...each }]))

const withInstrument = (weights: readonly number[], ends: readonly Ends[], open = 0): Document =>
  smallWith({
    factors: Object.fromEntries(weights.map((weight, index) => [nameOf(index), factor(index, weight)])),
    bands: Object.fromEntries(Object.entries(named(ends)).map(([id, band]) => [id, { ...band, reviewDays: 30 }])),
    missing: { prorated: 0, provisional: open, provisionalReviewDays: 10 },
  })
const nameOf = (index: number) => `f-${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`
const factor = (index: number, weight: number): Instrument['factors'][string] => ({
  number: index + 1,
  label: `Factor ${index}`,
  question: 'Is it so?',
  source: 'test',
  domain: 'only',
  weight,
  recentWithin: 'lately',
})

const withScore = (
  { formula, missingAllowed }: Pick<ScaleScore, 'formula' | 'missingAllowed'>,
  sizes: readonly number[],
  ends?: readonly Ends[],
): Document => ({
  id: 'small',
  version: '1.0.0',
  title: 'A small scale',
  effectiveFrom: '2026-01-01',
  scales: {
    own: {
      number: 1,
      label: 'Own',
      version: '1.0.0',
      source: 'test',
      answers: { minimum: 0, maximum: 2 },
      subscales: Object.fromEntries(sizes.map((items, index) => [parts[index]!, { number: index + 1, label: parts[index]!, items }])),
      scores: { all: { number: 1, label: 'All', formula, missingAllowed, ...(ends ? { bands: named(ends) } : {}) } },
    } satisfies Scale,
  },
})
const parts = ['one', 'two', 'three', 'four']

const said = (document: Document) => issuesOf(document).map(({ at, code }) => `${at.split('/').slice(-2).join('/')} ${code}`)
const messages = (document: Document) => {
  const result = load(JSON.stringify(document))
  return result.ok ? [] : result.issues.map(({ message }) => message)
}

/** Every score that a form of the instrument really gets. */
function scoresOf(document: Document): Map<string, number> {
  const ruleSet = loaded(document)
  const ids = Object.keys(document.instrument!.factors)
  const scores = new Map<string, number>()
  for (const answers of everyWay(ids.map(() => ['absent', 'possible', 'present', null]))) {
    const facts = Object.fromEntries(ids.map((id, index) => [`factor.${id}`, answers[index]!]))
    const { score } = ruleSet.decide('risk', { asOf: '2026-05-01', facts })
    if (score && score.of > 0) scores.set(`${score.points}/${score.of}`, (100 * score.points) / score.of)
  }
  return scores
}

function everyWay<Choice>(choices: readonly (readonly Choice[])[]): Choice[][] {
  const [first, ...others] = choices
  if (!first) return [[]]
  const rest = everyWay(others)
  return first.flatMap((choice) => rest.map((way) => [choice, ...way]))
}

/** What must be said of the ends, looking at each score by itself. Small wholes, so that these divisions are exact where it matters. */
function expected(ends: readonly Ends[], scores: Iterable<number>): string[] {
  const reached = [...scores]
  return ends.flatMap(({ to }, index) => {
    const next = ends[index + 1]?.from
    if (to === undefined) return []
    const at = `band-${'abcdefgh'[index]}/to`
    if (next === undefined) return reached.some((score) => score > to) ? [`${at} band-gap`] : []
    if (reached.some((score) => score > to && score < next)) return [`${at} band-gap`]
    return reached.some((score) => score >= next && score <= to) ? [`${at} band-overlap`] : []
  })
}

/** Three bands whose ends lie close to where the next one begins. */
const endsUpTo = (least: number, most: number) =>
  fc
    .record({
      starts: fc.uniqueArray(fc.integer({ min: least + 1, max: most }), { minLength: 2, maxLength: 2 }),
      shifts: fc.array(fc.constantFrom(undefined, -2, -1, 0, 1), { minLength: 3, maxLength: 3 }),
    })
    .map(({ starts, shifts }) => {
      const froms = [least, ...starts.toSorted((one, other) => one - other)]
      return froms.map((from, index): Ends => {
        const shift = shifts[index]
        const to = shift === undefined ? undefined : Math.min(most, (froms[index + 1] ?? most) + shift)
        return { from, ...(to === undefined || to < from ? {} : { to }) }
      })
    })

describe('what a band says of its highest score', () => {
  it('is refused where, and only where, a score that some form gets shows that it is not so', () => {
    let refused = 0
    let accepted = 0
    const weights = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(weights, endsUpTo(0, 100), fc.integer({ min: 0, max: 3 }), (each, ends, open) => {
        const bare = ends.map(({ from }) => ({ from }))
        const scores = scoresOf(withInstrument(each, bare, open)).values()
        const issues = said(withInstrument(each, ends, open))
        expect(issues.toSorted()).toEqual(expected(ends, scores).toSorted())
        if (issues.length > 0) refused++
        else accepted++
      }),
      { numRuns: 120 },
    )
    console.log(`instruments whose bands name their highest score: ${accepted} accepted, ${refused} refused`)
    expect(Math.min(accepted, refused)).toBeGreaterThan(20)
  })

  it('of an outside questionnaire too, by sums and by means', () => {
    let refused = 0
    let accepted = 0
    const formulas = fc.constantFrom<[ScaleScore['formula'], number[], number, number]>(
      [{ by: 'sum', of: ['one', 'two'] }, [2, 2], 0, 8],
      [{ by: 'mean', of: ['one', 'two'], times: 10 }, [2, 3], 0, 20],
      [{ by: 'means', plus: ['one'], minus: ['two'], times: 5 }, [2, 3], -10, 10],
      [{ by: 'means', plus: ['one', 'two'], minus: [], times: 3 }, [3, 2], 0, 12],
    )
    const known = new Map<string, number[]>()
    const scoresWith = (formula: ScaleScore['formula'], sizes: readonly number[], missingAllowed: number) => {
      const key = JSON.stringify([formula, missingAllowed])
      const scores = known.get(key) ?? scaleScores(withScore({ formula, missingAllowed }, sizes), sizes)
      known.set(key, scores)
      return scores
    }
    fc.assert(
      fc.property(
        formulas.chain(([formula, sizes, least, most]) =>
          fc.tuple(fc.constant([formula, sizes] as const), endsUpTo(least, most), fc.integer({ min: 0, max: 1 })),
        ),
        ([[formula, sizes], ends, missingAllowed]) => {
          const scores = scoresWith(formula, sizes, missingAllowed)
          const issues = said(withScore({ formula, missingAllowed }, sizes, ends)).filter((each) => !each.endsWith('out-of-reach'))
          expect(issues.toSorted()).toEqual(expected(ends, scores).toSorted())
          if (issues.length > 0) refused++
          else accepted++
        },
      ),
      { numRuns: 250 },
    )
    console.log(`scores of questionnaires whose bands name their highest score: ${accepted} accepted, ${refused} refused`)
    expect(Math.min(accepted, refused)).toBeGreaterThan(20)
  })

  it.each<[string, Document, string[]]>([
    [
      'on a score with halves',
      withInstrument([37, 24, 19, 13, 7], [{ from: 0 }, { from: 45, to: 74 }, { from: 75 }]),
      ['74.5 (149 of 200 points) is in no band: "band-b" ends at 74 and "band-c" begins at 75'],
    ],
    ['on a score that is always whole', withInstrument([18, 12, 10, 6, 4], [{ from: 0 }, { from: 45, to: 74 }, { from: 75, to: 100 }]), []],
    [
      'on that score, with an answer that may stay open',
      withInstrument([17, 12, 10, 6, 5], [{ from: 0 }, { from: 45, to: 74 }, { from: 75 }], 1),
      ['74.24 (49 of 66 points, 1 open) is in no band: "band-b" ends at 74 and "band-c" begins at 75'],
    ],
    [
      'below the greatest score',
      withInstrument([3, 2], [{ from: 0 }, { from: 45, to: 99 }]),
      ['100 is in no band: the highest, "band-b", ends at 99'],
    ],
    ['below its own beginning', withInstrument([3, 2], [{ from: 0 }, { from: 45, to: 40 }]), ['"band-b" ends at 40 and begins at 45']],
    [
      'where the lowest band begins too late',
      withInstrument([3, 2], [{ from: 5 }, { from: 45 }]),
      ['0 is in no band: the lowest, "band-a", begins at 5'],
    ],
    [
      'where so many weights leave too much to look at',
      withInstrument(
        Array.from({ length: 199 }, () => 1000),
        [{ from: 0, to: 45 }, { from: 45 }],
        198,
      ),
      ['it was not settled whether some score is in two bands: "band-a" ends at 45 and "band-b" begins at 45'],
    ],
    [
      'of means, over a mean that has thirds',
      withScore({ formula: { by: 'mean', of: ['one'], times: 10 }, missingAllowed: 0 }, [3], [{ from: 0, to: 3 }, { from: 4 }]),
      ['3.33 is in no band: "band-a" ends at 3 and "band-b" begins at 4'],
    ],
    [
      'of a sum, over sums that are whole',
      withScore(
        { formula: { by: 'sum', of: ['one'] }, missingAllowed: 0 },
        [3],
        [
          { from: 0, to: 3 },
          { from: 4, to: 6 },
        ],
      ),
      [],
    ],
    [
      'of a sum that is scaled where an item is missing',
      withScore({ formula: { by: 'sum', of: ['one'] }, missingAllowed: 1 }, [3], [{ from: 0, to: 4 }, { from: 5 }]),
      ['4.5 is in no band: "band-a" ends at 4 and "band-b" begins at 5'],
    ],
    [
      'of a band that no score is in',
      withScore({ formula: { by: 'sum', of: ['one'] }, missingAllowed: 0 }, [3], [{ from: 0 }, { from: 7 }]),
      ['no score is in "band-b": it begins at 7, and the score goes up to 6'],
    ],
    ['of no band', withScore({ formula: { by: 'sum', of: ['one'] }, missingAllowed: 0 }, [3], []), ['there is no band']],
  ])('%s', (_, document, expectedMessages) => expect(messages(document)).toEqual(expectedMessages))

  it('moves no outcome, and is told as wording', () => {
    const written = coreDraft((document) => put(document, 'instrument/bands/very-high/to', 100))
    expect(
      diff(
        coreDraft(() => undefined),
        written,
      ).changes,
    ).toMatchObject([{ class: 'wording', inWords: 'band very-high: to none → 100' }])
    expect(leaflet(written, { hash: 'h', format: 'markdown' })).toContain('| Very high | 65 (to 100) | 7 days |')
  })
})

/** Every score that the answers to a questionnaire really get. */
function scaleScores(document: Document, sizes: readonly number[]): number[] {
  const ruleSet = loaded(document)
  return everyWay(sizes.flatMap((size) => Array.from({ length: size }, (): ItemAnswer[] => [0, 1, 2, null]))).flatMap((answers) => {
    const outcome = scoreScale(ruleSet, 'own', bySubscale(answers, sizes))
    const value = outcome.ok ? outcome.result.scores['all']!.value : null
    return value ? [value.numerator / value.denominator] : []
  })
}

function bySubscale(answers: readonly ItemAnswer[], sizes: readonly number[]) {
  const rest = [...answers]
  return Object.fromEntries(sizes.map((size, index) => [parts[index]!, rest.splice(0, size)]))
}

describe('the band of a questionnaire', () => {
  const ruleSet = loaded(
    withScore({ formula: { by: 'mean', of: ['one'], times: 10 }, missingAllowed: 1 }, [4], [{ from: 0 }, { from: 8 }, { from: 15 }]),
  )
  it.each<[string, ItemAnswer[], string, string]>([
    ['below where a band begins', [1, 1, 1, 0], 'band-a', 'band-a'],
    ['where one begins', [1, 1, 1, 3 - 2], 'band-b', 'band-b'],
    ['exactly at the highest', [2, 2, 1, 1], 'band-c', 'band-c'],
    ['scaled to the items answered', [2, 2, 2, null], 'band-c', 'band-c'],
    ['unknown: what it can still be in', [0, 2, null, null], 'band-a', 'band-c'],
  ])('%s', (_, answers, atLeast, atMost) => {
    const outcome = scoreScale(ruleSet, 'own', { one: answers })
    expect(outcome.ok && outcome.result.scores['all']?.band).toEqual({ atLeast, atMost })
  })
})
