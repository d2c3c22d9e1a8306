import { isDay } from './civil-day.ts'
import type { ItemType, ScalarType, ValueType } from './facts.ts'
import { isItem } from './scope.ts'

/** Takes a supplied value as it is, or as unknown (`null`) where it is not of the type. Nothing is converted, nothing guessed. */
export type Reader = (value: unknown) => unknown

/** A reader for one type. A list keeps its identity where every item is right; wrong items become unknown one by one. */
export function readerOf(type: ValueType): Reader {
  if (type.type !== 'list') return scalarReader(type)
  return listReader(isItem(type.of) ? itemReader(type.of) : scalarReader(type.of))
}

/** Whether a value is exactly of the type. Null, in a list too, is not: it is unknown. */
export function isOfType(value: unknown, type: ValueType | ItemType): boolean {
  if (value === null || value === undefined) return false
  if (type.type === 'list') return Array.isArray(value) && value.every((element: unknown) => isOfType(element, type.of))
  if (type.type === 'item')
    return (
      isRecord(value) && Object.entries(value).every(([field, held]) => Object.hasOwn(type.fields, field) && fits(held, type.fields[field]))
    )
  return scalarReader(type)(value) !== null
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fits(value: unknown, type: ScalarType | undefined): boolean {
  return type !== undefined && (value === null || isOfType(value, type))
}

export function scalarReader(type: ScalarType): Reader {
  switch (type.type) {
    case 'boolean':
      return readBoolean
    case 'integer':
      return integerReader(type.minimum ?? Number.MIN_SAFE_INTEGER, type.maximum ?? Number.MAX_SAFE_INTEGER)
    case 'text':
      return readText
    case 'day':
      return readDay
    case 'choice':
      return choiceReader(type.choices)
  }
}

const readBoolean: Reader = (value) => (value === true || value === false ? value : null)
const readText: Reader = (value) => (typeof value === 'string' ? value : null)
const readDay: Reader = (value) => (isDay(value) ? value : null)

function integerReader(minimum: number, maximum: number): Reader {
  return (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum ? value : null)
}

function choiceReader(choices: readonly string[]): Reader {
  const known = choices.map(interned)
  return (value) => {
    for (let i = 0; i < known.length; i++) if (value === known[i]) return known[i]
    return null
  }
}

/** The one copy of a text that property names share: such texts are compared by identity, several times faster. */
export const interned = (text: string): string => Object.keys({ [text]: 0 })[0] ?? text

function listReader(read: Reader): Reader {
  return (value) => {
    if (!Array.isArray(value)) return null
    for (let i = 0; i < value.length; i++) {
      const element: unknown = value[i]
      if (read(element) !== element) return value.map((each) => read(each))
    }
    return value
  }
}

/** Absent fields stay absent: whoever reads an item takes absent for unknown. Fields that the type does not have are not read. */
function itemReader(type: ItemType): Reader {
  const fields = Object.entries(type.fields).map(([name, field]) => ({ name, read: scalarReader(field) }))
  return (value) => {
    if (!isRecord(value)) return null
    if (fields.every(({ name, read }) => isAsRead(ownField(value, name), read))) return value
    return Object.fromEntries(fields.map(({ name, read }) => [name, read(ownField(value, name))]))
  }
}

const isAsRead = (value: unknown, read: Reader) => value === undefined || value === null || read(value) === value

export const ownField = (item: Readonly<Record<string, unknown>>, field: string): unknown =>
  Object.hasOwn(item, field) ? item[field] : undefined

/** Where values are tried out: stands for every text that no rule mentions. */
export const ANY_OTHER_TEXT = '\u{1F9FE} any other text'
