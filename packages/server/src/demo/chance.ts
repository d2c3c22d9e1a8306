/** Numbers that look random and come out the same on every run. */
export type Chance = {
  /** At least 0, less than 1. */
  next(): number
  /** Both ends count. */
  whole(least: number, most: number): number
  pick<Item>(items: readonly Item[]): Item
}

/** mulberry32: small, fast, and good enough for invented people. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return { next, whole, pick: (items) => items[whole(0, items.length - 1)]! }
}
