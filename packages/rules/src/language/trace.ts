import { countOf, testOfItem } from './lists.ts'
import { isConstant, type Comparing, type Counting, type ItemNode, type Operand } from './node.ts'
import type { ComparisonTrace, ConditionTrace, Slots } from './program.ts'
import type { Part } from './compile.ts'
import type { SlotTable } from './slots.ts'
import { FALSE, TRUE, UNKNOWN, truthWord, type Truth, type TruthWord } from './truth.ts'

/** Every branch with its result, rendered from the slots of a decision when somebody asks. */
export function traceOf(part: Part, slots: Slots, table: SlotTable): ConditionTrace {
  return render(part, slots, table).trace
}

type Rendered = { trace: ConditionTrace; truth: Truth }

/** Results come up from below, so that each condition is evaluated once. */
function render(part: Part, slots: Slots, table: SlotTable): Rendered {
  const { node } = part
  switch (node.kind) {
    case 'comparison':
    case 'items': {
      const truth = part.truth(slots)
      const result = truthWord(truth)
      return { truth, trace: node.kind === 'items' ? itemsTrace(node, result, slots, table) : comparisonTrace(node, result, slots, table) }
    }
    case 'named': {
      const is = renderOnly(part, slots, table)
      return { truth: is.truth, trace: { condition: node.name, is: is.trace, result: truthWord(is.truth) } }
    }
    case 'not': {
      const of = renderOnly(part, slots, table)
      const truth = (2 - of.truth) as Truth
      return { truth, trace: { not: of.trace, result: truthWord(truth) } }
    }
    case 'all':
    case 'any':
    case 'atLeast': {
      const counts: [number, number, number] = [0, 0, 0]
      const of = part.of.map((each) => {
        const rendered = render(each, slots, table)
        counts[rendered.truth]++
        return rendered.trace
      })
      const needed = node.kind === 'all' ? of.length : node.kind === 'any' ? 1 : node.atLeast
      const truth = counts[TRUE] >= needed ? TRUE : counts[TRUE] + counts[UNKNOWN] >= needed ? UNKNOWN : FALSE
      const result = truthWord(truth)
      if (node.kind === 'atLeast') return { truth, trace: { atLeast: node.atLeast, of, result } }
      return { truth, trace: node.kind === 'all' ? { all: of, result } : { any: of, result } }
    }
  }
}

function renderOnly(part: Part, slots: Slots, table: SlotTable): Rendered {
  const [of] = part.of
  if (!of) throw new TypeError('a condition without content')
  return render(of, slots, table)
}

function comparisonTrace(node: Comparing, result: TruthWord, slots: Slots, table: SlotTable): ComparisonTrace {
  const subject = table.at(node.subject.name)
  return {
    fact: subject.name,
    label: subject.label,
    ...(node.path === undefined ? undefined : { path: node.path }),
    operator: node.written,
    seen: slots[subject.index] ?? null,
    ...neededOf(node.test.operand, slots, table),
    source: subject.source,
    result,
  }
}

function itemsTrace(node: Counting, result: TruthWord, slots: Slots, table: SlotTable): ComparisonTrace {
  const subject = table.at(node.subject.name)
  const seen = slots[subject.index] ?? null
  const test = testOfItem(node.where, table.slotOf)
  const counted = node.compared && countOf(test, seen, slots)
  return {
    fact: subject.name,
    label: subject.label,
    operator: node.compared ? `count:${node.compared.written}` : node.quantifier,
    seen,
    ...(node.compared ? neededOf(node.compared.operand, slots, table) : { needed: null }),
    source: subject.source,
    result,
    where: whereOf(node.where, slots, table),
    ...(Array.isArray(seen) ? { items: seen.map((item) => truthWord(test(item, slots))) } : undefined),
    ...(counted ? { counted } : undefined),
  }
}

function neededOf(operand: Operand, slots: Slots, table: SlotTable): { needed: unknown; neededFrom?: string } {
  if (!isConstant(operand)) return { needed: slots[table.slotOf(operand.name)] ?? null, neededFrom: operand.name }
  return operand.name === undefined ? { needed: operand.constant } : { needed: operand.constant, neededFrom: operand.name }
}

/** The conditions on an item in the form they are written in, each value looked up. */
function whereOf(node: ItemNode, slots: Slots, table: SlotTable): unknown {
  switch (node.kind) {
    case 'field':
      return { path: `$.${node.field}`, operator: node.written, value: neededOf(node.test.operand, slots, table).needed }
    case 'not':
      return { not: whereOf(node.of, slots, table) }
    case 'all':
      return { all: node.of.map((each) => whereOf(each, slots, table)) }
    case 'any':
      return { any: node.of.map((each) => whereOf(each, slots, table)) }
  }
}
