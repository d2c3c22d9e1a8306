import { isDay } from './civil-day.ts'
import { didYouMean, suggestion } from './did-you-mean.ts'
import { escaped } from './pointer.ts'
import { isRecord } from './values.ts'

export type Report = (code: string, at: string, message: string, help?: { help?: string }) => void

/** Refuses every key that is not among those allowed; the keys themselves may be missing. */
export function hasOnly(json: Readonly<Record<string, unknown>>, allowed: readonly string[], at: string, report: Report): boolean {
  let closed = true
  for (const key of Object.keys(json)) {
    if (allowed.includes(key)) continue
    closed = false
    const place = `${at}/${escaped(key)}`
    const known = refusedKeys.get(key)
    if (known) report(known.code, place, known.message, { help: known.help })
    else
      report(
        'unknown-key',
        place,
        `"${key}" means nothing here`,
        suggestion(key, allowed, `allowed: ${allowed.map((name) => `"${name}"`).join(', ')}`),
      )
  }
  return closed
}

export function hasAll(json: Readonly<Record<string, unknown>>, needed: readonly string[], at: string, report: Report): boolean {
  const missing = needed.filter((key) => !Object.hasOwn(json, key))
  if (missing.length === 0) return true
  // A key that stands there misspelt is one mistake, and was reported.
  const meant = new Set(Object.keys(json).map((key) => (needed.includes(key) ? undefined : didYouMean(key, needed))))
  for (const key of missing.filter((each) => !meant.has(each))) report('missing-key', at, `"${key}" is missing`)
  return false
}

/** A list with at least one condition. An empty one is always true in json-rules-engine, which nobody means. */
export function isList(json: unknown, at: string, report: Report): json is unknown[] {
  if (!Array.isArray(json)) {
    report(
      'not-a-list',
      at,
      `a list of conditions is needed, and this is ${inJson(json)}`,
      isRecord(json) ? { help: 'put it in brackets: [ … ]' } : undefined,
    )
    return false
  }
  if (json.length > 0) return true
  report('empty-condition', at, 'there is no condition in this list', { help: 'add one, or remove the list' })
  return false
}

/** What a JSON value is, in plain words and without its content. */
export function inJson(json: unknown): string {
  if (json === undefined) return 'missing'
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'a list'
  if (isRecord(json)) return 'an object'
  if (typeof json === 'string') return 'a text'
  if (typeof json === 'number') return Number.isInteger(json) ? 'a whole number' : 'a number with a fraction'
  return typeof json === 'boolean' ? 'true or false' : 'something JSON cannot hold'
}

/** The same value in the form that is needed, where it only lacks brackets, has quotes too many or is written another way. */
export function howToWrite(json: unknown, needed: { type: string }): string | undefined {
  if (typeof json === 'number' && needed.type === 'integer' && !Number.isInteger(json))
    return `write ${Math.floor(json)} or ${Math.ceil(json)}`
  if (typeof json !== 'string') return undefined
  if (needed.type === 'day') return howToWriteDay(json)
  if (needed.type === 'integer' && /^-?\d{1,15}$/.test(json)) return `write ${Number(json)}, without quotes`
  if (needed.type === 'boolean') return 'write true or false, without quotes'
  return needed.type === 'list' ? `write [${JSON.stringify(json.slice(0, 60))}]` : undefined
}

function howToWriteDay(written: string): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(written)?.[0]
  if (day === undefined) return /\d\D+\d/.test(written) ? 'write the year first: "2025-04-01" is 1 April 2025' : undefined
  return isDay(day) ? `write "${day}": a day has no time` : 'the calendar has no such day'
}

/** Keys of json-rules-engine (or of JavaScript) that are refused with their reason. */
const refusedKeys = new Map([
  ['priority', { code: 'priority', message: 'conditions have no priority: every one is looked at, in every decision', help: 'remove it' }],
  ['params', { code: 'fact-params', message: 'facts take no params: each is one value with one name', help: 'use a fact of its own' }],
  [
    'name',
    { code: 'unknown-key', message: 'a condition has no name of its own', help: 'name the rule, or move the condition to "conditions"' },
  ],
  ...['__proto__', 'constructor', 'prototype'].map((key): [string, { code: string; message: string; help: string }] => [
    key,
    { code: 'forbidden-key', message: `"${key}" is not allowed as a key anywhere`, help: 'remove it' },
  ]),
])
