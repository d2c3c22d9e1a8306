import { type Comparing, type Counting, type ItemNode } from './node.ts'
import type { Slots } from './program.ts'
import { testOfSlot, testOfValue, type Evaluator, type SlotOf, type ValueTest } from './tests.ts'
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth.ts'
import { isRecord, ownField } from './values.ts'

/** `someFact:` and `everyFact:`. An unknown list is unknown; over `[]`, "asked, none", some is false and every is true. */
export function testOfElements(node: Comparing, slot: number, slotOf: SlotOf): Evaluator {
  const { each, negated } = node
  if (!each) return testOfSlot(node.test, slot, slotOf)
  const test = testOfValue(node.test, slotOf)
  const { field } = each
  const element: ValueTest = field === undefined ? test : (item, slots) => test(fieldOf(item, field), slots)
  const quantified = each.quantifier === 'some' ? some(element) : every(element)
  if (!negated) return (slots) => quantified(slots[slot], slots)
  return (slots) => (2 - quantified(slots[slot], slots)) as Truth
}

/** `some`, `every`, `none` and `count` over the items of a list. */
export function testOfItems(node: Counting, slot: number, slotOf: SlotOf): Evaluator {
  const item = testOfItem(node.where, slotOf)
  if (node.compared) return countTest(item, node.compared, slot, slotOf)
  if (node.quantifier === 'every') {
    const all = every(item)
    return (slots) => all(slots[slot], slots)
  }
  const any = some(item)
  if (node.quantifier === 'some') return (slots) => any(slots[slot], slots)
  return (slots) => (2 - any(slots[slot], slots)) as Truth
}

/** The conditions on one item. An unknown item is one whose every field is unknown. */
export function testOfItem(node: ItemNode, slotOf: SlotOf): ValueTest {
  switch (node.kind) {
    case 'field': {
      const test = testOfValue(node.test, slotOf)
      const { field } = node
      return (item, slots) => test(fieldOf(item, field), slots)
    }
    case 'not': {
      const of = testOfItem(node.of, slotOf)
      return (item, slots) => (2 - of(item, slots)) as Truth
    }
    case 'all': {
      const of = node.of.map((each) => testOfItem(each, slotOf))
      return (item, slots) => {
        let least: Truth = TRUE
        for (const test of of) {
          const truth = test(item, slots)
          if (truth === FALSE) return FALSE
          if (truth < least) least = truth
        }
        return least
      }
    }
    case 'any': {
      const of = node.of.map((each) => testOfItem(each, slotOf))
      return (item, slots) => {
        let greatest: Truth = FALSE
        for (const test of of) {
          const truth = test(item, slots)
          if (truth === TRUE) return TRUE
          if (truth > greatest) greatest = truth
        }
        return greatest
      }
    }
  }
}

/** How many items satisfy a test for certain, and how many might. Nothing for an unknown list. */
export function countOf(test: ValueTest, list: unknown, slots: Slots): { atLeast: number; atMost: number } | undefined {
  if (!Array.isArray(list)) return undefined
  let atLeast = 0
  let atMost = 0
  for (const item of list) {
    const truth = test(item, slots)
    if (truth === TRUE) atLeast++
    if (truth !== FALSE) atMost++
  }
  return { atLeast, atMost }
}

function countTest(item: ValueTest, compared: NonNullable<Counting['compared']>, slot: number, slotOf: SlotOf): Evaluator {
  const test = testOfValue({ ...compared, type: { type: 'integer' } }, slotOf)
  return (slots) => {
    const counted = countOf(item, slots[slot], slots)
    if (!counted) return UNKNOWN
    const first = test(counted.atLeast, slots)
    // Every number in between is possible, so the result stands only where all agree.
    for (let count = counted.atLeast + 1; count <= counted.atMost; count++) if (test(count, slots) !== first) return UNKNOWN
    return first
  }
}

function some(test: ValueTest): ValueTest {
  return (list, slots) => {
    if (!Array.isArray(list)) return UNKNOWN
    let greatest: Truth = FALSE
    for (let i = 0; i < list.length; i++) {
      const truth = test(list[i], slots)
      if (truth === TRUE) return TRUE
      if (truth > greatest) greatest = truth
    }
    return greatest
  }
}

function every(test: ValueTest): ValueTest {
  return (list, slots) => {
    if (!Array.isArray(list)) return UNKNOWN
    let least: Truth = TRUE
    for (let i = 0; i < list.length; i++) {
      const truth = test(list[i], slots)
      if (truth === FALSE) return FALSE
      if (truth < least) least = truth
    }
    return least
  }
}

/** Null for an item that is not known. */
export const fieldOf = (item: unknown, field: string): unknown => (isRecord(item) ? ownField(item, field) : null)
