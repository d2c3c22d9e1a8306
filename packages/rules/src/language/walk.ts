import type { Bits } from './bits.ts'
import type { Facts } from './facts.ts'
import type { Slots } from './program.ts'
import { isPlain } from './read.ts'
import type { Regions } from './regions.ts'
import type { Slot } from './slots.ts'
import { interned } from './values.ts'

/** A fact whose value settles comparisons by its region. `table`: for each region the bits that are true, and those that are false. */
export type Coded = { slot: Slot; regions: Regions; word: number; table: readonly number[] }

type Supplied = Extract<Slot, { filled: 'supplied' }>

/** What becomes of a fact: by its region, found at once for words and for yes or no; or into its slot as it is; or nothing. */
const [WORD, BOOLEAN, STORED, NOTHING] = [0, 1, 2, 3]

type Take = (facts: Facts, slots: Slots, bits: Bits) => boolean

/**
 * Takes facts as they come, each once: own properties only, what is not of its type as unknown.
 * Facts mostly come with the same names in the same order; that order is remembered. Remembering changes no result.
 */
export function walker(
  coded: readonly Coded[],
  all: readonly Slot[],
  kept: ReadonlySet<string>,
  width: number,
): (facts: Facts, slots: Slots, bits: Bits) => void {
  const supplied = all.filter((slot): slot is Supplied => slot.filled === 'supplied' && !slot.byKind)
  const isAtOnce = (field: Coded) => field.word < 2 && (field.slot.type.type === 'boolean' || shortWords(field) !== undefined)
  const atOnce = new Map(coded.filter(isAtOnce).map((field) => [field.slot.name, field]))
  const read = supplied.filter(({ name }) => kept.has(name))
  const asked = coded.filter((field) => !isAtOnce(field))
  const slotOf = new Map([...read, ...asked.map(({ slot }) => slot)].map(({ name, index }) => [name, index]))
  const ask = asker(asked, width)
  let take: Take = () => false
  return (facts, slots, bits) => {
    if (!isPlain(facts) || !take(facts, slots, bits)) {
      const own = { ...facts }
      bits.fill(0)
      for (const { index } of supplied) slots[index] = null
      take = takerOf(Object.keys(own), atOnce, slotOf, width)
      take(own, slots, bits)
    }
    for (let i = 0; i < read.length; i++) {
      const { index, read: reader } = read[i]!
      const value = slots[index]
      if (value !== null) slots[index] = value === undefined ? null : reader(value)
    }
    ask(slots, bits)
  }
}

/** For facts with these names in this order; false for any other. Nothing is called and nothing of the bits stored in the loop: that makes it fast. */
function takerOf(order: readonly string[], atOnce: ReadonlyMap<string, Coded>, slotOf: ReadonlyMap<string, number>, width: number): Take {
  const words: string[] = []
  const rows: number[] = []
  const steps = order.flatMap((name, i) => {
    const field = atOnce.get(name)
    const own = field && shortWords(field)
    for (let length = 0; length < 16; length++) words[(i << 4) + length] = own?.[length]?.word ?? NONE
    const start = rows.length
    if (field) rows.push(...(own ? rowsByLength(field, own) : field.table))
    if (field) return [own ? WORD : BOOLEAN, field.word, start]
    const slot = slotOf.get(name)
    return slot === undefined ? [NOTHING, 0, 0] : [STORED, slot, 0]
  })
  const plan = Int32Array.from(steps)
  const table = Int32Array.from(rows)
  return (facts, slots, bits) => {
    let i = 0
    let yes = 0
    let no = 0
    let yesNext = 0
    let noNext = 0
    for (const name in facts) {
      if (name !== order[i]) return false
      const value: unknown = facts[name]
      const at = 3 * i
      const what = plan[at]!
      const word = plan[at + 1]!
      let row = plan[at + 2]!
      if (what === WORD) {
        if (typeof value === 'string') {
          // No two words of one choice have the same length here: the length finds the only one that it can be.
          const length = value.length & 15
          if (value === words[(i << 4) + length]) row += 2 * length + 2
        }
      } else if (what === BOOLEAN) row += value === true ? 2 : value === false ? 4 : 0
      else if (what === STORED) slots[word] = value
      i++
      if (what >= STORED) continue
      if (word === 0) {
        yes |= table[row]!
        no |= table[row + 1]!
      } else {
        yesNext |= table[row]!
        noNext |= table[row + 1]!
      }
    }
    bits[0]! |= yes
    bits[width]! |= no
    if (width > 1) {
      bits[1]! |= yesNext
      bits[width + 1]! |= noNext
    }
    return i === order.length
  }
}

/** Reads what stands in its slot as it came, and finds its region. Numbers in a loop of their own. */
function asker(asked: readonly Coded[], width: number): (slots: Slots, bits: Bits) => void {
  const numbers = asked.filter(({ slot }) => slot.type.type === 'integer')
  const others = asked.filter(({ slot }) => slot.type.type !== 'integer')
  const bound = (end: 'minimum' | 'maximum', otherwise: number) =>
    numbers.map(({ slot: { type } }) => (type.type === 'integer' ? (type[end] ?? otherwise) : otherwise))
  const least = bound('minimum', Number.MIN_SAFE_INTEGER)
  const most = bound('maximum', Number.MAX_SAFE_INTEGER)
  return (slots, bits) => {
    for (let i = 0; i < numbers.length; i++) {
      const { slot, regions, table, word } = numbers[i]!
      const value = slots[slot.index]
      let row = 0
      if (typeof value === 'number' && value >= least[i]! && value <= most[i]! && Number.isInteger(value)) {
        const limits = regions.limits!
        row = 2
        for (let n = 0; n < limits.length; n++) {
          const limit = limits[n] as number
          if (value < limit) break
          row += value === limit ? 2 : 4
        }
      }
      bits[word]! |= table[row]!
      bits[word + width]! |= table[row + 1]!
    }
    for (let i = 0; i < others.length; i++) {
      const { slot, regions, table, word } = others[i]!
      const row = 2 * regions.of((slot as Supplied).read(slots[slot.index]))
      bits[word]! |= table[row]!
      bits[word + width]! |= table[row + 1]!
    }
  }
}

/** No text has this in it: it stands where no word is. */
const NONE = '\u0000'

type Word = { word: string; region: number }

/** The words of a choice by their length, where no two have the same in 16. */
function shortWords({ slot: { type }, regions }: Coded): (Word | undefined)[] | undefined {
  if (type.type !== 'choice') return undefined
  const found: (Word | undefined)[] = Array.from({ length: 16 })
  for (const choice of type.choices) {
    const place = choice.length & 15
    if (found[place]) return undefined
    found[place] = { word: interned(choice), region: regions.of(choice) }
  }
  return found
}

/** The row of "not known", then one for each length. */
const rowsByLength = ({ table }: Coded, words: readonly (Word | undefined)[]): number[] =>
  [0, ...words.map((word) => word?.region ?? 0)].flatMap((region) => [table[2 * region] ?? 0, table[2 * region + 1] ?? 0])
