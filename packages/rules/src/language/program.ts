import type { DecisionInput } from './facts.ts'
import type { Flat } from './flat.ts'
import type { Others, Values } from './representatives.ts'
import type { Layout } from './slots.ts'
import type { Truth, TruthWord } from './truth.ts'
import type { Issue } from '../issue.ts'

/** Facts in a fixed order, normalised once: wrong types have become unknown. Made for one decision, shared with nobody. */
export type Slots = unknown[]

/** Puts facts that a kind computes into the slots of one program. */
export type Filler = (slots: Slots, input: DecisionInput) => void

/** The compiled conditions of one kind: synchronous, pure, re-entrant. Conditions are addressed by their index. */
export type Program = {
  /** Ids in the order they were given to `compile`. */
  ids: readonly string[]
  /** The facts the conditions read, derived ones included. */
  factNames: readonly string[]
  read(input: DecisionInput): Slots
  /** Where a fact stands in the slots, for the kind that computes it; -1 where no condition reads it. Unknown is `null` there. */
  slotOf(name: string): number
  /** Wrongly typed values and facts that are not in the catalogue. Such a fact counts as unknown; it is never guessed. */
  problems(input: DecisionInput): Issue[]
  truth(slots: Slots, index: number): Truth
  /** Reads facts and gives the truth of every condition, in the order of `ids`; faster than one by one. `fill` puts in what a kind computes. */
  truths(input: DecisionInput, fill?: Filler): Truth[]
  trace(slots: Slots, index: number): ConditionTrace
  /** The conditions without nesting, in the order of `ids`: for trying them on many cases at once. */
  flat(): Flat
  layout: Layout
  /** Unknown facts that, supplied one way or another, could change the truth of this condition. Empty unless it is unknown. */
  dependsOn(slots: Slots, index: number): string[]
  /** The same for several taken together: unknown facts that could change whether any of these is true while none of `unless` is. */
  dependsOnAny(slots: Slots, indices: readonly number[], unless?: readonly number[]): string[]
  /** Values of one supplied fact, or of a field of its items, that stand for all others as far as the conditions look. Undefined where none does. */
  valuesFor(slots: Slots, name: string, field?: string, others?: Others): Values | undefined
}

/** What was asked, what was seen, what would have been needed. Every branch is there, also those that could not matter. */
export type ConditionTrace =
  | { all: ConditionTrace[]; result: TruthWord }
  | { any: ConditionTrace[]; result: TruthWord }
  | { not: ConditionTrace; result: TruthWord }
  | { atLeast: number; of: ConditionTrace[]; result: TruthWord }
  /** A named condition, shown with its content. */
  | { condition: string; is: ConditionTrace; result: TruthWord }
  | ComparisonTrace

export type ComparisonTrace = {
  fact: string
  label: string
  path?: string
  /** As written; `some`, `every`, `none` or `count:greaterThan` for conditions on the items of a list. */
  operator: string
  /** Null when unknown. */
  seen: unknown
  /** The value compared with, after looking up a parameter or fact. */
  needed: unknown
  /** The parameter or fact `needed` came from. */
  neededFrom?: string
  /** Where the fact comes from, as the catalogue says. */
  source: string
  result: TruthWord
  /**
   * For `some`, `every`, `none` and `count`: the conditions on one item as written, each value looked up, with `neededFrom` where it came
   * from a parameter or fact; and what they came to for each item.
   */
  where?: unknown
  items?: TruthWord[]
  /** For `count`: how many items satisfy the conditions. With unknown answers, at least and at most. */
  counted?: { atLeast: number; atMost: number }
}
