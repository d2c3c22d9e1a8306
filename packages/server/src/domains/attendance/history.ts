import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Instant } from '../../platform/clock.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach } from '../../platform/loader.ts'
import { sessions } from '../programmes/index.ts'
import type { Entry } from './register.ts'
import { attendanceEntries, registers } from './tables.ts'

/** An entry with when the session was, and who recorded it, when and why. */
export type HistoryEntry = Entry & {
  occurredAt: Instant
  recordedAt: Instant
  recordedBy: Uuid
  correctionReason: string | null
  isCurrent: boolean
}

/** Everything recorded of each case, by session and number. Access is that of the case. */
export const entriesOfCase = loader<Uuid, HistoryEntry[]>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select({
      entry: attendanceEntries,
      occurredAt: sessions.startsAt,
      recordedAt: registers.recordedAt,
      recordedBy: registers.recordedBy,
      correctionReason: registers.correctionReason,
    })
    .from(attendanceEntries)
    .innerJoin(sessions, and(eq(sessions.providerId, attendanceEntries.providerId), eq(sessions.id, attendanceEntries.sessionId)))
    .innerJoin(registers, and(eq(registers.providerId, attendanceEntries.providerId), eq(registers.id, attendanceEntries.registerId)))
    .where(and(eq(attendanceEntries.providerId, actor.providerId), inArray(attendanceEntries.caseId, [...caseIds])))
    .orderBy(asc(sessions.startsAt), asc(attendanceEntries.sessionId), asc(attendanceEntries.placeId), asc(attendanceEntries.number))
  const history = rows.map(({ entry, ...more }, at): HistoryEntry => {
    const next = rows[at + 1]?.entry
    return { ...entry, ...more, isCurrent: next?.sessionId !== entry.sessionId || next.placeId !== entry.placeId }
  })
  return manyEach(caseIds, history, ({ caseId }) => caseId)
})
