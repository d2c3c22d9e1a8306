import { type Issue, onOneLine } from '../issue.ts'
import { escaped } from '../language/pointer.ts'
import { hasLoneSurrogate } from './canonical-json.ts'
import { lineStarts, nearest, type Place, placeOf, type Places } from './places.ts'

/** 256 KB of UTF-8. */
export const MAXIMUM_BYTES = 256 * 1024
/** How deep objects and lists may stand in one another. Conditions have a limit of their own, which is reached first. */
export const MAXIMUM_NESTING = 64

/** How many members an object, or items a list, may have. */
export const MAXIMUM_ENTRIES = 4096

/** Nobody reads more at once. */
export const MAXIMUM_ISSUES = 100

export type ParsedJson = {
  value: unknown
  /** Where a JSON pointer leads, or, where there is nothing, the nearest thing around it. A member is found at its key. Both count from 1. */
  locate(pointer: string): Place
}

/** What the reader was looking for when it could not go on. */
export type Needed = 'key' | 'colon' | 'comma' | 'value' | 'number' | 'quote' | 'escape' | 'end' | 'less'

/** What was read, and every fault. `stopped` says where nothing further could be understood; the value is undefined then. */
export type ReadJson = ParsedJson & { issues: Issue[]; stopped?: { needed: Needed; offset: number; path: readonly (string | number)[] } }

/**
 * Reads JSON strictly and remembers where everything stands.
 * Refused beyond what JSON refuses: duplicate keys, `__proto__`, `constructor` and `prototype` as keys, NUL and other characters that
 * change what is shown (a terminal's commands, writing turned round; tabs and line breaks are none), half a surrogate pair,
 * numbers that JavaScript cannot hold, and texts that are too long or nested too deep. Never throws.
 */
export function parseJson(text: string): ParsedJson | Issue[] {
  const { value, locate, issues } = readJson(text)
  return issues.length > 0 ? issues : { value, locate }
}

/** The same, with what could be read in spite of faults. */
export function readJson(text: string): ReadJson {
  const unread = (issue: Issue): ReadJson => ({
    value: undefined,
    locate: () => ({ line: 1, column: 1 }),
    issues: [issue],
    stopped: { needed: 'less', offset: 0, path: [] },
  })
  if (typeof text !== 'string')
    return unread(fault('not-text', 'a rule set is read from text', 'pass the text of the file, not what JSON.parse made of it'))
  const bytes = utf8Length(text)
  if (bytes > MAXIMUM_BYTES)
    return unread(fault('too-long', `this is ${Math.ceil(bytes / 1024)} KB long; ${MAXIMUM_BYTES / 1024} KB are allowed`))
  const reader = new Reader(text, false)
  const value = reader.document()
  let located: { places: Places; lines: readonly number[] } | undefined
  const locate = (pointer: string): Place => {
    located ??= { places: placesIn(text), lines: lineStarts(text) }
    return placeOf(located.lines, nearest(pointer, located.places))
  }
  return { value, locate, issues: reader.issues, ...(reader.stopped ? { stopped: reader.stopped } : {}) }
}

/** Read a second time, and only when somebody asks where something is: most documents are fine. */
function placesIn(text: string): Places {
  const reader = new Reader(text, true)
  reader.document()
  return reader.places
}

const fault = (code: string, message: string, help?: string): Issue => ({
  severity: 'error',
  code,
  at: '',
  line: 1,
  column: 1,
  message,
  ...(help === undefined ? {} : { help }),
})

/** Who reads "less than 16" must not be shown "61": control characters, and those that turn the direction of writing. */
// oxlint-disable-next-line no-control-regex
const hidden = /[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/

/** Thrown inside the reader only, at the first place after which nothing can be understood. */
class Unreadable extends Error {}

class Reader {
  readonly issues: Issue[] = []
  stopped: ReadJson['stopped']
  private index = 0
  /** Keys and positions that lead to where the reader is. */
  private readonly path: (string | number)[] = []
  private readonly text: string
  /** Whether it remembers where everything stands. */
  private readonly remembers: boolean
  /** Where what was read last stands; at the end, all of it. */
  places: Places = 0

  constructor(text: string, remembers: boolean) {
    this.text = text
    this.remembers = remembers
  }

  document(): unknown {
    try {
      // A byte order mark, as some editors write it.
      if (this.text.charCodeAt(0) === 0xfeff) this.index++
      this.space()
      const value = this.value(1, this.index)
      this.space()
      if (this.index < this.text.length) this.stop('end', 'there is something after the end of the document', 'remove it', 'trailing-text')
      return value
    } catch (error) {
      if (error instanceof Unreadable) return undefined
      throw error
    }
  }

  /** `at`: where it is said to stand; a member stands at its key. */
  private value(depth: number, at: number): unknown {
    this.places = at
    const character = this.text[this.index]
    if ((character === '{' || character === '[') && depth > MAXIMUM_NESTING)
      this.stop('less', `this is nested more than ${MAXIMUM_NESTING} deep`, undefined, 'too-deep')
    if (character === '{') return this.object(depth, at)
    if (character === '[') return this.list(depth, at)
    if (character === '"') return this.string()
    const known = words.get(character ?? '')
    if (!known || !this.text.startsWith(known.word, this.index) || /\w/.test(this.text[this.index + known.word.length] ?? ''))
      return this.number()
    this.index += known.word.length
    return known.value
  }

  private object(depth: number, at: number): Record<string, unknown> {
    const members: Record<string, unknown> = {}
    const below = new Map<string, Places>()
    let count = 0
    this.index++
    this.space()
    if (this.take('}')) return members
    for (;;) {
      this.space()
      const start = this.index
      if (this.text[start] !== '"')
        this.stop(
          'key',
          'a key in double quotes is needed here',
          this.text[start] === '}' ? 'remove the comma before it' : 'write the key in double quotes',
        )
      if (++count > MAXIMUM_ENTRIES) this.tooMany('members')
      const key = this.string()
      this.path.push(key)
      const isForbidden = key === '__proto__' || key === 'constructor' || key === 'prototype'
      if (isForbidden) this.report('forbidden-key', `"${key}" is not allowed as a key anywhere`, 'remove it', start)
      else if (this.remembers ? below.has(key) : Object.hasOwn(members, key))
        this.report('duplicate-key', `"${key}" stands here a second time`, 'remove one of the two', start)
      this.space()
      if (!this.take(':')) this.stop('colon', 'a colon is needed after the key')
      this.space()
      const value = this.value(depth + 1, start)
      if (this.remembers) below.set(key, this.places)
      else if (!isForbidden) members[key] = value
      this.space()
      if (this.goesOn('}', 'a comma or a closing brace is needed here')) continue
      if (this.remembers) this.places = { at, below }
      return members
    }
  }

  private list(depth: number, at: number): unknown[] {
    const items: unknown[] = []
    const below: Places[] = []
    this.index++
    this.space()
    if (this.take(']')) return items
    for (;;) {
      this.space()
      if (this.text[this.index] === ']') this.stop('value', 'a value is needed after the comma', 'remove the comma before it')
      if (items.length === MAXIMUM_ENTRIES) this.tooMany('items')
      this.path.push(items.length)
      items.push(this.value(depth + 1, this.index))
      if (this.remembers) below.push(this.places)
      this.space()
      if (this.goesOn(']', 'a comma or a closing bracket is needed here')) continue
      if (this.remembers) this.places = { at, below }
      return items
    }
  }

  /** After a member: whether another follows. */
  private goesOn(closing: string, needed: string): boolean {
    const ends = this.take(closing)
    if (!ends && !this.take(',')) this.stop('comma', ...this.insteadOfComma(needed))
    this.path.pop()
    return !ends
  }

  /** What to say where neither a comma nor the end follows. */
  private insteadOfComma(needed: string): [message: string, help?: string] {
    if (this.index >= this.text.length) return ['the document ends too early', 'close what is open']
    const next = this.text[this.index] ?? ''
    if (this.text[this.index - 1] === '"' && /[\p{L}\p{N}]/u.test(next))
      return ['the text ends here, in front of a word', 'write \\" for a quotation mark inside a text']
    return /["{[]/.test(next) ? [needed, 'separate it from what stands before by a comma'] : [needed]
  }

  private string(): string {
    const start = this.index
    this.index++
    let result = this.plain()
    while (this.text[this.index] !== '"') {
      const character = this.text[this.index]
      if (character === undefined) this.stop('quote', 'a closing quote is missing')
      if (character === '\n' || character === '\r')
        this.stop('quote', 'the text does not end in its line', 'end it with a double quote; a line break inside of it is written \\n')
      if (character !== '\\') this.stop('quote', 'a text may not hold a tab or another control character', 'write \\t for a tab')
      result += this.escape() + this.plain()
    }
    this.index++
    if (!isPlainAscii(result) && hasLoneSurrogate(result))
      this.report('lone-surrogate', 'this text holds half of a surrogate pair', 'write the character itself', start)
    if (result.includes('\0')) this.report('nul', 'this text holds the character NUL', 'remove it', start)
    else if (hidden.test(result))
      this.report('control-character', 'this text holds a character that cannot be seen and changes what is shown', 'remove it', start)
    return result
  }

  /** Up to the next quote, backslash or control character. */
  private plain(): string {
    const start = this.index
    for (let code = this.text.charCodeAt(start); code >= 0x20 && code !== 0x22 && code !== 0x5c; ) code = this.text.charCodeAt(++this.index)
    return this.text.slice(start, this.index)
  }

  private escape(): string {
    const letter = this.text[this.index + 1] ?? ''
    const simple = escapes.get(letter)
    if (simple !== undefined) {
      this.index += 2
      return simple
    }
    const hexadecimal = this.text.slice(this.index + 2, this.index + 6)
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hexadecimal))
      this.stop('escape', 'a backslash is followed by something JSON does not know', 'write \\\\ for a backslash')
    this.index += 6
    return String.fromCharCode(Number.parseInt(hexadecimal, 16))
  }

  private number(): number {
    numeral.lastIndex = this.index
    const written = numeral.exec(this.text)?.[0]
    if (written === undefined) return this.noValue()
    const value = Number(written)
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      this.report('number-size', 'this number is too large to be held exactly', 'use a smaller one', this.index)
    if (/[\w.]/.test(this.text[this.index + written.length] ?? ''))
      this.stop('number', 'this is not how a number is written', 'write it like 7 or -2, without a zero in front and without a unit')
    this.index += written.length
    // Zero has one spelling.
    return value === 0 ? 0 : value
  }

  private noValue(): never {
    const rest = this.text.slice(this.index, this.index + 2)
    if (rest === '') return this.stop('value', 'the document ends too early', 'close what is open')
    if (rest === '//' || rest === '/*') return this.stop('value', 'JSON has no comments', 'use "label" and "source"')
    if (rest.startsWith("'")) return this.stop('value', 'a text stands in double quotes', 'replace the single quotes')
    if (/^[“”„]/.test(rest)) return this.stop('value', 'a text stands in double quotes', 'replace the curly quotes by straight ones')
    const word = /^[A-Za-z]+/.exec(this.text.slice(this.index, this.index + 12))?.[0] ?? ''
    const meant = wordsForValues.get(word.toLowerCase())
    if (meant !== undefined) return this.stop('value', `"${word}" is no value in JSON`, `write ${meant}`)
    return this.stop('value', 'a value is needed here: a text in double quotes, a whole number, true, false, null, a list or an object')
  }

  private space() {
    while (isSpace(this.text.charCodeAt(this.index))) this.index++
    if (this.text[this.index] === '/') this.noValue()
  }

  private take(character: string): boolean {
    if (this.text[this.index] !== character) return false
    this.index++
    return true
  }

  private pointer(): string {
    return this.path.map((part) => `/${escaped(String(part))}`).join('')
  }

  private report(code: string, message: string, help: string | undefined, offset: number) {
    const place = { at: this.pointer(), ...placeOf(lineStarts(this.text), offset) }
    this.issues.push(onOneLine({ severity: 'error', code, ...place, message, ...(help === undefined ? {} : { help }) }))
    if (this.issues.length >= MAXIMUM_ISSUES) throw new Unreadable()
  }

  private tooMany(what: 'members' | 'items'): never {
    return this.stop('less', `more than ${MAXIMUM_ENTRIES} ${what} stand here`, 'no rule set needs so many in one place', 'too-many')
  }

  private stop(needed: Needed, message: string, help?: string, code = 'not-json'): never {
    const offset = Math.min(this.index, this.text.length)
    this.stopped = { needed, offset, path: [...this.path] }
    this.report(code, message, help, offset)
    throw new Unreadable()
  }
}

const words: ReadonlyMap<string, { word: string; value: boolean | null }> = new Map([
  ['t', { word: 'true', value: true }],
  ['f', { word: 'false', value: false }],
  ['n', { word: 'null', value: null }],
])
/** What other languages, and people, write for these values. */
const wordsForValues: ReadonlyMap<string, string> = new Map([
  ['true', 'true, in small letters'],
  ['false', 'false, in small letters'],
  ['null', 'null, in small letters'],
  ['yes', 'true'],
  ['no', 'false'],
])
const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const isPlainAscii = (text: string) => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return false
  return true
}
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

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
