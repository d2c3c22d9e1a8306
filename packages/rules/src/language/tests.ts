import { daysBetween } from './civil-day.ts'
import { isConstant, type Operand, type Test } from './node.ts'
import type { ValueType } from './facts.ts'
import type { OperatorName } from './operators.ts'
import type { Slots } from './program.ts'
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth.ts'
import { interned } from './values.ts'

/** A compiled condition: three-valued, without side effects, allocating nothing. */
export type Evaluator = (slots: Slots) => Truth
/** A fact that has to be one certain choice says so of itself, so that groups can take several together. */
export type Equality = Evaluator & { slot: number; constant: unknown }
export const isEquality = (evaluator: Evaluator): evaluator is Equality => 'slot' in evaluator
/** A compiled test of one value, which may be unknown (null or absent). */
export type ValueTest = (value: unknown, slots: Slots) => Truth

/** Where each fact stands in the slots. */
export type SlotOf = (name: string) => number

/** Operators come in pairs, each the other's denial: five tests with two signs are all there is. */
type Base = 'equal' | 'in' | 'contains' | 'lessThan' | 'lessThanInclusive' | 'withinDays'

const bases: Readonly<Record<OperatorName, { base: Base; denied: boolean }>> = {
  equal: { base: 'equal', denied: false },
  notEqual: { base: 'equal', denied: true },
  in: { base: 'in', denied: false },
  notIn: { base: 'in', denied: true },
  contains: { base: 'contains', denied: false },
  doesNotContain: { base: 'contains', denied: true },
  lessThan: { base: 'lessThan', denied: false },
  greaterThanInclusive: { base: 'lessThan', denied: true },
  lessThanInclusive: { base: 'lessThanInclusive', denied: false },
  greaterThan: { base: 'lessThanInclusive', denied: true },
  withinDays: { base: 'withinDays', denied: false },
}

/** The test of a fact that stands in a slot, with constants built in. The hot path: most conditions are one of these. */
export function testOfSlot(test: Test, slot: number, slotOf: SlotOf): Evaluator {
  const { base, yes, no } = signed(test)
  if (isConstant(test.operand)) {
    const fast = constantTest(base, test.type.type, slot, internedIn(test.operand.constant), yes, no)
    if (fast) return fast
  }
  const general = testOfValue(test, slotOf)
  return (slots) => general(slots[slot], slots)
}

const internedIn = (constant: unknown): unknown =>
  typeof constant === 'string' ? interned(constant) : Array.isArray(constant) ? constant.map(internedIn) : constant

function constantTest(base: Base, type: ValueType['type'], slot: number, constant: unknown, yes: Truth, no: Truth): Evaluator | undefined {
  switch (base) {
    case 'equal':
      return equalTest(type, slot, constant, yes, no)
    case 'lessThan': {
      const limit = constant as number
      return (slots) => {
        const value = slots[slot] as number | null
        return value === null ? UNKNOWN : value < limit ? yes : no
      }
    }
    case 'lessThanInclusive': {
      const limit = constant as number
      return (slots) => {
        const value = slots[slot] as number | null
        return value === null ? UNKNOWN : value <= limit ? yes : no
      }
    }
    case 'in': {
      const list = constant as readonly unknown[]
      // Nothing is in an empty list, so there is nothing to wait for.
      if (list.length === 0) return () => no
      return (slots) => {
        const value = slots[slot]
        if (value === null) return UNKNOWN
        for (let i = 0; i < list.length; i++) if (list[i] === value) return yes
        return no
      }
    }
    default:
      return undefined
  }
}

/** One closure for each type, with one kind of value in it: a comparison that always sees the same is far the cheapest. */
function equalTest(type: ValueType['type'], slot: number, constant: unknown, yes: Truth, no: Truth): Evaluator {
  if (type === 'boolean') {
    const [onTrue, onFalse] = constant === true ? [yes, no] : [no, yes]
    return (slots) => {
      const value = slots[slot]
      return value === null ? UNKNOWN : value ? onTrue : onFalse
    }
  }
  if (type === 'choice') {
    const evaluate: Evaluator = (slots) => {
      const value = slots[slot]
      return value === null ? UNKNOWN : value === constant ? yes : no
    }
    return yes === TRUE ? Object.assign(evaluate, { slot, constant }) : evaluate
  }
  return (slots) => {
    const value = slots[slot]
    return value === null ? UNKNOWN : value === constant ? yes : no
  }
}

/** The test of any value: an element of a list, a field of an item. */
export function testOfValue(test: Test, slotOf: SlotOf): ValueTest {
  const { base, yes, no } = signed(test)
  const operand = operandReader(test.operand, slotOf)
  switch (base) {
    case 'equal':
      return (value, slots) => {
        const other = operand(slots)
        return isUnknown(value) || isUnknown(other) ? UNKNOWN : value === other ? yes : no
      }
    case 'lessThan':
      return (value, slots) => {
        const other = operand(slots)
        return isUnknown(value) || isUnknown(other) ? UNKNOWN : (value as number) < (other as number) ? yes : no
      }
    case 'lessThanInclusive':
      return (value, slots) => {
        const other = operand(slots)
        return isUnknown(value) || isUnknown(other) ? UNKNOWN : (value as number) <= (other as number) ? yes : no
      }
    case 'in':
      return (value, slots) => holds(operand(slots), value, yes, no)
    case 'contains':
      return (value, slots) => holds(value, operand(slots), yes, no)
    case 'withinDays': {
      const asOf = slotOf('asOf')
      return (value, slots) => withinDays(value, slots[asOf], operand(slots), yes, no)
    }
  }
}

/** Whether a list holds an element. An unknown element might be it, so its absence cannot be said. Nothing is in an empty list, known or not. */
function holds(list: unknown, element: unknown, yes: Truth, no: Truth): Truth {
  if (!Array.isArray(list)) return UNKNOWN
  if (list.length === 0) return no
  if (isUnknown(element)) return UNKNOWN
  let result = no
  for (let i = 0; i < list.length; i++) {
    const held: unknown = list[i]
    if (held === element) return yes
    if (isUnknown(held)) result = UNKNOWN
  }
  return result
}

/** From so many days back up to and on `asOf`. A later day cannot have been: unknown, to be corrected. */
function withinDays(day: unknown, asOf: unknown, days: unknown, yes: Truth, no: Truth): Truth {
  if (isUnknown(day) || isUnknown(asOf) || isUnknown(days)) return UNKNOWN
  const ago = daysBetween(day as string, asOf as string)
  return ago < 0 ? UNKNOWN : ago <= (days as number) ? yes : no
}

function operandReader(operand: Operand, slotOf: SlotOf): (slots: Slots) => unknown {
  if (isConstant(operand)) {
    const { constant } = operand
    return () => constant
  }
  const slot = slotOf(operand.name)
  return (slots) => slots[slot]
}

function signed(test: Test): { base: Base; yes: Truth; no: Truth } {
  const { base, denied } = bases[test.operator]
  return denied === test.negated ? { base, yes: TRUE, no: FALSE } : { base, yes: FALSE, no: TRUE }
}

export const isUnknown = (value: unknown): value is null | undefined => value === null || value === undefined
