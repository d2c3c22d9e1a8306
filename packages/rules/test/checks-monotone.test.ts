import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRuleSet, monotony, type Witness } from '../src/checks/index.ts'
import type { Instrument, Rule } from '../src/kinds/index.ts'
import type { Facts, FactValue } from '../src/language/facts.ts'
import { load } from '../src/load.ts'
import type { RuleSet } from '../src/rule-set/rule-set.ts'
import { coreDraft, type Loose, put } from './support/drafts.ts'
import golden from './prorated-score-falls.json' with { type: 'json' }
import { shippedIds, shippedRuleSet, shippedText } from './support/shipped.ts'
import { smallWith } from './support/small-instrument.ts'

const core = shippedRuleSet('core')
const factors = Object.entries(core.document.instrument?.factors ?? {})
  .toSorted(([, one], [, other]) => one.number - other.number)
  .map(([id]) => id)

const present = (id: string) => ({ fact: `factor.${id}`, operator: 'equal', value: 'present' })
const answer = (id: string, operator: string, value: unknown) => ({ fact: `factor.${id}`, operator, value })
const window = (id: string, value: string) => ({ fact: `factor.${id}.window`, operator: 'equal', value })
const pattern = (conditions: object, band: string, number = 900) => ({
  number,
  label: 'Tried out',
  source: 'A test',
  conditions,
  event: { type: 'band-at-least', params: { band, action: 'Look again' } },
})
const added = (conditions: object, band = 'very-high') =>
  coreDraft((document) => put(document, 'risk/tried-out', pattern(conditions, band)))

const heights = ({ document }: RuleSet) =>
  Object.entries(document.instrument?.bands ?? {})
    .toSorted(([, one], [, other]) => one.number - other.number)
    .map(([id]) => id)

/** Whether the worse form really comes to less: decided here once more. */
function falls(ruleSet: RuleSet, witness: Witness): boolean {
  if (witness.is !== 'forms') return false
  const height = (band: string) => heights(ruleSet).indexOf(band)
  const band = (facts: Facts) => ruleSet.kinds.risk.decide({ asOf: witness.asOf, facts }).band
  const [better, worse] = [band(witness.better.facts), band(witness.worse.facts)]
  expect([witness.better.band, witness.worse.band]).toEqual([better, worse])
  return height(worse.atLeast) < height(better.atLeast) || height(worse.atMost) < height(better.atMost)
}

describe('a worse answer never lowers the band', () => {
  it.each(shippedIds)('%s: proven', (id) => {
    const found = monotony(shippedRuleSet(id))
    console.log(`${id}: proven by ${found?.questions} questions`)
    expect(found).toEqual({ is: 'proven', questions: expect.any(Number) as number })
    expect(found?.questions).toBeGreaterThan(200)
  })

  // Each weakens the shipped instrument in another way.
  const weakened: [string, () => RuleSet][] = [
    ['not present', () => added({ all: [present('separation'), { not: present('child-contact-conflict') }] })],
    ['notEqual', () => added({ all: [present('separation'), answer('weapon-use-or-access', 'notEqual', 'present')] }, 'high')],
    ['the operator not:equal', () => added({ all: [present('escalation'), answer('breach-of-orders', 'not:equal', 'present')] })],
    ['only when possible', () => added({ all: [answer('separation', 'equal', 'possible')] })],
    ['absent or possible', () => added({ all: [present('escalation'), answer('separation', 'in', ['absent', 'possible'])] })],
    ['only when absent', () => added({ all: [present('escalation'), answer('victim-fear-or-barriers', 'equal', 'absent')] })],
    ['only when long ago', () => added({ all: [present('escalation'), window('escalation', 'historic')] })],
    ['not recent', () => added({ all: [present('escalation'), { not: window('escalation', 'recent') }] })],
    ['fewer than five present', () => added({ not: { atLeast: 5, of: factors.map(present) } })],
    ['none of twelve', () => added({ all: [present('separation'), { not: { any: factors.slice(0, 12).map(present) } }] })],
    [
      'beside another fact',
      () => added({ all: [{ fact: 'person.ageOnReceipt', operator: 'lessThan', value: 25 }, { not: present('separation') }] }),
    ],
    [
      'a shipped pattern turned round',
      () =>
        coreDraft((document) =>
          put(document, 'risk/strangulation-active/conditions', {
            all: [present('non-fatal-strangulation'), { not: { any: [present('escalation'), present('separation')] } }],
          }),
        ),
    ],
    [
      'a named condition turned round',
      () =>
        coreDraft((document) =>
          put(document, 'conditions/separation-control-violence', {
            all: [present('separation'), { not: present('coercive-control') }, present('physical-violence')],
          }),
        ),
    ],
  ]
  it.each(weakened)('weakened by %s: a counter-example', (_, ruleSetOf) => {
    const ruleSet = ruleSetOf()
    const found = checkRuleSet(ruleSet).filter(({ code }) => code === 'not-monotone')
    expect(found.length).toBeGreaterThan(0)
    for (const { severity, witness } of found) {
      expect(severity).toBe('error')
      expect(falls(ruleSet, witness)).toBe(true)
    }
    expect(monotony(ruleSet)?.is).toBe('disproved')
  })

  it('a pattern that compares one answer with another proves nothing, and that is said', () => {
    const ruleSet = added({ all: [{ fact: 'factor.separation', operator: 'equal', value: { fact: 'factor.escalation' } }] })
    const band = (facts: Facts) => ruleSet.kinds.risk.decide({ asOf: '2026-05-01', facts }).band
    const absent = Object.fromEntries(factors.map((id) => [`factor.${id}`, 'absent']))
    expect(band(absent)).toEqual({ atLeast: 'very-high', atMost: 'very-high' })
    expect(band({ ...absent, 'factor.separation': 'possible' })).toEqual({ atLeast: 'standard', atMost: 'standard' })
    expect(monotony(ruleSet)?.is).toBe('not-decided')
    const said = checkRuleSet(ruleSet).filter(({ code }) => code === 'not-decided')
    expect(said.map(({ message }) => message)).toContain(
      'it was not settled whether a worse answer can lower the band by “Tried out”: it compares an answer with another fact, so that neither can be chosen by itself',
    )
  })

  const refused: [string, (document: Loose) => void, string][] = [
    ['a weight below 1', (document) => put(document, 'instrument/factors/separation/weight', -3), 'too-small'],
    ['a weight of nothing', (document) => put(document, 'instrument/factors/separation/weight', 0), 'too-small'],
    ['bands in another order', (document) => put(document, 'instrument/bands/high/from', 10), 'band-overlap'],
    [
      'a floor on historic above recent',
      (document) => put(document, 'instrument/factors/sexual-violence/floor/historic', 'very-high'),
      'floor-order',
    ],
    [
      'a floor on possible above historic',
      (document) => put(document, 'instrument/factors/sexual-violence/floor/possible', 'high'),
      'floor-order',
    ],
    [
      'a pattern that looks at its own result',
      (document) => put(document, 'risk/tried-out', pattern({ fact: 'risk.atMost', operator: 'equal', value: 'high' }, 'high')),
      'own-result',
    ],
  ]
  it.each(refused)('weakened by %s: refused when it is loaded', (_, edit, code) => {
    const document = JSON.parse(shippedText('core')) as Loose
    edit(document)
    const result = load(JSON.stringify(document))
    expect(result.ok ? [] : result.issues.map((issue) => issue.code)).toContain(code)
  })

  const kept: [string, () => RuleSet][] = [
    ['some of several', () => added({ atLeast: 3, of: factors.slice(0, 8).map(present) })],
    ['possible or present', () => added({ all: [answer('separation', 'in', ['possible', 'present'])] }, 'high')],
    ['not absent', () => added({ all: [answer('separation', 'notEqual', 'absent')] }, 'high')],
    ['not not present', () => added({ not: { not: present('separation') } })],
    ['what a floor makes up for', () => added({ all: [present('escalation'), { not: present('non-fatal-strangulation') }] }, 'high')],
    [
      'what another pattern makes up for',
      () =>
        coreDraft((document) => {
          put(document, 'risk/tried-out', pattern({ all: [present('escalation'), window('escalation', 'historic')] }, 'high'))
          put(document, 'risk/tried-out-too', pattern(present('escalation'), 'very-high', 910))
        }),
    ],
    ['a pattern that forces the lowest band', () => added({ not: present('separation') }, 'standard')],
  ]
  it.each(kept)('not weakened by %s: proven', (_, ruleSetOf) => expect(monotony(ruleSetOf())?.is).toBe('proven'))

  it('and without an instrument there is nothing to say', () => {
    const result = load('{ "id": "bare", "version": "1.0.0", "title": "Bare", "effectiveFrom": "2026-01-01" }')
    if (!result.ok) throw new Error(JSON.stringify(result.issues))
    expect([monotony(result.ruleSet), checkRuleSet(result.ruleSet)]).toEqual([null, []])
  })
})

describe('what is not claimed', () => {
  const words: Readonly<Record<string, FactValue>> = { P: 'present', p: 'possible', a: 'absent', u: null }
  const decided = (form: string) =>
    core.kinds.risk.decide({
      asOf: '2026-05-01',
      facts: Object.fromEntries(factors.map((id, index) => [`factor.${id}`, words[form[index] ?? 'u'] ?? null])),
    })

  it.each([golden.before, golden.after])(
    'the score of $form is $score, and its range of bands is as before',
    ({ form, score, scoreBand, band }) => {
      const outcome = decided(form)
      expect(((100 * (outcome.score?.points ?? 0)) / (outcome.score?.of ?? 1)).toFixed(1)).toBe(score)
      expect([outcome.scoreBand, outcome.band]).toEqual([scoreBand, band])
    },
  )
})

/** Five factors, three bands, up to three patterns of any shape: few enough to look at every form. */
describe('against every form there is', () => {
  const ids = ['f-a', 'f-b', 'f-c', 'f-d', 'f-e']
  const leaf = fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom('present', 'possible', 'absent', 'recent', 'historic'), fc.boolean())
    .map(([id, value, isDenied]) => {
      const comparison = ['recent', 'historic'].includes(value) ? window(id, value) : answer(id, 'equal', value)
      return isDenied ? { not: comparison } : comparison
    })
  const { condition } = fc.letrec<{ condition: object }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((of) => ({ atLeast: 2, of })),
    ),
  }))
  const instruments = fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
    // Narrow bands too, into which no total may fall.
    starts: fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }))
      .map(([amber, more]) => [amber, amber + more] as const),
    floor: fc.constantFrom(
      undefined,
      { possible: 'amber', historic: 'amber', recent: 'red' },
      { possible: 'green', historic: 'amber', recent: 'amber' },
    ),
    statics: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    patterns: fc.array(fc.tuple(condition, fc.constantFrom('amber', 'red')), { minLength: 1, maxLength: 3 }),
  })
  type Small = typeof instruments extends fc.Arbitrary<infer Value> ? Value : never

  function smallRuleSet({ weights, starts, floor, statics, patterns }: Small): RuleSet {
    const band = (number: number, from: number) => ({ number, label: `Band ${number}`, from, reviewDays: 30 })
    const factor = (index: number) => ({
      number: index + 1,
      label: `Question ${index}`,
      question: 'Is it so?',
      source: 'A test',
      domain: 'only',
      weight: weights[index],
      ...(statics[index] ? { static: true } : {}),
      ...(index === 1 && floor ? { floor } : {}),
      recentWithin: 'lately',
    })
    const result = load(
      JSON.stringify(
        smallWith(
          {
            factors: Object.fromEntries(ids.map((id, index) => [id, factor(index)])) as Instrument['factors'],
            bands: { green: band(1, 0), amber: band(2, starts[0]), red: band(3, starts[1]) },
          },
          Object.fromEntries(
            patterns.map(([conditions, to], index) => [`pattern-${index}`, pattern(conditions, to, index + 1)]),
          ) as unknown as Record<string, Rule>,
        ),
      ),
    )
    if (!result.ok) throw new Error(JSON.stringify(result.issues))
    return result.ruleSet
  }

  const ways: readonly (readonly [FactValue, string | null])[] = [
    ['absent', null],
    ['possible', '2010-01-01'],
    ['possible', '2026-01-01'],
    ['present', '2010-01-01'],
    ['present', '2026-01-01'],
  ]
  const steps = [
    [0, 1],
    [1, 2],
    [1, 3],
    [2, 4],
    [3, 4],
  ] as const

  it('settling an open answer only narrows the range, whatever the patterns are', () => {
    let settled = 0
    const answers = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(instruments, fc.array(answers, { minLength: 20, maxLength: 20 }), (small, forms) => {
        const ruleSet = smallRuleSet(small)
        const bands = heights(ruleSet)
        const range = (form: readonly number[]) => {
          const { atLeast, atMost } = ruleSet.kinds.risk.decide({ asOf: '2026-01-01', facts: asFacts(form) }).band
          return [bands.indexOf(atLeast), bands.indexOf(atMost)] as const
        }
        for (const form of forms) {
          const [least, most] = range(form)
          form.forEach((way, index) => {
            for (const settledWay of way === OPEN ? [0, 1, 2, 3, 4] : []) {
              const [low, high] = range(form.with(index, settledWay))
              expect([low >= least, high <= most]).toEqual([true, true])
              settled++
            }
          })
        }
      }),
      { numRuns: 60 },
    )
    console.log(`open answers settled: ${settled}`)
    expect(settled).toBeGreaterThan(1000)
  })

  const OPEN = 5
  const asFacts = (form: readonly number[]): Facts =>
    Object.fromEntries(
      ids.flatMap((id, index): [string, FactValue][] => {
        const [word, day] = ways[form[index] ?? OPEN] ?? [null, null]
        return [
          [`factor.${id}`, word],
          [`factor.${id}.lastOccurredOn`, day],
        ]
      }),
    )

  /** The band of every form, and whether some step for the worse lowers one. */
  function looked(ruleSet: RuleSet) {
    const bands = heights(ruleSet)
    const final = Array.from({ length: 5 ** 5 }, (_, form) => {
      const facts = asFacts(ids.map((_, index) => Math.floor(form / 5 ** index) % 5))
      return bands.indexOf(ruleSet.kinds.risk.decide({ asOf: '2026-01-01', facts }).band.atLeast)
    })
    const lowers = final.some((height, form) =>
      ids.some((_, index) =>
        steps.some(
          ([better, worse]) => Math.floor(form / 5 ** index) % 5 === better && (final[form + (worse - better) * 5 ** index] ?? 9) < height,
        ),
      ),
    )
    return { lowers, reached: bands.filter((_, band) => final.includes(band)) }
  }

  it('proven where no step lowers a band, disproved where one does; and the bands that are reached', () => {
    const seen = { proven: 0, disproved: 0, 'not-decided': 0 }
    let unreached = 0
    fc.assert(
      fc.property(instruments, (small) => {
        const ruleSet = smallRuleSet(small)
        const { lowers, reached } = looked(ruleSet)
        const verdict = monotony(ruleSet)?.is ?? 'not-decided'
        seen[verdict]++
        expect(verdict).toBe(lowers ? 'disproved' : 'proven')
        const missing = checkRuleSet(ruleSet).flatMap(({ code, at }) => (code === 'unreachable-band' ? [at.split('/').at(-1) ?? ''] : []))
        unreached += missing.length
        expect(missing.toSorted()).toEqual(
          heights(ruleSet)
            .filter((id) => !reached.includes(id))
            .toSorted(),
        )
      }),
      { numRuns: 40 },
    )
    console.log(`small instruments looked at form by form: ${JSON.stringify(seen)}, bands that nobody reaches: ${unreached}`)
    expect(Math.min(seen.proven, seen.disproved, unreached)).toBeGreaterThan(0)
  })
})
