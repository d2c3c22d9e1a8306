import { addDays, addMonths } from './civil-day.ts'
import { basesOf } from './derivation.ts'
import type { Part } from './evaluate.ts'
import type { ItemType, ScalarType } from './facts.ts'
import { isConstant, type Comparing, type Counting, type ItemNode, type Operand, type Test } from './node.ts'
import type { Slots } from './program.ts'
import { isItem } from './scope.ts'
import type { Layout, Slot } from './slots.ts'
import { isUnknown } from './tests.ts'
import { FALSE, TRUE, UNKNOWN } from './truth.ts'
import { ANY_OTHER_TEXT, isRecord, readerOf } from './values.ts'

/** What an unknown fact might be, as far as some conditions can tell: each of its values stands for many. */
export type Domain = {
  name: string
  index: number
  values: readonly unknown[]
  /** Whether the values stand for every other. */
  isExhaustive: boolean
}

type Leaf = { node: Comparing | Counting; part: Part }

/** The unknown facts behind the unknown comparisons of a condition, with the values worth trying for each. */
export function representatives(part: Part, slots: Slots, layout: Layout): Domain[] {
  const leaves = unknownLeaves(part, slots)
  const byName = new Map(layout.slots.map((slot) => [slot.name, slot]))
  const asked = new Map<Slot, Leaf[]>()
  for (const leaf of leaves) {
    for (const slot of suppliedBehind(leaf, slots, byName)) asked.set(slot, [...(asked.get(slot) ?? []), leaf])
  }
  return [...asked]
    .sort(([a], [b]) => a.index - b.index)
    .map(([slot, behind]) => {
      const limits = behind.flatMap((leaf) => limitsOn(slot, leaf.node, slots, byName))
      const values = valuesOf(slot, slots[slot.index], limits)
      const alone =
        behind.length === 1 &&
        behind[0] !== undefined &&
        [...asked].every(([other, leaves]) => other === slot || !leaves.includes(behind[0] as Leaf))
      return {
        name: slot.name,
        index: slot.index,
        ...(alone && behind[0] ? oneOfEach(behind[0].part, slot, values, slots, layout) : values),
      }
    })
}

/** Values worth trying: each stands for many, as far as some conditions can tell. */
export type Values = Pick<Domain, 'values' | 'isExhaustive'>

/**
 * The same for one supplied fact, whatever it is now, as far as any of these conditions looks at it, the other facts as they stand.
 * `field`: for that field of each item of a list. Undefined where no condition reads it.
 */
export function valuesFor(parts: readonly Part[], slots: Slots, layout: Layout, name: string, field?: string): Values | undefined {
  const byName = new Map(layout.slots.map((slot) => [slot.name, slot]))
  const slot = byName.get(name)
  if (slot?.filled !== 'supplied') return undefined
  const cleared = withValue(slots, slot.index, null)
  layout.derive(cleared)
  const leaves = parts.flatMap(leavesOf).filter(({ node }) => isBehind(slot, node, byName))
  const limits = leaves.flatMap(({ node }) => limitsOn(slot, node, cleared, byName))
  if (field === undefined) {
    const found = valuesOf(slot, null, limits)
    const known = slots[slot.index] === null ? found.values : [slots[slot.index], ...found.values]
    return { ...found, values: found.isExhaustive ? oneOfEachKind(known, slot, leaves, cleared, layout) : unique(known) }
  }
  const { type } = slot
  const fieldType = type.type === 'list' && isItem(type.of) ? type.of.fields[field] : undefined
  const own = limits.filter((limit) => 'field' in limit && limit.field === field)
  if (!fieldType || own.length === 0) return undefined
  const isOpen = own.some((limit) => 'open' in limit)
  return { values: scalarsOf(fieldType, own), isExhaustive: !isOpen || fieldType.type === 'boolean' || fieldType.type === 'choice' }
}

/** The first of those that come out alike in every comparison. */
function oneOfEachKind(values: readonly unknown[], slot: Slot, leaves: readonly Leaf[], slots: Slots, layout: Layout): unknown[] {
  const kinds = new Map<string, unknown>()
  for (const value of values) {
    const tried = withValue(slots, slot.index, value)
    layout.derive(tried)
    const kind = leaves.map(({ part }) => part.truth(tried)).join('')
    if (!kinds.has(kind)) kinds.set(kind, value)
  }
  return [...kinds.values()]
}

export const withValue = (slots: Slots, index: number, value: unknown): Slots =>
  slots.map((held, place) => (place === index ? value : held))

const leavesOf = (part: Part): Leaf[] =>
  part.node.kind === 'comparison' || part.node.kind === 'items' ? [{ node: part.node, part }] : part.of.flatMap(leavesOf)

function isBehind(slot: Slot, node: Comparing | Counting, byName: ReadonlyMap<string, Slot>): boolean {
  const names = [node.subject.name, ...operandsOf(node).flatMap((operand) => (isConstant(operand) ? [] : [operand.name]))]
  return names.some((name) => {
    const read = byName.get(name)
    return name === slot.name || (read?.filled === 'derived' && isBase(slot, read))
  })
}

/** Comparisons that are unknown now, below groups that are. What is known stays so, whatever is supplied. */
function unknownLeaves(part: Part, slots: Slots): Leaf[] {
  if (part.truth(slots) !== UNKNOWN) return []
  const { node } = part
  if (node.kind === 'comparison' || node.kind === 'items') return [{ node, part }]
  return part.of.flatMap((each) => unknownLeaves(each, slots))
}

/** The supplied facts a comparison waits for; in place of a derived one those it is derived from. */
function suppliedBehind({ node }: Leaf, slots: Slots, byName: ReadonlyMap<string, Slot>): Set<Slot> {
  const found = new Set<Slot>()
  const add = (name: string, isLate: boolean) => {
    const slot = byName.get(name)
    if (slot?.filled === 'supplied' && (isLate || hasUnknown(slots[slot.index], slot))) found.add(slot)
    if (slot?.filled === 'derived') for (const base of basesOf(slot.derivation)) add(base, false)
  }
  // A day after `asOf` is known and yet leaves `withinDays` unknown: it is for correcting.
  add(node.subject.name, node.kind === 'comparison' && node.test.operator === 'withinDays')
  for (const operand of operandsOf(node)) if (!isConstant(operand)) add(operand.name, false)
  // Both bases of an impossible derived value are known: either may be wrong.
  if (found.size === 0) {
    const slot = byName.get(node.subject.name)
    if (slot?.filled === 'derived') for (const base of basesOf(slot.derivation)) found.add(byName.get(base) as Slot)
  }
  return found
}

function hasUnknown(value: unknown, slot: Slot): boolean {
  if (value === null) return true
  if (slot.type.type !== 'list' || !Array.isArray(value)) return false
  const { of } = slot.type
  if (!isItem(of)) return value.includes(null)
  return value.some((item) => !isRecord(item) || Object.keys(of.fields).some((field) => item[field] === undefined || item[field] === null))
}

/** What a fact, its elements or their fields are compared with: a limit, and on which field. */
export type Limit = { field?: string; value: unknown } | { field?: string; open: true } | { copies: number }

function limitsOn(slot: Slot, node: Comparing | Counting, slots: Slots, byName: ReadonlyMap<string, Slot>): Limit[] {
  const valueOf = (operand: Operand): unknown => (isConstant(operand) ? operand.constant : slots[(byName.get(operand.name) as Slot).index])
  const subject = byName.get(node.subject.name)
  if (node.kind === 'items') {
    const count = node.compared && valueOf(node.compared.operand)
    const own =
      node.subject.name === slot.name
        ? fieldTests(node.where).flatMap(({ field, test }) => limitsOf(test, field, valueOf(test.operand), slots))
        : [{ open: true } as const]
    return typeof count === 'number' ? [...own, { copies: count }] : own
  }
  const needed = valueOf(node.test.operand)
  if (node.subject.name === slot.name) return limitsOf(node.test, node.each?.field, needed, slots)
  if (subject?.filled === 'derived' && isBase(slot, subject)) return limitsBehind(slot, subject, needed, slots, byName)
  // The fact, or what is derived from it, is what another one is compared with.
  const seen = seenBy(subject ? slots[subject.index] : null, node.each?.field)
  const operand = isConstant(node.test.operand) ? undefined : byName.get(node.test.operand.name)
  if (operand?.filled === 'derived' && isBase(slot, operand)) return limitsBehind(slot, operand, seen, slots, byName)
  return seen === undefined ? [{ open: true }] : seen.map((value) => ({ value }))
}

/** The values a comparison looks at, or nothing where one of them is unknown. */
function seenBy(value: unknown, field: string | undefined): unknown[] | undefined {
  const values = each(value).map((element) => (field !== undefined && isRecord(element) ? element[field] : element))
  return values.some(isUnknown) ? undefined : values
}

const isBase = (slot: Slot, { derivation }: Slot & { filled: 'derived' }) => basesOf(derivation).includes(slot.name)

function limitsOf(test: Test, field: string | undefined, needed: unknown, slots: Slots): Limit[] {
  const on = field === undefined ? {} : { field }
  if (needed === null || needed === undefined) return [{ ...on, open: true }]
  if (test.operator !== 'withinDays') return each(needed).map((value) => ({ ...on, value }))
  const asOf = slots[0]
  if (typeof asOf !== 'string') return [{ ...on, open: true }]
  return [asOf, addDays(asOf, -(needed as number))].map((value) => ({ ...on, value }))
}

/** Values that make what is derived fall on each side of a limit. Those of a sum are only likely ones: other parts of it count too. */
function limitsBehind(
  slot: Slot,
  subject: Slot & { filled: 'derived' },
  needed: unknown,
  slots: Slots,
  byName: ReadonlyMap<string, Slot>,
): Limit[] {
  if (subject.derivation.by === 'years-between') return birthdays(slot, subject.derivation, needed, slots, byName)
  const { by } = subject.derivation
  const limits = each(needed).filter((limit): limit is number => typeof limit === 'number')
  if (by !== 'days-between') return [...[0, 1, ...limits].map((value) => ({ value })), { open: true }]
  const asOf = slots[0]
  const days = typeof asOf === 'string' ? [0, ...limits].flatMap((count) => [addDays(asOf, -count), addDays(asOf, count)]) : []
  return [...days.map((value) => ({ value })), { open: true }]
}

/** Days that make a derived number of years fall on each side of a limit. */
function birthdays(
  slot: Slot,
  { from, to }: { from: string; to: string },
  needed: unknown,
  slots: Slots,
  byName: ReadonlyMap<string, Slot>,
): Limit[] {
  const isFrom = slot.name === from
  const other = slots[(byName.get(isFrom ? to : from) as Slot).index]
  const fixed = other ?? slots[0]
  if (typeof fixed !== 'string') return [{ open: true }]
  const isOpen = typeof other !== 'string' || needed === null || needed === undefined
  const years =
    needed === null || needed === undefined
      ? [0, 18]
      : each(needed).flatMap((limit) => [Number(limit) - 1, Number(limit), Number(limit) + 1])
  const days = years
    .filter((count) => count >= 0 && count < 1000)
    .map((count) => ({ value: addMonths(fixed, (isFrom ? -12 : 12) * count) }))
  return isOpen ? [...days, { open: true }] : days
}

function valuesOf(slot: Slot, seen: unknown, limits: readonly Limit[]): { values: readonly unknown[]; isExhaustive: boolean } {
  const { type } = slot
  const isOpen = limits.some((limit) => 'open' in limit)
  if (type.type !== 'list')
    return { values: scalarsOf(type, limits), isExhaustive: !isOpen || type.type === 'boolean' || type.type === 'choice' }
  if (isItem(type.of)) return { values: listsOfItems(type.of, seen, limits), isExhaustive: false }
  const elements = scalarsOf(type.of, limits).slice(0, 12)
  const known = Array.isArray(seen) ? seen.filter((element) => element !== null) : undefined
  const gaps = Array.isArray(seen) ? seen.length - (known?.length ?? 0) : elements.length
  const chosen = subsets(elements, Math.min(gaps, MOST_TOGETHER))
  const values = known ? chosen.filter((set) => set.length > 0).map((set) => [...known, ...set]) : chosen
  return { values, isExhaustive: !isOpen && (gaps <= MOST_TOGETHER || elements.length <= MOST_TOGETHER) && elements.length <= 8 }
}

/** Each limit with its neighbours, and something that is no limit: together they stand for every value, as far as the limits can tell. */
export function scalarsOf(type: ScalarType, limits: readonly Limit[]): unknown[] {
  const mentioned = limits.flatMap((limit) => ('value' in limit ? [limit.value] : []))
  switch (type.type) {
    case 'boolean':
      return [true, false]
    case 'choice':
      return limits.some((limit) => 'open' in limit)
        ? [...type.choices]
        : [
            ...type.choices.filter((choice) => mentioned.includes(choice)),
            ...type.choices.filter((choice) => !mentioned.includes(choice)).slice(0, 1),
          ]
    case 'text':
      return [...new Set([...mentioned, ANY_OTHER_TEXT])]
    case 'integer': {
      const read = readerOf(type)
      const near = mentioned.flatMap((limit) => (typeof limit === 'number' ? [limit - 1, limit, limit + 1] : []))
      return unique([...near, 0, 1, type.minimum, type.maximum]).filter((value) => read(value) !== null && value !== undefined)
    }
    case 'day': {
      const near = mentioned.flatMap((limit) => (typeof limit === 'string' ? [addDays(limit, -1), limit, addDays(limit, 1)] : []))
      return unique(near.length > 0 ? near : ['2000-01-01', '2000-01-02'])
    }
  }
}

/** Lists of none, one, two and many items, each item one way or another as far as the conditions look. */
function listsOfItems(type: ItemType, seen: unknown, limits: readonly Limit[]): unknown[] {
  const fields = [...new Set(limits.flatMap((limit) => ('field' in limit && limit.field !== undefined ? [limit.field] : [])))]
  let items: Record<string, unknown>[] = [{}]
  for (const field of fields) {
    const fieldType = type.fields[field]
    const values = fieldType
      ? scalarsOf(
          fieldType,
          limits.filter((limit) => 'field' in limit && limit.field === field),
        )
      : []
    items = items.flatMap((item) => values.map((value) => ({ ...item, [field]: value }))).slice(0, 64)
  }
  if (Array.isArray(seen)) return items.map((item) => seen.map((held: unknown) => (isRecord(held) ? filledIn(held, item) : item)))
  const copies = limits
    .flatMap((limit) => ('copies' in limit ? [limit.copies, limit.copies + 1] : []))
    .filter((count) => count > 2 && count <= 50)
  return [
    ...subsets(items, items.length <= 12 ? 2 : 1),
    items,
    ...copies.flatMap((count) => items.map((item) => Array<unknown>(count).fill(item))),
  ]
}

const filledIn = (held: Readonly<Record<string, unknown>>, item: Readonly<Record<string, unknown>>) => ({
  ...item,
  ...Object.fromEntries(Object.entries(held).filter(([, value]) => value !== null && value !== undefined)),
})

/** A fact in one comparison alone is as good as that comparison: one value that makes it true, one that makes it false. */
function oneOfEach(
  part: Part,
  slot: Slot,
  found: { values: readonly unknown[]; isExhaustive: boolean },
  slots: Slots,
  layout: Layout,
): typeof found {
  const tried = slots.slice()
  const leading = (wanted: number) =>
    found.values.find((value) => {
      tried[slot.index] = value
      layout.derive(tried)
      return part.truth(tried) === wanted
    })
  const both = [leading(TRUE), leading(FALSE)].filter((value) => value !== undefined)
  return { values: both, isExhaustive: found.isExhaustive || both.length === 2 }
}

const operandsOf = (node: Comparing | Counting): Operand[] =>
  node.kind === 'comparison'
    ? [node.test.operand]
    : [...fieldTests(node.where).map(({ test }) => test.operand), ...(node.compared ? [node.compared.operand] : [])]

/** Every test of a field in the conditions on an item. */
export function fieldTests(node: ItemNode): (ItemNode & { kind: 'field' })[] {
  if (node.kind === 'field') return [node]
  return node.kind === 'not' ? fieldTests(node.of) : node.of.flatMap(fieldTests)
}

/** Every choice of up to so many, the empty one first. */
function subsets<Value>(values: readonly Value[], most: number): Value[][] {
  let found: Value[][] = [[]]
  for (const value of values) found = [...found, ...found.filter((set) => set.length < most).map((set) => [...set, value])]
  return found
}

const MOST_TOGETHER = 4
const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]
const each = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value])
