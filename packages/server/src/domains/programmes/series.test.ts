import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meetingOn, weekAfter, weeklySeries } from './series.ts'

const evening = { beginsAt: '18:30', minutes: 120, count: 12 } as const

describe('a weekly series', () => {
  test('twelve Mondays from 30 March 2026 leave out Easter Monday and both bank holidays of May', () => {
    const meetings = weeklySeries({ ...evening, firstOn: '2026-03-30', holidays: 'skip' })
    expect(meetings.map(({ onDay }) => onDay.slice(5)).join(' ')).toBe(
      '03-30 04-13 04-20 04-27 05-11 05-18 06-01 06-08 06-15 06-22 06-29 07-06',
    )
    expect([...new Set(meetings.map(({ startsAt, endsAt }) => `${startsAt.slice(11)} ${endsAt.slice(11)}`))]).toEqual([
      '17:30:00.000Z 19:30:00.000Z',
    ])
    expect(meetings.some(({ dayIsProvisional }) => dayIsProvisional)).toBe(false)
  })

  test('held over bank holidays, the same series takes twelve weeks', () => {
    const meetings = weeklySeries({ ...evening, firstOn: '2026-03-30', holidays: 'hold' })
    expect(meetings.map(({ onDay }) => onDay)).toContain('2026-04-06')
    expect(meetings.at(-1)!.onDay).toBe('2026-06-15')
  })

  test('across the end of October it stays at half past six by the clock in London', () => {
    const meetings = weeklySeries({ ...evening, firstOn: '2026-10-19', count: 3, holidays: 'skip' })
    expect(meetings.map(({ startsAt }) => startsAt)).toEqual([
      '2026-10-19T17:30:00.000Z',
      '2026-10-26T18:30:00.000Z',
      '2026-11-02T18:30:00.000Z',
    ])
    expect(meetings.map(({ endsAt }) => endsAt)).toEqual([
      '2026-10-19T19:30:00.000Z',
      '2026-10-26T20:30:00.000Z',
      '2026-11-02T20:30:00.000Z',
    ])
  })

  test('across the end of March as well', () => {
    const meetings = weeklySeries({ ...evening, firstOn: '2026-03-23', count: 2, holidays: 'skip' })
    expect(meetings.map(({ startsAt }) => startsAt)).toEqual(['2026-03-23T18:30:00.000Z', '2026-03-30T17:30:00.000Z'])
  })

  test('a first day on a bank holiday moves on too', () => {
    expect(weeklySeries({ ...evening, firstOn: '2026-05-04', count: 1, holidays: 'skip' })[0]!.onDay).toBe('2026-05-11')
  })

  test('beyond the bank holidays published so far, days are provisional', () => {
    const meetings = weeklySeries({ ...evening, firstOn: '2027-12-27', count: 2, holidays: 'hold' })
    expect(meetings.map(({ onDay, dayIsProvisional }) => [onDay, dayIsProvisional])).toEqual([
      ['2027-12-27', false],
      ['2028-01-03', true],
    ])
  })
})

/** An independent way to the same days: milliseconds, last Sundays and a list of dates. No Temporal, no code of ours. */
const published = JSON.parse(readFileSync(new URL('../../platform/calendar/bank-holidays.json', import.meta.url), 'utf8')) as {
  knownUntil: string
  events: { date: string }[]
}
const bankHolidays = new Set(published.events.map(({ date }) => date))
const dayMs = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString()
const lastSundayOf = (year: number, month: number) => {
  const last = Date.UTC(year, month, 0)
  return last - new Date(last).getUTCDay() * dayMs
}
/** British summer time lasts from 01:00 UTC on the last Sunday of March to 01:00 UTC on that of October. */
const isSummer = (ms: number) => {
  const year = new Date(ms).getUTCFullYear()
  return ms >= lastSundayOf(year, 3) + 3_600_000 && ms < lastSundayOf(year, 10) + 3_600_000
}

function independent(first: number, hour: number, minute: number, minutes: number, count: number, skip: boolean) {
  const found: { onDay: string; startsAt: string; endsAt: string; dayIsProvisional: boolean }[] = []
  for (let day = first; found.length < count; day += 7 * dayMs) {
    const onDay = iso(day).slice(0, 10)
    if (skip && bankHolidays.has(onDay)) continue
    const wall = day + (hour * 60 + minute) * 60_000
    // Sessions begin in the daytime, when the clock shows every time once.
    const starts = isSummer(wall - 3_600_000) ? wall - 3_600_000 : wall
    found.push({ onDay, startsAt: iso(starts), endsAt: iso(starts + minutes * 60_000), dayIsProvisional: onDay > published.knownUntil })
  }
  return found
}

test('from 2020 to 2040 every series is that of an independent calculation, to the minute', () => {
  let tried = 0
  let sessions = 0
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 7_670 }),
      fc.integer({ min: 3, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 15, max: 480 }),
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      (days, hour, minute, minutes, count, skip) => {
        const first = Date.UTC(2020, 0, 1) + days * dayMs
        const meetings = weeklySeries({
          firstOn: iso(first).slice(0, 10),
          beginsAt: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
          minutes,
          count,
          holidays: skip ? 'skip' : 'hold',
        })
        tried += 1
        sessions += meetings.length
        expect(meetings).toEqual(independent(first, hour, minute, minutes, count, skip))
      },
    ),
    { numRuns: 1_000 },
  )
  console.log(`series compared: ${tried}, sessions: ${sessions}`)
  expect(tried).toBe(1_000)
})

test('a time that the clock jumps over begins when the clock has jumped; one that comes twice begins the first time', () => {
  expect(meetingOn('2026-03-29', '01:30', 60).startsAt).toBe('2026-03-29T01:30:00.000Z')
  expect(meetingOn('2026-10-25', '01:30', 60).startsAt).toBe('2026-10-25T00:30:00.000Z')
  expect(weekAfter('2026-12-28')).toBe('2027-01-04')
})
