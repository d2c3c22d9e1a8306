import type { DecisionInput } from './facts.ts'
import { allOf, anyOf, atLeastOf, not } from './groups.ts'
import { testOfElements, testOfItems } from './lists.ts'
import type { ConditionNode } from './node.ts'
import type { ConditionTrace, Slots } from './program.ts'
import type { Scope } from './scope.ts'
import { type Layout, slotTable, type SlotTable } from './slots.ts'
import type { Evaluator } from './tests.ts'
import { rendererOf, type Renderer } from './trace.ts'
import type { Truth } from './truth.ts'

/** A compiled condition beside what it was compiled from; conditions that somebody asks about together were written by nobody. */
export type Part = { node: ConditionNode; truth: Evaluator; of: readonly Part[] }
export type Together = { node?: ConditionNode; truth: Evaluator; of: readonly Together[] }

/** What is needed to decide and to say why. */
export type Evaluation = {
  parts: readonly Part[]
  layout: Layout
  read(input: DecisionInput): Slots
  truth(slots: Slots, index: number): Truth
  trace(slots: Slots, index: number): ConditionTrace
}

/**
 * Compiles conditions into closures over one array of slots, each fact standing in one slot.
 * The same comparison written twice is compiled once. No state is kept between decisions.
 */
export function evaluationOf(nodes: readonly ConditionNode[], scope: Scope): Evaluation {
  const table = slotTable(scope)
  const parts = nodes.map(partCompiler(table))
  const truths = parts.map((part) => part.truth)
  const layout = table.layout()
  const renderers: Renderer[] = []
  return {
    parts,
    layout,
    read: (input) => layout.read(input),
    truth: (slots, index) => (truths[index] ?? missing(index, truths.length))(slots),
    trace: (slots, index) => (renderers[index] ??= rendererOf(partAt(parts, index), table))(slots).trace,
  }
}

function partCompiler(table: SlotTable): (node: ConditionNode) => Part {
  const comparisons = new Map<string, Evaluator>()
  const named = new Map<ConditionNode, Part>()
  const shared = (key: string, make: () => Evaluator): Evaluator => {
    const known = comparisons.get(key)
    if (known) return known
    const made = make()
    comparisons.set(key, made)
    return made
  }
  const compilePart = (node: ConditionNode): Part => {
    switch (node.kind) {
      case 'all':
      case 'any': {
        const of = node.of.map(compilePart)
        const truths = of.map((part) => part.truth)
        return { node, of, truth: node.kind === 'all' ? allOf(truths) : anyOf(truths) }
      }
      case 'atLeast': {
        const of = node.of.map(compilePart)
        return {
          node,
          of,
          truth: atLeastOf(
            node.atLeast,
            of.map((part) => part.truth),
          ),
        }
      }
      case 'not': {
        const of = compilePart(node.of)
        return { node, of: [of], truth: not(of.truth) }
      }
      case 'named': {
        const of = named.get(node.of) ?? compilePart(node.of)
        named.set(node.of, of)
        return { node, of: [of], truth: of.truth }
      }
      case 'comparison': {
        const { subject, test, each, negated } = node
        const key = JSON.stringify([subject.name, test.operator, test.negated, test.operand, each, negated])
        return { node, of: [], truth: shared(key, () => testOfElements(node, table.slotOf(subject.name), table.slotOf)) }
      }
      case 'items': {
        const { subject, quantifier, where, compared } = node
        const key = JSON.stringify([subject.name, quantifier, withoutPlaces(where), compared])
        return { node, of: [], truth: shared(key, () => testOfItems(node, table.slotOf(subject.name), table.slotOf)) }
      }
    }
  }
  return compilePart
}

/** Two conditions written at different places are the same condition. */
const withoutPlaces = (where: unknown): unknown =>
  JSON.parse(JSON.stringify(where, (key, value: unknown) => (key === 'at' ? undefined : value)))

export function partAt(parts: readonly Part[], index: number): Part {
  return parts[index] ?? missing(index, parts.length)
}

function missing(index: number, length: number): never {
  throw new RangeError(`there is no condition ${index} in this program of ${length}`)
}
