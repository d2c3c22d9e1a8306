import { byNumber } from '../kinds/rule.ts'
import { kindIds, type KindId } from '../rule-set/document.ts'
import { decide, type RuleSet } from '../rule-set/rule-set.ts'
import { alike, readsAlike } from './alike.ts'
import { type BandClass, bandClass, type BandRange, bandStarts, type BandStarts, BandTable } from './band-index.ts'
import type { PastCase } from './case.ts'
import { judgeOf } from './judge.ts'
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
  }
}

class PreparedKind {
  readonly kind: KindId
  readonly asked: readonly Asked[]
  private readonly before: RuleSet
  private readonly cases: readonly PastCase[]
  private groups: readonly Group[] | undefined
  private bands: readonly (Group & { bands: BandClass; range: BandRange })[] | undefined

  constructor(kind: KindId, before: RuleSet, cases: readonly PastCase[]) {
    this.kind = kind
    this.before = before
    this.cases = cases
    this.asked = cases.flatMap(({ id, asked }) => {
      const input = asked[kind]
      return input ? [{ id, input }] : []
    })
  }

  moves(after: RuleSet): KindMoves {
    const { kind, before } = this
    const same = alike(before, after)
    if (kind === 'risk' && (same.kinds.risk || same.riskButBands)) return this.bandMoves(bandStarts(after.document), after)
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
    this.bands ??= this.bandGroups(published)
    const names = [wordsOf(this.before), wordsOf(after)] as const
    const table = new BandTable(starts, this.bands[0]?.bands.of ?? 0, published)
    return this.added(
      this.bands.map(({ members, bands, range }) => {
        const now = table.rangeOf(bands)
        return { members, move: table.moveOf(bands, range, now), before: names[0](range), after: names[1](now) }
      }),
    )
  }

  private bandGroups(published: BandStarts) {
    const order = byNumber(this.before.document.instrument?.bands ?? {}).map(([id]) => id)
    const classes = this.asked.map(({ input }) => bandClass(decide(this.before, 'risk', input), order))
    const table = new BandTable(published, classes[0]?.of ?? 0)
    return grouped(classes, (each) => JSON.stringify(each)).flatMap(({ members }) => {
      const bands = classes[members[0] ?? 0]
      return bands ? [{ members, bands, range: table.rangeOf(bands) }] : []
    })
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
    return { kind: this.kind, judged: result?.judged ?? 0, counts, swaps: result?.swaps ?? [], cases: (move) => lists[move] }
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
    const cases = (move: Move) => {
      const places = judged.flatMap((group) => (group.move === move ? group.members : []))
      return places.sort((one, other) => one - other).map((place) => this.asked[place]?.id ?? '')
    }
    return {
      kind: this.kind,
      judged: this.asked.length,
      counts,
      swaps: [...swaps.values()].flatMap((row) => [...row.values()].flat()),
      cases,
    }
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
function wordsOf({ document }: RuleSet): (range: BandRange) => string {
  const labels = byNumber(document.instrument?.bands ?? {}).map(([, { label }]) => label.toLowerCase())
  const words = labels.map((low, atLeast) => labels.map((high, atMost) => (atLeast === atMost ? low : `${low} to ${high}`)))
  return ({ atLeast, atMost }) => words[atLeast]?.[atMost] ?? ''
}
