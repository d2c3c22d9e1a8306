import { addDays, addMonths } from './civil-day.ts'
import { basesOf } from './derivation.ts'
import type { Part, Together } from './evaluate.ts'
import type { ItemType, ScalarType } from './facts.ts'
import { fieldOf } from './lists.ts'
import { type Comparing, type Counting, fieldTests, isConstant, type Operand, referencesOf, type Test } from './node.ts'
import type { Slots } from './program.ts'
import { isItem } from './scope.ts'
import type { Layout, Slot } from './slots.ts'
import { isUnknown } from './tests.ts'
import { FALSE, TRUE, UNKNOWN } from './truth.ts'
import { ANY_OTHER_TEXT, isRecord, readerOf } from './values.ts'

/** Values worth trying: each stands for many, as far as some conditions can tell. */
export type Values = {
  values: readonly unknown[]
  /** Whether the values stand for every other. */
  isExhaustive: boolean
}

/** What an unknown fact might be, as far as some conditions can tell. */
export type Domain = Values & { name: string; index: number }

type Leaf = { node: Comparing | Counting; part: Together }

type SlotAt = (name: string) => Slot
type Derived = Slot & { filled: 'derived' }

/** The unknown facts behind the unknown comparisons of a condition, with the values worth trying for each. */
export function representatives(part: Together, slots: Slots, layout: Layout): Domain[] {
  const slotAt = slotsByName(layout)
  const waiting = unknownLeaves(part, slots).map((leaf) => ({ leaf, facts: suppliedBehind(leaf, slots, slotAt) }))
  return layout.slots.flatMap((slot): Domain[] => {
    if (slot.filled !== 'supplied') return []
    const behind = waiting.filter(({ facts }) => facts.has(slot))
    const [only] = behind
    if (!only) return []
    const limits = behind.flatMap(({ leaf }) => limitsOn(slot, leaf.node, slots, slotAt))
    const found = valuesOf(slot, slots[slot.index], limits)
    const isAlone = behind.length === 1 && only.facts.size === 1
    return [{ name: slot.name, index: slot.index, ...(isAlone ? oneOfEach(only.leaf.part, slot, found, slots, layout) : found) }]
  })
}

/** Of the other facts, while one is tried: they `stand`, or `vary` as well. */
export type Others = 'stand' | 'vary'

/**
 * The same for one supplied fact, whatever it is now, as far as any of these conditions looks at it.
 * `field`: for that field of each item of a list. Undefined where no condition reads it.
 */
export function valuesFor(
  parts: readonly Part[],
  slots: Slots,
  layout: Layout,
  name: string,
  field?: string,
  others: Others = 'stand',
): Values | undefined {
  const slotAt = slotsByName(layout)
  const slot = layout.slots.find((each) => each.name === name)
  if (slot?.filled !== 'supplied') return undefined
  const cleared = supplied(slots, slot, null, layout)
  const leaves = parts.flatMap(leavesOf).filter(({ node }) => isBehind(slot, node, slotAt))
  const isTied = ({ node }: Leaf) => others === 'vary' && suppliedTo(node, slotAt).some((each) => each !== slot)
  const limits = leaves.flatMap((leaf) => {
    const own = limitsOn(slot, leaf.node, cleared, slotAt)
    // What another fact makes a limit now need not be one then.
    const open = [undefined, ...own.map((limit) => limit.field)].map((each) => ({ field: each, open: true as const }))
    return isTied(leaf) ? [...own, ...open] : own
  })
  if (field === undefined) {
    const found = valuesOf(slot, null, limits)
    const known = hasUnknown(slots[slot.index], slot) ? found.values : [slots[slot.index], ...found.values]
    const isToldApart = !found.isExhaustive || leaves.some(isTied)
    return { ...found, values: isToldApart ? unique(known) : oneOfEachKind(known, slot, leaves, cleared, layout) }
  }
  const own = limits.filter((limit) => limit.field === field)
  // What has a limit on this field is a list of items with such a field.
  return own.length === 0 ? undefined : scalars((slot.type as { of: ItemType }).of.fields[field] as ScalarType, own)
}

/** The first of those that come out alike in every comparison. */
function oneOfEachKind(values: readonly unknown[], slot: Slot, leaves: readonly Leaf[], slots: Slots, layout: Layout): unknown[] {
  const kinds = new Map<string, unknown>()
  for (const value of values) {
    const tried = supplied(slots, slot, value, layout)
    const kind = leaves.map(({ part }) => part.truth(tried)).join()
    if (!kinds.has(kind)) kinds.set(kind, value)
  }
  return [...kinds.values()]
}

function slotsByName({ slots }: Layout): SlotAt {
  const byName = new Map(slots.map((slot) => [slot.name, slot]))
  return (name) => byName.get(name) as Slot
}

function supplied(slots: Slots, slot: Slot, value: unknown, layout: Layout): Slots {
  const filled = withValue(slots, slot.index, value)
  layout.derive(filled)
  return filled
}

export const withValue = (slots: Slots, index: number, value: unknown): Slots =>
  slots.map((held, place) => (place === index ? value : held))

const leavesOf = (part: Part): Leaf[] => (isLeaf(part) ? [{ node: part.node, part }] : part.of.flatMap(leavesOf))

const isLeaf = <Some extends Together>(part: Some): part is Some & Leaf['part'] & { node: Leaf['node'] } =>
  part.node?.kind === 'comparison' || part.node?.kind === 'items'

const isBehind = (slot: Slot, node: Comparing | Counting, slotAt: SlotAt): boolean =>
  slotsOf(node, slotAt).some((read) => read === slot || isDerivedFrom(slot, read))

/** What a comparison reads: its subject first, then what that is compared with. */
const slotsOf = (node: Comparing | Counting, slotAt: SlotAt): Slot[] =>
  referencesOf(node).flatMap((read) => (isConstant(read) ? [] : [slotAt(read.name)]))

/** The supplied facts that a comparison rests on. */
const suppliedTo = (node: Comparing | Counting, slotAt: SlotAt): Slot[] =>
  slotsOf(node, slotAt)
    .flatMap((read) => (read.filled === 'derived' ? basesOf(read.derivation).map(slotAt) : [read]))
    .filter(({ filled }) => filled === 'supplied')

const isDerivedFrom = (slot: Slot, read: Slot): read is Derived => read.filled === 'derived' && basesOf(read.derivation).includes(slot.name)

/** Comparisons that are unknown now, below groups that are. What is known stays so, whatever is supplied. */
function unknownLeaves(part: Together, slots: Slots): Leaf[] {
  if (part.truth(slots) !== UNKNOWN) return []
  return isLeaf(part) ? [{ node: part.node, part }] : part.of.flatMap((each) => unknownLeaves(each, slots))
}

/** The supplied facts a comparison waits for; in place of a derived one those it is derived from. */
function suppliedBehind({ node }: Leaf, slots: Slots, slotAt: SlotAt): Set<Slot> {
  const isOpen = (slot: Slot) => hasUnknown(slots[slot.index], slot)
  // A day after `asOf` is known and yet leaves `withinDays` unknown: it is for correcting.
  const isLate = ({ name }: Slot) => name === node.subject.name && node.kind === 'comparison' && node.test.operator === 'withinDays'
  const waitedFor = slotsOf(node, slotAt).flatMap((read) => {
    if (read.filled !== 'derived') return isOpen(read) || isLate(read) ? [read] : []
    if (!isOpen(read)) return []
    const bases = basesOf(read.derivation).map(slotAt)
    // Both bases of an impossible derived value are known: either may be wrong.
    return bases.some(isOpen) ? bases.filter(isOpen) : bases
  })
  // Where nothing is unknown a day in an item is after `asOf`.
  return new Set(waitedFor.length > 0 ? waitedFor : [slotAt(node.subject.name)])
}

function hasUnknown(value: unknown, { type }: Slot): boolean {
  if (value === null || type.type !== 'list') return value === null
  const { of } = type
  const isGap = isItem(of) ? (item: unknown) => Object.keys(of.fields).some((field) => isUnknown(fieldOf(item, field))) : isUnknown
  return (value as readonly unknown[]).some(isGap)
}

/** What a fact, its elements or their fields are compared with: a limit, and on which field. */
export type Limit = { field?: string | undefined; open?: true } & ({ value: unknown } | { open: true } | { copies: number })

function limitsOn(slot: Slot, node: Comparing | Counting, slots: Slots, slotAt: SlotAt): Limit[] {
  const valueOf = (operand: Operand): unknown => (isConstant(operand) ? operand.constant : slots[slotAt(operand.name).index])
  const subject = slotAt(node.subject.name)
  if (node.kind === 'items') {
    if (subject !== slot) return [{ open: true }]
    const own = fieldTests(node.where).flatMap(({ field, test }) => limitsOf(test, field, valueOf(test.operand), slots))
    return node.compared ? [...own, { copies: Number(valueOf(node.compared.operand)) }] : own
  }
  const { operand } = node.test
  const needed = valueOf(operand)
  if (subject === slot) return limitsOf(node.test, node.each?.field, needed, slots)
  if (isDerivedFrom(slot, subject)) return limitsBehind(slot, subject, needed, slots, slotAt)
  // The fact, or what is derived from it, is what another one is compared with.
  const seen = seenBy(slots[subject.index], node.each?.field)
  const other = slotAt((operand as { name: string }).name)
  if (isDerivedFrom(slot, other)) return limitsBehind(slot, other, seen, slots, slotAt)
  return seen === null ? [{ open: true }] : seen.map((value) => ({ value }))
}

/** The values a comparison looks at, or nothing where one of them is unknown. */
function seenBy(value: unknown, field: string | undefined): unknown[] | null {
  const values = each(value).map((element) => (field === undefined ? element : fieldOf(element, field)))
  return values.some(isUnknown) ? null : values
}

function limitsOf(test: Test, field: string | undefined, needed: unknown, slots: Slots): Limit[] {
  if (needed === null) return [{ field, open: true }]
  if (test.operator !== 'withinDays') return each(needed).map((value) => ({ field, value }))
  const asOf = slots[0]
  if (typeof asOf !== 'string') return [{ field, open: true }]
  return [asOf, addDays(asOf, -(needed as number))].map((value) => ({ field, value }))
}

/** Values that make what is derived fall on each side of a limit. Those of a sum are only likely ones: other parts of it count too. */
function limitsBehind(slot: Slot, { derivation, type }: Derived, needed: unknown, slots: Slots, slotAt: SlotAt): Limit[] {
  const limits = each(needed).map((value) => ({ value }))
  if (!('from' in derivation)) return [{ value: 0 }, { value: 1 }, ...limits, { open: true }]
  const { by, from, to } = derivation
  const isFrom = slot.name === from
  const other = slots[slotAt(isFrom ? to : from).index]
  // Where the other day is not known, those that would if it were `asOf`.
  const fixed = other ?? slots[0]
  if (typeof fixed !== 'string' || needed === null) return [{ open: true }]
  const later = (count: number) => (by === 'years-between' ? addMonths(fixed, 12 * count) : addDays(fixed, count))
  const counts = scalarsOf(type as ScalarType, limits) as number[]
  const days = counts.map((count) => ({ value: later(isFrom ? -count : count) }))
  return other === null ? [...days, { open: true }] : days
}

function valuesOf({ type }: Slot, seen: unknown, limits: readonly Limit[]): Values {
  if (type.type !== 'list') return scalars(type, limits)
  const held = seen as readonly unknown[] | null
  if (isItem(type.of)) return { values: listsOfItems(type.of, held, limits), isExhaustive: false }
  const { values, isExhaustive } = scalars(type.of, limits)
  const elements = values.slice(0, MOST_ELEMENTS)
  const known = held?.filter((element) => !isUnknown(element))
  const gaps = held?.filter(isUnknown).length ?? elements.length
  const sets = subsets(elements, Math.min(gaps, MOST_TOGETHER))
  return {
    values: known ? sets.filter((set) => set.length > 0).map((set) => [...known, ...set]) : sets,
    isExhaustive: isExhaustive && values.length <= MOST_ELEMENTS && Math.min(gaps, elements.length) <= MOST_TOGETHER,
  }
}

function scalars(type: ScalarType, limits: readonly Limit[]): Values {
  const isOpen = limits.some(({ open }) => open)
  const few = isOpen ? fewNumbers(type) : undefined
  return {
    values: few ? unique([...scalarsOf(type, limits), ...few]) : scalarsOf(type, limits),
    isExhaustive: !isOpen || few !== undefined || type.type === 'boolean' || type.type === 'choice',
  }
}

/** All there are, of a number within narrow bounds. */
function fewNumbers(type: ScalarType): number[] | undefined {
  if (type.type !== 'integer' || type.minimum === undefined || type.maximum === undefined) return undefined
  const { minimum, maximum } = type
  return maximum - minimum < MOST_ELEMENTS ? Array.from({ length: maximum - minimum + 1 }, (_, step) => minimum + step) : undefined
}

/** Each limit with its neighbours, and something that is no limit: together they stand for every value, as far as the limits can tell. */
export function scalarsOf(type: ScalarType, limits: readonly Limit[]): unknown[] {
  const mentioned = limits.flatMap((limit) => ('value' in limit ? [limit.value] : []))
  switch (type.type) {
    case 'boolean':
      return [true, false]
    case 'choice':
      return limits.some(({ open }) => open)
        ? [...type.choices]
        : [
            ...type.choices.filter((choice) => mentioned.includes(choice)),
            ...type.choices.filter((choice) => !mentioned.includes(choice)).slice(0, 1),
          ]
    case 'text':
      return unique([...mentioned, ANY_OTHER_TEXT])
    case 'integer': {
      const read = readerOf(type)
      const near = mentioned.filter((limit) => typeof limit === 'number').flatMap((limit) => [limit - 1, limit, limit + 1])
      return unique([...near, 0, 1, type.minimum, type.maximum]).filter((value) => read(value) !== null)
    }
    case 'day': {
      const near = mentioned.filter((limit) => typeof limit === 'string').flatMap((limit) => [addDays(limit, -1), limit, addDays(limit, 1)])
      return unique(near.length > 0 ? near : ['2000-01-01', '2000-01-02'])
    }
  }
}

/** Lists of none, one, two and many items, each item one way or another as far as the conditions look. */
function listsOfItems(type: ItemType, seen: readonly unknown[] | null, limits: readonly Limit[]): unknown[] {
  const fields = unique(limits.map(({ field }) => field)).filter((field) => field !== undefined)
  let items: Record<string, unknown>[] = [{}]
  for (const field of fields) {
    const own = limits.filter((limit) => limit.field === field)
    const values = scalarsOf(type.fields[field] as ScalarType, own)
    items = items.flatMap((item) => values.map((value) => ({ ...item, [field]: value }))).slice(0, MOST_ITEMS)
  }
  if (seen) return items.map((item) => seen.map((held) => (isRecord(held) ? filledIn(held, item) : item)))
  const counts = limits.filter((limit) => 'copies' in limit).flatMap(({ copies }) => [copies, copies + 1])
  const copies = unique(counts).filter((count) => count > 1 && count <= MOST_COPIES)
  return [
    ...subsets(items, items.length <= MOST_ELEMENTS ? 2 : 1),
    items,
    ...copies.flatMap((count) => items.map((item) => Array<unknown>(count).fill(item))),
  ]
}

const filledIn = (held: Readonly<Record<string, unknown>>, item: Readonly<Record<string, unknown>>) => ({
  ...item,
  ...Object.fromEntries(Object.entries(held).filter(([, value]) => !isUnknown(value))),
})

/** A fact in one comparison alone is as good as that comparison: one value that makes it true, one that makes it false. */
function oneOfEach(part: Together, slot: Slot, found: Values, slots: Slots, layout: Layout): Values {
  const values = [TRUE, FALSE].flatMap((wanted) =>
    found.values.filter((value) => part.truth(supplied(slots, slot, value, layout)) === wanted).slice(0, 1),
  )
  return { values, isExhaustive: found.isExhaustive || values.length === 2 }
}

/** Every choice of up to so many, the empty one first. */
function subsets<Value>(values: readonly Value[], most: number): Value[][] {
  let found: Value[][] = [[]]
  for (const value of values) found = [...found, ...found.filter((set) => set.length < most).map((set) => [...set, value])]
  return found
}

/** Of a list that is not known, and of gaps in one that is: more elements of a kind than this, or more gaps, are not tried. */
const MOST_TOGETHER = 4
const MOST_ELEMENTS = 12
const MOST_ITEMS = 64
const MOST_COPIES = 50
const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]
const each = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value])
