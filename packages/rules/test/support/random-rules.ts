import fc from 'fast-check'
import type { Comparison, Condition, Operand } from '../../src/language/condition.ts'
import type { FactValue, Facts, ScalarType, ValueType } from '../../src/language/facts.ts'
import { facts as catalogue, parameters } from './catalogue.ts'

/** Conditions of the part of the language that json-rules-engine has too, over the catalogue, well typed. */
export type RandomRuleSet = { rules: Record<string, Condition>; conditions: Record<string, Condition> }

const days = ['2025-01-30', '2025-01-31', '2025-02-01', '2025-02-28', '2026-12-31']
const birthdays = ['2007-01-30', '2007-01-31', '2007-02-01', '2004-02-29', '2024-12-31']
const texts = ['Camden', 'Cam', 'Hackney', '', 'x']

const scalar = (type: ScalarType): fc.Arbitrary<boolean | number | string> => {
  switch (type.type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: Math.max(type.minimum ?? -3, -3), max: 20 })
    case 'text':
      return fc.constantFrom(...texts)
    case 'choice':
      return fc.constantFrom(...type.choices)
    case 'day':
      return fc.constantFrom(...days)
  }
}

const single = ['equal', 'notEqual', 'in', 'notIn']
const ordered = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive']
const operatorsFor = (type: ScalarType) => (type.type === 'integer' || type.type === 'day' ? [...single, ...ordered] : single)
const nots = fc.constantFrom('', '', '', 'not:', 'not:not:')

/** A value for an operator: a constant, or a parameter or fact of the same type. */
function operand(type: ScalarType, isList: boolean): fc.Arbitrary<Operand> {
  const constant = isList ? fc.array(scalar(type), { minLength: 1, maxLength: 3 }) : scalar(type)
  const names = [
    ...Object.entries(parameters).map(([id, parameter]) => [`parameter.${id}`, parameter] as const),
    ...Object.entries(catalogue),
  ].filter(([, given]) => isSame(given, isList ? { type: 'list', of: type } : type))
  if (names.length === 0) return constant
  return fc.oneof({ weight: 3, arbitrary: constant }, { weight: 1, arbitrary: fc.constantFrom(...names.map(([fact]) => ({ fact }))) })
}

const isSame = (given: ValueType, needed: ValueType): boolean =>
  given.type === 'list' && needed.type === 'list'
    ? given.of.type !== 'item' && needed.of.type !== 'item' && isSame(given.of, needed.of)
    : given.type === 'choice' && needed.type === 'choice'
      ? given.choices.join() === needed.choices.join()
      : given.type === needed.type

const testOf = (type: ScalarType, prefix: string) =>
  fc
    .tuple(nots, fc.constantFrom(...operatorsFor(type)))
    .chain(([not, operator]) =>
      operand(type, operator === 'in' || operator === 'notIn').map((value) => ({ operator: `${prefix}${not}${operator}`, value })),
    )

function comparisonOf(fact: string, type: ValueType): fc.Arbitrary<Comparison> {
  if (type.type !== 'list') return testOf(type, '').map((test) => ({ fact, ...test }))
  const { of } = type
  const quantifier = fc.tuple(nots, fc.constantFrom('someFact:', 'everyFact:')).map(([not, each]) => not + each)
  if (of.type === 'item') {
    const fields = Object.entries(of.fields)
    return fc
      .tuple(quantifier, fc.constantFrom(...fields))
      .chain(([prefix, [field, fieldType]]) => testOf(fieldType, prefix).map((test) => ({ fact, path: `$[*].${field}`, ...test })))
  }
  const contains = fc
    .tuple(nots, fc.constantFrom('contains', 'doesNotContain'), operand(of, false))
    .map(([not, operator, value]) => ({ fact, operator: not + operator, value }))
  return fc.oneof(
    contains,
    quantifier.chain((prefix) => testOf(of, prefix).map((test) => ({ fact, ...test }))),
  )
}

const comparison = fc.oneof(
  ...[...Object.entries(catalogue), ...Object.entries(parameters).map(([id, type]) => [`parameter.${id}`, type] as const)].map(
    ([fact, type]) => comparisonOf(fact, type),
  ),
)

function condition(depth: number, names: readonly string[]): fc.Arbitrary<Condition> {
  if (depth === 0) return comparison
  const below = condition(depth - 1, names)
  const list = fc.array(below, { minLength: 1, maxLength: 3 })
  const forms: fc.WeightedArbitrary<Condition>[] = [
    { weight: 3, arbitrary: comparison },
    { weight: 2, arbitrary: list.map((all) => ({ all })) },
    { weight: 2, arbitrary: list.map((any) => ({ any })) },
    { weight: 1, arbitrary: below.map((not) => ({ not })) },
  ]
  if (names.length > 0) forms.push({ weight: 1, arbitrary: fc.constantFrom(...names).map((name) => ({ condition: name })) })
  return fc.oneof(...forms)
}

/** json-rules-engine wants a group on top. */
const top = (depth: number, names: readonly string[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.array(condition(depth, names), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(condition(depth, names), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    condition(depth, names).map((not) => ({ not })),
  )

export const ruleSet: fc.Arbitrary<RandomRuleSet> = fc.record({
  rules: fc.record({ 'rule-a': top(2, ['one', 'two']), 'rule-b': top(1, ['one']), 'rule-c': top(1, []) }),
  conditions: fc.record({ one: top(1, ['two']), two: top(1, []) }),
})

/** Every fact known; lists of plain values may be empty, lists of items are not. */
export const knownFacts: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(
    Object.entries(catalogue)
      .filter(([, fact]) => !fact.derived)
      .map(([name, type]): [string, fc.Arbitrary<FactValue>] => [
        name,
        name === 'person.bornOn' ? fc.constantFrom(...birthdays) : valueOf(type),
      ]),
  ),
)

function valueOf(type: ValueType): fc.Arbitrary<FactValue> {
  if (type.type !== 'list') return scalar(type)
  const { of } = type
  if (of.type !== 'item') return fc.array(scalar(of), { maxLength: 3 })
  return fc.array(fc.record(Object.fromEntries(Object.entries(of.fields).map(([field, fieldType]) => [field, scalar(fieldType)]))), {
    minLength: 1,
    maxLength: 3,
  })
}

/** The same facts with some of them withheld, and an item or a field of a list now and then. */
export function withheld(full: Facts, hidden: readonly boolean[], isNull: boolean): Facts {
  return Object.fromEntries(
    Object.entries(full).flatMap(([name, value], i): [string, unknown][] => {
      if (!hidden[i]) return [[name, value]]
      if (Array.isArray(value) && value.length > 1)
        return [
          [name, value.map((item: unknown, at) => (at > 0 ? item : isNull || typeof item !== 'object' ? null : { ...item, kind: null }))],
        ]
      return isNull ? [[name, null]] : []
    }),
  ) as Facts
}
