import type { FactorId } from '../kinds/index.ts'
import { kindIds, type KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { alike } from './alike.ts'
import { BandClasses } from './band-classes.ts'
import { bandStarts, type BandStarts } from './band-index.ts'
import { type Bitmap, countIn, placesIn } from './bitmaps.ts'
import type { PastCase } from './case.ts'
import { type MayMove, movesOfMany, swapsOfMany } from './compare-many.ts'
import { FactColumns } from './fact-columns.ts'
import { Forms, rangeInWords } from './forms.ts'
import { bandNames } from './judge.ts'
import { type Move, moves } from './move.ts'
import { planFor } from './rules-of-kind.ts'
import { RuleTruths } from './rule-truths.ts'
import { isRiskOneSided, simulate, type Swap } from './simulate.ts'
import { heldStanding, type StandingOfMany, standingOfMany } from './standing-of-many.ts'

/** The counts of one kind; who is behind them only when asked. */
export type KindMoves = {
  kind: KindId
  judged: number
  counts: Readonly<Record<Move, number>>
  swaps: Swap[]
  /** In the order of the cases. */
  cases(move: Move): string[]
  /** The same as places among the cases that were judged, from 0: many are listed at once, and named when somebody looks at them. */
  places(move: Move): Int32Array
}

/** Past cases made ready for trying one draft after another against the same published rule set. */
export type Prepared = {
  /** What `simulate` finds, without reasons. No case is looked at by itself: the facts stand in columns, and rules are asked of all at once. */
  moves(after: RuleSet): KindMoves[]
  /**
   * Risk with bands beginning elsewhere, lowest first. For a slider: no rule set is loaded, and no case is looked at.
   * @throws RangeError unless there is a beginning for every band of the published rule set
   */
  bandMoves(starts: BandStarts): KindMoves
  /**
   * Risk with other weights for some factors. For a slider too: only points are added up anew.
   * @throws RangeError for a factor that is not there, or a weight that is not a whole number from 1
   */
  weightMoves(weights: Readonly<Record<FactorId, number>>): KindMoves
}

export function prepare(before: RuleSet, cases: readonly PastCase[]): Prepared {
  const kinds = kindIds.filter((kind) => kind !== 'risk' || before.document.instrument)
  const all = kinds.map((kind) => new PreparedKind(kind, before, cases)).filter(({ size }) => size > 0)
  const risk = () => all.find(({ kind }) => kind === 'risk') ?? new PreparedKind('risk', before, [])
  return {
    moves: (after) => {
      if (!isRiskOneSided(before, after)) return all.map((each) => each.moves(after))
      return [...oneSided(before, after, cases), ...all.filter(({ kind }) => kind !== 'risk').map((each) => each.moves(after))]
    },
    bandMoves: (starts) => risk().bandMoves(starts, before),
    weightMoves: (weights) => risk().weightMoves(checkedWeights(weights, before)),
  }
}

/** Rare enough to be looked at case by case. */
function oneSided(before: RuleSet, after: RuleSet, cases: readonly PastCase[]): KindMoves[] {
  return simulate(before, after, cases, { kinds: ['risk'], reasons: false }).kinds.map(({ kind, judged, counts, swaps, cannotTell }) => ({
    kind,
    judged,
    counts,
    swaps,
    cases: (move) => (move === 'cannot-tell' ? cannotTell.map((each) => each.case) : []),
    places: (move) => Int32Array.from(move === 'cannot-tell' ? cannotTell.keys() : []),
  }))
}

function checkedWeights(weights: Readonly<Record<FactorId, number>>, { document }: RuleSet): ReadonlyMap<FactorId, number> {
  for (const [id, weight] of Object.entries(weights)) {
    if (!Object.hasOwn(document.instrument?.factors ?? {}, id)) throw new RangeError(`the instrument has no factor "${id}"`)
    if (!Number.isSafeInteger(weight) || weight < 1) throw new RangeError(`the weight of "${id}" is not a whole number from 1`)
  }
  return new Map(Object.entries(weights))
}

/** The cases that were asked about one kind. */
class PreparedKind {
  readonly kind: KindId
  readonly size: number
  private readonly ids: readonly string[]
  private readonly before: RuleSet
  private readonly facts: FactColumns
  private readonly truths: RuleTruths
  private forms: Forms | undefined
  private classes: BandClasses | undefined
  private known: StandingOfMany | undefined

  constructor(kind: KindId, before: RuleSet, cases: readonly PastCase[]) {
    this.kind = kind
    this.before = before
    const asked = cases.filter((each) => each.asked[kind])
    this.size = asked.length
    this.ids = asked.map(({ id }) => id)
    this.facts = new FactColumns(asked.map((each) => each.asked[kind]!))
    this.truths = new RuleTruths(this.facts)
  }

  moves(after: RuleSet): KindMoves {
    const { kind, before } = this
    const same = alike(before, after)
    if (kind === 'risk' && same.riskButBands()) return this.bandMoves(bandStarts(after.document), after)
    const isComparable = kind !== 'risk' || bandNames(before) === bandNames(after)
    const mayMove = (): MayMove => {
      if (!isComparable) return 'not-comparable'
      if (kind === 'risk' && !same.instrument()) return 'all'
      return same.kind(kind) ? 'nothing' : { rules: (id) => same.rule(kind, id) }
    }
    return this.compared(() => this.standingUnder(after), mayMove())
  }

  bandMoves(starts: BandStarts, after: RuleSet): KindMoves {
    const { before, size } = this
    const published = bandStarts(before.document)
    if (starts.length !== published.length) throw new RangeError(`there are ${published.length} bands, and beginnings for ${starts.length}`)
    this.classes ??= new BandClasses(this.indexed().published().basis, published, planFor(before).fullOf)
    const { cells, places } = this.classes.withStarts(starts)
    const counts: Record<Move, number> = { up: 0, down: 0, unchanged: 0, 'cannot-tell': 0 }
    const inWords = (range: number, { document }: RuleSet) =>
      rangeInWords(document, Math.floor(range / starts.length), range % starts.length)
    const swaps = cells.map(({ before: was, after: is, move, count }): Swap => {
      counts[move] += count
      return { before: inWords(was, before), after: inWords(is, after), move, count }
    })
    return { kind: 'risk', judged: size, counts, swaps: together(swaps), ...this.listed(places) }
  }

  weightMoves(weights: ReadonlyMap<FactorId, number>): KindMoves {
    const isSame = planFor(this.before).factors.every(({ id, weight }) => (weights.get(id) ?? weight) === weight)
    return this.compared(() => this.indexed().weighed(weights), isSame ? 'nothing' : 'all')
  }

  private compared(standing: () => StandingOfMany, mayMove: MayMove): KindMoves {
    const { kind, size } = this
    const { bits } = this.facts
    try {
      const [before, after] = [this.published(), standing()]
      const moved = movesOfMany(before, after, mayMove, bits)
      const counts = Object.fromEntries(moves.map((move) => [move, countIn(moved[move])])) as Record<Move, number>
      const swaps = swapsOfMany(before.words, after.words, moved)
      return { kind, judged: size, counts, swaps, ...this.listed(placesOf(moved)) }
    } finally {
      bits.useAgain()
    }
  }

  private published(): StandingOfMany {
    if (this.kind === 'risk') return this.indexed().published().standing
    return (this.known ??= heldStanding(this.standingUnder(this.before), this.facts.bits))
  }

  private standingUnder(ruleSet: RuleSet): StandingOfMany {
    return this.kind === 'risk' ? this.indexed().standing(ruleSet) : standingOfMany(this.kind, ruleSet, this.facts, this.truths)
  }

  private indexed(): Forms {
    return (this.forms ??= new Forms(this.facts, this.truths, this.before))
  }

  private listed(places: KindMoves['places']): Pick<KindMoves, 'cases' | 'places'> {
    return { places, cases: (move) => Array.from(places(move), (place) => this.ids[place] ?? '') }
  }
}

/** Who made each move: the bitmaps themselves are used again. */
function placesOf(moved: Readonly<Record<Move, Bitmap>>): KindMoves['places'] {
  const words = moved.up.length
  const kept = new Int32Array(moves.length * words)
  moves.forEach((move, at) => kept.set(moved[move], at * words))
  return (move) => placesIn(kept.subarray(moves.indexOf(move) * words, (moves.indexOf(move) + 1) * words))
}

/** Bands of the same label are one row and one column. */
function together(swaps: readonly Swap[]): Swap[] {
  const found = new Map<string, Swap>()
  for (const { before, after, move, count } of swaps) {
    const key = JSON.stringify([before, after, move])
    found.set(key, { before, after, move, count: count + (found.get(key)?.count ?? 0) })
  }
  return [...found.values()]
}
