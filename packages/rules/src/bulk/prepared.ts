import { byNumber } from '../kinds/rule.ts'
import { kindIds, type KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { alike, readsAlike } from './alike.ts'
import { bandStarts, type BandStarts, weightsOf } from './band-index.ts'
import type { PastCase } from './case.ts'
import { FormIndex, type Moved } from './form-index.ts'
import { judgeOf } from './judge.ts'
import type { FactorId } from '../kinds/index.ts'
import type { Move } from './move.ts'
import { seenBy } from './seen.ts'
import { simulate, type Swap } from './simulate.ts'

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
  /** What `simulate` finds, without reasons. Cases that come out alike are judged once. */
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

type Asked = { id: string; input: PastCase['asked'][KindId] & {} }
/** Cases that come out the same. `members`: places among those asked. */
type Group = { members: number[] }

export function prepare(before: RuleSet, cases: readonly PastCase[]): Prepared {
  const kinds = kindIds.filter((kind) => kind !== 'risk' || before.document.instrument)
  const all = kinds.map((kind) => new PreparedKind(kind, before, cases)).filter(({ asked }) => asked.length > 0)
  return {
    moves: (after) => all.filter(({ kind }) => kind !== 'risk' || after.document.instrument).map((each) => each.moves(after)),
    bandMoves: (starts) => {
      const risk = all.find(({ kind }) => kind === 'risk') ?? new PreparedKind('risk', before, [])
      return risk.bandMoves(starts, before)
    },
    weightMoves: (weights) => {
      const risk = all.find(({ kind }) => kind === 'risk') ?? new PreparedKind('risk', before, [])
      return risk.scaleMoves(weightsWith(weights, before), bandStarts(before.document), before)
    },
  }
}

function weightsWith(weights: Readonly<Record<FactorId, number>>, { document }: RuleSet): number[] {
  const factors = byNumber(document.instrument?.factors ?? {})
  for (const [id, weight] of Object.entries(weights)) {
    if (!factors.some(([each]) => each === id)) throw new RangeError(`the instrument has no factor "${id}"`)
    if (!Number.isSafeInteger(weight) || weight < 1) throw new RangeError(`the weight of "${id}" is not a whole number from 1`)
  }
  return factors.map(([id, { weight }]) => (Object.hasOwn(weights, id) ? (weights[id] ?? weight) : weight))
}

class PreparedKind {
  readonly kind: KindId
  readonly asked: readonly Asked[]
  private readonly ids: readonly string[]
  private readonly before: RuleSet
  private readonly cases: readonly PastCase[]
  private groups: readonly Group[] | undefined
  private forms: FormIndex | undefined

  constructor(kind: KindId, before: RuleSet, cases: readonly PastCase[]) {
    this.kind = kind
    this.before = before
    this.cases = cases
    this.asked = cases.flatMap(({ id, asked }) => {
      const input = asked[kind]
      return input ? [{ id, input }] : []
    })
    this.ids = this.asked.map(({ id }) => id)
  }

  moves(after: RuleSet): KindMoves {
    const { kind, before } = this
    const same = alike(before, after)
    if (kind === 'risk' && (same.kinds.risk || same.riskButBands)) return this.bandMoves(bandStarts(after.document), after)
    if (kind === 'risk' && same.riskButScale) return this.scaleMoves(weightsOf(after.document), bandStarts(after.document), after)
    const seen = seenBy(kind, before)
    if (!seen || !seenBy(kind, after) || !readsAlike(kind, before, after)) return this.oneByOne(after)
    this.groups ??= grouped(this.asked, ({ input }) => seen(input))
    const judge = judgeOf(before, after)
    return this.added(
      this.groups.flatMap(({ members }) => {
        const first = this.asked[members[0] ?? 0]
        if (!first) return []
        const { move, before: one, after: other } = judge(kind, first.input)
        return [{ members, move, before: one.standing.inWords, after: other.standing.inWords }]
      }),
    )
  }

  bandMoves(starts: BandStarts, after: RuleSet): KindMoves {
    const published = bandStarts(this.before.document)
    if (starts.length !== published.length) throw new RangeError(`there are ${published.length} bands, and beginnings for ${starts.length}`)
    return this.shown(this.indexed().withStarts(starts), after)
  }

  scaleMoves(weights: readonly number[], starts: BandStarts, after: RuleSet): KindMoves {
    return this.shown(this.indexed().withWeights(weights, starts), after)
  }

  private indexed(): FormIndex {
    const { document, kinds } = this.before
    const bases = () => this.asked.flatMap(({ input }) => kinds.risk.basis?.(input) ?? [])
    return (this.forms ??= new FormIndex(bases(), weightsOf(document), bandStarts(document)))
  }

  private shown({ cells, places }: Moved, after: RuleSet): KindMoves {
    const counts: Record<Move, number> = { up: 0, down: 0, unchanged: 0, 'cannot-tell': 0 }
    const names = [wordsOf(this.before), wordsOf(after)] as const
    const swaps = cells.map((cell): Swap => {
      counts[cell.move] += cell.count
      return { before: names[0](cell.before), after: names[1](cell.after), move: cell.move, count: cell.count }
    })
    return { kind: 'risk', judged: this.asked.length, counts, swaps, ...this.listed(places) }
  }

  /** Where cases cannot be taken together. */
  private oneByOne(after: RuleSet): KindMoves {
    const [result] = simulate(this.before, after, this.cases, { kinds: [this.kind], reasons: false }).kinds
    const lists = {
      up: result?.up.map((each) => each.case) ?? [],
      down: result?.down.map((each) => each.case) ?? [],
      'cannot-tell': result?.cannotTell.map((each) => each.case) ?? [],
      unchanged: result?.unchanged ?? [],
    }
    const counts = {
      up: lists.up.length,
      down: lists.down.length,
      unchanged: lists.unchanged.length,
      'cannot-tell': lists['cannot-tell'].length,
    }
    const placeOf = new Map(this.ids.map((id, place) => [id, place]))
    const places = (move: Move) => Int32Array.from(lists[move], (id) => placeOf.get(id) ?? 0)
    return { kind: this.kind, judged: result?.judged ?? 0, counts, swaps: result?.swaps ?? [], cases: (move) => lists[move], places }
  }

  private added(judged: readonly (Group & { move: Move; before: string; after: string })[]): KindMoves {
    const counts: Record<Move, number> = { up: 0, down: 0, unchanged: 0, 'cannot-tell': 0 }
    const swaps = new Map<string, Map<string, Swap[]>>()
    for (const { members, move, before, after } of judged) {
      counts[move] += members.length
      const row = swaps.get(before) ?? new Map<string, Swap[]>()
      swaps.set(before, row)
      const cell = row.get(after) ?? []
      row.set(after, cell)
      const swap = cell.find((each) => each.move === move)
      if (swap) swap.count += members.length
      else cell.push({ before, after, move, count: members.length })
    }
    const places = (move: Move) => Int32Array.from(judged.flatMap((group) => (group.move === move ? group.members : []))).sort()
    const all = [...swaps.values()].flatMap((row) => [...row.values()].flat())
    return { kind: this.kind, judged: this.asked.length, counts, swaps: all, ...this.listed(places) }
  }

  private listed(places: KindMoves['places']): Pick<KindMoves, 'cases' | 'places'> {
    return { places, cases: (move) => Array.from(places(move), (place) => this.ids[place] ?? '') }
  }
}

/** In the order in which each first shows. */
function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string): Group[] {
  const groups = new Map<string, Group>()
  values.forEach((value, place) => {
    const key = keyOf(value)
    const known = groups.get(key)
    if (known) known.members.push(place)
    else groups.set(key, { members: [place] })
  })
  return [...groups.values()]
}

/** As the swap table names a range. */
function wordsOf({ document }: RuleSet): (range: number) => string {
  const labels = byNumber(document.instrument?.bands ?? {}).map(([, { label }]) => label.toLowerCase())
  const words = labels.flatMap((low, atLeast) => labels.map((high, atMost) => (atLeast === atMost ? low : `${low} to ${high}`)))
  return (range) => words[range] ?? ''
}
