import { dependsOn } from './depends-on.ts'
import type { DecisionInput } from './facts.ts'
import { allOf, anyOf, atLeastOf, not } from './groups.ts'
import { testOfElements, testOfItems } from './lists.ts'
import type { ConditionNode } from './node.ts'
import { problemsOf } from './problems.ts'
import type { Program, Slots } from './program.ts'
import type { Scope } from './scope.ts'
import { slotTable, type SlotTable } from './slots.ts'
import { rendererOf, type Renderer } from './trace.ts'
import type { Evaluator } from './tests.ts'

/** A compiled condition beside what it was compiled from. */
export type Part = { node: ConditionNode; truth: Evaluator; of: readonly Part[] }

/**
 * Compiles conditions into closures over one array of slots, each fact standing in one slot.
 * The same comparison written twice is compiled once. The program keeps no state between decisions.
 */
export function compile(conditions: readonly { id: string; node: ConditionNode }[], scope: Scope): Program {
  const table = slotTable(scope)
  const compiler = partCompiler(table)
  const parts = conditions.map(({ node }) => compiler(node))
  const truths = parts.map((part) => part.truth)
  const layout = table.layout()
  const renderers: Renderer[] = []
  return {
    ids: conditions.map(({ id }) => id),
    factNames: layout.factNames,
    read: (input: DecisionInput): Slots => layout.read(input),
    slotOf: (name) => layout.slots.findIndex((slot) => slot.name === name),
    problems: (input) => problemsOf(input, scope),
    truth: (slots, index) => (truths[index] ?? missing(index, truths.length))(slots),
    trace: (slots, index) => (renderers[index] ??= rendererOf(at(parts, index), table))(slots).trace,
    dependsOn: (slots, index) => dependsOn(at(parts, index), slots, layout),
    dependsOnAny: (slots, indices, unless = []) => {
      const chosen = (of: readonly number[]) => anyPart(of.map((index) => at(parts, index)))
      return dependsOn(unless.length === 0 ? chosen(indices) : withoutPart(chosen(indices), chosen(unless)), slots, layout)
    },
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

/** Groups that nobody wrote, made of conditions that somebody did. */
const unwritten = { at: '', depth: 0, size: 0 }

function anyPart(of: readonly Part[]): Part {
  return { node: { ...unwritten, kind: 'any', of: of.map(({ node }) => node) }, of, truth: anyOf(of.map(({ truth }) => truth)) }
}

function withoutPart(wanted: Part, unless: Part): Part {
  const none: Part = { node: { ...unwritten, kind: 'not', of: unless.node }, of: [unless], truth: not(unless.truth) }
  const of = [wanted, none]
  return { node: { ...unwritten, kind: 'all', of: of.map(({ node }) => node) }, of, truth: allOf(of.map(({ truth }) => truth)) }
}

/** Two conditions written at different places are the same condition. */
const withoutPlaces = (where: unknown): unknown =>
  JSON.parse(JSON.stringify(where, (key, value: unknown) => (key === 'at' ? undefined : value)))

function at<Value>(values: readonly Value[], index: number): Value {
  return values[index] ?? missing(index, values.length)
}

function missing(index: number, length: number): never {
  throw new RangeError(`there is no condition ${index} in this program of ${length}`)
}
