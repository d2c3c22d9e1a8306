import { documentShape } from '../rule-set/document-shape.ts'
import type { Shape } from '../rule-set/shape.ts'
import { isRecord, ownField } from '../language/values.ts'

/** `/a/b~1c` as `['a', 'b/c']`. */
export const segmentsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What stands at a place of a document, where anything does. */
export function valueAt(document: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>((held, segment) => {
    if (Array.isArray(held)) return held[Number(segment)] as unknown
    return isRecord(held) ? ownField(held, segment) : undefined
  }, document)
}

/** The form that is needed at a place, as far as what stands around it tells. */
export function shapeAt(document: unknown, segments: readonly string[]): Shape | undefined {
  let shape: Shape | undefined = documentShape
  segments.forEach((segment, index) => {
    shape = shape && partOf(shape, valueAt(document, segments.slice(0, index)), segment)
  })
  return shape
}

function partOf(shape: Shape, held: unknown, segment: string): Shape | undefined {
  switch (shape.is) {
    case 'object':
      return Object.hasOwn(shape.fields, segment) ? shape.fields[segment]?.shape : undefined
    case 'record':
    case 'list':
      return shape.of
    case 'tagged': {
      const tag = isRecord(held) ? ownField(held, shape.by) : undefined
      if (segment === shape.by) return { is: 'choice', of: Object.keys(shape.cases) }
      const chosen = typeof tag === 'string' && Object.hasOwn(shape.cases, tag) ? shape.cases[tag] : undefined
      return chosen && partOf(chosen, held, segment)
    }
    case 'either': {
      const chosen = shape.of.find(({ when }) => when(held))
      return chosen && partOf(chosen.shape, held, segment)
    }
    default:
      return undefined
  }
}

/** Something of this form, where nothing better is known. */
export function anyOfShape(shape: Shape): unknown {
  switch (shape.is) {
    case 'text':
      return shape.like?.example ?? '…'
    case 'integer':
      return Math.max(shape.minimum ?? 0, Math.min(1, shape.maximum ?? 1))
    case 'boolean':
    case 'true':
      return true
    case 'choice':
      return shape.of[0]
    case 'day':
      return '2026-01-01'
    case 'list':
      return Array.from({ length: shape.minimum ?? 0 }, () => anyOfShape(shape.of))
    case 'record':
      return {}
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.fields)
          .filter(([, field]) => !field.optional)
          .map(([name, field]) => [name, anyOfShape(field.shape)]),
      )
    case 'tagged':
      return anyOfShape(Object.values(shape.cases)[0] ?? { is: 'json' })
    case 'either':
      return anyOfShape(shape.of.at(-1)?.shape ?? { is: 'json' })
    case 'condition':
      return ALWAYS
    case 'json':
      return null
  }
}

/** A condition with nothing wrong in it. */
export const ALWAYS = { fact: 'asOf', operator: 'greaterThan', value: '1900-01-01' } as const
