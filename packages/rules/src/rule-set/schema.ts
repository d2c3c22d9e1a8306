import { namesIn } from '../language/scope.ts'
import { conditionDefinitions } from './condition-schema.ts'
import { documentShape } from './document-shape.ts'
import type { ObjectShape, Shape } from './shape.ts'
import type { RuleSet } from './rule-set.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

/**
 * The form of a rule set as JSON Schema, draft-07: for editors, which show its descriptions, and for tools that know no better.
 * With a rule set, the facts, parameters and named conditions that a document building on it may use are listed too.
 * What a schema cannot say is refused by `load` only.
 */
export function schemaOf(ruleSet?: Pick<RuleSet, 'document' | 'facts'>): JsonSchema {
  const scope = ruleSet && { facts: ruleSet.facts, parameters: ruleSet.document.parameters, conditions: ruleSet.document.conditions }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Plumbline rule set',
    description:
      'Parameters, an instrument, rules of every kind and worked examples. Everything is keyed by id; a document that extends another holds only what differs.',
    ...schemaOfObject(documentShape),
    definitions: conditionDefinitions(scope && { facts: namesIn(scope).toSorted(), conditions: Object.keys(scope.conditions).toSorted() }),
  }
}

function schemaOfShape(shape: Shape): JsonSchema {
  switch (shape.is) {
    case 'text':
      return { type: 'string', ...(shape.mayBeEmpty ? {} : { minLength: 1 }), ...(shape.like ? { pattern: shape.like.pattern } : {}) }
    case 'integer':
      return { type: 'integer', ...defined({ minimum: shape.minimum, maximum: shape.maximum }) }
    case 'boolean':
      return { type: 'boolean' }
    case 'true':
      return { const: true }
    case 'choice':
      return shape.of.length === 1 ? { const: shape.of[0] } : { type: 'string', enum: shape.of }
    case 'day':
      return { type: 'string', pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$' }
    case 'list':
      return { type: 'array', items: schemaOfShape(shape.of), ...defined({ minItems: shape.minimum }) }
    case 'record':
      return {
        type: 'object',
        patternProperties: { [shape.ids.pattern]: schemaOfShape(shape.of) },
        additionalProperties: false,
        ...defined({ maxProperties: shape.maximum }),
      }
    case 'object':
      return schemaOfObject(shape)
    case 'tagged':
      return { type: 'object', required: [shape.by], anyOf: Object.values(shape.cases).map(schemaOfObject) }
    case 'either':
      return { anyOf: shape.of.map((each) => schemaOfShape(each.shape)) }
    case 'condition':
      return { $ref: '#/definitions/condition' }
    case 'json':
      return {}
  }
}

function schemaOfObject({ fields }: ObjectShape): JsonSchema {
  const entries = Object.entries(fields)
  const required = entries.filter(([, field]) => !field.optional).map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, { shape, description }]) => [name, { description, ...beside(schemaOfShape(shape)) }]),
    ),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}

/** In draft-07 nothing counts beside a `$ref`, so that it moves one step down. */
const beside = (schema: JsonSchema): JsonSchema => ('$ref' in schema ? { allOf: [schema] } : schema)

const defined = (keywords: Readonly<Record<string, number | undefined>>): JsonSchema =>
  Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined))
