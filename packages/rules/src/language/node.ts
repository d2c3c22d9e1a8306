import type { ItemType, ScalarType } from './facts.ts'
import type { OperatorName } from './operators.ts'

/** A condition after parsing: every name resolved, every type checked. One intermediate form for deciding, tracing and analysing. */
export type ConditionNode = {
  /** JSON pointer to where it was written. */ at: string /** Levels below and including this one. */
  depth: number /** Conditions in it, named ones counted where they are used. */
  size: number
} & (
  | { kind: 'all'; of: readonly ConditionNode[] }
  | { kind: 'any'; of: readonly ConditionNode[] }
  | { kind: 'not'; of: ConditionNode }
  | { kind: 'atLeast'; atLeast: number; of: readonly ConditionNode[] }
  | { kind: 'named'; name: string; of: ConditionNode }
  | Comparing
  | Counting
)

/** One value compared with another. */
export type Comparing = {
  kind: 'comparison'
  /** As written, with its decorators. */
  written: string
  path?: string
  subject: Reference
  /** The value's own type; for a list under `someFact:` or `everyFact:` the list's. */
  test: Test
  /** `someFact:` or `everyFact:`: the test is made of each element, or of this field of each. */
  each?: { quantifier: 'some' | 'every'; field?: string }
  /** An odd number of `not:` in front of `someFact:` / `everyFact:`. */
  negated: boolean
}

/** Conditions on the same item of a list: does some item satisfy them, every one, none, or how many? */
export type Counting = {
  kind: 'items'
  quantifier: 'some' | 'every' | 'none' | 'count'
  subject: Reference
  item: ItemType
  where: ItemNode
  /** Only for `count`. */
  compared?: { operator: OperatorName; negated: boolean; written: string; operand: Operand }
}

export type ItemNode = { at: string } & (
  | { kind: 'all'; of: readonly ItemNode[] }
  | { kind: 'any'; of: readonly ItemNode[] }
  | { kind: 'not'; of: ItemNode }
  | { kind: 'field'; field: string; written: string; test: Test }
)

/** `negated`: an odd number of `not:` directly in front of the operator. `type`: of the value tested. */
export type Test = {
  operator: OperatorName
  negated: boolean
  operand: Operand
  type: ScalarType | { type: 'list'; of: ScalarType | ItemType }
}

/** Where a value is found. A parameter is a constant that remembers its name. */
export type Reference = { name: string; constant?: unknown }
export type Operand = { constant: unknown; name?: string } | { name: string }

export const isConstant = (operand: Operand): operand is { constant: unknown; name?: string } => 'constant' in operand

/** The facts, parameters and the day that one comparison looks at. */
export function namesRead(node: Comparing | Counting): string[] {
  const tests = node.kind === 'comparison' ? [node.test] : fieldTests(node.where).map(({ test }) => test)
  const named = referencesOf(node).flatMap(({ name }) => name ?? [])
  return [...named, ...(tests.some(({ operator }) => operator === 'withinDays') ? ['asOf'] : [])]
}

/** What a comparison looks at: its subject first, then what that is compared with. */
export const referencesOf = (node: Comparing | Counting): (Operand & { name?: string })[] => [node.subject, ...operandsOf(node)]

const operandsOf = (node: Comparing | Counting): Operand[] =>
  node.kind === 'comparison'
    ? [node.test.operand]
    : [...fieldTests(node.where).map(({ test }) => test.operand), ...(node.compared ? [node.compared.operand] : [])]

/** Every test of a field in the conditions on an item. */
export function fieldTests(node: ItemNode): (ItemNode & { kind: 'field' })[] {
  if (node.kind === 'field') return [node]
  return node.kind === 'not' ? fieldTests(node.of) : node.of.flatMap(fieldTests)
}
