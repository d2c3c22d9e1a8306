import type { ConditionNode } from '../language/node.ts'
import { FALSE, TRUE, type Truth } from '../language/truth.ts'

export type LeafNode = Extract<ConditionNode, { kind: 'comparison' | 'items' }>

/** A condition with its comparisons taken out and numbered, each different one once. */
export type Formula =
  | { is: 'leaf'; leaf: number }
  | { is: 'all' | 'any'; of: readonly Formula[] }
  | { is: 'not'; of: Formula }
  | { is: 'atLeast'; atLeast: number; of: readonly Formula[] }

/** Between which truths something still lies. */
export type Between = readonly [least: Truth, most: Truth]

/** Takes the comparisons out of several conditions, so that a comparison in two of them is one. */
export function formulasOf(nodes: readonly ConditionNode[]): { formulas: Formula[]; leaves: LeafNode[] } {
  const leaves: LeafNode[] = []
  const known = new Map<string, number>()
  const formulaOf = (node: ConditionNode): Formula => {
    switch (node.kind) {
      case 'all':
      case 'any':
        return { is: node.kind, of: node.of.map(formulaOf) }
      case 'not':
        return { is: 'not', of: formulaOf(node.of) }
      case 'named':
        return formulaOf(node.of)
      case 'atLeast':
        return { is: 'atLeast', atLeast: node.atLeast, of: node.of.map(formulaOf) }
      case 'comparison':
      case 'items': {
        const key = keyOf(node)
        const leaf = known.get(key) ?? leaves.push(node) - 1
        known.set(key, leaf)
        return { is: 'leaf', leaf }
      }
    }
  }
  return { formulas: nodes.map(formulaOf), leaves }
}

/** The same for two comparisons that ask the same, wherever they are written. Types follow from the facts. Nodes never change, so it is put together once. */
function keyOf(node: LeafNode): string {
  const known = keys.get(node)
  if (known !== undefined) return known
  const key =
    node.kind === 'comparison'
      ? JSON.stringify([node.subject, node.path, node.each, node.negated, node.test.operator, node.test.negated, node.test.operand])
      : JSON.stringify([node.quantifier, node.subject, node.where, node.compared], (name, value: unknown) =>
          name === 'at' || name === 'written' || name === 'type' ? undefined : value,
        )
  keys.set(node, key)
  return key
}
const keys = new WeakMap<LeafNode, string>()

/** Every comparison below a condition. */
export const leavesOf = (node: ConditionNode): LeafNode[] => formulasOf([node]).leaves

/** Between which truths a formula lies, given it for each comparison. Kleene's connectives only ever narrow it. */
export function between(formula: Formula, leaf: (index: number) => Between): Between {
  switch (formula.is) {
    case 'leaf':
      return leaf(formula.leaf)
    case 'not': {
      const [least, most] = between(formula.of, leaf)
      return [(2 - most) as Truth, (2 - least) as Truth]
    }
    case 'all':
      return fold(formula.of, leaf, TRUE, Math.min)
    case 'any':
      return fold(formula.of, leaf, FALSE, Math.max)
    case 'atLeast': {
      const parts = formula.of.map((part) => between(part, leaf))
      // True at so many true ones, false once they are out of reach: the truth of the one in that place, the truest first.
      const nth = (end: 0 | 1) => parts.map((part) => part[end]).toSorted((one, other) => other - one)[formula.atLeast - 1] ?? FALSE
      return [nth(0), nth(1)]
    }
  }
}

function fold(
  of: readonly Formula[],
  leaf: (index: number) => Between,
  start: Truth,
  pick: (one: number, other: number) => number,
): Between {
  let least: number = start
  let most: number = start
  for (const part of of) {
    const [low, high] = between(part, leaf)
    least = pick(least, low)
    most = pick(most, high)
  }
  return [least as Truth, most as Truth]
}
