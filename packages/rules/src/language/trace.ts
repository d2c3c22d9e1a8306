import type { Part } from './evaluate.ts'
import { countOf, testOfItem } from './lists.ts'
import { isConstant, type Comparing, type ConditionNode, type Counting, type ItemNode, type Operand } from './node.ts'
import type { ComparisonTrace, ConditionTrace, Slots } from './program.ts'
import type { SlotTable } from './slots.ts'
import { FALSE, TRUE, UNKNOWN, truthWord, type Truth, type TruthWord } from './truth.ts'

/** A trace with the truth it ends in, so that results come up from below and each condition is evaluated once. */
export type Rendered = { trace: ConditionTrace; truth: Truth }
export type Renderer = (slots: Slots) => Rendered

/** Renders every branch with its result from the slots of a decision. Made once for a condition, when a trace is first asked for. */
export function rendererOf(part: Part, table: SlotTable): Renderer {
  const { node, truth } = part
  switch (node.kind) {
    case 'comparison': {
      const render = comparisonRenderer(node, table)
      return (slots) => {
        const result = truth(slots)
        return { trace: render(slots, truthWord(result)), truth: result }
      }
    }
    case 'items': {
      const render = itemsRenderer(node, table)
      return (slots) => {
        const result = truth(slots)
        return { trace: render(slots, truthWord(result)), truth: result }
      }
    }
    case 'named': {
      const content = onlyRenderer(part, table)
      return (slots) => {
        const is = content(slots)
        return { trace: { condition: node.name, is: is.trace, result: truthWord(is.truth) }, truth: is.truth }
      }
    }
    case 'not': {
      const content = onlyRenderer(part, table)
      return (slots) => {
        const of = content(slots)
        const denied = (2 - of.truth) as Truth
        return { trace: { not: of.trace, result: truthWord(denied) }, truth: denied }
      }
    }
    case 'all':
    case 'any':
    case 'atLeast':
      return groupRenderer(part, node, table)
  }
}

function groupRenderer({ of }: Part, node: Extract<ConditionNode, { kind: 'all' | 'any' | 'atLeast' }>, table: SlotTable): Renderer {
  const renderers = of.map((each) => rendererOf(each, table))
  const needed = node.kind === 'all' ? of.length : node.kind === 'any' ? 1 : node.atLeast
  return (slots) => {
    let found = 0
    let open = 0
    const traces = renderers.map((render) => {
      const { trace, truth } = render(slots)
      if (truth === TRUE) found++
      else if (truth === UNKNOWN) open++
      return trace
    })
    const truth = found >= needed ? TRUE : found + open >= needed ? UNKNOWN : FALSE
    const result = truthWord(truth)
    if (node.kind === 'atLeast') return { trace: { atLeast: node.atLeast, of: traces, result }, truth }
    return { trace: node.kind === 'all' ? { all: traces, result } : { any: traces, result }, truth }
  }
}

function onlyRenderer(part: Part, table: SlotTable): Renderer {
  const [of] = part.of
  if (!of) throw new TypeError('a condition without content')
  return rendererOf(of, table)
}

/** Written out for each of the four shapes: an object literal is many times faster than putting one together. */
function comparisonRenderer(node: Comparing, table: SlotTable): (slots: Slots, result: TruthWord) => ComparisonTrace {
  const { name: fact, index, label, source } = table.at(node.subject.name)
  const { written: operator, path } = node
  const { needed, from: neededFrom } = neededReader(node.test.operand, table)
  if (path === undefined) {
    if (neededFrom === undefined)
      return (slots, result) => ({ fact, label, operator, seen: slots[index], needed: needed(slots), source, result })
    return (slots, result) => ({ fact, label, operator, seen: slots[index], needed: needed(slots), neededFrom, source, result })
  }
  if (neededFrom === undefined)
    return (slots, result) => ({ fact, label, path, operator, seen: slots[index], needed: needed(slots), source, result })
  return (slots, result) => ({ fact, label, path, operator, seen: slots[index], needed: needed(slots), neededFrom, source, result })
}

function itemsRenderer(node: Counting, table: SlotTable): (slots: Slots, result: TruthWord) => ComparisonTrace {
  const { name: fact, index, label, source } = table.at(node.subject.name)
  const test = testOfItem(node.where, table.slotOf)
  const compared = node.compared && neededReader(node.compared.operand, table)
  return (slots, result) => {
    const seen = slots[index]
    const counted = compared && countOf(test, seen, slots)
    return {
      fact,
      label,
      operator: node.compared ? `count:${node.compared.written}` : node.quantifier,
      seen,
      needed: compared ? compared.needed(slots) : null,
      ...(compared?.from === undefined ? undefined : { neededFrom: compared.from }),
      source,
      result,
      where: whereOf(node.where, slots, table),
      ...(Array.isArray(seen) ? { items: seen.map((item) => truthWord(test(item, slots))) } : undefined),
      ...(counted ? { counted } : undefined),
    }
  }
}

function neededReader(operand: Operand, table: SlotTable): { needed: (slots: Slots) => unknown; from?: string } {
  if (!isConstant(operand)) {
    const slot = table.slotOf(operand.name)
    return { needed: (slots) => slots[slot], from: operand.name }
  }
  const { constant, name } = operand
  return name === undefined ? { needed: () => constant } : { needed: () => constant, from: name }
}

/** The conditions on an item in the form they are written in, each value looked up. */
function whereOf(node: ItemNode, slots: Slots, table: SlotTable): unknown {
  switch (node.kind) {
    case 'field': {
      const { needed, from } = neededReader(node.test.operand, table)
      return { path: `$.${node.field}`, operator: node.written, value: needed(slots), ...(from === undefined ? {} : { neededFrom: from }) }
    }
    case 'not':
      return { not: whereOf(node.of, slots, table) }
    case 'all':
      return { all: node.of.map((each) => whereOf(each, slots, table)) }
    case 'any':
      return { any: node.of.map((each) => whereOf(each, slots, table)) }
  }
}
