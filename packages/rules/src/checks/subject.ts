import type { RuleId, Rule } from '../kinds/rule.ts'
import { byNumber } from '../kinds/rule.ts'
import { compile } from '../language/compile.ts'
import type { Day } from '../language/facts.ts'
import { type ConditionNode, referencesOf } from '../language/node.ts'
import { parseCondition } from '../language/parse.ts'
import { escaped } from '../language/pointer.ts'
import type { Scope } from '../language/scope.ts'
import { TRUE, type Truth } from '../language/truth.ts'
import { conditionsOf } from '../rule-set/compile-kinds.ts'
import { type KindId, kindIds } from '../rule-set/document.ts'

import type { RuleSet } from '../rule-set/rule-set.ts'
import { type Group, groupsOf } from './groups.ts'
import { type Answer, type Budget, factsOf, search, type SearchOptions, type Wanted } from './search.ts'
import { leavesOf } from './formula.ts'
import { type Space, spaceOf } from './space.ts'

export type CheckedRule = {
  kind: KindId
  id: RuleId
  rule: Rule
  node: ConditionNode
  /** The facts and parameters it looks at. */
  reads: ReadonlySet<string>
  /** Pointer into the resolved document. */
  at: string
}

/** A rule set as the checks look at it. */
export type Subject = {
  ruleSet: RuleSet
  scope: Scope
  groups: readonly Group[]
  asOf: Day
  /** Every rule, by kind and number. */
  rules: readonly CheckedRule[]
  budget: Budget
  alone: WeakMap<ConditionNode, Space>
  /** What could not be settled in the steps there are. Said at the end, so that silence means "looked at and found to be fine". */
  givenUp: { at: string; what: string; because?: string }[]
}

/** In comparisons looked at; enough for some hundred rules. Half a second or so, and a shipped rule set takes a hundredth. */
const MOST_IN_ALL = 4_000_000

export function subjectOf(ruleSet: RuleSet): Subject {
  const { document, facts } = ruleSet
  const scope: Scope = { facts, parameters: document.parameters, conditions: document.conditions }
  const known = conditionsOf(document)
  const rules = kindIds.flatMap((kind) =>
    byNumber(document[kind]).map(([id, rule]): CheckedRule => {
      const at = `/${kind}/${escaped(id)}`
      const node = known?.[kind].get(id) ?? parsed(rule.conditions, `${at}/conditions`, scope)
      return { kind, id, rule, at, node, reads: new Set(namesIn(node)) }
    }),
  )
  return {
    ruleSet,
    scope,
    groups: groupsOf(document),
    asOf: ruleSet.effectiveFrom,
    rules,
    budget: { left: MOST_IN_ALL, spent: 0 },
    alone: new WeakMap(),
    givenUp: [],
  }
}

const namesIn = (node: ConditionNode): string[] =>
  leavesOf(node).flatMap((leaf) => referencesOf(leaf).flatMap(({ name }) => (name === undefined ? [] : [name])))

/** A condition of a rule set that was loaded, so that nothing in it can be refused. */
export function parsed(condition: Rule['conditions'], at: string, scope: Scope): ConditionNode {
  const node = parseCondition(condition, at, scope, ({ at: place, message }) => {
    throw new TypeError(`not from a loaded rule set: ${place} ${message}`)
  })
  if (!node) throw new TypeError(`not from a loaded rule set: ${at}`)
  return node
}

/** What is asked of one condition by itself is asked by several checks, so that its space is laid out once. */
export function spaceFor(
  { scope, groups, asOf, budget, alone }: Subject,
  nodes: readonly ConditionNode[],
  options: { anyParameters?: true; keepsAll?: true } = {},
): Space {
  const [node] = nodes
  const isAlone = node !== undefined && nodes.length === 1 && !options.anyParameters && !options.keepsAll
  const known = isAlone ? alone.get(node) : undefined
  const space = known ?? spaceOf(nodes, { scope, groups, asOf, budget, ...options })
  if (isAlone) alone.set(node, space)
  return space
}

/** Whether some case makes these conditions come out as wanted. `not-decided` is noted at `at`. */
export function canBe(
  subject: Subject,
  nodes: readonly ConditionNode[],
  wanted: (index: number) => Omit<Wanted, 'formula'>,
  options: SearchOptions & { anyParameters?: true } = {},
): Answer['found'] {
  if (subject.budget.left <= 0) return 'not-decided'
  const space = spaceFor(subject, nodes, options.anyParameters ? { anyParameters: true } : {})
  const all = space.formulas.map((formula, index): Wanted => ({ formula, ...wanted(index) }))
  return search(space, all, subject.budget, options).found
}

/** What every rule comes to in a case in which one of them holds: for most pairs that is enough to see that one does not bring the other with it. */
export type Samples = ReadonlyMap<CheckedRule, readonly Truth[]>

export function samplesOf(subject: Subject): Samples {
  const { rules, scope, asOf } = subject
  const program = compile(
    rules.map(({ at, node }) => ({ id: at, node })),
    scope,
  )
  const cases = rules.flatMap(({ node }) => {
    const space = spaceFor(subject, [node])
    const answer = search(space, [{ formula: space.formulas[0]!, atLeast: TRUE }], subject.budget)
    if (answer.found !== 'some') return []
    const slots = program.read({ asOf, facts: {} })
    for (const [name, value] of Object.entries(factsOf(space, answer.chosen)))
      if (program.slotOf(name) >= 0) slots[program.slotOf(name)] = value
    return [slots]
  })
  return new Map(rules.map((rule, index) => [rule, cases.map((slots) => program.truth(slots, index))]))
}
