import type { ReadJson } from '../rule-set/json-text.ts'
import { bracketAstray, closersFor } from './brackets.ts'

/** `remove` characters at `at` give way to `insert`. `guessed`: the value there is ours, so what is said of it says nothing. */
export type Repair = { at: number; remove: number; insert: string; guessed?: true }

type Stop = NonNullable<ReadJson['stopped']>

/** What would let the reader go on behind the place where it stopped: what was most likely meant. Undefined where nobody could tell. */
export function repairOf(text: string, stop: Stop): Repair | undefined {
  const { needed, offset } = stop
  if (needed === 'less') return undefined
  if (offset >= text.length) return unfinished(text, stop)
  const rest = text.slice(offset, offset + 400)
  if (needed !== 'quote' && needed !== 'escape') {
    if (/^\/[/*]/.test(rest)) return withoutComment(text, offset)
    if (/^['`‘’“”„]/.test(rest)) return inStraightQuotes(text, offset)
  }
  switch (needed) {
    case 'end':
      return surplusEnd(text, offset)
    case 'key':
      return keyRepair(text, stop, rest)
    case 'colon':
      return colonRepair(text, offset, rest)
    case 'comma':
      return commaRepair(text, stop, rest)
    case 'value':
      return valueRepair(text, offset, rest)
    case 'number':
      return bare(rest, offset)
    case 'quote':
      return quoteRepair(text, offset)
    case 'escape':
      return { at: offset, remove: 0, insert: '\\' }
  }
}

const drop = (at: number, length = 1): Repair => ({ at, remove: length, insert: '' })
const add = (at: number, insert: string): Repair => ({ at, remove: 0, insert })

/** The document ends in the middle: everything open is closed, there or where the indentation says. */
function unfinished(text: string, { needed }: Stop): Repair | undefined {
  if (needed === 'quote') return add(text.trimEnd().length, '"')
  const astray = bracketAstray(text)
  if (astray?.is === 'missing') return add(astray.at, astray.bracket)
  const lastComma = /,\s*$/.exec(text)
  if (lastComma) return drop(lastComma.index, text.length - lastComma.index)
  const value = needed === 'value' ? 'null' : needed === 'colon' ? ': null' : ''
  const insert = `${value}${closersFor(text)}`
  return insert === '' ? undefined : { ...add(text.length, insert), ...(value === '' ? {} : { guessed: true }) }
}

/** The document has ended, and goes on. */
function surplusEnd(text: string, offset: number): Repair | undefined {
  const astray = bracketAstray(text)
  if (astray?.is === 'surplus' && astray.at <= offset) return drop(astray.at)
  if (text[offset] === ',') return drop(text.lastIndexOf('}', offset))
  return text[offset] === '}' || text[offset] === ']' ? drop(offset) : undefined
}

function withoutComment(text: string, offset: number): Repair {
  const end = text[offset + 1] === '/' ? text.indexOf('\n', offset) : text.indexOf('*/', offset) + 2
  return drop(offset, (end <= offset + 1 ? text.length : end) - offset)
}

/** `'…'` and `“…”` on one line, up to the quote that something ends behind. */
function inStraightQuotes(text: string, offset: number): Repair | undefined {
  const line = text.slice(offset, lineEnd(text, offset))
  const found = /^['`‘’“”„](.*?)['`‘’“”"](?=\s*(?:[:,}\]]|$))/.exec(line)
  if (!found) return undefined
  return { at: offset, remove: found[0].length, insert: JSON.stringify(found[1]) }
}

function keyRepair(text: string, { offset, path }: Stop, rest: string): Repair | undefined {
  if (rest.startsWith(',')) return drop(offset)
  if (rest.startsWith('}')) return dropComma(text, offset)
  if (rest.startsWith(']')) return path.length > 0 ? { at: offset, remove: 1, insert: '}' } : undefined
  const word = /^([\p{L}_$][\p{L}\p{N}_$.-]*)"?/u.exec(rest)
  return word ? { at: offset, remove: word[0].length, insert: `"${word[1]}"` } : undefined
}

function dropComma(text: string, offset: number): Repair | undefined {
  const before = text.slice(0, offset).trimEnd()
  return before.endsWith(',') ? drop(before.length - 1) : undefined
}

function colonRepair(text: string, offset: number, rest: string): Repair | undefined {
  const other = /^(?:=>?|:=)/.exec(rest)
  if (other) return { at: offset, remove: other[0].length, insert: ':' }
  // `"label: "x"`: the text that was read as the key holds the colon.
  const colon = text[offset - 1] === '"' && /[\p{L}\p{N}]/u.test(rest[0] ?? '') ? text.lastIndexOf(':', offset) : -1
  if (colon > text.lastIndexOf('\n', offset)) return add(colon, '"')
  if (/^[^\s\w"{[]\s*:/.test(rest)) return drop(offset)
  if (/^["{[\w-]/.test(rest)) return add(offset, ':')
  return /^[,}]/.test(rest) ? { ...add(offset, ': null'), guessed: true } : undefined
}

function commaRepair(text: string, { offset, path }: Stop, rest: string): Repair | undefined {
  if (text[offset - 1] === '"' && /[\p{L}\p{N}]/u.test(rest[0] ?? '')) return quotesInText(text, offset)
  if (rest.startsWith(';')) return { at: offset, remove: 1, insert: ',' }
  if (/^["{[]/.test(rest)) return add(offset, ',')
  if (/^[}\]]/.test(rest)) {
    const isInner = path.length > 1 && typeof path.at(-2) === (rest[0] === '}' ? 'string' : 'number')
    const needed = rest[0] === '}' ? ']' : '}'
    return isInner ? add(offset, needed) : { at: offset, remove: 1, insert: needed }
  }
  if (rest.startsWith(')')) return { at: offset, remove: 1, insert: typeof path.at(-1) === 'number' ? ']' : '}' }
  const words = /^[\p{L}\p{N}][^,}\]"\n]*/u.exec(rest)
  return words ? drop(offset, words[0].trimEnd().length) : undefined
}

/** `"He said "no" to it"`: what lies between the first and the last quote of the text is part of it. */
function quotesInText(text: string, offset: number): Repair | undefined {
  const lineStart = lineBegin(text, offset)
  const before = text.slice(lineStart, offset - 1)
  const start = lineStart + before.lastIndexOf('"')
  const found = /^(.*?)"(?=\s*(?:[,}\]]|$))/.exec(text.slice(start + 1, lineEnd(text, offset)))
  if (!found?.[1]) return undefined
  return { at: start, remove: found[0].length + 1, insert: JSON.stringify(found[1].replaceAll('\\"', '"')) }
}

function valueRepair(text: string, offset: number, rest: string): Repair | undefined {
  if (rest.startsWith(']')) return dropComma(text, offset)
  if (/^[,}]/.test(rest)) return { ...add(offset, 'null'), guessed: true }
  return bare(rest, offset)
}

/** A word, a sentence or a number without quotes, or not as JSON has it. */
function bare(rest: string, offset: number): Repair | undefined {
  const written = /^[^,}\]\n]+/.exec(rest)?.[0].trimEnd()
  if (written === undefined || written === '') return undefined
  const word = written.replace(/"$/, '')
  const number = /^[+]?0*(\d+)\b/.exec(word)
  const known = /^(?:true|false|null)$/i.test(word) ? word.toLowerCase() : undefined
  const insert = known ?? (number ? String(Number(number[1])) : JSON.stringify(word))
  return { at: offset, remove: written.length, insert, guessed: true }
}

/** A line break in a text: the closing quote was forgotten, or the text goes on in the next line. */
function quoteRepair(text: string, offset: number): Repair | undefined {
  if (text[offset] === '\t') return { at: offset, remove: 1, insert: ' ' }
  if (text[offset] !== '\n' && text[offset] !== '\r') return { at: offset, remove: 1, insert: ' ' }
  // The last quote of the line was to end the text, and a backslash stands before it.
  const escaped = /\\"(?=\s*(?:[:,}\]][^"]*)?$)/.exec(text.slice(lineBegin(text, offset), offset))
  if (escaped) return drop(lineBegin(text, offset) + escaped.index)
  const next = text.slice(offset).trimStart()
  if (!/^["}\]]/.test(next)) return { at: offset, remove: text.slice(offset).length - next.length, insert: ' ' }
  const line = text.slice(0, offset)
  return add(line.replace(/[\s,}\]]+$/, '').length, '"')
}

const lineBegin = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}
