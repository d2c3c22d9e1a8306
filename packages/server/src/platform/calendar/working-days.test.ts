import { describe, expect, test } from 'vitest'
import { bankHolidays, deadlineOf, dueAt, dueSameDay, holidaysAreKnown, isWorkingDay } from './index.ts'

const day = 86_400_000
const hour = 3_600_000
const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10)

describe('bank holidays of England and Wales', () => {
  test('are those GOV.UK published: eight a year, but for the years with one more', () => {
    const perYear = new Map<string, number>()
    for (const { date } of bankHolidays.events) perYear.set(date.slice(0, 4), (perYear.get(date.slice(0, 4)) ?? 0) + 1)
    expect(Object.fromEntries(perYear)).toEqual({
      2018: 8,
      2019: 8,
      2020: 8,
      2021: 8,
      2022: 10,
      2023: 9,
      2024: 8,
      2025: 8,
      2026: 8,
      2027: 8,
    })
    expect(bankHolidays.events.every(({ date }) => holidaysAreKnown(date))).toBe(true)
    expect(bankHolidays.events.map(({ date }) => date)).toEqual(bankHolidays.events.map(({ date }) => date).sort())
  })

  test('fall on weekdays, and Good Friday and Easter Monday where the calendar puts them', () => {
    for (const { date } of bankHolidays.events) expect(new Date(date).getUTCDay() % 6, date).not.toBe(0)
    for (let year = 2018; year <= 2027; year += 1) {
      const easter = Date.parse(easterSunday(year))
      const on = (title: string) =>
        bankHolidays.events.filter((event) => event.title === title && event.date.startsWith(String(year))).map(({ date }) => date)
      expect(on('Good Friday')).toEqual([isoDay(easter - 2 * day)])
      expect(on('Easter Monday')).toEqual([isoDay(easter + day)])
    }
  })

  test('a substitute day is no working day, and the day it stands for is a weekend', () => {
    const substitutes = bankHolidays.events.filter(({ notes }) => notes === 'Substitute day').map(({ date }) => date)
    expect(substitutes).toEqual([
      '2020-12-28',
      '2021-12-27',
      '2021-12-28',
      '2022-01-03',
      '2022-12-27',
      '2023-01-02',
      '2026-12-28',
      '2027-12-27',
      '2027-12-28',
    ])
    expect(substitutes.filter(isWorkingDay)).toEqual([])
  })
})

describe('a deadline', () => {
  const cases: [rule: string, from: string, amount: number, unit: 'hours' | 'working-days' | 'days' | 'weeks', due: string][] = [
    [
      'one working day from Maundy Thursday 16:30 is Tuesday after Easter, 17:00 in London',
      '2026-04-02T15:30:00.000Z',
      1,
      'working-days',
      '2026-04-07T16:00:00.000Z',
    ],
    ['one working day from Good Friday is the same Tuesday', '2026-04-03T09:00:00.000Z', 1, 'working-days', '2026-04-07T16:00:00.000Z'],
    ['the day it begins on does not count, however early', '2026-05-05T00:00:00.000Z', 1, 'working-days', '2026-05-06T16:00:00.000Z'],
    ['23:30 in UTC in summer is already the next day in London', '2026-05-05T23:30:00.000Z', 1, 'working-days', '2026-05-07T16:00:00.000Z'],
    ['two working days over a bank-holiday weekend', '2026-05-01T09:00:00.000Z', 2, 'working-days', '2026-05-06T16:00:00.000Z'],
    ['over Christmas 2026, Boxing Day on the Monday after', '2026-12-24T12:00:00.000Z', 1, 'working-days', '2026-12-29T17:00:00.000Z'],
    ['17:00 stays 17:00 in London when the clocks go back', '2026-10-23T09:00:00.000Z', 1, 'working-days', '2026-10-26T17:00:00.000Z'],
    ['24 hours stay 24 hours when the clocks go back', '2026-10-24T11:00:00.000Z', 24, 'hours', '2026-10-25T11:00:00.000Z'],
    ['24 hours stay 24 hours when the clocks go forward', '2026-03-28T12:00:00.000Z', 24, 'hours', '2026-03-29T12:00:00.000Z'],
    ['days end at 17:00 in London, weekends included', '2026-10-23T09:00:00.000Z', 2, 'days', '2026-10-25T17:00:00.000Z'],
    ['weeks too', '2026-10-20T09:00:00.000Z', 2, 'weeks', '2026-11-03T17:00:00.000Z'],
  ]
  test.each(cases)('%s', (_, from, amount, unit, due) => {
    expect(deadlineOf(from, { amount, unit })).toEqual({ at: due, beyondKnownHolidays: false })
  })

  test('beyond the published bank holidays weekdays count, and the deadline says so', () => {
    expect(deadlineOf('2027-12-30T09:00:00.000Z', { amount: 1, unit: 'working-days' })).toEqual({
      at: '2027-12-31T17:00:00.000Z',
      beyondKnownHolidays: false,
    })
    expect(deadlineOf('2027-12-31T09:00:00.000Z', { amount: 1, unit: 'working-days' })).toEqual({
      at: '2028-01-03T17:00:00.000Z',
      beyondKnownHolidays: true,
    })
    expect(deadlineOf('2017-12-22T09:00:00.000Z', { amount: 1, unit: 'working-days' }).beyondKnownHolidays).toBe(true)
  })

  test.each([
    ['so many clock hours later', '2026-05-01T09:00:00.000Z', '2026-05-01T17:00:00.000Z'],
    ['on a Sunday as on any other day', '2026-05-03T09:00:00.000Z', '2026-05-03T17:00:00.000Z'],
    ['but never after midnight in London, which in summer is 23:00 in UTC', '2026-05-01T15:00:00.001Z', '2026-05-01T23:00:00.000Z'],
    ['a minute before midnight is a minute', '2026-05-01T22:59:00.000Z', '2026-05-01T23:00:00.000Z'],
    ['midnight itself belongs to the new day', '2026-05-01T23:00:00.000Z', '2026-05-02T07:00:00.000Z'],
    ['on the day on which the clocks go back, midnight is that of winter', '2026-10-25T20:00:00.000Z', '2026-10-26T00:00:00.000Z'],
    ['eight hours stay eight when the clocks go back', '2026-10-24T23:30:00.000Z', '2026-10-25T07:30:00.000Z'],
  ])('the same day: %s', (_, from, due) => expect(dueSameDay(from, 8)).toBe(due))

  test('a length of time that is no whole number is refused', () => {
    for (const amount of [-1, 0.5, Number.NaN, Infinity])
      expect(() => dueAt('2026-05-01T09:00:00.000Z', { amount, unit: 'working-days' })).toThrow(RangeError)
  })
})

describe('deadlines from every hour around every change of clocks, and every day, 2020 to 2040', () => {
  const begin = Date.parse('2020-01-01T00:00:00.000Z')
  const end = Date.parse('2041-01-01T00:00:00.000Z')
  /** Every 31st hour, so that all hours of the day and all days of the week come up; each hour of the days round a change of clocks. */
  const instants = () => {
    const found: number[] = []
    for (let at = begin; at < end; at += 31 * hour) found.push(at)
    for (let year = 2020; year <= 2040; year += 1)
      for (const month of [3, 10])
        for (let at = lastSunday(year, month) - 2 * day; at < lastSunday(year, month) + 2 * day; at += hour) found.push(at)
    return found
  }

  test('working days: 17:00 in London, on a working day, with exactly as many working days passed, in every time zone of the machine', () => {
    const zones = ['UTC', 'Europe/London', 'Pacific/Auckland', 'America/St_Johns', 'Asia/Kathmandu']
    const before = process.env.TZ
    let looked = 0
    try {
      instants().forEach((at, index) => {
        process.env.TZ = zones[index % zones.length]
        const amount = 1 + (index % 5)
        const { at: due, beyondKnownHolidays } = deadlineOf(new Date(at).toISOString(), { amount, unit: 'working-days' })
        const [fromDay, dueDay] = [isoDay(at + offset(at)), due.slice(0, 10)]
        // Said again without the code under test: walk the days, count the working ones.
        let walked = Date.parse(fromDay)
        let left = amount
        let unpublished = false
        while (left > 0) {
          walked += day
          if (walked > Date.parse(bankHolidays.knownUntil)) unpublished = true
          if (![0, 6].includes(new Date(walked).getUTCDay()) && !bankHolidays.events.some(({ date }) => date === isoDay(walked))) left -= 1
        }
        if (
          dueDay !== isoDay(walked) ||
          Date.parse(due) + offset(Date.parse(due)) !== walked + 17 * hour ||
          beyondKnownHolidays !== unpublished
        )
          expect.fail(`from ${new Date(at).toISOString()} ${amount} working days: ${due}, expected ${isoDay(walked)} 17:00 in London`)
        looked += 1
      })
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
    console.log(`working-day deadlines looked at: ${looked}`)
    expect(looked).toBeGreaterThan(9_000)
  })

  test('hours: exactly as many, and a later beginning is never due earlier', () => {
    let looked = 0
    let latest = ''
    for (const at of instants().sort((one, other) => one - other)) {
      const amount = 1 + (looked % 72)
      const from = new Date(at).toISOString()
      if (Date.parse(dueAt(from, { amount, unit: 'hours' })) !== at + amount * hour) expect.fail(`${amount} hours from ${from}`)
      const due = dueAt(from, { amount: 2, unit: 'days' })
      if (due < latest) expect.fail(`2 days from ${from}`)
      latest = due
      looked += 1
    }
    expect(looked).toBeGreaterThan(9_000)
  })
})

/** British Summer Time as the law says it: from 01:00 UTC on the last Sunday of March to 01:00 UTC on that of October. */
function offset(at: number): number {
  const year = new Date(at).getUTCFullYear()
  return at >= lastSunday(year, 3) + hour && at < lastSunday(year, 10) + hour ? hour : 0
}

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 0)
  return last - new Date(last).getUTCDay() * day
}

/** Meeus, Jones and Butcher. */
function easterSunday(year: number): string {
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return isoDay(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1))
}
