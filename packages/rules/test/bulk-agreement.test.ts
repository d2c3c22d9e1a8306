import { expect, it } from 'vitest'
import { kindIds } from '../src/index.ts'
import { type Change, diff, moves, type Prepared, prepare, simulate } from '../src/bulk/index.ts'
import { coreDraft, draftOf, put } from './support/drafts.ts'
import { foundInLists, inLists } from './support/in-lists.ts'
import { Chance, randomCase } from './support/random-cases.ts'
import { randomDraft } from './support/random-drafts.ts'

/** `AGREEMENT=10 pnpm test bulk-agreement` looks at ten times as much, and takes as much longer. */
const TIMES = Number(process.env['AGREEMENT'] ?? 1)
const CASES = 80
const DRAFTS = 160 * TIMES

it(
  'what a difference says of a change, no case denies; and cases taken together come out as one by one',
  () => {
    const chance = new Chance(20260501)
    const cases = Array.from({ length: CASES }, (_, index) =>
      randomCase(
        `C-${index}`,
        chance,
        coreDraft(() => undefined),
      ),
    )
    const moved = { up: 0, down: 0, 'cannot-tell': 0, unchanged: 0 }
    const wrong: unknown[] = []
    // One draft after another over the same cases made ready, as somebody tries them.
    const ready = new Map<string, Prepared>()
    let evaluations = 0
    for (let draft = 0; draft < DRAFTS; draft++) {
      const { before, after } = randomDraft(chance)
      const { changes } = diff(before, after)
      const simulation = simulate(before, after, cases, { reasons: false })
      const prepared = ready.get(before.id) ?? prepare(before, cases)
      ready.set(before.id, prepared)
      expect(foundInLists(prepared.moves(after))).toEqual(simulation.kinds.map(inLists))
      for (const { kind, counts, judged, up, down } of simulation.kinds) {
        evaluations += 2 * judged
        for (const move of Object.keys(counts) as (keyof typeof counts)[]) moved[move] += counts[move]
        const claims = changes.filter((change) => change.kinds.includes(kind))
        const denied = deniedBy(claims, counts)
        if (denied) wrong.push({ draft, kind, denied, claims, example: (denied === 'down' ? down : up)[0] })
      }
    }
    console.log(`drafts ${DRAFTS}, case evaluations ${evaluations}, moves ${JSON.stringify(moved)}`)
    expect(wrong).toEqual([])
    expect(evaluations).toBeGreaterThanOrEqual(150_000)
    for (const move of ['up', 'down', 'cannot-tell'] as const) expect(moved[move]).toBeGreaterThan(300)
  },
  300_000 * TIMES,
)

/** What must not have happened, and did. */
function deniedBy(
  claims: readonly Change[],
  counts: Record<'up' | 'down' | 'cannot-tell', number>,
): 'up' | 'down' | 'anything' | undefined {
  const all = new Set(claims.map((change) => change.class))
  if (claims.length === 0) return counts.up + counts.down + counts['cannot-tell'] > 0 ? 'anything' : undefined
  if (all.size > 1 || all.has('cannot-tell')) return undefined
  if (all.has('moves-up')) return counts.down > 0 ? 'down' : undefined
  return counts.up > 0 ? 'up' : undefined
}

it('the same rule set moves nobody, whatever is open', () => {
  const chance = new Chance(7)
  for (const id of ['core', 'step-by-step', 'cdars-phoenix'] as const) {
    const ruleSet = draftOf(id, () => undefined)
    const cases = Array.from({ length: 200 }, (_, index) => randomCase(`C-${index}`, chance, ruleSet))
    const { kinds } = simulate(
      ruleSet,
      draftOf(id, () => undefined),
      cases,
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(kindIds)
    for (const { counts, judged } of kinds) expect(counts).toEqual({ up: 0, down: 0, 'cannot-tell': 0, unchanged: judged })
  }
})

it('bands that begin elsewhere, at every place a slider may stand: as one by one', () => {
  const chance = new Chance(11)
  const published = coreDraft(() => undefined)
  const cases = Array.from({ length: 60 * TIMES }, (_, index) => randomCase(`C-${index}`, chance, published))
  const prepared = prepare(published, cases)
  let evaluations = 0
  for (let from = 1; from < 100; from++) {
    for (const [id, least, most] of [
      ['medium', 1, 44],
      ['high', 21, 64],
      ['very-high', 46, 99],
    ] as const) {
      if (from < least || from > most) continue
      const draft = coreDraft((document) => put(document, `instrument/bands/${id}/from`, from))
      const [expected] = simulate(published, draft, cases, { kinds: ['risk'], reasons: false }).kinds.map(inLists)
      const starts = { medium: [0, from, 45, 65], high: [0, 20, from, 65], 'very-high': [0, 20, 45, from] }[id]
      expect(foundInLists([prepared.bandMoves(starts)])[0]).toEqual(expected)
      evaluations += 2 * cases.length
    }
  }
  expect(() => prepared.bandMoves([0, 20])).toThrow(RangeError)
  console.log(`slider positions × cases: ${evaluations} case evaluations`)
  expect(evaluations).toBeGreaterThan(15_000)
})

it('other weights, alone and with bands that begin elsewhere: as one by one', () => {
  const chance = new Chance(12)
  const published = coreDraft(() => undefined)
  const cases = Array.from({ length: 100 }, (_, index) => randomCase(`C-${index}`, chance, published))
  const prepared = prepare(published, cases)
  const factors = Object.keys(published.document.instrument?.factors ?? {})
  const moved = { up: 0, down: 0, 'cannot-tell': 0, unchanged: 0 }
  let evaluations = 0
  for (let times = 0; times < 40 * TIMES; times++) {
    const weights = Object.fromEntries(Array.from({ length: 1 + chance.below(3) }, () => [chance.pick(factors), 1 + chance.below(9)]))
    const start = times % 3 === 0 ? 21 + chance.below(40) : 45
    const draft = coreDraft((document) => {
      for (const [id, weight] of Object.entries(weights)) put(document, `instrument/factors/${id}/weight`, weight)
      put(document, 'instrument/bands/high/from', start)
    })
    const [expected] = simulate(published, draft, cases, { kinds: ['risk'], reasons: false }).kinds.map(inLists)
    const [whole] = prepared.moves(draft).filter(({ kind }) => kind === 'risk')
    expect(whole && foundInLists([whole])[0]).toEqual(expected)
    if (start === 45 && Object.entries(weights).some(([id, weight]) => published.document.instrument?.factors[id]?.weight !== weight))
      expect(foundInLists([prepared.weightMoves(weights)])[0]).toEqual(expected)
    for (const move of moves) moved[move] += expected?.counts[move] ?? 0
    evaluations += 2 * cases.length
  }
  expect(() => prepared.weightMoves({ escallation: 2 })).toThrow('the instrument has no factor "escallation"')
  expect(() => prepared.weightMoves({ escalation: 0 })).toThrow(RangeError)
  console.log(`weights × cases: ${evaluations} case evaluations, moves ${JSON.stringify(moved)}`)
  expect(evaluations).toBeGreaterThanOrEqual(8_000)
  for (const move of moves) expect(moved[move]).toBeGreaterThan(8)
})
