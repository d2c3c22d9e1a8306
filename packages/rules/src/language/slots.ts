import { isDay } from './civil-day.ts'
import { basesOf, type Computation, compute, isComputation } from './derivation.ts'
import type { DecisionInput, ValueType } from './facts.ts'
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
  | { filled: 'derived'; derivation: Computation; derive: (slots: Slots) => unknown }
)

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
    const derive = isComputation(derivation) ? deriver(derivation, slotOf, readerOf(named.type)) : undefined
    const common = { name, index: slots.length, type: named.type, label: named.label, source: named.source }
    if (named.from === 'asOf') return { ...common, filled: 'asOf' }
    if (named.from === 'parameter') return { ...common, filled: 'constant', constant: named.value }
    if (isComputation(derivation) && derive) return { ...common, filled: 'derived', derivation, derive }
    return { ...common, filled: 'supplied', read: readerOf(named.type), byKind: derivation?.by === 'kind' }
  }
  const slotOf: SlotOf = (name) => at(name).index
  at(AS_OF)
  return { at, slotOf, layout: () => layoutOf(slots) }
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

/** A result that does not fit the type of the fact is unknown, as a supplied one would be. */
function deriver(computation: Computation, slotOf: SlotOf, read: Reader): (slots: Slots) => unknown {
  const bases = basesOf(computation).map(slotOf)
  return (slots) =>
    read(
      compute(
        computation,
        bases.map((base) => slots[base]),
      ),
    )
}
