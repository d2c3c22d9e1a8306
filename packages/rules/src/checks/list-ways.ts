import type { FactValue, ItemType, ScalarType, ValueType } from '../language/facts.ts'
import { countOf, testOfItem } from '../language/lists.ts'
import { fieldTests, isConstant } from '../language/node.ts'
import { type Limit, scalarsOf } from '../language/representatives.ts'
import { isItem } from '../language/scope.ts'
import type { SlotTable } from '../language/slots.ts'
import { type Truth, UNKNOWN } from '../language/truth.ts'
import type { Budget } from './search.ts'
import type { Asked, Way } from './space.ts'

type Held = Extract<FactValue, readonly unknown[]>[number]

/**
 * Every way a list can be, as far as the comparisons can tell, each with a shortest list that is so.
 * What a comparison says of a list with one more item follows from what it said of the list and what it says of the item
 * (of a count, from how many items fit), so lists are made longer until nothing new is said.
 * Nothing where that leads too far.
 */
export function listWays(
  fact: string,
  type: ValueType & { type: 'list' },
  asked: readonly Asked[],
  table: SlotTable,
  slots: unknown[],
  budget: Budget,
): Way[] | undefined {
  const place = table.slotOf(fact)
  const of = (list: readonly Held[] | null): Said => {
    slots[place] = list
    budget.left -= COST_OF_A_LIST * asked.length
    const truths = new Map(asked.map(({ index, test }) => [index, test(slots)]))
    return { truths, key: [...truths.values(), ...asked.flatMap((each) => counted(each, list, table, slots))].join(' ') }
  }
  const elements = elementsOf(type.of, asked)
  if (!elements) return undefined
  const items = distinct(elements, (item) => of([item]).key)
  if (items.length > MOST_ITEMS) return undefined
  const found = new Map<string, { list: readonly Held[]; said: Said }>()
  const queue: (readonly Held[])[] = [[]]
  for (let list = queue.shift(); list; list = queue.shift()) {
    const said = of(list)
    const key = `${isKnown(list)} ${said.key}`
    if (found.has(key)) continue
    if (found.size >= MOST_LISTS || budget.left <= 0) return undefined
    found.set(key, { list, said })
    for (const item of items) queue.push([...list, item])
  }
  const known = [...found.values()].map(({ list, said }): Way => ({ facts: { [fact]: list }, isKnown: isKnown(list), truths: said.truths }))
  const unknown = asked.every(({ test }) => {
    slots[place] = null
    return test(slots) === UNKNOWN
  })
  return unknown ? [...known, { facts: { [fact]: null }, isKnown: false, truths: of(null).truths }] : undefined
}

type Said = { truths: Map<number, Truth>; key: string }
/** To ask one comparison about a list takes about as long as to look at so many. */
const COST_OF_A_LIST = 10
const MOST_ITEMS = 60
const MOST_LISTS = 1000
const MOST_ELEMENTS = 500

/** How many items fit, as far as the number it is compared with can tell. */
function counted({ leaf }: Asked, list: readonly Held[] | null, table: SlotTable, slots: unknown[]): number[] {
  if (leaf.kind !== 'items' || !leaf.compared || !isConstant(leaf.compared.operand)) return []
  const count = countOf(testOfItem(leaf.where, table.slotOf), list, slots)
  const most = Number(leaf.compared.operand.constant) + 2
  return count ? [Math.min(count.atLeast, most), Math.min(count.atMost, most)] : []
}

/** Every element, or every way to fill in the fields asked about. Unknown ones too. */
function elementsOf(type: ScalarType | ItemType, asked: readonly Asked[]): Held[] | undefined {
  const limits = asked.flatMap(({ leaf }) => limitsOf(leaf))
  if (!isItem(type)) return [...(scalarsOf(type, limits) as Held[]), null]
  const fields = [...new Set(limits.map(({ field }) => field).filter((field) => field !== undefined))]
  let items: Record<string, boolean | number | string | null>[] = [{}]
  for (const field of fields) {
    const fieldType = type.fields[field]
    if (!fieldType) return undefined
    const values = [
      ...(scalarsOf(
        fieldType,
        limits.filter((limit) => limit.field === field),
      ) as (boolean | number | string)[]),
      null,
    ]
    items = items.flatMap((item) => values.map((value) => ({ ...item, [field]: value })))
    if (items.length > MOST_ELEMENTS) return undefined
  }
  return items
}

function limitsOf(leaf: Asked['leaf']): Limit[] {
  const tests =
    leaf.kind === 'items'
      ? fieldTests(leaf.where)
      : [{ ...(leaf.each?.field === undefined ? {} : { field: leaf.each.field }), test: leaf.test }]
  return tests.flatMap(({ field, test }) => {
    const value = isConstant(test.operand) ? test.operand.constant : undefined
    const on = field === undefined ? {} : { field }
    return (Array.isArray(value) ? (value as unknown[]) : [value]).map((each) => ({ ...on, value: each }))
  })
}

function distinct(items: readonly Held[], keyOf: (item: Held) => string): Held[] {
  const byKey = new Map<string, Held>()
  for (const item of items) {
    const key = `${isKnown([item])} ${keyOf(item)}`
    if (!byKey.has(key)) byKey.set(key, item)
  }
  return [...byKey.values()]
}

const isKnown = (list: readonly Held[]): boolean =>
  list.every((item) => item !== null && (typeof item !== 'object' || Object.values(item).every((value) => value !== null)))
