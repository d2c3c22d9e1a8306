import type { Condition } from './condition.ts'
import type { FactDefinition, FactValue, ItemType, ScalarType, ValueType } from './facts.ts'

/** A parameter as a condition sees it: a constant with a type. */
export type ParameterDefinition = ValueType & { number: number; label: string; source: string; value: Exclude<FactValue, null> }

/** What the conditions of one document may name. Taken as it stands: a scope is not changed once conditions were parsed in it. */
export type Scope = {
  facts: Readonly<Record<string, FactDefinition>>
  /** Read as facts, `parameter.<id>`. */
  parameters: Readonly<Record<string, ParameterDefinition>>
  /** Conditions by name, `{ "condition": "<name>" }`. */
  conditions: Readonly<Record<string, Condition>>
}

export const PARAMETER_PREFIX = 'parameter.'
/** The day the decision is asked for. Always known, never supplied as a fact. */
export const AS_OF = 'asOf'

/** What a name in a condition stands for. */
export type Named = { type: ValueType; label: string; source: string } & (
  | { from: 'fact' }
  | { from: 'asOf' }
  | { from: 'parameter'; value: unknown }
)

export function lookUp(name: string, scope: Scope): Named | undefined {
  if (name === AS_OF) return asOf
  if (name.startsWith(PARAMETER_PREFIX)) {
    const parameter = own(scope.parameters, name.slice(PARAMETER_PREFIX.length))
    return parameter && { from: 'parameter', type: parameter, label: parameter.label, source: parameter.source, value: parameter.value }
  }
  const fact = own(scope.facts, name)
  return fact && { from: 'fact', type: fact, label: fact.label, source: fact.source }
}

/** Every name a condition may use as a fact. */
export function namesIn(scope: Scope): string[] {
  return [...Object.keys(scope.facts), AS_OF, ...Object.keys(scope.parameters).map((id) => PARAMETER_PREFIX + id)]
}

export const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

export const isItem = (type: ScalarType | ItemType): type is ItemType => type.type === 'item'

/** The type in plain words, for messages: `a whole number`, `a list of days`. */
export function typeInWords(type: ValueType | ItemType): string {
  switch (type.type) {
    case 'boolean':
      return 'true or false'
    case 'integer':
      return 'a whole number'
    case 'text':
      return 'a text'
    case 'choice':
      return `one of ${type.choices.map((choice) => `"${choice}"`).join(', ')}`
    case 'day':
      return 'a day such as "2025-04-01"'
    case 'item':
      return `an item with ${Object.keys(type.fields).join(', ')}`
    case 'list':
      return `a list, each ${typeInWords(type.of)}`
  }
}

const asOf: Named = { from: 'asOf', type: { type: 'day' }, label: 'The day of the decision', source: 'the question asked' }
