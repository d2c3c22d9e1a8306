import type { Duration } from '@plumbline/rules'
import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { zone, type Day, type Instant } from '../clock.ts'

type BankHolidays = {
  division: string
  knownFrom: Day
  knownUntil: Day
  events: { title: string; date: Day; notes: string; bunting: boolean }[]
}

/** Vendored data; found from the compiled code as well as from the source. */
const file = new URL('../../../src/platform/calendar/bank-holidays.json', import.meta.url)

/** England & Wales, as GOV.UK publishes them (Open Government Licence v3.0). */
export const bankHolidays = JSON.parse(readFileSync(file, 'utf8')) as BankHolidays
const holidays = new Set(bankHolidays.events.map(({ date }) => date))

/** When work ends in Europe/London, and with it every deadline that is counted in days. */
export const endOfWork = '17:00'

export type Deadline = {
  at: Instant
  /** Counted over days whose bank holidays are not published yet. Weekdays counted as working days there, so it may come early, never late. */
  beyondKnownHolidays: boolean
}

export const dueAt = (from: Instant, within: Duration): Instant => deadlineOf(from, within).at

/**
 * When something is due that must be done within a length of time from an instant.
 * Hours are absolute: 24 hours across a clock change are still 24 hours.
 * Working days: 17:00 in London on the Nth working day after the day it began on, which itself does not count, whatever the hour.
 * Days and weeks: 17:00 in London on that day, whatever day it is. Zero of either: the end of work on the day itself.
 */
export function deadlineOf(from: Instant, within: Duration): Deadline {
  if (!Number.isInteger(within.amount) || within.amount < 0) throw new RangeError('a deadline takes a whole number of units')
  const start = Temporal.Instant.from(from)
  if (within.unit === 'hours') return { at: written(start.add({ hours: within.amount })), beyondKnownHolidays: false }
  const first = start.toZonedDateTimeISO(zone).toPlainDate()
  if (within.unit === 'working-days') return afterWorkingDays(first, within.amount)
  const last = first.add(within.unit === 'weeks' ? { weeks: within.amount } : { days: within.amount })
  return { at: closeOf(last), beyondKnownHolidays: false }
}

/** Within so many clock hours, and in any case before the day ends in Europe/London, weekends and bank holidays included. */
export function dueSameDay(from: Instant, hours: number): Instant {
  const start = Temporal.Instant.from(from)
  const midnight = start.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 }).toZonedDateTime(zone).toInstant()
  const after = start.add({ hours })
  return written(Temporal.Instant.compare(after, midnight) < 0 ? after : midnight)
}

/** In England and Wales. No where bank holidays are not published yet. */
export const isBankHoliday = (day: Day): boolean => holidays.has(day)

/** Monday to Friday and no bank holiday. Where bank holidays are not known every weekday counts. */
export const isWorkingDay = (day: Day): boolean => worksOn(Temporal.PlainDate.from(day))
export const holidaysAreKnown = (day: Day): boolean => day >= bankHolidays.knownFrom && day <= bankHolidays.knownUntil

function afterWorkingDays(first: Temporal.PlainDate, amount: number): Deadline {
  let day = first
  let beyondKnownHolidays = false
  for (let left = amount; left > 0; ) {
    day = day.add({ days: 1 })
    if (!holidaysAreKnown(day.toString())) beyondKnownHolidays = true
    if (worksOn(day)) left -= 1
  }
  return { at: closeOf(day), beyondKnownHolidays }
}

const worksOn = (day: Temporal.PlainDate): boolean => day.dayOfWeek <= 5 && !holidays.has(day.toString())
/** The clocks change at night, so this local time exists once every day. */
const closeOf = (day: Temporal.PlainDate): Instant => written(day.toZonedDateTime({ timeZone: zone, plainTime: endOfWork }).toInstant())
const written = (instant: Temporal.Instant): Instant => instant.toString({ fractionalSecondDigits: 3 })
