import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { cases, casesInFull } from '../cases/index.ts'
import { tasks } from '../tasks/index.ts'
import type { RemovalStatus } from './states.ts'
import { attendanceConsequences, removals } from './tables.ts'

export type Consequence = typeof attendanceConsequences.$inferSelect

/** By id, read through the case; null for what this person may not see. */
export const consequenceById = loader<Uuid, Consequence | null>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select({ row: attendanceConsequences })
    .from(attendanceConsequences)
    .innerJoin(cases, and(eq(cases.providerId, attendanceConsequences.providerId), eq(cases.id, attendanceConsequences.caseId)))
    .where(and(casesInFull(actor), inArray(attendanceConsequences.id, [...ids])))
  return oneEach(
    ids,
    rows.map(({ row }) => row),
    ({ id }) => id,
  )
})

/** Everything that followed in each case, undone ones included, the oldest first. Access is that of the case. */
export const consequencesOfCase = loader<Uuid, Consequence[]>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select()
    .from(attendanceConsequences)
    .where(and(eq(attendanceConsequences.providerId, actor.providerId), inArray(attendanceConsequences.caseId, [...caseIds])))
    .orderBy(asc(attendanceConsequences.raisedAt), asc(attendanceConsequences.id))
  return manyEach(caseIds, rows, (row) => row.caseId)
})

/** One that was raised and not undone. `isSettled`: somebody has dealt with it, so that a further miss is a further cause. */
export type Standing = Consequence & { removal: { id: Uuid; status: RemovalStatus } | null; isSettled: boolean }

/** What stands of several places, the oldest first. */
export async function standingOf(tx: Tx, actor: Actor, placeIds: readonly Uuid[]): Promise<Standing[]> {
  if (placeIds.length === 0) return []
  const rows = await tx.orm
    .select({ row: attendanceConsequences, removalId: removals.id, removal: removals.status, task: tasks.status })
    .from(attendanceConsequences)
    .leftJoin(
      removals,
      and(eq(removals.providerId, attendanceConsequences.providerId), eq(removals.consequenceId, attendanceConsequences.id)),
    )
    .leftJoin(tasks, and(eq(tasks.providerId, attendanceConsequences.providerId), eq(tasks.id, attendanceConsequences.taskId)))
    .where(
      and(
        eq(attendanceConsequences.providerId, actor.providerId),
        inArray(attendanceConsequences.placeId, [...placeIds]),
        isNull(attendanceConsequences.undoneAt),
      ),
    )
    .orderBy(asc(attendanceConsequences.raisedAt), asc(attendanceConsequences.id))
  return rows.map(({ row, removalId, removal, task }) => ({
    ...row,
    removal: removalId && removal ? { id: removalId, status: removal } : null,
    isSettled: removal ? removal !== 'proposed' : task !== null && task !== 'open',
  }))
}
