import type { Group } from './groups.ts'
import type { Budget } from './search.ts'
import { formulasOf, type Formula, type LeafNode } from './formula.ts'
import { listWays } from './list-ways.ts'
import type { Day, FactValue, ValueType } from '../language/facts.ts'
import { addDays } from '../language/civil-day.ts'
import { testOfElements, testOfItems } from '../language/lists.ts'
import { type ConditionNode, fieldTests, isConstant, referencesOf } from '../language/node.ts'
import { type Limit, scalarsOf } from '../language/representatives.ts'
import { AS_OF, PARAMETER_PREFIX, type Scope } from '../language/scope.ts'
import { type SlotTable, slotTable } from '../language/slots.ts'
import type { Evaluator } from '../language/tests.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from '../language/truth.ts'

/** One way that some facts can be, as far as the comparisons looked at can tell. It stands for every other that they cannot tell from it. */
export type Way = {
  /** Unknown is null. Empty where no facts can be named: the comparison is looked at as such. */
  facts: Readonly<Record<string, FactValue>>
  isKnown: boolean
  /** What each comparison of this variable comes to. */
  truths: ReadonlyMap<number, Truth>
}

/** Facts that are chosen together. */
export type Variable = { facts: readonly string[]; ways: readonly Way[] }

/** Everything that facts can make of some conditions. */
export type Space = {
  formulas: readonly Formula[]
  leaves: readonly LeafNode[]
  variables: readonly Variable[]
  /** The place of the variable that decides each comparison. */
  variableOf: readonly number[]
  /** The day of the decision wherever conditions look so many days back. */
  asOf: Day
}

export type SpaceOptions = {
  scope: Scope
  asOf: Day
  /** Facts that hang together. */
  groups: readonly Group[]
  budget: Budget
  /** Lets every comparison with a parameter come out in any way: what holds then, holds whatever the parameters are. */
  anyParameters?: boolean
  /** Keeps ways that no comparison tells apart, to show them. */
  keepsAll?: boolean
}

/**
 * What facts can make of these conditions. Facts are taken to be independent of one another, but for the groups named.
 * Where values cannot stand for all others (two facts compared, long lists), the comparison itself is let be true, false or unknown.
 * So the space holds every case there can be, and perhaps some that there cannot: what is in none of it is in no case.
 */
export function spaceOf(nodes: readonly ConditionNode[], options: SpaceOptions): Space {
  const { formulas, leaves } = formulasOf(nodes)
  const table = tableOf(options.scope)
  options.budget.left -= COST_OF_A_COMPARISON * leaves.length
  const asked = leaves.map((leaf, index): Asked => ({ index, leaf, ...placed(leaf, leaves, options), test: evaluatorOf(leaf, table) }))
  const blank: unknown[] = [options.asOf]
  for (const { name } of leaves.flatMap(referencesOf)) {
    if (name === undefined) continue
    const slot = table.at(name)
    blank[slot.index] = slot.filled === 'constant' ? slot.constant : null
  }
  const variableOf = leaves.map(() => -1)
  const variables: Variable[] = []
  const add = (variable: Variable, decided: readonly Asked[]) => {
    for (const { index } of decided) variableOf[index] = variables.length
    variables.push(variable)
  }
  for (const together of byFacts(asked, options.groups)) {
    const variable = together.group && factsVariable(together.group, together.asked, table, blank.slice(), options)
    if (variable) add(variable, together.asked)
    else for (const each of together.asked) add(freeVariable(each), [each])
  }
  return { formulas, leaves, variables, variableOf, asOf: options.asOf }
}

/** To lay one out takes about as long as to look at so many. */
const COST_OF_A_COMPARISON = 50

/** `names`: the facts it reads. None: a constant. Undefined: it cannot be laid out by facts. */
export type Asked = { index: number; leaf: LeafNode; names: readonly string[] | undefined; test: Evaluator }

function placed(leaf: LeafNode, leaves: readonly LeafNode[], { anyParameters, groups }: SpaceOptions): Pick<Asked, 'names'> {
  const references = referencesOf(leaf)
  if (anyParameters && references.some((each) => each.name?.startsWith(PARAMETER_PREFIX))) return { names: undefined }
  const names = [...new Set(references.flatMap((each) => ('constant' in each ? [] : [each.name])))]
  if (names.length < 2 || groups.some((group) => names.every((name) => group.facts.includes(name))))
    return { names: looksBack(leaf) && !onlyLooksBack(names[0] ?? '', leaves) ? undefined : names }
  return { names: undefined }
}

const looksBack = (leaf: LeafNode): boolean =>
  leaf.kind === 'comparison'
    ? leaf.test.operator === 'withinDays'
    : fieldTests(leaf.where).some(({ test }) => test.operator === 'withinDays')

/** Then the day of the decision may stand anywhere, and stands still. */
const onlyLooksBack = (name: string, leaves: readonly LeafNode[]): boolean =>
  leaves.every((leaf) => {
    const names = referencesOf(leaf).map((each) => each.name)
    return !names.includes(AS_OF) && (!names.includes(name) || (leaf.kind === 'comparison' && !leaf.each && looksBack(leaf)))
  })

/** One for all spaces: a name has its place once. */
function tableOf(scope: Scope): SlotTable {
  const known = tables.get(scope)
  if (known) return known
  const table = slotTable(scope)
  tables.set(scope, table)
  return table
}
const tables = new WeakMap<Scope, SlotTable>()

const evaluatorOf = (leaf: LeafNode, table: SlotTable): Evaluator => {
  const slot = table.slotOf(leaf.subject.name)
  return leaf.kind === 'comparison' ? testOfElements(leaf, slot, table.slotOf) : testOfItems(leaf, slot, table.slotOf)
}

type Together = { group: Group | undefined; asked: Asked[] }

function byFacts(asked: readonly Asked[], groups: readonly Group[]): Together[] {
  const found = new Map<string, Together>()
  const groupOf = groupsByFact(groups)
  for (const each of asked) {
    if (!each.names) {
      found.set(`free ${each.index}`, { group: undefined, asked: [each] })
      continue
    }
    const group = each.names.map((name) => groupOf.get(name)).find((known) => known !== undefined) ?? { facts: each.names, ways: undefined }
    const key = group.facts.join(' ')
    const together = found.get(key) ?? { group, asked: [] }
    together.asked.push(each)
    found.set(key, together)
  }
  return [...found.values()]
}

function groupsByFact(groups: readonly Group[]): ReadonlyMap<string, Group> {
  const known = byFact.get(groups)
  if (known) return known
  const made = new Map(groups.flatMap((group) => group.facts.map((fact) => [fact, group] as const)))
  byFact.set(groups, made)
  return made
}
const byFact = new WeakMap<readonly Group[], ReadonlyMap<string, Group>>()

/** Nothing where values cannot stand for all others. */
function factsVariable(
  group: Group,
  asked: readonly Asked[],
  table: SlotTable,
  slots: unknown[],
  { asOf, keepsAll, budget }: SpaceOptions,
): Variable | undefined {
  const { facts } = group
  const [fact] = facts
  slots[0] = asOf
  if (fact === undefined) return { facts, ways: [{ facts: {}, isKnown: true, truths: truthsOf(asked, slots) }] }
  const { type } = table.at(fact)
  if (!group.ways && type.type === 'list') {
    const ways = listWays(fact, type, asked, table, slots, budget)
    return ways && { facts, ways }
  }
  const tuples = group.ways ?? scalarWays(fact, type, asked, asOf).map((value): readonly FactValue[] => [value])
  const ways = tuples.map((tuple): Way => {
    facts.forEach((name, place) => {
      slots[table.slotOf(name)] = tuple[place] ?? null
    })
    const named = Object.fromEntries(facts.map((name, place) => [name, tuple[place] ?? null]))
    return { facts: named, isKnown: tuple.every((value) => value !== null), truths: truthsOf(asked, slots) }
  })
  return { facts, ways: keepsAll || group.keepsAll ? ways : withoutRepeats(ways) }
}

const truthsOf = (asked: readonly Asked[], slots: unknown[]): Map<number, Truth> =>
  new Map(asked.map(({ index, test }) => [index, test(slots)]))

/** Ways that no comparison can tell apart are one. A known one is kept beside an unknown one. */
export function withoutRepeats(ways: readonly Way[]): Way[] {
  const seen = new Set<string>()
  return ways.filter(({ isKnown, truths }) => {
    const key = `${isKnown} ${[...truths.values()].join('')}`
    return !seen.has(key) && seen.add(key)
  })
}

/** The day of the decision is always known. */
function scalarWays(name: string, type: ValueType, asked: readonly Asked[], asOf: Day): FactValue[] {
  if (type.type === 'list') return [null]
  const values = scalarsOf(
    type,
    asked.flatMap(({ leaf }) => limitsOf(leaf, asOf)),
  ) as FactValue[]
  return name === AS_OF ? values : [...values, null]
}

function limitsOf(leaf: LeafNode, asOf: Day): Limit[] {
  if (leaf.kind === 'items') return []
  const { operand } = leaf.test
  const value = isConstant(operand) ? operand.constant : leaf.subject.constant
  if (leaf.test.operator === 'withinDays') return [asOf, addDays(asOf, -Number(value))].map((day) => ({ value: day }))
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map((each) => ({ value: each }))
}

/** A comparison whose facts cannot be laid out may come out in any way. */
const freeVariable = ({ index }: Asked): Variable => ({
  facts: [],
  ways: [TRUE, FALSE, UNKNOWN].map((truth) => ({ facts: {}, isKnown: truth !== UNKNOWN, truths: new Map([[index, truth as Truth]]) })),
})
