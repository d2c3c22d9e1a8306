import { basesOf } from './derivation.ts'
import { type Bits, joiner, type Place, placesOf } from './bits.ts'
import { isDay } from './civil-day.ts'
import type { DecisionInput } from './facts.ts'
import type { Flat, Literal } from './flat.ts'
import { type Comparing, type Counting, namesRead } from './node.ts'
import type { Filler } from './program.ts'
import { isOfOneValue, type Regions, regionsOf } from './regions.ts'
import type { Layout, Slot } from './slots.ts'
import { type Coded, walker } from './walk.ts'
import { TRUE, type Truth, UNKNOWN } from './truth.ts'

/**
 * All conditions of a program in one go, several times faster than one by one.
 * By its region a value says which comparisons it makes true and which false: a pair of words that is kept ready, made by the
 * evaluators of the single comparisons themselves. Groups are a few operations on words. Comparisons that look at more than one
 * value are asked one by one.
 */
export function atOnce(flat: Flat, layout: Layout): (input: DecisionInput, fill?: Filler) => Truth[] {
  const fields = fieldsOf(flat.literals, layout)
  const single = flat.literals.map((_, index) => index).filter((index) => !fields.some(({ of }) => of.includes(index)))
  const { places, width } = placesOf(flat, [...fields.map(({ of }) => of), ...single.map((index) => [index])])
  const placed = (index: number) => ({ ...(flat.literals[index] as Literal), ...(places[index] as Place) })
  const coded = fields.map(({ slot, regions, of }): Coded => codedField(slot, regions, of.map(placed), layout))
  const kept = keptSlots(
    single.map((index) => flat.literals[index] as Literal),
    layout,
  )
  const isEarly = ({ slot }: Coded) => slot.filled === 'supplied' && !slot.byKind && !kept.has(slot.name)
  const walk = walker(coded.filter(isEarly), layout.slots, kept, width)
  const late = coded.filter((field) => !isEarly(field))
  const others = single.map(placed)
  const join = joiner(flat, places, width)
  const roots = Int32Array.from(flat.roots.flatMap((root) => [(places[root] as Place).word, Math.log2((places[root] as Place).mask >>> 0)]))
  const open: Truth[] = flat.roots.map(() => UNKNOWN)
  const decide = (bits: Bits, input: DecisionInput, fill: Filler | undefined): Truth[] => {
    bits.fill(0)
    const slots = layout.blank()
    slots[0] = isDay(input.asOf) ? input.asOf : null
    walk(input.facts, slots, bits)
    if (late.length > 0 || others.length > 0) {
      layout.derive(slots)
      fill?.(slots, input)
      for (const { slot, word, regions, table } of late) {
        const row = 2 * regions.of(slots[slot.index])
        bits[word]! |= table[row]!
        bits[word + width]! |= table[row + 1]!
      }
      for (const each of others) set(bits, each, each.part.truth(slots), width)
    }
    join(bits)
    const truths = open.slice()
    for (let i = 0; i < truths.length; i++) {
      const word = roots[2 * i]!
      const bit = roots[2 * i + 1]!
      truths[i] = (UNKNOWN + ((bits[word]! >>> bit) & 1) - ((bits[word + width]! >>> bit) & 1)) as Truth
    }
    return truths
  }
  const ready = new Int32Array(2 * width)
  let isBusy = false
  return (input, fill) => {
    // A getter among somebody's facts may decide another case while this one is decided.
    if (isBusy) return decide(new Int32Array(2 * width), input, fill)
    isBusy = true
    try {
      return decide(ready, input, fill)
    } finally {
      isBusy = false
    }
  }
}

/** The comparisons of one fact that regions can be made for. */
type Field = { slot: Slot; regions: Regions; of: readonly number[] }

function fieldsOf(literals: readonly Literal[], { slots }: Layout): Field[] {
  return slots.flatMap((slot): Field[] => {
    const own = literals.flatMap(({ part: { node } }, index) =>
      isOfOneValue(node) && node.subject.name === slot.name ? [{ index, node }] : [],
    )
    // As many as one word has bits; whatever is more is asked one by one.
    const some = own.slice(0, 32)
    if (some.length === 0 || slot.filled === 'constant') return []
    const regions = regionsOf(
      slot.type,
      some.map(({ node }) => node),
    )
    return [{ slot, regions, of: some.map(({ index }) => index) }]
  })
}

function codedField(slot: Slot, regions: Regions, of: readonly (Literal & Place)[], layout: Layout): Coded {
  const table = regions.samples.flatMap((sample) => {
    const slots = layout.blank()
    slots[slot.index] = sample
    const pair = new Int32Array(2)
    for (const each of of) set(pair, { ...each, word: 0 }, each.part.truth(slots), 1)
    return [...pair]
  })
  return { slot, regions, word: (of[0] as Place).word, table }
}

function set(bits: Bits, { isDenied, word, mask }: Literal & Place, truth: Truth, width: number): void {
  if (truth === UNKNOWN) return
  if ((truth === TRUE) === isDenied) bits[word + width]! |= mask
  else bits[word]! |= mask
}

/** What comparisons that are asked one by one look at, and what derived facts are made of. */
function keptSlots(literals: readonly Literal[], { slots }: Layout): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { part } of literals) for (const name of namesRead(part.node as Comparing | Counting)) found.add(name)
  for (const slot of slots) if (slot.filled === 'derived') for (const base of basesOf(slot.derivation)) found.add(base)
  return found
}
