import type { Flat, Group } from './flat.ts'

/** Two rows of words, one bit for each comparison and group: what is true, and from `width` on what is false. In neither: unknown. */
export type Bits = Int32Array
export type Place = { word: number; mask: number }

/** Comparisons of one fact stand in one word, so that one value settles them with two operations. At most 32 together. */
export function placesOf(
  { literals, groups }: Flat,
  together: readonly (readonly number[])[],
): { places: readonly Place[]; width: number } {
  const places: Place[] = []
  let next = 0
  const take = (index: number) => {
    places[index] = { word: next >> 5, mask: 1 << (next & 31) }
    next++
  }
  for (const some of together) {
    if ((next & 31) + some.length > 32) next = (next | 31) + 1
    some.forEach(take)
  }
  groups.forEach((_, index) => take(literals.length + index))
  return { places, width: (next + 31) >> 5 }
}

/** Settles every group from its parts. `all` and `any` are one operation with true and false exchanged. */
export function joiner({ literals, groups }: Flat, places: readonly Place[], width: number): (bits: Bits) => void {
  const steps: number[] = []
  const members: number[] = []
  groups.forEach(({ needed, of }, index) => {
    const own = places[literals.length + index] as Place
    const sort = sortOf({ needed, of })
    const parts = of.map((each) => places[each] as Place)
    const masks = sort === COUNT ? parts : gathered(parts)
    members.push(...masks.flatMap(({ word, mask }) => [word, mask]))
    steps.push(members.length, sort, own.word, own.mask, needed)
  })
  const [step, member] = [Int32Array.from(steps), Int32Array.from(members)]
  return (bits) => {
    let at = 0
    for (let s = 0; s < step.length; s += 5) {
      const end = step[s]!
      const word = step[s + 2]!
      const mask = step[s + 3]!
      const sort = step[s + 1]
      if (sort === COUNT) {
        at = count(bits, at, end, word, mask, step[s + 4]!)
        continue
      }
      const here = sort === ALL ? 0 : width
      const there = width - here
      let missing = 0
      let against = 0
      for (; at < end; at += 2) {
        const place = member[at]!
        const wanted = member[at + 1]!
        missing |= (bits[place + here]! & wanted) ^ wanted
        against |= bits[place + there]! & wanted
      }
      // All ones where it is not 0, without a branch that nobody can predict.
      bits[word + here]! |= mask & ~((missing | -missing) >> 31)
      bits[word + there]! |= mask & ((against | -against) >> 31)
    }
  }

  function count(bits: Bits, from: number, end: number, word: number, mask: number, needed: number): number {
    let yes = 0
    let lost = 0
    for (let at = from; at < end; at += 2) {
      if (bits[member[at]!]! & member[at + 1]!) yes++
      else if (bits[member[at]! + width]! & member[at + 1]!) lost++
    }
    if (yes >= needed) bits[word]! |= mask
    else if ((end - from) / 2 - lost < needed) bits[word + width]! |= mask
    return end
  }
}

const [ALL, ANY, COUNT] = [0, 1, 2]
const sortOf = ({ needed, of }: Group) => (needed === of.length ? ALL : needed === 1 ? ANY : COUNT)

/** One mask for each word. */
function gathered(places: readonly Place[]): Place[] {
  const masks = new Map<number, number>()
  for (const { word, mask } of places) masks.set(word, (masks.get(word) ?? 0) | mask)
  return [...masks].map(([word, mask]) => ({ word, mask }))
}
