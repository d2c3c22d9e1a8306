import { operators } from '../language/operators.ts'
import { MAXIMUM_SIZE } from '../language/parse.ts'
import type { JsonSchema } from './schema.ts'

/** The condition language as JSON Schema. Wider than the language: what types fit and how deep it may go is said when it is loaded. */
export function conditionDefinitions(names?: { facts: readonly string[]; conditions: readonly string[] }): JsonSchema {
  const fact = {
    description: 'A name from the fact catalogue, "asOf", or "parameter." and the name of a parameter.',
    type: 'string',
    minLength: 1,
    ...(names ? { enum: names.facts } : {}),
  }
  const condition = {
    description: 'The name of a condition under "conditions".',
    type: 'string',
    minLength: 1,
    ...(names && names.conditions.length > 0 ? { enum: names.conditions } : {}),
  }
  const leaf = { fact, operator: { $ref: '#/definitions/operator' }, value: { $ref: '#/definitions/operand' } }
  const item = (description: string) => ({ description, allOf: [{ $ref: '#/definitions/itemCondition' }] })
  const list = (description: string, of: string) => ({
    description,
    type: 'array',
    minItems: 1,
    maxItems: MAXIMUM_SIZE,
    items: { $ref: `#/definitions/${of}` },
  })
  const one = (description: string, of: string) => ({ description, allOf: [{ $ref: `#/definitions/${of}` }] })
  return {
    condition: {
      description: 'True, false, or unknown where what it asks about is not known.',
      type: 'object',
      anyOf: [
        closed({ all: list('True when every one of these is.', 'condition') }),
        closed({ any: list('True when at least one of these is.', 'condition') }),
        closed({ not: one('True when this is false; unknown stays unknown.', 'condition') }),
        closed({ condition }),
        closed({ atLeast: { description: 'How many must be true.', type: 'integer', minimum: 1 }, of: list('Of these.', 'condition') }),
        closed(leaf),
        closed({
          ...leaf,
          path: { description: 'A field of every item, under someFact: or everyFact:.', type: 'string', pattern: '^\\$\\[\\*\\]\\.' },
        }),
        closed({ fact, some: item('At least one item of the list fits.') }),
        closed({ fact, every: item('Every item of the list fits.') }),
        closed({ fact, none: item('No item of the list fits.') }),
        closed({ ...leaf, count: item('How many items of the list fit, compared with "value".') }),
      ],
    },
    itemCondition: {
      description: 'About one item of a list: a field of it by "path": "$.field".',
      type: 'object',
      anyOf: [
        closed({ all: list('True when every one of these is, of the same item.', 'itemCondition') }),
        closed({ any: list('True when at least one of these is, of the same item.', 'itemCondition') }),
        closed({ not: one('True when this is false; unknown stays unknown.', 'itemCondition') }),
        closed({
          path: { description: 'A field of the item.', type: 'string', pattern: '^\\$\\.' },
          operator: { $ref: '#/definitions/operator' },
          value: { $ref: '#/definitions/operand' },
        }),
      ],
    },
    operator: {
      description: `How it is compared. ${Object.entries(operators)
        .map(([name, { inWords }]) => `${name}: ${inWords}`)
        .join('; ')}. In front may stand not:, and for lists someFact: or everyFact:.`,
      type: 'string',
      anyOf: [{ enum: Object.keys(operators) }, { pattern: `^(?:(?:not|someFact|everyFact):)+(?:${Object.keys(operators).join('|')})$` }],
    },
    operand: {
      description: 'What it is compared with: a value, a list of values, or a fact or parameter.',
      anyOf: [
        { type: ['string', 'integer', 'boolean'] },
        { type: 'array', items: { type: ['string', 'integer', 'boolean'] } },
        closed({ fact }),
      ],
    },
  }
}

const closed = (properties: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: withDescriptions(properties),
  required: Object.keys(properties),
  additionalProperties: false,
})

/** A reference says nothing by itself when an editor asks: it moves one step down, beside its description. */
const withDescriptions = (properties: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, describe(schema as JsonSchema)]))

function describe(schema: JsonSchema): JsonSchema {
  if (schema['$ref'] === '#/definitions/operator') return { description: 'How it is compared.', allOf: [schema] }
  if (schema['$ref'] === '#/definitions/operand')
    return { description: 'What it is compared with: a value, a list, or { "fact": "parameter.…" }.', allOf: [schema] }
  return schema
}
