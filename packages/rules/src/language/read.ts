import type { Facts, ValueType } from './facts.ts'
import type { Slots } from './program.ts'
import { interned, type Reader } from './values.ts'

type Supplied = { name: string; index: number; type: ValueType; read: Reader }

/**
 * Copies facts into their slots, as they are; own properties only.
 * Facts mostly come with the same names in the same order (rows of one table, documents of one form). That order is remembered:
 * walking an object in its own order is several times faster than asking it for forty names. Remembering changes no result.
 */
export function taker(supplied: readonly Supplied[]): (facts: Facts, filled: Slots) => void {
  const indexOf = new Map(supplied.map(({ name, index }) => [name, index]))
  let order: readonly string[] = []
  let places: readonly number[] = []
  const isTaken = (facts: Facts, filled: Slots): boolean => {
    let i = 0
    for (const name in facts) {
      if (name !== order[i]) return false
      const place = places[i++] as number
      if (place >= 0) filled[place] = facts[name]
    }
    return i === order.length
  }
  return (facts, filled) => {
    if (isPlain(facts) && isTaken(facts, filled)) return
    // What was copied so far is copied again; an inherited property is not.
    for (const { index } of supplied) filled[index] = null
    order = Object.keys(facts)
    places = order.map((name) => indexOf.get(name) ?? -1)
    for (let i = 0; i < order.length; i++) {
      const place = places[i] as number
      if (place >= 0) filled[place] = facts[order[i] as string]
    }
  }
}

/** Without properties that it inherits, other than JavaScript's own, which do not show when it is walked. */
export function isPlain(facts: Facts): boolean {
  const prototype: unknown = Object.getPrototypeOf(facts)
  return prototype === Object.prototype || prototype === null
}

/** Turns what is not of its type into unknown. The common types are checked in loops of their own, without a call for each fact. */
export function checker(supplied: readonly Supplied[]): (filled: Slots) => void {
  const booleans = supplied.filter(({ type }) => type.type === 'boolean').map(({ index }) => index)
  const checkChoices = choiceChecker(supplied.filter(({ type }) => isShortChoice(type)))
  const others = supplied.filter(({ type }) => type.type !== 'boolean' && !isShortChoice(type))
  const places = others.map(({ index }) => index)
  const readers = others.map(({ read }) => read)
  return (filled) => {
    for (let i = 0; i < booleans.length; i++) {
      const place = booleans[i] as number
      const value = filled[place]
      if (value !== true && value !== false) filled[place] = null
    }
    checkChoices(filled)
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number
      const value = filled[place]
      if (value !== null) filled[place] = value === undefined ? null : (readers[i] as Reader)(value)
    }
  }
}

/** Few and short words: JSON parsers keep one copy of each, so that they are found by identity. */
const isShortChoice = (type: ValueType): boolean =>
  type.type === 'choice' && type.choices.length <= 4 && type.choices.every((choice) => choice.length <= 10)

function choiceChecker(supplied: readonly Supplied[]): (filled: Slots) => void {
  const places = supplied.map(({ index }) => index)
  const [first, second, third, fourth] = [0, 1, 2, 3].map((n) =>
    supplied.map(({ type }) => (type.type === 'choice' ? interned(type.choices[n] ?? type.choices[0] ?? '') : '')),
  ) as [string[], string[], string[], string[]]
  return (filled) => {
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number
      const value = filled[place]
      if (value === null) continue
      if (value === first[i]) filled[place] = first[i]
      else if (value === second[i]) filled[place] = second[i]
      else if (value === third[i]) filled[place] = third[i]
      else filled[place] = value === fourth[i] ? fourth[i] : null
    }
  }
}
