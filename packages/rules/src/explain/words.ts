import type { Duration } from '../kinds/kind.ts'
import { isDay } from '../language/civil-day.ts'

/** `yes`, `1 May 2026`, `criminal court order`, `Merton, Sutton or Kingston`, `not known`. */
export function inWords(value: unknown, joined: 'and' | 'or' = 'and'): string {
  if (value === null || value === undefined) return 'not known'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (Array.isArray(value)) return listInWords(value, joined)
  if (typeof value === 'object') return 'an entry'
  return isDay(value) ? dayInWords(value) : plain(String(value))
}

function listInWords(values: readonly unknown[], joined: 'and' | 'or'): string {
  if (values.length === 0) return 'none'
  if (values.some((value) => typeof value === 'object' && value !== null)) return counted(values.length, 'entry', 'entries')
  return series(
    values.map((value) => inWords(value)),
    joined,
  )
}

/** `a`, `a and b`, `a, b and c`. */
export function series(words: readonly string[], joined: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words[0] ?? 'none'
  return `${words.slice(0, -1).join(', ')} ${joined} ${words.at(-1)}`
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** An id as people say it: `partner-service` is the partner service. */
export const plain = (id: string): string => id.replaceAll(/(?<=\p{L})-(?=\p{L})/gu, ' ')

/** `5 working days`. */
export function durationInWords({ amount, unit }: Duration): string {
  const words = plain(unit)
  return `${amount} ${amount === 1 ? words.slice(0, -1) : words}`
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export function dayInWords(day: string): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number)
  return `${dayOfMonth} ${months[(month ?? 1) - 1]} ${year}`
}

/** One sentence: a capital in front, a full stop behind unless it ends otherwise. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  const ended = /[.?!]$/.test(trimmed) ? trimmed : `${trimmed}.`
  return ended.charAt(0).toUpperCase() + ended.slice(1)
}
