import type { Issue } from '../issue.ts'
import { escaped } from '../language/pointer.ts'
import { hasLoneSurrogate } from './canonical-json.ts'

/** 256 KB of UTF-8. */
export const MAXIMUM_BYTES = 256 * 1024
/** How deep objects and lists may stand in one another. Conditions have a limit of their own, which is reached first. */
export const MAXIMUM_NESTING = 64

export type Place = { line: number; column: number }
export type ParsedJson = {
  value: unknown
  /** Where a JSON pointer leads, or, where there is nothing, the nearest thing around it. A member is found at its key. Both count from 1. */
  locate(pointer: string): Place
}

/**
 * Reads JSON strictly and remembers where everything stands.
 * Refused beyond what JSON refuses: duplicate keys, `__proto__`, `constructor` and `prototype` as keys, NUL, half a surrogate pair,
 * numbers that JavaScript cannot hold, and texts that are too long or nested too deep. Never throws.
 */
export function parseJson(text: string): ParsedJson | Issue[] {
  if (typeof text !== 'string') return [fault('not-text', 'a rule set is read from text', 'pass the text of the file, not what JSON.parse made of it')]
  const bytes = utf8Length(text)
  if (bytes > MAXIMUM_BYTES) return [fault('too-long', `this is ${Math.ceil(bytes / 1024)} KB long; ${MAXIMUM_BYTES / 1024} KB are allowed`)]
  const reader = new Reader(text)
  const value = reader.document()
  if (reader.issues.length > 0) return reader.issues
  const { places } = reader
  return { value, locate: (pointer) => placeOf(text, nearest(pointer, places)) }
}

const fault = (code: string, message: string, help?: string): Issue => ({ severity: 'error', code, at: '', line: 1, column: 1, message, ...(help === undefined ? {} : { help }) })

/** Thrown inside the reader only, at the first place after which nothing can be understood. */
class Unreadable extends Error {}

class Reader {
  readonly issues: Issue[] = []
  readonly places = new Map<string, number>()
  private index = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): unknown {
    try {
      // A byte order mark, as some editors write it.
      if (this.text.charCodeAt(0) === 0xfeff) this.index++
      this.space()
      this.places.set('', this.index)
      const value = this.value('', 1)
      this.space()
      if (this.index < this.text.length) this.stop('trailing-text', '', 'there is something after the end of the document', 'remove it')
      return value
    } catch (error) {
      if (error instanceof Unreadable) return undefined
      throw error
    }
  }

  private value(at: string, depth: number): unknown {
    const character = this.text[this.index]
    if ((character === '{' || character === '[') && depth > MAXIMUM_NESTING) this.stop('too-deep', at, `this is nested more than ${MAXIMUM_NESTING} deep`)
    if (character === '{') return this.object(at, depth)
    if (character === '[') return this.list(at, depth)
    if (character === '"') return this.string(at)
    for (const [word, value] of words) {
      if (!this.text.startsWith(word, this.index)) continue
      this.index += word.length
      return value
    }
    return this.number(at)
  }

  private object(at: string, depth: number): Record<string, unknown> {
    const members: Record<string, unknown> = {}
    this.index++
    this.space()
    if (this.take('}')) return members
    for (;;) {
      this.space()
      const start = this.index
      if (this.text[start] !== '"') this.stop('not-json', at, 'a key in double quotes is needed here', this.text[start] === '}' ? 'remove the comma before it' : undefined)
      const key = this.string(at)
      const place = `${at}/${escaped(key)}`
      const isForbidden = key === '__proto__' || key === 'constructor' || key === 'prototype'
      if (isForbidden) this.report('forbidden-key', place, `"${key}" is not allowed as a key anywhere`, 'remove it', start)
      else if (Object.hasOwn(members, key)) this.report('duplicate-key', place, `"${key}" stands here a second time`, 'remove one of the two', start)
      else this.places.set(place, start)
      this.space()
      if (!this.take(':')) this.stop('not-json', place, 'a colon is needed after the key')
      this.space()
      const value = this.value(place, depth + 1)
      if (!isForbidden) members[key] = value
      this.space()
      if (this.take('}')) return members
      if (!this.take(',')) this.stop('not-json', place, 'a comma or a closing brace is needed here')
    }
  }

  private list(at: string, depth: number): unknown[] {
    const items: unknown[] = []
    this.index++
    this.space()
    if (this.take(']')) return items
    for (;;) {
      this.space()
      const place = `${at}/${items.length}`
      this.places.set(place, this.index)
      if (this.text[this.index] === ']') this.stop('not-json', at, 'a value is needed after the comma', 'remove the comma before it')
      items.push(this.value(place, depth + 1))
      this.space()
      if (this.take(']')) return items
      if (!this.take(',')) this.stop('not-json', place, 'a comma or a closing bracket is needed here')
    }
  }

  private string(at: string): string {
    const start = this.index
    let result = ''
    this.index++
    for (;;) {
      plainText.lastIndex = this.index
      result += plainText.exec(this.text)?.[0] ?? ''
      this.index = plainText.lastIndex
      const character = this.text[this.index]
      if (character === '"') break
      if (character !== '\\') this.stop('not-json', at, character === undefined ? 'a closing quote is missing' : 'a text may not hold a line break, a tab or another control character', character === undefined ? undefined : 'write \\n or \\t')
      result += this.escape(at)
    }
    this.index++
    if (hasLoneSurrogate(result)) this.report('lone-surrogate', at, 'this text holds half of a surrogate pair', 'write the character itself', start)
    if (result.includes('\0')) this.report('nul', at, 'this text holds the character NUL', 'remove it', start)
    return result
  }

  private escape(at: string): string {
    const letter = this.text[this.index + 1] ?? ''
    const simple = escapes.get(letter)
    if (simple !== undefined) {
      this.index += 2
      return simple
    }
    const hexadecimal = this.text.slice(this.index + 2, this.index + 6)
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hexadecimal)) this.stop('not-json', at, 'a backslash is followed by something JSON does not know', 'write \\\\ for a backslash')
    this.index += 6
    return String.fromCharCode(Number.parseInt(hexadecimal, 16))
  }

  private number(at: string): number {
    numeral.lastIndex = this.index
    const written = numeral.exec(this.text)?.[0]
    if (written === undefined) return this.noValue(at)
    const value = Number(written)
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) this.report('number-size', at, 'this number is too large to be held exactly', 'use a smaller one', this.index)
    this.index += written.length
    // Zero has one spelling.
    return value === 0 ? 0 : value
  }

  private noValue(at: string): never {
    const rest = this.text.slice(this.index, this.index + 2)
    if (rest === '') return this.stop('not-json', at, 'the document ends too early', 'close what is open')
    if (rest === '//' || rest === '/*') return this.stop('not-json', at, 'JSON has no comments', 'use "label" and "source"')
    if (rest.startsWith("'")) return this.stop('not-json', at, 'a text stands in double quotes', 'replace the single quotes')
    return this.stop('not-json', at, 'a value is needed here: a text in double quotes, a whole number, true, false, null, a list or an object')
  }

  private space() {
    while (isSpace(this.text.charCodeAt(this.index))) this.index++
    if (this.text[this.index] === '/') this.noValue('')
  }

  private take(character: string): boolean {
    if (this.text[this.index] !== character) return false
    this.index++
    return true
  }

  private report(code: string, at: string, message: string, help: string | undefined, offset: number) {
    this.issues.push({ severity: 'error', code, at, ...placeOf(this.text, offset), message, ...(help === undefined ? {} : { help }) })
  }

  private stop(code: string, at: string, message: string, help?: string): never {
    this.report(code, at, message, help, Math.min(this.index, this.text.length))
    throw new Unreadable()
  }
}

const words: readonly [string, unknown][] = [['true', true], ['false', false], ['null', null]]
const escapes = new Map([['"', '"'], ['\\', '\\'], ['/', '/'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t']])
// oxlint-disable-next-line no-control-regex -- JSON's own rule: control characters are escaped
const plainText = /[^"\\\u0000-\u001f]*/y
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

function nearest(pointer: string, places: ReadonlyMap<string, number>): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const offset = places.get(at)
    if (offset !== undefined) return offset
    if (!at.includes('/')) return 0
  }
}

/** Columns count UTF-16 units, as editors and the language server protocol do. */
function placeOf(text: string, offset: number): Place {
  let line = 1
  let start = 0
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', end + 1)) {
    line++
    start = end + 1
  }
  return { line, column: offset - start + 1 }
}

function utf8Length(text: string): number {
  if (text.length > MAXIMUM_BYTES) return text.length
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) bytes += 1
    else if (code < 0x800) bytes += 2
    // Each half of a surrogate pair counts two of the four bytes.
    else bytes += code >= 0xd800 && code <= 0xdfff ? 2 : 3
  }
  return bytes
}
