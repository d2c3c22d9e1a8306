import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, daysBetween, didYouMean, isDay, isRecent, yearsBetween } from '../src/language/index.ts'

test('a day is a real one, written YYYY-MM-DD', () => {
  for (const day of ['2024-02-29', '2000-02-29', '2025-12-31', '0001-01-01']) expect(isDay(day), day).toBe(true)
  for (const day of [
    '2025-02-29',
    '1900-02-29',
    '2025-04-31',
    '2025-00-10',
    '2025-13-01',
    '2025-1-01',
    '2025-01-00',
    '25-01-01',
    '2025/01/01',
    ' 2025-01-1',
    '2025-01-01 ',
    '２025-01-01',
    '',
    20250101,
    null,
    undefined,
    ['2025-01-01'],
  ])
    expect(isDay(day), String(day)).toBe(false)
})

test.each([
  ['2025-01-31', 1, '2025-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2025-12-15', 1, '2026-01-15'],
  ['2025-03-31', -1, '2025-02-28'],
  ['2025-01-15', -13, '2023-12-15'],
  ['2025-05-12', 0, '2025-05-12'],
])('%s and %i months is %s', (day, months, expected) => expect(addMonths(day, months)).toBe(expected))

test.each([
  ['2026-05-01', 0, '2026-05-01'],
  ['2026-05-01', -1, '2026-04-30'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2025-02-28', 1, '2025-03-01'],
  ['1600-02-28', 1, '1600-02-29'],
  ['1700-02-28', 1, '1700-03-01'],
  ['1999-12-31', 60, '2000-02-29'],
  ['2000-02-29', 146_097, '2400-02-29'],
  ['0000-01-01', -1, '0000-01-01'],
  ['0000-01-02', -1, '0000-01-01'],
  ['0000-12-31', 1, '0001-01-01'],
  ['9999-12-31', 1, '9999-12-31'],
  ['9999-12-30', 1, '9999-12-31'],
  ['2026-05-01', -9_999_999, '0000-01-01'],
  ['2026-05-01', 9_999_999, '9999-12-31'],
])('%s and %i days is %s', (day, days, expected) => expect(addDays(day, days)).toBe(expected))

test.each([
  ['0000-01-15', -1, '0000-01-01'],
  ['0000-12-15', -11, '0000-01-15'],
  ['9999-12-15', 1, '9999-12-31'],
  ['9999-01-15', 11, '9999-12-15'],
])('at the ends of what can be written, %s and %i months is %s', (day, months, expected) => expect(addMonths(day, months)).toBe(expected))

test('days are counted as the calendar of the runtime counts them', () => {
  const numbers = Array.from({ length: 4_000 }, (_, index) => index * 911 - 719_000)
  const days = numbers.map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10))
  expect(numbers.map((number) => addDays('1970-01-01', number))).toEqual(days)
  expect(days.map((day) => daysBetween('1970-01-01', day))).toEqual(numbers)
})

test.each([
  ['2008-02-29', '2009-02-28', 0],
  ['2008-02-29', '2009-03-01', 1],
  ['2008-02-29', '2012-02-29', 4],
  ['2008-05-01', '2026-04-30', 17],
  ['2008-05-01', '2026-05-01', 18],
  ['2026-05-01', '2026-05-01', 0],
  ['2026-05-02', '2026-05-01', -1],
])('from %s to %s are %i whole years', (from, to, years) => expect(yearsBetween(from, to)).toBe(years))

describe('recent is within civil months, the last day included', () => {
  test.each([
    ['2025-05-12', '2026-05-12', 12, true],
    ['2025-05-12', '2026-05-13', 12, false],
    ['2026-01-31', '2026-04-30', 3, true],
    ['2026-01-31', '2026-05-01', 3, false],
    ['2024-02-29', '2025-02-28', 12, true],
    ['2024-02-29', '2025-03-01', 12, false],
    ['2026-06-01', '2026-05-01', 12, true],
  ])('last on %s, asked on %s, %i months: %s', (last, asOf, months, expected) => expect(isRecent(last, asOf, months)).toBe(expected))
})

test('days can be counted forth and back, as the calendar of the platform does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -500_000, max: 900_000 }), fc.integer({ min: -100_000, max: 100_000 }), (start, days) => {
      const day = new Date(start * 86_400_000).toISOString().slice(0, 10)
      const later = addDays(day, days)
      expect(isDay(day)).toBe(true)
      expect(later).toBe(new Date((start + days) * 86_400_000).toISOString().slice(0, 10))
      expect(daysBetween(day, later)).toBe(days)
    }),
  )
})

test.each([
  ['volontary', ['voluntary', 'court'], 'voluntary'],
  ['MinimumAge', ['minimumAge', 'maximumAge'], 'minimumAge'],
  ['ageOnReceipt', ['person.bornOn', 'person.ageOnReceipt'], 'person.ageOnReceipt'],
  ['fcat', ['fact', 'face'], 'fact'],
  ['weather', ['person.bornOn'], undefined],
  ['x', ['value'], undefined],
  ['', ['value'], undefined],
  ['y'.repeat(100_000), ['value'], undefined],
])('%s', (word, candidates, expected) => expect(didYouMean(word, candidates)).toBe(expected))
