import { isDay } from '../language/civil-day.ts'
import { didYouMean, suggested, suggestion } from '../language/did-you-mean.ts'
import { howToWrite, inJson } from '../language/parse-json.ts'
import { escaped } from '../language/pointer.ts'
import { isRecord } from '../language/values.ts'
import type { Issue } from '../issue.ts'

/**
 * The form of a part of a document, as data: what is read strictly when a document is loaded, and what its JSON Schema is made of.
 * What a form cannot say (that a name exists, that bounds only tighten) is checked afterwards, by functions.
 */
export type Shape =
  /** Not empty, unless `mayBeEmpty`. */
  | { is: 'text'; like?: TextForm; mayBeEmpty?: true }
  | { is: 'integer'; minimum?: number; maximum?: number }
  | { is: 'boolean' }
  /** Present and true, or left out. */
  | { is: 'true' }
  | { is: 'choice'; of: readonly string[] }
  | { is: 'day' }
  | { is: 'list'; of: Shape; minimum?: number }
  /** Things by id. */
  | { is: 'record'; ids: TextForm; of: Shape; maximum?: number }
  | ObjectShape
  /** An object whose `by` says which of the cases it is. */
  | { is: 'tagged'; by: string; cases: Readonly<Record<string, ObjectShape>> }
  /** The first alternative that `when` recognises. */
  | { is: 'either'; inWords: string; of: readonly { when: (value: unknown) => boolean; shape: Shape }[] }
  /** Read by the condition language. */
  | { is: 'condition' }
  /** Any JSON at all: compared, never interpreted. */
  | { is: 'json' }

export type ObjectShape = { is: 'object'; fields: Readonly<Record<string, Field>> }
export type Field = { shape: Shape; description: string; optional?: true }
export type TextForm = { pattern: string; inWords: string; example: string }

type Report = (issue: Issue) => void

/** Reports everything in `value` that is not of this shape. What it leaves standing can be read without further questions. */
export function checkShape(value: unknown, shape: Shape, at: string, report: Report): void {
  const refuse = (code: string, message: string, help?: string) =>
    report({ severity: 'error', code, at, message, ...(help === undefined ? {} : { help }) })
  const needs = (what: string) =>
    refuse('wrong-type', `${what} is needed here, and this is ${inJson(value)}`, howToWrite(value, { type: shape.is }))
  switch (shape.is) {
    case 'text':
      if (typeof value !== 'string') return needs('a text')
      if (value === '' && !shape.mayBeEmpty) return refuse('empty-text', 'this text is empty', 'write what a reader should know')
      if (shape.like && !matches(shape.like, value))
        refuse('text-form', `this is not ${shape.like.inWords}`, `for example "${shape.like.example}"`)
      return
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return needs('a whole number')
      if (shape.minimum !== undefined && value < shape.minimum)
        refuse('too-small', `${value} is less than ${shape.minimum}`, `write ${shape.minimum} or more`)
      if (shape.maximum !== undefined && value > shape.maximum)
        refuse('too-large', `${value} is more than ${shape.maximum}`, `write ${shape.maximum} or less`)
      return
    case 'boolean':
      return typeof value === 'boolean' ? undefined : needs('true or false')
    case 'true':
      return value === true ? undefined : refuse('wrong-type', 'this is true or left out', 'remove it')
    case 'choice':
      if (typeof value !== 'string') return needs(`one of ${quoted(shape.of)}`)
      if (!shape.of.includes(value)) refuse('unknown-choice', `"${value}" is none of ${quoted(shape.of)}`, suggestion(value, shape.of).help)
      return
    case 'day':
      if (looksLikeDay(value) && !isDay(value)) refuse('not-a-day', 'there is no such day', 'write one that the calendar has')
      else if (!isDay(value)) refuse('not-a-day', 'a day is needed here', 'write the year first: "2025-04-01" is 1 April 2025')
      return
    case 'list':
      if (!Array.isArray(value)) return needs('a list')
      if (value.length < (shape.minimum ?? 0)) refuse('empty-list', 'this list is empty', 'add something, or remove the list')
      for (const [index, item] of value.entries()) checkShape(item, shape.of, `${at}/${index}`, report)
      return
    case 'record':
      return checkRecord(value, shape, at, report)
    case 'object':
      return checkObject(value, shape, at, report)
    case 'tagged':
      return checkTagged(value, shape, at, report)
    case 'either': {
      const chosen = shape.of.find(({ when }) => when(value))
      return chosen ? checkShape(value, chosen.shape, at, report) : needs(shape.inWords)
    }
    case 'condition':
      return isRecord(value) ? undefined : needs('a condition')
    case 'json':
      return
  }
}

function checkRecord(value: unknown, shape: Shape & { is: 'record' }, at: string, report: Report): void {
  if (!isRecord(value))
    return report({
      severity: 'error',
      code: 'wrong-type',
      at,
      message: `an object with an id for each entry is needed here, and this is ${inJson(value)}`,
    })
  const entries = Object.entries(value)
  if (shape.maximum !== undefined && entries.length > shape.maximum) {
    report({ severity: 'error', code: 'too-many', at, message: `${entries.length} entries stand here; ${shape.maximum} are allowed` })
  }
  for (const [id, entry] of entries) {
    const place = `${at}/${escaped(id)}`
    if (!matches(shape.ids, id)) {
      const message = /^-?\d+$/.test(id) ? `"${id}" looks like a number, and numbers change places` : `"${id}" is not ${shape.ids.inWords}`
      report({ severity: 'error', code: 'id-form', at: place, message, help: `for example "${shape.ids.example}"` })
    }
    checkShape(entry, shape.of, place, report)
  }
}

function checkObject(value: unknown, { fields }: ObjectShape, at: string, report: Report): void {
  if (!isRecord(value))
    return report({ severity: 'error', code: 'wrong-type', at, message: `an object is needed here, and this is ${inJson(value)}` })
  const known = Object.keys(fields)
  const meant = new Set<string | undefined>()
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(fields, key)) continue
    const near = didYouMean(key, known)
    meant.add(near)
    const help = suggested(near, `allowed: ${quoted(known)}`)
    report({ severity: 'error', code: 'unknown-key', at: `${at}/${escaped(key)}`, message: `"${key}" means nothing here`, ...help })
  }
  for (const [key, field] of Object.entries(fields)) {
    if (Object.hasOwn(value, key)) checkShape(value[key], field.shape, `${at}/${escaped(key)}`, report)
    // A key that stands there misspelt is one mistake, and was reported.
    else if (!field.optional && !meant.has(key))
      report({ severity: 'error', code: 'missing-key', at, message: `"${key}" is missing`, help: firstLower(field.description) })
  }
}

function checkTagged(value: unknown, shape: Shape & { is: 'tagged' }, at: string, report: Report): void {
  if (!isRecord(value))
    return report({ severity: 'error', code: 'wrong-type', at, message: `an object is needed here, and this is ${inJson(value)}` })
  const tag = Object.hasOwn(value, shape.by) ? value[shape.by] : undefined
  const tags = Object.keys(shape.cases)
  if (tag === undefined)
    return report({ severity: 'error', code: 'missing-key', at, message: `"${shape.by}" is missing`, help: `one of ${quoted(tags)}` })
  const chosen = typeof tag === 'string' && Object.hasOwn(shape.cases, tag) ? shape.cases[tag] : undefined
  if (chosen) return checkObject(value, chosen, at, report)
  checkShape(tag, { is: 'choice', of: tags }, `${at}/${shape.by}`, report)
}

/** From beginning to end. */
export function matches({ pattern }: TextForm, text: string): boolean {
  const expression = expressions.get(pattern) ?? new RegExp(pattern)
  expressions.set(pattern, expression)
  return expression.test(text)
}

/** Compiled once: there are few, and they keep no state. */
const expressions = new Map<string, RegExp>()

const looksLikeDay = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join(', ')
const firstLower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
