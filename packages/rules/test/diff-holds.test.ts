import { expect, it } from 'vitest'
import { decide, type KindId, type RuleSet } from '../src/index.ts'
import { type Difference, diff, type PastCase, prepare } from '../src/bulk/index.ts'
import { paceOf, stepOf } from '../src/bulk/move.ts'
import { type Standing, standings } from '../src/bulk/standing.ts'
import { coreDraft, type Loose, put } from './support/drafts.ts'
import { Chance } from './support/random-cases.ts'
import { randomDraft } from './support/random-drafts.ts'
import { richCase } from './support/rich-cases.ts'

/** Where a trial goes against what the difference says of a kind, in words. */
function broken({ changes }: Difference, before: RuleSet, after: RuleSet, chance: Chance): string[] {
  const cases = Array.from({ length: 60 }, (_, index) => richCase(`C-${index}`, chance, before))
  return prepare(before, cases)
    .moves(after)
    .flatMap(({ kind, counts }) => {
      const classes = changes.filter((change) => change.kinds.includes(kind)).map((change) => change.class)
      if (classes.includes('cannot-tell')) return []
      return [
        ...(counts.down > 0 && !classes.includes('moves-down') ? [`${counts.down} down in ${kind}: ${classes.join()}`] : []),
        ...(counts.up > 0 && !classes.includes('moves-up') ? [`${counts.up} up in ${kind}: ${classes.join()}`] : []),
      ]
    })
}

it('no case moves in a way that the difference does not name', () => {
  const chance = new Chance(Number(process.env['TEST_SEED'] ?? 11))
  let told = 0
  for (let i = 0; i < 120; i++) {
    const { before, after } = randomDraft(chance)
    const difference = diff(before, after)
    expect(broken(difference, before, after, chance)).toEqual([])
    if (difference.class === 'moves-down' || difference.class === 'moves-up') told++
  }
  console.log(`${told} of 120 drafts say which way they move cases`)
  expect(told).toBeGreaterThan(50)
})

it('nor where a rule takes a name in place of a value while what the name stands for changes, too', () => {
  const chance = new Chance(5)
  const kinds: readonly (readonly [KindId, unknown])[] = [
    ['eligibility', { type: 'ineligible', params: { reason: 'young' } }],
    ['completion', { type: 'completed', params: { definition: 'old enough' } }],
    ['pathway', { type: 'parenting-strand', params: { reason: 'young' } }],
  ]
  const test = (value: unknown) => ({ fact: 'person.ageOnReceipt', operator: chance.pick(['lessThan', 'greaterThan']), value })
  let told = 0
  for (let i = 0; i < 60; i++) {
    const values = [16 + chance.below(4), 16 + chance.below(4)] as const
    const written = (side: 0 | 1) => (document: Loose) => {
      put(document, 'locked', undefined)
      put(document, 'parameters/youngest', { type: 'integer', number: 900, label: 'Youngest', source: 'test', value: values[side] })
      put(document, 'conditions/young', test(values[side]))
      for (const [kind, event] of kinds) {
        const conditions = chance.pick<unknown>([
          { all: [test(16 + chance.below(4))] },
          { not: { condition: 'young' } },
          { all: [{ condition: 'young' }] },
          { any: [test({ fact: 'parameter.youngest' }), { condition: 'young' }] },
        ])
        put(document, `${kind}/aged`, { number: 900, label: 'Aged', source: 'test', conditions, event })
      }
    }
    const [before, after] = [coreDraft(written(0)), coreDraft(written(1))]
    const difference = diff(before, after)
    expect(broken(difference, before, after, chance)).toEqual([])
    if (difference.changes.some((change) => change.class === 'moves-down' || change.class === 'moves-up')) told++
  }
  expect(told).toBeGreaterThan(5)
})

/** How a case stands where the other kinds see the band that this very rule set gives it. */
function standing(ruleSet: RuleSet, kind: KindId, { asked }: PastCase): Standing | undefined {
  const [own, risk] = [asked[kind], asked.risk]
  if (!own || !risk) return undefined
  const { band } = decide(ruleSet, 'risk', risk)
  const facts = { ...own.facts, 'risk.atLeast': band.atLeast, 'risk.atMost': band.atMost }
  const standingOf = standings[kind] as (outcome: unknown, document: RuleSet['document']) => Standing
  return standingOf(decide(ruleSet, kind, { ...own, facts }), ruleSet.document)
}

it('nor where a rule of another kind asks for the band, and the band is another', () => {
  const chance = new Chance(Number(process.env['TEST_SEED'] ?? 23))
  const reading: readonly (readonly [KindId, unknown])[] = [
    ['eligibility', { type: 'ineligible', params: { reason: 'band' } }],
    ['safeguarding', { type: 'tell', params: { level: 'same-day', tell: ['police'], within: { amount: 1, unit: 'hours' } } }],
    ['pathway', { type: 'parenting-strand', params: { reason: 'band' } }],
    ['completion', { type: 'completed', params: { definition: 'band' } }],
  ]
  const bands = ['standard', 'medium', 'high', 'very-high']
  const test = () => {
    const fact = chance.pick(['risk.atLeast', 'risk.atMost'])
    const value = bands.filter(() => chance.is(50))
    return chance.is(70) && value.length > 0
      ? { fact, operator: chance.pick(['in', 'notIn']), value }
      : { fact, operator: chance.pick(['equal', 'notEqual']), value: chance.pick(bands) }
  }
  let moved = 0
  for (let i = 0; i < 120; i++) {
    const rules = reading.map(
      ([kind, event]) => [kind, { number: 901, label: 'By band', source: 'test', conditions: test(), event }] as const,
    )
    const { before, after } = randomDraft(chance, (document) => {
      for (const [kind, rule] of rules) put(document, `${kind}/by-band`, rule)
    })
    const { changes } = diff(before, after)
    const cases = Array.from({ length: 40 }, (_, index) => richCase(`C-${index}`, chance, before))
    for (const [kind] of reading) {
      const classes = changes.filter((change) => change.kinds.includes(kind)).map((change) => change.class)
      if (classes.includes('cannot-tell')) continue
      for (const past of cases) {
        const [one, other] = [standing(before, kind, past), standing(after, kind, past)]
        if (!one || !other) continue
        const step = stepOf(one, other) === 'same' ? paceOf(one, other) : stepOf(one, other)
        if (step === 'same') continue
        moved++
        expect([kind, step, classes, changes], 'a move that is not named').toEqual([
          kind,
          step,
          expect.arrayContaining([step === 'up' ? 'moves-up' : 'moves-down']),
          changes,
        ])
      }
    }
  }
  console.log(`moves that the difference named, seen with the band of each side: ${moved}`)
  expect(moved).toBeGreaterThan(100)
})
