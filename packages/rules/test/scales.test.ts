import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { diff } from '../src/bulk/index.ts'
import { load } from '../src/load.ts'
import { leaflet } from '../src/leaflet/index.ts'
import { type ItemAnswer, reliableChange, type ScaleAnswers, type ScaleResult, type Scored, scoreScale } from '../src/scales/index.ts'
import { coreDraft, type Loose, put } from './support/drafts.ts'
import { shippedRuleSet, shippedText } from './support/shipped.ts'

const core = shippedRuleSet('core')

function scored(scale: string, answers: ScaleAnswers, ruleSet = core): ScaleResult {
  const outcome = scoreScale(ruleSet, scale, answers)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
  return outcome.result
}
const scoreOf = (result: ScaleResult, id: string): Scored => {
  const score = result.scores[id]
  if (!score) throw new Error(`no score ${id}`)
  return score
}
const points = ({ value }: Scored): number | null => value && value.numerator / value.denominator

/** Which item is in which part, written down a second time. */
const core34 = {
  wellbeing: [4, 14, 17, 31],
  problems: [2, 5, 8, 11, 13, 15, 18, 20, 23, 27, 28, 30],
  functioning: [1, 3, 7, 10, 12, 19, 21, 25, 26, 29, 32, 33],
  risk: [6, 9, 16, 22, 24, 34],
}
const form = (answer: (item: number) => ItemAnswer): ItemAnswer[] => Array.from({ length: 34 }, (_, index) => answer(index + 1))
const without = (...items: number[]) => form((item) => (items.includes(item) ? null : 2))

describe('CORE-OM', () => {
  // socasresourcehub.com, section 5b: a total of 56 over 34 items, a clinical score of 16.
  it('56 over 34 items is a clinical score of 16, rounded for showing', () => {
    const total = scoreOf(
      scored(
        'core-om',
        form((item) => (item <= 28 ? 2 : 0)),
      ),
      'total',
    )
    expect(total).toMatchObject({ status: 'complete', value: { numerator: 280, denominator: 17 }, missing: [], reachesCutOff: 'yes' })
    expect(Math.round(points(total) ?? 0)).toBe(16)
  })

  it.each<[string, ItemAnswer[], Record<string, Scored['status']>]>([
    ['nothing missing', without(), { total: 'complete', 'non-risk': 'complete', wellbeing: 'complete', risk: 'complete' }],
    ['three of all', without(1, 2, 3), { total: 'prorated', 'non-risk': 'prorated', functioning: 'unknown', problems: 'prorated' }],
    ['four of all', without(1, 2, 3, 5), { total: 'unknown', 'non-risk': 'unknown' }],
    ['three beside one of risk', without(1, 2, 5, 6), { total: 'unknown', 'non-risk': 'prorated', risk: 'unknown' }],
    ['one of wellbeing', without(4), { total: 'prorated', wellbeing: 'unknown' }],
    ['one of problems', without(2), { problems: 'prorated', functioning: 'complete' }],
    ['two of problems', without(2, 5), { problems: 'unknown', total: 'prorated' }],
    ['one of functioning', without(33), { functioning: 'prorated' }],
    ['two of functioning', without(32, 33), { functioning: 'unknown' }],
    ['one of risk', without(34), { risk: 'unknown', total: 'prorated' }],
    ['everything', without(...form((item) => item).map(Number)), { total: 'unknown', risk: 'unknown' }],
  ])('with %s', (_, answers, expected) => {
    const { scores } = scored('core-om', answers)
    expect(Object.fromEntries(Object.keys(expected).map((id) => [id, scores[id]?.status]))).toEqual(expected)
  })

  it('what is missing stands with its number on the form', () => {
    expect(scoreOf(scored('core-om', without(34, 2)), 'total').missing).toEqual([
      { subscale: 'problems', item: 2 },
      { subscale: 'risk', item: 34 },
    ])
  })

  it('any risk item above 0 is a question for safeguarding, and one that is left out is open', () => {
    const { risks, openRisks } = scored(
      'core-om',
      form((item) => (item === 9 ? 1 : item === 24 ? null : 0)),
    )
    expect(risks).toEqual([{ subscale: 'risk', item: 9, answer: 1 }])
    expect(openRisks).toEqual([{ subscale: 'risk', item: 24 }])
  })

  it.each<[string, ItemAnswer[], Scored['reachesCutOff']]>([
    ['exactly 10', form(() => 1), 'yes'],
    ['one answer below', form((item) => (item === 1 ? 0 : 1)), 'no'],
    ['unknown, and at or above whatever is missing', form((item) => (item <= 4 ? null : 2)), 'yes'],
    ['unknown, and below whatever is missing', form((item) => (item <= 4 ? null : 0)), 'no'],
    ['unknown, and it depends', form((item) => (item <= 4 ? null : 1)), 'cannot-tell'],
  ])('the cut-off: %s', (_, answers, expected) => expect(scoreOf(scored('core-om', answers), 'total').reachesCutOff).toBe(expected))

  test('the missing rules are those of a naive calculation', () => {
    let ran = 0
    let unknown = 0
    // Few left out, so that both sides of each limit are met.
    const answer = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 4 }) }, { weight: 1, arbitrary: fc.constant(null) })
    fc.assert(
      fc.property(fc.array(answer, { minLength: 34, maxLength: 34 }), (answers) => {
        const result = scored('core-om', answers)
        const naive = (items: readonly number[], allowed: number): number | null => {
          const given = items.map((item) => answers[item - 1]).filter((each) => typeof each === 'number')
          return items.length - given.length > allowed ? null : (given.reduce((sum, each) => sum + each, 0) / given.length) * 10
        }
        const { wellbeing, problems, functioning, risk } = core34
        const expected = {
          total: naive([...wellbeing, ...problems, ...functioning, ...risk], 3),
          'non-risk': naive([...wellbeing, ...problems, ...functioning], 3),
          wellbeing: naive(wellbeing, 0),
          problems: naive(problems, 1),
          functioning: naive(functioning, 1),
          risk: naive(risk, 0),
        }
        for (const [id, value] of Object.entries(expected)) {
          ran++
          const score = scoreOf(result, id)
          if (value === null) {
            unknown++
            expect(score.value).toBeNull()
          } else expect(points(score)).toBeCloseTo(value, 9)
          expect(score.range.atLeast.numerator / score.range.atLeast.denominator).toBeLessThanOrEqual((value ?? 40) + 1e-9)
        }
      }),
      { numRuns: 3000 },
    )
    console.log(`scores compared with a naive calculation: ${ran}, of them unknown: ${unknown}`)
    expect(unknown).toBeGreaterThan(1000)
    expect(ran - unknown).toBeGreaterThan(1000)
  })

  test('whatever the missing items say, the score lies in its range, and both ends are met', () => {
    let ran = 0
    const answers = fc.array(fc.option(fc.integer({ min: 1, max: 5 }), { freq: 3 }), { minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 5 }), (list, filling) => {
        const { range } = scoreOf(scored('urica-dv', bySubscale(list)), 'readiness')
        const filledWith = (added: number, takenAway: number) =>
          points(scoreOf(scored('urica-dv', bySubscale(list.map((each, index) => each ?? (index < 5 ? takenAway : added)))), 'readiness'))
        const [least, most] = [range.atLeast, range.atMost].map(({ numerator, denominator }) => numerator / denominator)
        expect(filledWith(1, 5)).toBe(least)
        expect(filledWith(5, 1)).toBe(most)
        expect(filledWith(filling, filling)).toBeGreaterThanOrEqual(least ?? 0)
        expect(filledWith(filling, filling)).toBeLessThanOrEqual(most ?? 0)
        ran++
      }),
      { numRuns: 500 },
    )
    console.log(`ranges looked at: ${ran}`)
    expect(ran).toBe(500)
  })
})

/** Precontemplation first. */
const bySubscale = (answers: readonly ItemAnswer[]) => ({
  precontemplation: answers.slice(0, 5),
  contemplation: answers.slice(5, 10),
  action: answers.slice(10, 15),
  maintenance: answers.slice(15, 20),
})
const urica = (precontemplation: number, others: number) =>
  bySubscale(Array.from({ length: 20 }, (_, index) => (index < 5 ? precontemplation : others)))

describe('URICA-DV', () => {
  it.each([
    ['lowest', urica(5, 1), -2],
    ['highest', urica(1, 5), 14],
    ['undecided throughout', urica(3, 3), 6],
    ['means of fifths stay exact', { ...urica(2, 4), action: [4, 4, 4, 4, 3] }, 9.8],
  ])('readiness is contemplation, action and maintenance less precontemplation: %s', (_, answers, expected) =>
    expect(points(scoreOf(scored('urica-dv', answers), 'readiness'))).toBe(expected),
  )

  it('with one answer missing readiness is unknown, and the other subscales are not', () => {
    const { scores } = scored('urica-dv', { ...urica(2, 4), action: [4, 4, null, 4, 4] })
    expect(scores['readiness']).toMatchObject({
      status: 'unknown',
      value: null,
      range: { atLeast: { numerator: 47, denominator: 5 }, atMost: { numerator: 51, denominator: 5 } },
      missing: [{ subscale: 'action', item: 3 }],
      reachesCutOff: null,
    })
    expect(scores['contemplation']).toMatchObject({ status: 'complete' })
  })
})

it('a sum is scaled to the items answered, as ODARA does with up to five of thirteen', () => {
  const odara = {
    number: 900,
    label: 'Thirteen of yes and no',
    version: '1.0.0',
    source: 'Hilton, Harris and Rice 2010, appendix A; not read again',
    answers: { minimum: 0, maximum: 1 },
    subscales: { all: { number: 1, label: 'All', items: 13 } },
    scores: { sum: { number: 1, label: 'Sum', formula: { by: 'sum', of: ['all'] }, missingAllowed: 5 } },
  }
  const ruleSet = coreDraft((document) => put(document, 'scales/thirteen', odara))
  const answers = (yes: number, missing: number) => ({
    all: Array.from({ length: 13 }, (_, index) => (index < yes ? 1 : index < yes + missing ? null : 0)),
  })
  const sum = (yes: number, missing: number) => scoreOf(scored('thirteen', answers(yes, missing), ruleSet), 'sum')
  expect(sum(4, 0).value).toEqual({ numerator: 4, denominator: 1 })
  expect(sum(4, 5).value).toEqual({ numerator: 13, denominator: 2 })
  expect(sum(4, 6)).toMatchObject({ status: 'unknown', range: { atLeast: { numerator: 4 }, atMost: { numerator: 10 } } })
})

describe('a reliable change', () => {
  /** A total of so many thirty-fourths times ten. */
  const result = (sum: number) =>
    scored(
      'core-om',
      form((item) => Math.max(0, Math.min(4, sum - 4 * (item - 1)))),
    )
  const unknown = scored('core-om', without(1, 2, 3, 4))

  it.each([
    ['five points down', result(68), result(51), 'better'],
    ['one answer less than five points down', result(68), result(52), 'no-reliable-change'],
    ['five points up', result(51), result(68), 'worse'],
    ['one answer less than five points up', result(52), result(68), 'no-reliable-change'],
    ['none', result(40), result(40), 'no-reliable-change'],
    ['unknown before', unknown, result(0), 'cannot-tell'],
    ['unknown after', result(68), unknown, 'cannot-tell'],
    ['scored by another version', { ...result(68), version: '0.9.0' }, result(0), 'cannot-tell'],
    ['another scale', scored('urica-dv', urica(1, 5)), result(0), 'cannot-tell'],
    ['a scale that is not in this rule set', { ...result(68), scale: 'core-10' }, { ...result(0), scale: 'core-10' }, 'cannot-tell'],
  ])('%s', (_, before, after, expected) => expect(reliableChange(core, 'total', before, after)).toBe(expected))

  it('cannot be told where the scale names no figure', () =>
    expect(reliableChange(core, 'readiness', scored('urica-dv', urica(5, 1)), scored('urica-dv', urica(1, 5)))).toBe('cannot-tell'))

  it('where higher is better it is the other way round', () => {
    const ruleSet = coreDraft((document) => put(document, 'scales/core-om/scores/total/reliableChange/better', 'higher'))
    expect(reliableChange(ruleSet, 'total', result(51), result(68))).toBe('better')
  })

  it('of a score that is not there is a slip of the caller', () =>
    expect(() => reliableChange(core, 'totl', result(1), result(2))).toThrow(
      'the scale "core-om" has no score "totl": did you mean "total"?',
    ))
})

describe('what cannot be an answer is refused, with its place', () => {
  const full = urica(1, 5)
  it.each<[string, string, unknown, object]>([
    ['a scale that is not there', 'core-on', [], { code: 'unknown-scale', at: '', help: 'did you mean "core-om"?' }],
    ['a number too high', 'core-om', form((item) => (item === 3 ? 5 : 0)), { code: 'not-an-answer', at: '/2' }],
    ['half an answer', 'core-om', form((item) => (item === 34 ? 1.5 : 0)), { code: 'not-an-answer', at: '/33' }],
    ['a text', 'urica-dv', { ...full, action: [1, 2, '3', 4, 5] }, { code: 'not-an-answer', at: '/action/2' }],
    ['an answer too few', 'core-om', form(() => 0).slice(1), { code: 'answer-count', message: 'the form has 34 items, and this is 33' }],
    ['a subscale too short', 'urica-dv', { ...full, action: [1] }, { code: 'answer-count', at: '/action' }],
    ['a subscale that is not a list', 'urica-dv', { ...full, action: 3 }, { code: 'answer-count', at: '/action' }],
    ['a subscale that is not there', 'urica-dv', { ...full, acton: [1] }, { code: 'unknown-subscale', help: 'did you mean "action"?' }],
    ['the order of a form that nobody here knows', 'urica-dv', form(() => 1).slice(14), { code: 'item-numbers', at: '' }],
    ['a number', 'core-om', 12, { code: 'wrong-type', at: '' }],
    ['a name that every object has', 'constructor', [], { code: 'unknown-scale' }],
  ])('%s', (_, scale, answers, issue) =>
    expect(scoreScale(core, scale, answers as ScaleAnswers)).toMatchObject({ ok: false, issues: [{ severity: 'error', ...issue }] }),
  )
})

describe('a scale whose parts do not fit together is refused', () => {
  const om = (path: string) => `scales/core-om/${path}`
  it.each<[string, string, unknown, object]>([
    ['answers upside down', om('answers/minimum'), 4, { code: 'empty-bounds', at: '/scales/core-om/answers' }],
    ['a subscale misspelt', om('scores/total/formula/of'), ['wellbing'], { code: 'unknown-subscale', help: 'did you mean "wellbeing"?' }],
    ['a subscale twice', om('scores/total/formula/of'), ['risk', 'risk'], { code: 'duplicate-subscale' }],
    ['a score without any answer', om('scores/wellbeing/missingAllowed'), 4, { code: 'nothing-answered', help: 'write 3 or less' }],
    ['a cut-off that divides nothing', om('scores/total/cutOff'), 0, { code: 'out-of-reach', at: '/scales/core-om/scores/total/cutOff' }],
    ['a cut-off beyond the greatest score', om('scores/total/cutOff'), 41, { code: 'out-of-reach' }],
    ['a change there never is', om('scores/total/reliableChange/atLeast'), 41, { code: 'out-of-reach' }],
    [
      'an item in two subscales',
      om('subscales/risk/items'),
      [6, 9, 16, 22, 24, 33],
      { code: 'item-numbers', at: '/scales/core-om/subscales/risk/items/5' },
    ],
    [
      'an item beyond the last',
      om('subscales/risk/items'),
      [6, 9, 16, 22, 24, 35],
      { code: 'item-numbers', message: 'there are 34 items, and this is number 35' },
    ],
    ['item numbers in some only', om('subscales/risk/items'), 6, { code: 'item-numbers', help: 'name them in all, or in none' }],
    ['a question nobody is asked', om('subscales/risk/asksAbove'), 4, { code: 'never-asks', help: 'write 3 or less' }],
    [
      'two subscales in one place',
      om('subscales/risk/number'),
      3,
      { code: 'duplicate-number', at: '/scales/core-om/subscales/risk/number' },
    ],
    ['two scores in one place', om('scores/risk/number'), 3, { code: 'duplicate-number' }],
    ['two scales in one place', 'scales/urica-dv/number', 10, { code: 'duplicate-number', at: '/scales/urica-dv/number' }],
    ['five means', 'scales/urica-dv/scores/readiness/formula/minus', ['precontemplation', 'a', 'b'], { code: 'unknown-subscale' }],
    ['no subscale', 'scales/urica-dv/subscales', {}, { code: 'empty-scale' }],
    [
      'a formula that nobody knows',
      om('scores/total/formula/by'),
      'median',
      { code: 'unknown-choice', at: '/scales/core-om/scores/total/formula/by' },
    ],
    ['the text of a question', om('subscales/risk/questions'), ['x'], { code: 'unknown-key' }],
  ])('%s', (_, path, value, issue) => {
    const document = JSON.parse(shippedText('core')) as Loose
    put(document, path, value)
    const result = load(JSON.stringify(document))
    if (result.ok) throw new Error('it was accepted')
    expect(result.issues).toContainEqual(expect.objectContaining({ severity: 'error', ...issue }))
  })

  it('and so are more than four means, whose common denominator could not be held', () => {
    const means = { a: 1, b: 2, c: 3, d: 4, e: 5 }
    const result = load(
      JSON.stringify({
        id: 'own',
        version: '1.0.0',
        title: 'Own',
        effectiveFrom: '2026-01-01',
        scales: {
          own: {
            number: 1,
            label: 'Own',
            version: '1.0.0',
            source: 'test',
            answers: { minimum: 0, maximum: 4 },
            subscales: Object.fromEntries(Object.entries(means).map(([id, number]) => [id, { number, label: id, items: 5 }])),
            scores: {
              all: { number: 1, label: 'All', formula: { by: 'means', plus: Object.keys(means), minus: [], times: 1 }, missingAllowed: 0 },
            },
          },
        },
      }),
    )
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'too-many', at: '/scales/own/scores/all/formula' }] })
  })
})

describe('a document that builds on another', () => {
  const own = (id: string) => ({
    id: 'riverside',
    version: '1.0.0',
    title: 'Riverside',
    effectiveFrom: '2026-09-01',
    extends: { id: 'core', version: '1.0.0' },
    scales: { [id]: { ...core.document.scales['urica-dv'], number: 900 } },
  })

  it('has the scales it inherits, and may add one', () => {
    const result = load(JSON.stringify(own('own-readiness')), [shippedText('core')])
    if (!result.ok) throw new Error(JSON.stringify(result.issues))
    expect(Object.keys(result.ruleSet.document.scales)).toEqual(['core-om', 'urica-dv', 'own-readiness'])
  })

  it('cannot score an inherited one otherwise: its name is somebody else’s', () =>
    expect(load(JSON.stringify(own('urica-dv'), null, 1), [shippedText('core')])).toMatchObject({
      ok: false,
      issues: [{ code: 'defined-already', at: '/scales/urica-dv', line: 11, column: 3, help: expect.stringContaining('an id of its own') }],
    }))
})

describe('a scale is told', () => {
  it.each([
    ['scales/core-om/scores/total/cutOff', 11, 'additive', 'scale core-om is scored otherwise, or under other labels'],
    ['scales/core-om/source', 'Elsewhere', 'wording', /^scale core-om: source/],
    ['scales/urica-dv', undefined, 'additive', 'scale urica-dv removed'],
  ])('by a difference: %s', (path, value, expected, words) => {
    const { changes } = diff(
      coreDraft(() => undefined),
      coreDraft((document) => put(document, path, value)),
    )
    expect(changes).toEqual([
      { class: expected, at: expect.any(String), kinds: [], inWords: words instanceof RegExp ? expect.stringMatching(words) : words },
    ])
  })

  it('and by the leaflet that somebody signs', () => {
    const text = leaflet(core, { hash: 'h', format: 'markdown' }).replaceAll('\\', '')
    expect(text).toContain(
      '| All items | mean of the items of Wellbeing, Problems and symptoms, Functioning and Risk to self and to others, times 10 | 3 items | 10 or more | 5 points or more; lower is better |',
    )
    expect(text).toContain(
      '| Readiness to change | means of Contemplation, Action and Maintenance less Precontemplation | none | none named | none named |',
    )
    expect(text).toContain('| Risk to self and to others | 6, 9, 16, 22, 24, 34 | any answer above 0 |')
  })
})
