import type { Condition, ItemCondition, Operand } from '../language/condition.ts'
import type { FactValue } from '../language/facts.ts'
import { type OperatorName, parseOperator } from '../language/operators.ts'
import { PARAMETER_PREFIX } from '../language/scope.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'

/**
 * A condition for comparing: parameters have become their values, named conditions what they stand for,
 * and of two ways to write the same test one is left.
 */
export type Form =
  | { is: 'always' | 'never' }
  | { is: 'all' | 'any'; of: Form[] }
  | { is: 'at-least'; number: number; of: Form[] }
  | { is: 'not'; of: Form }
  /** `some`, `every`, `none` of the entries of a list. */
  | { is: 'entries'; fact: string; how: string; where: Form }
  | { is: 'count'; fact: string; where: Form; test: Test }
  | Test

export type Test = {
  is: 'test'
  /** The fact, or the field of an entry. */
  of: string
  each: 'itself' | 'some' | 'every'
  /** `below` is less than, or with `inclusive` at most. */
  base: Base
  inclusive?: true
  denied: boolean
  value: Operand
}

type Base = 'in' | 'equal' | 'contains' | 'below' | 'withinDays'

const bases: Readonly<Record<OperatorName, { base: Base; denied: boolean; inclusive?: true }>> = {
  equal: { base: 'equal', denied: false },
  notEqual: { base: 'equal', denied: true },
  in: { base: 'in', denied: false },
  notIn: { base: 'in', denied: true },
  contains: { base: 'contains', denied: false },
  doesNotContain: { base: 'contains', denied: true },
  lessThan: { base: 'below', denied: false },
  greaterThanInclusive: { base: 'below', denied: true },
  lessThanInclusive: { base: 'below', denied: false, inclusive: true },
  greaterThan: { base: 'below', denied: true, inclusive: true },
  withinDays: { base: 'withinDays', denied: false },
}

export function formOf(condition: Condition | ItemCondition, document: Pick<ResolvedDocument, 'conditions' | 'parameters'>): Form {
  const all = (parts: readonly (Condition | ItemCondition)[]) => parts.map((part) => formOf(part, document))
  if ('all' in condition) return group('all', all(condition.all))
  if ('any' in condition) return group('any', all(condition.any))
  if ('not' in condition) return negation(formOf(condition.not, document))
  if ('atLeast' in condition) return { is: 'at-least', number: condition.atLeast, of: all(condition.of) }
  if ('condition' in condition) return namedForm(condition.condition, document)
  if ('path' in condition && !('fact' in condition)) return testOf(condition.path, condition.operator, condition.value, document)
  if ('some' in condition) return { is: 'entries', fact: condition.fact, how: 'some', where: formOf(condition.some, document) }
  if ('every' in condition) return { is: 'entries', fact: condition.fact, how: 'every', where: formOf(condition.every, document) }
  if ('none' in condition) return { is: 'entries', fact: condition.fact, how: 'none', where: formOf(condition.none, document) }
  if ('count' in condition) {
    const test = testOf(`how many of ${condition.fact}`, condition.operator, condition.value, document)
    const where = formOf(condition.count, document)
    return test.is === 'test' ? { is: 'count', fact: condition.fact, where, test } : test
  }
  return testOf(
    condition.path === undefined ? condition.fact : `${condition.fact}${condition.path}`,
    condition.operator,
    condition.value,
    document,
  )
}

/** Loading has refused names that are not there, and circles. */
function namedForm(name: string, document: Pick<ResolvedDocument, 'conditions' | 'parameters'>): Form {
  const named = document.conditions[name]
  return named ? formOf(named, document) : { is: 'never' }
}

function group(is: 'all' | 'any', parts: readonly Form[]): Form {
  const [settles, matters] = is === 'all' ? (['never', 'always'] as const) : (['always', 'never'] as const)
  if (parts.some((part) => part.is === settles)) return { is: settles }
  const of = parts.flatMap((part) => (part.is === matters ? [] : part.is === is ? part.of : [part]))
  const [only] = of
  return only === undefined ? { is: matters } : of.length === 1 ? only : { is, of }
}

function negation(form: Form): Form {
  if (form.is === 'not') return form.of
  if (form.is === 'always') return { is: 'never' }
  if (form.is === 'never') return { is: 'always' }
  if (form.is === 'test' && form.each === 'itself') return { ...form, denied: !form.denied }
  return { is: 'not', of: form }
}

function testOf(name: string, operator: string, written: Operand, { parameters }: Pick<ResolvedDocument, 'parameters'>): Form {
  const parsed = parseOperator(operator)
  if (!('name' in parsed)) return { is: 'never' }
  const { base, denied, inclusive } = bases[parsed.name]
  const constantOf = (fact: string) =>
    fact.startsWith(PARAMETER_PREFIX) ? parameters[fact.slice(PARAMETER_PREFIX.length)]?.value : undefined
  const value = isReference(written) ? (constantOf(written.fact) ?? written) : written
  const test: Test = {
    is: 'test',
    of: name,
    each: parsed.quantifier ?? 'itself',
    ...(base === 'equal' && !isReference(value) && !Array.isArray(value) ? { base: 'in', value: [value as string] } : { base, value }),
    ...(inclusive ? { inclusive } : {}),
    denied: denied !== parsed.negated,
  }
  const left = constantOf(name)
  const form = left === undefined ? test : ofConstant(left, test)
  return parsed.negatedOutside ? negation(form) : form
}

/** A parameter on the left: decided here and now, or a list that a fact is looked for in. */
function ofConstant(left: Exclude<FactValue, null>, test: Test): Form {
  const { value, base, denied } = test
  if (test.each !== 'itself' || base === 'withinDays') return { ...test, of: JSON.stringify(left) }
  if (isReference(value)) {
    if (base === 'contains') return { ...test, of: value.fact, base: 'in', value: left }
    return { ...test, of: JSON.stringify(left) }
  }
  const holds = {
    in: () => Array.isArray(value) && (value as readonly unknown[]).includes(left),
    equal: () => left === value,
    contains: () => Array.isArray(left) && (left as readonly unknown[]).includes(value),
    below: () => value !== null && (test.inclusive ? left <= value : left < value),
  }[base]()
  return { is: holds === denied ? 'never' : 'always' }
}

export const isReference = (value: Operand): value is { fact: string } => typeof value === 'object' && value !== null && 'fact' in value
