import { Temporal } from 'temporal-polyfill'
import { isWorkingDay } from '../platform/calendar/index.ts'
import { zone, type Day, type Instant } from '../platform/clock.ts'
import type { Chance } from './chance.ts'

/** The demo's invented year; the clock stands on its last day when the demo starts. */
export const firstDay: Day = '2025-05-01'
export const lastDay: Day = '2026-04-30'
export const lastMoment: Instant = '2026-04-30T08:00:00.000Z'

/** A day so many days later, moved on to the next day on which people work, and never past the demo's year. */
export function workingDayAfter(day: Day, days: number): Day {
  let date = Temporal.PlainDate.from(day).add({ days })
  while (!isWorkingDay(date.toString())) date = date.add({ days: 1 })
  return date.toString() < lastDay ? date.toString() : '2026-04-29'
}

/** Some minute of an hour in London on this day. */
export const momentOn = (day: Day, hour: number, luck: Chance): Instant =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: { hour, minute: luck.whole(0, 55) } })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })

export const daysLater = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString()
