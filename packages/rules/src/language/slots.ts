import { isDay, yearsBetween } from './civil-day.ts'
import type { DecisionInput, Derivation, ValueType } from './facts.ts'
import { checker, taker } from './read.ts'
import type { Slots } from './program.ts'
import { AS_OF, lookUp, own, PARAMETER_PREFIX, type Scope } from './scope.ts'
import type { SlotOf } from './tests.ts'
import { readerOf, type Reader } from './values.ts'

/** One place in the slots: what stands there and how it gets there. */
export type Slot = { name: string; index: number; type: ValueType; label: string; source: string } & (
  | { filled: 'asOf' }
  | { filled: 'constant'; constant: unknown }
  /** `byKind`: not read from the facts; the kind that brings it puts it there. */
  | { filled: 'supplied'; read: Reader; byKind: boolean }
  | { filled: 'derived'; derivation: YearsBetween; derive: (slots: Slots) => unknown }
)

type YearsBetween = Extract<Derivation, { by: 'years-between' }>

export type Layout = {
  slots: readonly Slot[]
  /** Every fact read, derived ones and what they are derived from included. */
  factNames: readonly string[]
  /** Nothing known yet, parameters in their places. */
  blank(): Slots
  read(input: DecisionInput): Slots
  /** Computes the derived facts anew after others were changed. */
  derive(slots: Slots): void
}

export type SlotTable = { slotOf: SlotOf; at(name: string): Slot; layout(): Layout }

/** Gives each name its slot, once, in the order first asked for. `asOf` is the first. */
export function slotTable(scope: Scope): SlotTable {
  const slots: Slot[] = []
  const byName = new Map<string, Slot>()
  const at = (name: string): Slot => {
    const known = byName.get(name)
    if (known) return known
    const slot = makeSlot(name)
    byName.set(name, slot)
    slots.push(slot)
    return slot
  }
  const makeSlot = (name: string): Slot => {
    const named = lookUp(name, scope)
    if (!named) throw new TypeError(`no fact "${name}" in this scope: the condition was parsed in another one`)
    // What it is derived from comes first, so that one pass in order fills them all.
    const derivation = own(scope.facts, name)?.derived
    const derive = derivation?.by === 'years-between' ? deriver(derivation, dayAt, readerOf(named.type)) : undefined
    const common = { name, index: slots.length, type: named.type, label: named.label, source: named.source }
    if (named.from === 'asOf') return { ...common, filled: 'asOf' }
    if (named.from === 'parameter') return { ...common, filled: 'constant', constant: named.value }
    if (derivation?.by === 'years-between' && derive) return { ...common, filled: 'derived', derivation, derive }
    return { ...common, filled: 'supplied', read: readerOf(named.type), byKind: derivation?.by === 'kind' }
  }
  const dayAt = (name: string): number => {
    if (lookUp(name, scope)?.type.type !== 'day') throw new TypeError(`a fact is derived from "${name}", which is not a day`)
    return at(name).index
  }
  at(AS_OF)
  return { at, slotOf: (name) => at(name).index, layout: () => layoutOf(slots) }
}

function layoutOf(slots: readonly Slot[]): Layout {
  const blank: unknown[] = slots.map((slot) => (slot.filled === 'constant' ? slot.constant : null))
  const supplied = slots.filter((slot) => slot.filled === 'supplied').filter((slot) => !slot.byKind)
  const derived = slots.filter((slot) => slot.filled === 'derived')
  const take = taker(supplied)
  const check = checker(supplied)
  const derive = (filled: Slots) => {
    for (const slot of derived) filled[slot.index] = slot.derive(filled)
  }
  return {
    slots,
    factNames: slots.map((slot) => slot.name).filter((name) => name !== AS_OF && !name.startsWith(PARAMETER_PREFIX)),
    derive,
    blank: () => blank.slice(),
    read(input) {
      const filled = blank.slice()
      filled[0] = isDay(input.asOf) ? input.asOf : null
      take(input.facts, filled)
      check(filled)
      if (derived.length > 0) derive(filled)
      return filled
    },
  }
}

/** Unknown where one of the days is, and where the result could not be: nobody is minus three years old. */
function deriver(derivation: YearsBetween, slotOf: SlotOf, read: Reader): (slots: Slots) => unknown {
  const from = slotOf(derivation.from)
  const to = slotOf(derivation.to)
  return (slots) => {
    const first = slots[from]
    const last = slots[to]
    return typeof first !== 'string' || typeof last !== 'string' || last < first ? null : read(yearsBetween(first, last))
  }
}
