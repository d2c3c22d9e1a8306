import { documentShape } from '../rule-set/document-shape.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { ObjectShape, Shape } from '../rule-set/shape.ts'
import { conditionDefinitions } from './condition-schema.ts'
import { type JsonSchema, offered } from './json-schema.ts'
import { withNames } from './named-parts.ts'

export type { JsonSchema } from './json-schema.ts'

/**
 * The form of a rule set as JSON Schema, draft-07: for editors, which show its descriptions, and for tools that know no better.
 * With a rule set, an editor completes and explains its names too: facts with the operators and values of their type, parameters with
 * units and bounds, rules to replace or remove, bands. Good for the document of that rule set and for those that build on it.
 * What a schema cannot say is refused by `load` only.
 *
 * @param inherited what the document builds on, where that is known: only its rules are offered for replacing and removing
 */
export function schemaOf(ruleSet?: Pick<RuleSet, 'document' | 'facts'>, inherited?: ResolvedDocument): JsonSchema {
  const schema: JsonSchema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Plumbline rule set',
    description:
      'Parameters, an instrument, rules of every kind and worked examples. Everything is keyed by id; a document that extends another holds only what differs.',
    ...schemaOfObject(documentShape),
    definitions: conditionDefinitions(ruleSet),
  }
  return ruleSet ? withNames(schema, ruleSet, inherited ?? ruleSet.document) : schema
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
      return schemaOfTagged(shape)
    case 'either':
      return { anyOf: shape.of.map((each) => schemaOfShape(each.shape)) }
    case 'condition':
      return { $ref: '#/definitions/condition' }
    case 'json':
      return {}
  }
}

/** The choice stands outside of the cases too, so that an editor offers all of them after one was chosen. */
function schemaOfTagged({ by, cases }: Shape & { is: 'tagged' }): JsonSchema {
  const offers = Object.entries(cases).map(([name, { fields }]) => ({ name, words: fields[by]?.description ?? '' }))
  const differ = new Set(offers.map(({ words }) => words)).size > 1
  const tag = { type: 'string', ...(differ ? offered(offers) : { enum: Object.keys(cases) }) }
  const description = differ ? 'Which of these it is.' : (offers[0]?.words ?? '')
  return { type: 'object', required: [by], properties: { [by]: { description, ...tag } }, anyOf: Object.values(cases).map(schemaOfObject) }
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
