import { inWords } from '../explain/words.ts'
import type { FactValue, ValueType } from '../language/facts.ts'
import { fieldTests, isConstant, type ItemNode, type Operand, type Test } from '../language/node.ts'
import { operators } from '../language/operators.ts'
import { scalarsOf } from '../language/representatives.ts'
import { PARAMETER_PREFIX } from '../language/scope.ts'
import { slotTable } from '../language/slots.ts'
import { testOfValue } from '../language/tests.ts'
import { FALSE, TRUE, type Truth } from '../language/truth.ts'
import type { ParameterDefinition } from '../rule-set/document.ts'
import type { Report } from './finding.ts'
import { leavesOf, type LeafNode } from './formula.ts'
import { spaceFor, type Subject } from './subject.ts'

/** A comparison with a constant, and the values that stand for everything the fact can be. */
type Seen = {
  at: string
  fact: string
  test: Test
  operand: Operand
  type: ValueType
  truths: (operand: Operand) => readonly Truth[]
  values: readonly FactValue[]
}

/**
 * Comparisons that come out the same for every value the fact can have by its declaration.
 * With a parameter whose other values would tell facts apart, that is only noted.
 */
export function sameForAll(
  subject: Subject,
  truth: typeof FALSE | typeof TRUE,
  said: (comparison: { label: string; needed: string }) => { message: string; help: string },
  report: Report,
): void {
  for (const seen of allSeen(subject)) {
    const isSame = (operand: Operand) => seen.truths(operand).every((each) => each === truth)
    if (!isSame(seen.operand)) continue
    const parameter = parameterOf(seen.operand, subject)
    const isSet = parameter !== undefined && otherValues(parameter.definition, seen).some((value) => !isSame({ constant: value }))
    const label = subject.ruleSet.facts[seen.fact]?.label ?? seen.fact
    const { message, help } = said({ label, needed: neededInWords(seen) })
    report({
      at: seen.at,
      message,
      help: isSet ? `"${parameter.id}" is set so; if that is meant, leave it` : help,
      ...(isSet ? { severity: 'note', parameters: [parameter.id] } : {}),
      witness: {
        is: 'values',
        fact: seen.fact,
        values: seen.values.slice(0, MOST_SHOWN),
        inWords: `tried ${seen.values
          .slice(0, MOST_SHOWN)
          .map((value) => inWords(value))
          .join(', ')}: each stands for all values like it, and it is ${truth === TRUE ? 'true' : 'false'} of every one`,
      },
    })
  }
}
const MOST_SHOWN = 12

/** `is more than 130`, as it stands. */
function neededInWords({ test, operand }: Seen): string {
  const value = isConstant(operand) ? operand.constant : undefined
  const words = Array.isArray(value) && value.length === 0 ? 'an empty list' : inWords(value, 'or')
  return `${test.negated ? 'not: ' : ''}${operators[test.operator].inWords} ${words}`
}

/** Looked at once for both questions. A comparison in a named condition is one, however many rules use it. */
function allSeen(subject: Subject): Seen[] {
  const known = remembered.get(subject)
  if (known) return known
  const byPlace = new Map(subject.rules.flatMap(({ node }) => leavesOf(node).map((leaf) => [leaf.at, leaf] as const)))
  const found = [...byPlace.values()].flatMap((leaf) => seenIn(leaf, subject))
  remembered.set(subject, found)
  return found
}
const remembered = new WeakMap<Subject, Seen[]>()

const inOrder = (values: readonly FactValue[]): FactValue[] =>
  values.toSorted((one, other) => (typeof one === 'number' && typeof other === 'number' ? one - other : 0))

function seenIn(leaf: LeafNode, subject: Subject): Seen[] {
  if ('constant' in leaf.subject) return []
  if (leaf.kind === 'items') return fieldTests(leaf.where).flatMap((field) => seenInField(leaf, field, subject))
  const { operand } = leaf.test
  if (!isConstant(operand)) return []
  const [variable] = spaceFor(subject, [leaf], { keepsAll: true }).variables
  const ways = (tried: Operand) =>
    tried === operand ? variable : spaceFor(subject, [{ ...leaf, test: { ...leaf.test, operand: tried } }]).variables[0]
  const fact = leaf.subject.name
  const type = subject.ruleSet.facts[fact]
  // Without facts the values could not be laid out, and nothing can be said for all of them.
  if (!variable || variable.facts.length === 0 || !type) return []
  return [
    {
      at: leaf.at,
      fact,
      test: leaf.test,
      operand,
      type,
      truths: (tried) => ways(tried)?.ways.flatMap(({ isKnown, truths }) => (isKnown ? [...truths.values()] : [])) ?? [],
      values: inOrder(variable.ways.flatMap(({ isKnown, facts }) => (isKnown && facts[fact] !== undefined ? [facts[fact]] : []))),
    },
  ]
}

function seenInField(leaf: LeafNode & { kind: 'items' }, { field, test, at }: ItemNode & { kind: 'field' }, subject: Subject): Seen[] {
  const { operand } = test
  const type = leaf.item.fields[field]
  if (!isConstant(operand) || !type || test.operator === 'withinDays') return []
  const { slotOf } = slotTable(subject.scope)
  const values = (tried: Operand) =>
    scalarsOf(
      type,
      (isConstant(tried) && Array.isArray(tried.constant) ? tried.constant : [isConstant(tried) ? tried.constant : 0]).map(
        (value: unknown) => ({ value }),
      ),
    ) as FactValue[]
  const truths = (tried: Operand) => values(tried).map((value) => testOfValue({ ...test, operand: tried }, slotOf)(value, []))
  return [{ at, fact: leaf.subject.name, test, operand, type, truths, values: inOrder(values(operand)) }]
}

function parameterOf(operand: Operand, { scope }: Subject): { id: string; definition: ParameterDefinition } | undefined {
  const id = operand.name?.startsWith(PARAMETER_PREFIX) ? operand.name.slice(PARAMETER_PREFIX.length) : undefined
  const definition = id === undefined ? undefined : scope.parameters[id]
  return id === undefined || definition === undefined ? undefined : { id, definition }
}

/** Values within its bounds that may come out otherwise: if none of these does, none does. */
function otherValues(definition: ParameterDefinition, { type }: Seen): unknown[] {
  switch (definition.type) {
    case 'boolean':
      return [true, false]
    case 'choice':
      return [...definition.choices]
    case 'integer': {
      const { minimum = -1_000_000, maximum = 1_000_000 } = definition
      const edges = type.type === 'integer' ? [type.minimum ?? 0, type.maximum ?? 1].flatMap((edge) => [edge - 1, edge, edge + 1]) : [0]
      return [minimum, maximum, ...edges].filter((value) => value >= minimum && value <= maximum)
    }
    // One entry and none: a list says something of a fact or it does not.
    case 'list':
      return [[], [definition.of.type === 'choice' ? definition.of.choices[0] : definition.of.type === 'integer' ? 1 : 'any other text']]
    case 'text':
    case 'day':
      return ['2000-01-01', 'any other text']
  }
}
