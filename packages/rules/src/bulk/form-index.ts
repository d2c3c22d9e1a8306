import { type Basis, OPEN } from '../kinds/risk/basis.ts'
import { type BandStarts, bandsOfTotals, elsewhere } from './band-index.ts'
import { type Move, moves } from './move.ts'

/** What moved: so many cases from one range of bands to another, and who. A range is `atLeast × bands + atMost`. */
export type Moved = { cells: Cell[]; places(move: Move): Int32Array }
type Cell = { before: number; after: number; move: Move; count: number }

const [UP, DOWN, UNCHANGED, CANNOT_TELL] = [0, 1, 2, 3]

/**
 * Forms as columns of small numbers, for tuning weights and the beginnings of bands. No rule is asked again: floors and patterns
 * do not depend on either. Forms with the same points and the same forced bands are one class, judged once.
 */
export class FormIndex {
  readonly size: number
  private readonly starts: BandStarts
  private readonly weights: readonly number[]
  private readonly of: number
  /** For each factor a column: how often its weight counts. */
  private readonly times: readonly Uint8Array[]
  private readonly least: Int32Array
  private readonly most: Int32Array
  private readonly forced: Uint8Array
  private readonly mayBeForced: Uint8Array
  private classes: Classes | undefined

  constructor(bases: readonly Basis[], weights: readonly number[], starts: BandStarts) {
    this.size = bases.length
    this.starts = starts
    this.weights = weights
    this.of = greatest(weights)
    this.times = weights.map(() => new Uint8Array(this.size))
    this.forced = new Uint8Array(this.size)
    this.mayBeForced = new Uint8Array(this.size)
    bases.forEach(({ times, forced, mayBeForced }, form) => {
      this.times.forEach((column, factor) => (column[form] = times[factor] ?? OPEN))
      this.forced[form] = forced
      this.mayBeForced[form] = mayBeForced
    })
    this.least = new Int32Array(this.size)
    this.most = new Int32Array(this.size)
    weights.forEach((weight, factor) => {
      const { least, most } = this
      const column = this.times[factor]!
      for (let form = 0; form < column.length; form++) {
        const times = column[form]!
        least[form]! += times === OPEN ? 0 : times * weight
        most[form]! += times === OPEN ? 2 * weight : times * weight
      }
    })
  }

  /** Bands that begin elsewhere. An open form that stays in its range may still end in another band. */
  withStarts(starts: BandStarts): Moved {
    this.classes ??= classesOf(this)
    const { first, members, ends } = this.classes
    const [before, after] = [bandsOfTotals(this.starts, this.of), bandsOfTotals(starts, this.of)]
    const other = elsewhere(before, after, starts.length)
    const { least, most, forced, mayBeForced } = this
    const bands = starts.length
    const tally = new Tally(bands)
    const { steps } = tally
    const moveOf = new Uint8Array(first.length)
    for (let each = 0, start = 0; each < first.length; each++) {
      const form = first[each]!
      const lowest = least[form]!
      const highest = most[form]!
      const was = rangeOf(before[lowest]!, before[highest]!, forced[form]!, mayBeForced[form]!, bands)
      const is = rangeOf(after[lowest]!, after[highest]!, forced[form]!, mayBeForced[form]!, bands)
      let move = steps[was * bands * bands + is]!
      if (move === UNCHANGED && was % (bands + 1) !== 0) {
        const counts = other[forced[form]!]!
        if (counts[highest]! > (lowest === 0 ? 0 : counts[lowest - 1]!)) move = CANNOT_TELL
      }
      moveOf[each] = move
      tally.add(was, is, move, ends[each]! - start)
      start = ends[each]!
    }
    const places = (move: Move) => {
      const wanted = moves.indexOf(move)
      const marked = new Int32Array((this.size + 31) >> 5)
      for (let each = 0, at = 0; each < first.length; each++) {
        if (moveOf[each] !== wanted) at = ends[each]!
        else for (; at < ends[each]!; at++) marked[members[at]! >> 5]! |= 1 << (members[at]! & 31)
      }
      return placesIn(marked, tally.countOf(wanted))
    }
    return { cells: tally.cells(), places }
  }

  /** Other weights, and perhaps other beginnings. Of an open form that stays in its range nobody can tell: its answers weigh otherwise. */
  withWeights(weights: readonly number[], starts: BandStarts): Moved {
    const changed = weights.map((weight, factor) => weight - this.weights[factor]!)
    const factors = changed.flatMap((more, factor) => (more === 0 ? [] : [factor]))
    const columns = factors.map((factor) => this.times[factor]!)
    const more = factors.map((factor) => changed[factor]!)
    const before = bandsOfTotals(this.starts, this.of)
    const after = bandsOfTotals(starts, greatest(weights))
    const { least, most, forced, mayBeForced, size } = this
    const bands = starts.length
    const tally = new Tally(bands)
    const { steps } = tally
    const moveOf = new Uint8Array(size)
    for (let form = 0; form < size; form++) {
      const was = rangeOf(before[least[form]!]!, before[most[form]!]!, forced[form]!, mayBeForced[form]!, bands)
      let lowest = least[form]!
      let highest = most[form]!
      for (let k = 0; k < columns.length; k++) {
        const times = columns[k]![form]!
        const one = more[k]!
        if (times === OPEN) highest += 2 * one
        else {
          lowest += times * one
          highest += times * one
        }
      }
      const is = rangeOf(after[lowest]!, after[highest]!, forced[form]!, mayBeForced[form]!, bands)
      const step = steps[was * bands * bands + is]!
      const move = step === UNCHANGED && was % (bands + 1) !== 0 ? CANNOT_TELL : step
      moveOf[form] = move
      tally.add(was, is, move, 1)
    }
    const places = (move: Move) => {
      const wanted = moves.indexOf(move)
      const found = new Int32Array(tally.countOf(wanted))
      for (let form = 0, next = 0; form < moveOf.length; form++) if (moveOf[form] === wanted) found[next++] = form
      return found
    }
    return { cells: tally.cells(), places }
  }

  /** Points, forms alike in which have one class. */
  classKey(form: number): number {
    const bands = this.starts.length
    return ((this.least[form]! * (this.of + 1) + this.most[form]!) * bands + this.forced[form]!) * bands + this.mayBeForced[form]!
  }
}

const greatest = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + 2 * weight, 0)

/** Both ends in one number. They are equal where it is a multiple of `bands + 1`. */
function rangeOf(least: number, most: number, forced: number, mayBeForced: number, bands: number): number {
  const atLeast = forced > least ? forced : least
  const highest = mayBeForced > most ? mayBeForced : most
  return atLeast * bands + (highest > atLeast ? highest : atLeast)
}

/** An end that falls is a move down, whatever the other does. */
function stepOf(was: number, is: number, bands: number): number {
  if (was === is) return UNCHANGED
  const fallsBelow = Math.floor(is / bands) < Math.floor(was / bands) || is % bands < was % bands
  return fallsBelow ? DOWN : UP
}

/** `members` of each class stand together, up to its end; `first` is one of them. */
type Classes = { first: Int32Array; members: Int32Array; ends: Int32Array }

function classesOf(index: FormIndex): Classes {
  const known = new Map<number, number>()
  const first: number[] = []
  const sizes: number[] = []
  const classOf = new Int32Array(index.size)
  for (let form = 0; form < index.size; form++) {
    const key = index.classKey(form)
    let each = known.get(key)
    if (each === undefined) {
      each = first.push(form) - 1
      known.set(key, each)
      sizes.push(0)
    }
    classOf[form] = each
    sizes[each]!++
  }
  let end = 0
  const ends = Int32Array.from(sizes, (size) => (end += size))
  const next = ends.map((each, at) => each - sizes[at]!)
  const members = new Int32Array(index.size)
  classOf.forEach((each, form) => (members[next[each]!++] = form))
  return { first: Int32Array.from(first), members, ends }
}

/** Counts by range before, range after, and move. */
class Tally {
  /** The move from each range to each other. */
  readonly steps: Uint8Array
  private readonly counts: Int32Array
  private readonly ranges: number

  constructor(bands: number) {
    this.ranges = bands * bands
    this.steps = Uint8Array.from({ length: this.ranges * this.ranges }, (_, pair) =>
      stepOf(Math.floor(pair / this.ranges), pair % this.ranges, bands),
    )
    this.counts = new Int32Array(this.ranges * this.ranges * moves.length)
  }

  add(before: number, after: number, move: number, count: number): void {
    this.counts[(before * this.ranges + after) * moves.length + move]! += count
  }

  countOf(move: number): number {
    let sum = 0
    for (let at = move; at < this.counts.length; at += moves.length) sum += this.counts[at]!
    return sum
  }

  cells(): Cell[] {
    const found: Cell[] = []
    this.counts.forEach((count, at) => {
      if (count === 0) return
      const pair = Math.floor(at / moves.length)
      const move = moves[at % moves.length] ?? 'cannot-tell'
      found.push({ before: Math.floor(pair / this.ranges), after: pair % this.ranges, move, count })
    })
    return found
  }
}

/** The places of the bits that are set, in order. */
function placesIn(marked: Int32Array, count: number): Int32Array {
  const found = new Int32Array(count)
  for (let word = 0, next = 0; word < marked.length; word++) {
    for (let bits = marked[word]!; bits !== 0; bits &= bits - 1) found[next++] = word * 32 + 31 - Math.clz32(bits & -bits)
  }
  return found
}
