import { Temporal } from 'temporal-polyfill'

/** An instant in UTC, `2026-05-01T09:30:00.000Z`. Instants of this shape compare as text. */
export type Instant = string
/** A civil day, `YYYY-MM-DD`. Never turned into an instant. */
export type Day = string

/** Where the time comes from. Injected once, at start; everything below takes `now` as a value. */
export type Clock = { now(): Instant }

export const systemClock: Clock = { now: () => new Date().toISOString() }

/** A clock that stands still until it is moved: for the demo's year, the seed and tests. */
export function standingClock(at: Instant): Clock & { moveTo(at: Instant): void } {
  let now = at
  return {
    now: () => now,
    moveTo: (next) => {
      now = next
    },
  }
}

export const zone = 'Europe/London'

/** The civil day it is in Europe/London. */
export const dayIn = (at: Instant): Day => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
