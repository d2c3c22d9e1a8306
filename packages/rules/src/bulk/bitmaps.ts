/** One bit for each case, 32 to a word; bits behind the last case are 0. Whoever has one may read it until memory is used again. */
export type Bitmap = Int32Array

/** Of many cases: of which it is true, and of which false. In neither: unknown. */
export type Truths = { yes: Bitmap; no: Bitmap }

/**
 * Bitmaps of so many cases, and what is done with them. Their memory is used again after each rule set that is tried:
 * hundreds are made for one, and clearing away after them would cost more than all of the work.
 */
export class Bitmaps {
  readonly cases: number
  readonly all: Bitmap
  readonly none: Bitmap
  private readonly words: number
  private readonly free: Bitmap[] = []
  private taken: Bitmap[] = []
  /** How often each is held on to. */
  private readonly held = new Map<Bitmap, number>()

  constructor(cases: number) {
    this.cases = cases
    this.words = (cases + 31) >> 5
    this.none = new Int32Array(this.words)
    this.all = new Int32Array(this.words).fill(-1)
    if ((cases & 31) !== 0) this.all[this.words - 1] = (1 << (cases & 31)) - 1
  }

  /** Still there after `useAgain`, until it was let go as often. */
  hold(bitmap: Bitmap): Bitmap {
    this.held.set(bitmap, (this.held.get(bitmap) ?? 0) + 1)
    return bitmap
  }

  letGo(bitmap: Bitmap): void {
    const times = (this.held.get(bitmap) ?? 0) - 1
    if (times > 0) this.held.set(bitmap, times)
    else if (this.held.delete(bitmap)) this.taken.push(bitmap)
  }

  /** From now on nothing may be read that nobody holds on to. */
  useAgain(): void {
    for (const bitmap of new Set(this.taken))
      if (!this.held.has(bitmap) && bitmap !== this.all && bitmap !== this.none) this.free.push(bitmap)
    this.taken = []
  }

  /** With anything in it. */
  private take(): Bitmap {
    const bitmap = this.free.pop() ?? new Int32Array(this.words)
    this.taken.push(bitmap)
    return bitmap
  }

  /** In any of them. */
  union(bitmaps: readonly Bitmap[]): Bitmap {
    const [first = this.none, second, ...others] = bitmaps
    if (!second) return first
    const found = this.take()
    for (let i = 0; i < found.length; i++) found[i] = first[i]! | second[i]!
    for (const other of others) for (let i = 0; i < found.length; i++) found[i]! |= other[i]!
    return found
  }

  /** In every one of them. */
  intersection(bitmaps: readonly Bitmap[]): Bitmap {
    const [first = this.all, second, ...others] = bitmaps
    if (!second) return first
    const found = this.take()
    for (let i = 0; i < found.length; i++) found[i] = first[i]! & second[i]!
    for (const other of others) for (let i = 0; i < found.length; i++) found[i]! &= other[i]!
    return found
  }

  /** In the first, and not in the second. */
  without(bitmap: Bitmap, other: Bitmap): Bitmap {
    const found = this.take()
    for (let i = 0; i < found.length; i++) found[i] = bitmap[i]! & ~other[i]!
    return found
  }

  /** In the first of a pair and not in the second, for any of the pairs; and the other way round. */
  apart(pairs: readonly (readonly [Bitmap, Bitmap])[]): [first: Bitmap, second: Bitmap] {
    const [first, second] = [this.take().fill(0), this.take().fill(0)]
    for (const [one, other] of pairs) {
      for (let i = 0; i < first.length; i++) {
        const differ = one[i]! ^ other[i]!
        first[i]! |= one[i]! & differ
        second[i]! |= other[i]! & differ
      }
    }
    return [first, second]
  }

  /** In one of them only. */
  difference(one: Bitmap, other: Bitmap): Bitmap {
    const found = this.take()
    for (let i = 0; i < found.length; i++) found[i] = one[i]! ^ other[i]!
    return found
  }

  unknown({ yes, no }: Truths): Bitmap {
    const found = this.take()
    const { all } = this
    for (let i = 0; i < found.length; i++) found[i] = all[i]! & ~(yes[i]! | no[i]!)
    return found
  }

  /** In so many of them at least. `needed` is from 1 to as many as there are. */
  atLeast(needed: number, bitmaps: readonly Bitmap[]): Bitmap {
    if (needed === 1) return this.union(bitmaps)
    if (needed === bitmaps.length) return this.intersection(bitmaps)
    const reached = Array.from({ length: needed }, () => this.take().fill(0))
    for (const bitmap of bitmaps) {
      for (let count = needed - 1; count > 0; count--) {
        const [at, below] = [reached[count]!, reached[count - 1]!]
        for (let i = 0; i < at.length; i++) at[i]! |= below[i]! & bitmap[i]!
      }
      const first = reached[0]!
      for (let i = 0; i < first.length; i++) first[i]! |= bitmap[i]!
    }
    return reached[needed - 1]!
  }

  /** The cases of which `wanted` is 1 at the place of their code. */
  where(codes: Uint8Array | Int32Array, wanted: Uint8Array): Bitmap {
    const found = this.take().fill(0)
    const whole = codes.length >> 5
    for (let word = 0, at = 0; word < whole; word++) {
      let bits = 0
      for (let bit = 0; bit < 32; bit++, at++) bits |= wanted[codes[at]!]! << bit
      found[word] = bits
    }
    for (let at = whole << 5; at < codes.length; at++) found[whole]! |= wanted[codes[at]!]! << (at & 31)
    return found
  }

  /** For each of the amounts, the cases with so much or more. */
  reaching(amounts: Int32Array, limits: readonly number[]): Bitmap[] {
    const found = limits.map(() => this.take().fill(0))
    const whole = amounts.length >> 5
    for (let word = 0; word < whole; word++) {
      for (let limit = 0; limit < found.length; limit++) found[limit]![word] = reachingWord(amounts, word * 32, limits[limit]! - 1)
    }
    for (let at = whole << 5; at < amounts.length; at++) {
      found.forEach((bitmap, limit) => (bitmap[whole]! |= (amounts[at]! >= limits[limit]! ? 1 : 0) << (at & 31)))
    }
    return found
  }
}

/** The sign of the difference is the bit that is wanted. */
function reachingWord(amounts: Int32Array, from: number, below: number): number {
  let bits = 0
  for (let bit = 0; bit < 32; bit++) bits |= ((below - amounts[from + bit]!) >>> 31) << bit
  return bits
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export function countIn(bitmap: Bitmap): number {
  let count = 0
  for (let i = 0; i < bitmap.length; i++) count += bitsIn(bitmap[i]!)
  return count
}

/** The places of the cases in it, from 0, in order. */
export function placesIn(bitmap: Bitmap): Int32Array {
  const found = new Int32Array(countIn(bitmap))
  for (let word = 0, next = 0; word < bitmap.length; word++) {
    for (let bits = bitmap[word]!; bits !== 0; bits &= bits - 1) found[next++] = word * 32 + 31 - Math.clz32(bits & -bits)
  }
  return found
}
