import { type Bitmap, placesIn } from './bitmaps.ts'
import { type BandStarts, bandsOfTotals, elsewhere } from './band-index.ts'
import type { BasisOfBands } from './forms.ts'
import { type Move, moves } from './move.ts'

/** What moved: so many cases from one range of bands to another, and who. A range is `atLeast × bands + atMost`. */
export type Moved = { cells: Cell[]; places(move: Move): Int32Array }
type Cell = { before: number; after: number; move: Move; count: number }

const [UP, DOWN, UNCHANGED, CANNOT_TELL] = [0, 1, 2, 3]

/** Forms with the same points and the same forced bands are one class, judged once: for a slider that moves the beginnings of bands. */
export class BandClasses {
  private readonly starts: BandStarts
  private readonly of: number
  private readonly classes: Classes

  constructor({ totals: { least, most }, forced, mayBeForced }: BasisOfBands, starts: BandStarts, of: number) {
    this.starts = starts
    this.of = of
    this.classes = classesOf(
      [least, most, highest(forced, least.length), highest(mayBeForced, least.length)],
      [of + 1, of + 1, starts.length, starts.length],
    )
  }

  /** Bands that begin elsewhere. An open form that stays in its range may still end in another band. */
  withStarts(starts: BandStarts): Moved {
    const { size, ends, members, of } = this.classes
    const [least, most, forced, mayBeForced] = of as [Int32Array, Int32Array, Int32Array, Int32Array]
    const [before, after] = [bandsOfTotals(this.starts, this.of), bandsOfTotals(starts, this.of)]
    const other = elsewhere(before, after, starts.length)
    const bands = starts.length
    const tally = new Tally(bands)
    const { steps } = tally
    const moveOf = new Uint8Array(size)
    for (let each = 0, start = 0; each < size; each++) {
      const lowest = least[each]!
      const highest = most[each]!
      const was = rangeOf(before[lowest]!, before[highest]!, forced[each]!, mayBeForced[each]!, bands)
      const is = rangeOf(after[lowest]!, after[highest]!, forced[each]!, mayBeForced[each]!, bands)
      let move = steps[was * bands * bands + is]!
      if (move === UNCHANGED && was % (bands + 1) !== 0) {
        const counts = other[forced[each]!]!
        if (counts[highest]! > (lowest === 0 ? 0 : counts[lowest - 1]!)) move = CANNOT_TELL
      }
      moveOf[each] = move
      tally.add(was, is, move, ends[each]! - start)
      start = ends[each]!
    }
    const places = (move: Move) => {
      const wanted = moves.indexOf(move)
      const marked = new Int32Array((members.length + 31) >> 5)
      for (let each = 0, at = 0; each < size; each++) {
        if (moveOf[each] !== wanted) at = ends[each]!
        else for (; at < ends[each]!; at++) marked[members[at]! >> 5]! |= 1 << (members[at]! & 31)
      }
      return placesIn(marked)
    }
    return { cells: tally.cells(), places }
  }
}

/** For each form the highest band above the lowest that it is in, or 0. */
function highest(bands: readonly Bitmap[], size: number): Uint8Array {
  const found = new Uint8Array(size)
  bands.forEach((forms, below) => {
    for (const form of placesIn(forms)) found[form] = below + 1
  })
  return found
}

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

/** `members` of each class stand together, up to its end. `of`: what all of a class have in common. */
type Classes = { size: number; members: Int32Array; ends: Int32Array; of: readonly Int32Array[] }

/** Forms that are alike in all columns. Each column holds numbers from 0 up to below its limit. */
function classesOf(columns: readonly (Int32Array | Uint8Array)[], limits: readonly number[]): Classes {
  const forms = columns[0]?.length ?? 0
  const known = new Map<number, number>()
  const first: number[] = []
  const sizes: number[] = []
  const classOf = new Int32Array(forms)
  for (let form = 0; form < forms; form++) {
    let key = 0
    for (let at = 0; at < columns.length; at++) key = key * limits[at]! + columns[at]![form]!
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
  const members = new Int32Array(forms)
  classOf.forEach((each, form) => (members[next[each]!++] = form))
  return { size: first.length, members, ends, of: columns.map((column) => Int32Array.from(first, (form) => column[form]!)) }
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
