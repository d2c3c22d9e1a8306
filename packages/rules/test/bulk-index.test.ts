import { expect, it } from 'vitest'
import { kindIds, type RuleSet } from '../src/index.ts'
import { load } from '../src/load.ts'
import { moves, prepare, simulate } from '../src/bulk/index.ts'
import { foundInLists, inLists } from './support/in-lists.ts'
import { Chance } from './support/random-cases.ts'
import { rewritten, richDocument } from './support/random-rewrites.ts'
import { richCase } from './support/rich-cases.ts'

/** `AGREEMENT=10 pnpm test bulk-index` looks at ten times as much, and takes as much longer. */
const TIMES = Number(process.env['AGREEMENT'] ?? 1)
const SEED = Number(process.env['TEST_SEED'] ?? 20260502)
const CHAINS = 3 * TIMES
/** So many that what was found for the first ones is forgotten, and its memory used again. */
const DRAFTS = 110
const CASES = 24

it(
  'rule sets with anything in them, one after another over the same cases: as one by one',
  () => {
    const chance = new Chance(SEED)
    const tally = Object.fromEntries(kindIds.map((kind) => [kind, { up: 0, down: 0, unchanged: 0, 'cannot-tell': 0 }]))
    let [evaluations, drafts, refused] = [0, 0, 0]
    for (let chain = 0; chain < CHAINS; chain++) {
      const published = publishedOf(chance)
      const cases = Array.from({ length: CASES }, (_, place) => richCase(`C-${place}`, chance, published))
      const prepared = prepare(published, cases)
      for (let draft = 0; draft < DRAFTS; draft++) {
        const after = rewritten(published.document as never, chance)
        if (!after) {
          refused++
          continue
        }
        const { kinds } = simulate(published, after, cases, { reasons: false })
        expect(foundInLists(prepared.moves(after)), `chain ${chain}, draft ${draft}, seed ${SEED}`).toEqual(kinds.map(inLists))
        drafts++
        for (const { kind, judged, counts } of kinds) {
          evaluations += 2 * judged
          for (const move of moves) tally[kind]![move] += counts[move]
        }
      }
    }
    console.log(`drafts ${drafts} (${refused} refused), case evaluations ${evaluations}, moves ${JSON.stringify(tally)}`)
    expect(evaluations).toBeGreaterThanOrEqual(60_000 * TIMES)
    for (const kind of kindIds) for (const move of moves) expect(tally[kind]![move], `${kind} ${move}`).toBeGreaterThan(10)
  },
  400_000 * TIMES,
)

/** Core after a few changes: patterns and rules of the published side use everything too. */
function publishedOf(chance: Chance): RuleSet {
  let document = richDocument()
  for (let changes = 0; changes < 12; ) {
    const next = rewritten(document, chance)
    if (!next) continue
    document = next.document as never
    changes++
  }
  const result = load(JSON.stringify(document))
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result.ruleSet
}
