import type { Duration } from '../kinds/kind.ts'
import { isDay } from '../language/civil-day.ts'
import { ANY_OTHER_TEXT } from '../language/values.ts'
import { english, type Messages } from './messages/index.ts'

export { counted, plain } from './messages/english-words.ts'

/** `yes`, `1 May 2026`, `criminal court order`, `Merton, Sutton or Kingston`, `not known`. */
export function inWords(value: unknown, joined: 'and' | 'or' = 'and', { words }: Messages = english): string {
  return valueInWords(value, joined, words)
}

/** `word`: how a text reads that the library brings. */
export function valueInWords(
  value: unknown,
  joined: 'and' | 'or',
  words: Messages['words'],
  word: (text: string) => string = (text) => words.plain({ id: text }),
): string {
  if (value === null || value === undefined) return words.notKnown({})
  if (value === HIDDEN) return words.hidden({})
  if (value === ANY_OTHER_TEXT) return words.anyOtherText({})
  if (value === true) return words.yes({})
  if (value === false) return words.no({})
  if (Array.isArray(value)) {
    if (value.length === 0) return words.none({})
    if (value.some((each) => typeof each === 'object' && each !== null)) return words.entries({ count: value.length })
    return words.series({ items: value.map((each) => valueInWords(each, 'and', words, word)), joined })
  }
  if (typeof value === 'object') return words.entry({})
  return isDay(value) ? dayInWords(value, words) : word(String(value))
}

/** What stands in place of a value that whoever reads may not look at. */
export const HIDDEN = '\u{1F512} hidden'

/** `a`, `a and b`, `a, b and c`. */
export const series = (items: readonly string[], joined: 'and' | 'or' = 'and', { words }: Messages = english): string =>
  words.series({ items, joined })

/** `5 working days`. */
export const durationInWords = (duration: Duration, { words }: Messages = english): string => words.duration(duration)

export function dayInWords(day: string, words: Messages['words'] = english.words): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  return words.day({ year, month, day: dayOfMonth })
}
