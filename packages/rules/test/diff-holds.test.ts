import { expect, it } from 'vitest'
import type { KindId, RuleSet } from '../src/index.ts'
import { type Difference, diff, prepare } from '../src/bulk/index.ts'
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
