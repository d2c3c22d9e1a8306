import type { Duration } from '@plumbline/rules'
import { dueAt } from '../../platform/calendar/index.ts'
import type { Instant } from '../../platform/clock.ts'

export const patienceUnits = ['minutes', 'hours', 'working-days', 'days', 'weeks'] as const

/** How long a message waits to be acknowledged before the next person hears. Minutes and hours are absolute; the rest ends at 17:00 in London. */
export type Patience = Duration | { amount: number; unit: 'minutes' }

/** From the instant the message was written, so that whoever hears next has the whole time, however late the server came to it. */
export const endOf = (from: Instant, { amount, unit }: Patience): Instant =>
  unit === 'minutes' ? later(from, amount * 60_000) : dueAt(from, { amount, unit })

export const later = (from: Instant, milliseconds: number): Instant => new Date(Date.parse(from) + milliseconds).toISOString()
