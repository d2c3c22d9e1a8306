import type { Day } from './facts.ts'

/** A real day of the civil calendar, written `YYYY-MM-DD`: no time, no zone, no 30 February. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || value.length !== 10 || value.charCodeAt(4) !== DASH || value.charCodeAt(7) !== DASH) return false
  for (let i = 0; i < 10; i++) {
    if (i === 4 || i === 7) continue
    const digit = value.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9) return false
  }
  const month = twoDigits(value, 5)
  const day = twoDigits(value, 8)
  return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= lengthOfMonth(yearOf(value), month))
}

/**
 * The same day of the month, that many months later (or earlier, when negative).
 * Where that month is too short it is its last day: 31 January + 1 month is 28 or 29 February.
 */
export function addMonths(day: Day, months: number): Day {
  const count = yearOf(day) * 12 + twoDigits(day, 5) - 1 + months
  const year = Math.floor(count / 12)
  const month = count - year * 12 + 1
  return written(year, month, Math.min(twoDigits(day, 8), lengthOfMonth(year, month)))
}

export const addDays = (day: Day, days: number): Day => dayFromNumber(dayNumber(day) + days)

/** Days from one day to another: 0 for the same day, negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from)

/**
 * Whole years from one day to another, as an age is counted; negative when `to` is earlier.
 * Somebody born on 29 February is a year older on 1 March in common years.
 */
export function yearsBetween(from: Day, to: Day): number {
  const years = yearOf(to) - yearOf(from)
  const reached = monthAndDay(to) >= monthAndDay(from)
  return reached ? years : years - 1
}

/**
 * Whether something last happened within so many civil months of `asOf`, the last day included:
 * 12 May 2025 is recent within 12 months up to and on 12 May 2026.
 * A day later than `asOf` counts as recent: caution, not trust in the date.
 */
export const isRecent = (lastOccurredOn: Day, asOf: Day, months: number): boolean => asOf <= addMonths(lastOccurredOn, months)

/** Days since 1 January 1970, for arithmetic only. */
export function dayNumber(day: Day): number {
  const month = twoDigits(day, 5)
  // The year starts in March here, so that a leap day is its last one.
  const year = month > 2 ? yearOf(day) : yearOf(day) - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + twoDigits(day, 8) - 1
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear - 719468
}

/** The day with that number. Days outside the years 0000 to 9999 become the nearest one that can be written. */
export function dayFromNumber(number: number): Day {
  const days = Math.max(FIRST, Math.min(LAST, number)) + 719468
  const era = Math.floor(days / 146097)
  const dayOfEra = days - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return written(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1)
}

const DASH = 45
const ZERO = 48
const twoDigits = (text: string, from: number) => (text.charCodeAt(from) - ZERO) * 10 + text.charCodeAt(from + 1) - ZERO
const yearOf = (day: Day) => twoDigits(day, 0) * 100 + twoDigits(day, 2)
const monthAndDay = (day: Day) => twoDigits(day, 5) * 100 + twoDigits(day, 8)
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const lengthOfMonth = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
const written = (year: number, month: number, day: number): Day => {
  if (year < 0) return '0000-01-01'
  if (year > 9999) return '9999-12-31'
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
const FIRST = -719528
const LAST = 2932896
