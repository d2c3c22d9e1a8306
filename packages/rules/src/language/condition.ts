import type { FactValue } from './facts.ts'

/** json-rules-engine's condition JSON in a closed profile, and what its users have asked for since. */
export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  /** A condition of the document's `conditions` by name. */
  | { condition: string }
  /** True when at least `atLeast` of the listed conditions are. Not json-rules-engine. */
  | { atLeast: number; of: readonly Condition[] }
  | Comparison
  | ItemsCondition

/** `value` is a constant or another fact: `{ "fact": "parameter.minimumAge" }`. */
export type Operand = FactValue | { fact: string }

export type Comparison = {
  fact: string
  /** Only `$[*].field` on a list of items, under a `someFact:` or `everyFact:` operator. */
  path?: string
  /** `equal`, `in`, `greaterThanInclusive`, `withinDays` … with decorators in front: `someFact:in`, `not:equal`. */
  operator: string
  value: Operand
}

/** Several conditions on the *same* list item. Inside `where`, a leaf names `path: "$.field"` in place of `fact`. Not json-rules-engine. */
export type ItemsCondition =
  | { fact: string; some: ItemCondition }
  | { fact: string; every: ItemCondition }
  | { fact: string; none: ItemCondition }
  /** How many items satisfy it, compared with `value`. */
  | { fact: string; count: ItemCondition; operator: string; value: Operand }

export type ItemCondition =
  | { all: readonly ItemCondition[] }
  | { any: readonly ItemCondition[] }
  | { not: ItemCondition }
  | { path: string; operator: string; value: Operand }
