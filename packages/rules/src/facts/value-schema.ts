import type { ItemType, ScalarType, ValueType } from '../language/facts.ts'
import { isItem } from '../language/scope.ts'

/** The values of a type as JSON Schema, in keywords that every draft from 07 on has. Null, for unknown, is always allowed. */
export function valueSchema(type: ValueType): Record<string, unknown> {
  if (type.type !== 'list') return orNull(scalarSchema(type))
  return orNull({ type: 'array', items: elementSchema(type.of) })
}

function elementSchema(type: ScalarType | ItemType): Record<string, unknown> {
  if (!isItem(type)) return orNull(scalarSchema(type))
  const fields = Object.entries(type.fields).map(([name, field]) => [name, { title: field.label, ...orNull(scalarSchema(field)) }])
  return orNull({ type: 'object', properties: Object.fromEntries(fields), additionalProperties: false })
}

function scalarSchema(type: ScalarType): Record<string, unknown> {
  switch (type.type) {
    case 'boolean':
      return { type: 'boolean' }
    case 'integer':
      return {
        type: 'integer',
        ...(type.minimum === undefined ? {} : { minimum: type.minimum }),
        ...(type.maximum === undefined ? {} : { maximum: type.maximum }),
      }
    case 'text':
      return { type: 'string' }
    case 'choice':
      return { type: 'string', enum: type.choices }
    case 'day':
      return { type: 'string', format: 'date' }
  }
}

function orNull({ type, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { type: [type, 'null'], ...rest, ...(Array.isArray(rest['enum']) ? { enum: [...(rest['enum'] as unknown[]), null] } : {}) }
}
