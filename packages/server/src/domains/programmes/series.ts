import { Temporal } from 'temporal-polyfill'
import { holidaysAreKnown, isBankHoliday } from '../../platform/calendar/index.ts'
import { zone, type Day, type Instant } from '../../platform/clock.ts'

/** What is done about bank holidays: that week is left out and all after it move on by a week, or the session is held. */
export type HolidayRule = 'skip' | 'hold'

export type Series = {
  /** The first possible day; its weekday is that of the series. */
  firstOn: Day
  /** In London, `18:30`. */
  beginsAt: string
  minutes: number
  /** How many meetings. */
  count: number
  holidays: HolidayRule
}

export type Meeting = {
  onDay: Day
  startsAt: Instant
  endsAt: Instant
  /** It lies beyond the bank holidays published so far, and may turn out to be one. */
  dayIsProvisional: boolean
}

/**
 * Weekly meetings at the same time by the clock on the wall, whatever season it is. England and Wales.
 * A bank holiday that is skipped takes no number: the series ends a week later.
 */
export function weeklySeries({ firstOn, beginsAt, minutes, count, holidays }: Series): Meeting[] {
  const meetings: Meeting[] = []
  for (let day = Temporal.PlainDate.from(firstOn); meetings.length < count; day = day.add({ weeks: 1 }))
    if (holidays === 'hold' || !isBankHoliday(day.toString())) meetings.push(meetingOn(day.toString(), beginsAt, minutes))
  return meetings
}

/** One meeting. Minutes are minutes: one that lasts over a clock change ends when they are over. */
export function meetingOn(onDay: Day, beginsAt: string, minutes: number): Meeting {
  const start = Temporal.PlainDate.from(onDay).toZonedDateTime({ timeZone: zone, plainTime: beginsAt }).toInstant()
  return { onDay, startsAt: written(start), endsAt: written(start.add({ minutes })), dayIsProvisional: !holidaysAreKnown(onDay) }
}

export const weekAfter = (day: Day): Day => Temporal.PlainDate.from(day).add({ weeks: 1 }).toString()

/** The time of day in London, `18:30`. */
export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

const written = (instant: Temporal.Instant): Instant => instant.toString({ fractionalSecondDigits: 3 })
