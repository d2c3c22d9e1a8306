import { asc, eq, inArray, and, isNull } from 'drizzle-orm'
import { hasRole, nobody, type Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import type { Operation } from '../../platform/operation.ts'
import { nextReference } from '../../platform/reference.ts'
import { record } from '../audit/index.ts'
import { caseReaders, staff, type Staff } from '../providers/index.ts'
import { readCases, readsInFull, unheardCases, type Case } from './access.ts'
import { caseAssignments, caseExclusions, cases, caseStatusChanges } from './tables.ts'

export type Assignment = typeof caseAssignments.$inferSelect
export type CaseExclusion = typeof caseExclusions.$inferSelect
export type StatusChange = typeof caseStatusChanges.$inferSelect

/** By id; null for what this person may not read. */
export const caseById = loader<Uuid, Case | null>(async (tx, actor, ids) =>
  oneEach(ids, await readCases(tx, actor, inArray(cases.id, [...ids])), (row) => row.id),
)

/** By id; null for what this person may not read in full. */
export async function caseInFull(operation: Operation, actor: Actor, id: Uuid): Promise<Case | null> {
  const found = await operation.load(caseById, id)
  return found && readsInFull(actor, found) ? found : null
}

/** The same of what hangs below a case and was read through it: the case itself is looked at only for those who are referrers as well. */
export async function isReadInFull(operation: Operation, actor: Actor, caseId: Uuid): Promise<boolean> {
  if (!hasRole(actor, ...caseReaders)) return false
  return !hasRole(actor, 'referrer') || (await caseInFull(operation, actor, caseId)) !== null
}

/** The cases of a participant that this person may read, newest first. */
export const casesOfParticipant = loader<Uuid, Case[]>(async (tx, actor, ids) => {
  const rows = await readCases(tx, actor, inArray(cases.participantId, [...ids]))
  rows.sort((one, other) => (one.openedOn + one.reference < other.openedOn + other.reference ? 1 : -1))
  return manyEach(ids, rows, (row) => row.participantId)
})

/** Who works on it now; for its referrer, who did before anything ended unheard. Read through a case, like the two below. */
export const assignmentsOfCase = loader<Uuid, Assignment[]>(async (tx, actor, ids) => {
  const unheard = await unheardCases(tx, actor, ids)
  const rows = await tx.orm
    .select()
    .from(caseAssignments)
    .where(
      and(
        eq(caseAssignments.providerId, actor.providerId),
        inArray(caseAssignments.caseId, [...ids]),
        unheard.size > 0 ? undefined : isNull(caseAssignments.endedAt),
      ),
    )
    .orderBy(asc(caseAssignments.assignedAt), asc(caseAssignments.id))
  const shown = rows.flatMap((row): Assignment[] => {
    const since = unheard.get(row.caseId)
    if (row.endedAt === null) return !since || row.assignedAt < since ? [row] : []
    const lasted = since && row.assignedAt < since && row.endedAt >= since
    return lasted ? [{ ...row, endedAt: null, endedBy: null, endReason: null, version: row.version - 1 }] : []
  })
  return manyEach(ids, shown, (row) => row.caseId)
})

/** Oldest first. */
export const statusChangesOfCase = loader<Uuid, StatusChange[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(caseStatusChanges)
    .where(and(eq(caseStatusChanges.providerId, actor.providerId), inArray(caseStatusChanges.caseId, [...ids])))
    .orderBy(asc(caseStatusChanges.changedAt), asc(caseStatusChanges.id))
  return manyEach(ids, rows, (row) => row.caseId)
})

/** Exclusions in force and ended, with the side of the person, oldest first. For those who answer for every case. */
export const exclusionsOfCase = loader<Uuid, (CaseExclusion & { side: Staff['side'] })[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select({ row: caseExclusions, side: staff.side, caseId: cases.id })
    .from(caseExclusions)
    .innerJoin(cases, and(eq(cases.providerId, caseExclusions.providerId), eq(cases.participantId, caseExclusions.participantId)))
    .innerJoin(staff, and(eq(staff.providerId, caseExclusions.providerId), eq(staff.id, caseExclusions.staffId)))
    .where(and(eq(caseExclusions.providerId, actor.providerId), inArray(cases.id, [...ids])))
    .orderBy(asc(caseExclusions.excludedAt), asc(caseExclusions.id))
  return manyEach(ids, rows, ({ caseId }) => caseId).map((found) => found.map(({ row, side }) => ({ ...row, side })))
})

/** Opens a case. A referral does, so the caller is what allows it; a later referral of the same person opens another. */
export async function openCase(tx: Tx, actor: Actor, input: { participantId: Uuid; openedOn: Day }): Promise<Case> {
  const [row] = await tx.orm
    .insert(cases)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      reference: await nextReference(tx, actor, 'C'),
      participantId: input.participantId,
      status: 'referred',
      openedOn: input.openedOn,
      openedAt: tx.now,
      statusChangedAt: tx.now,
    })
    .returning()
  await tx.orm.insert(caseStatusChanges).values({
    providerId: actor.providerId,
    id: tx.newId(),
    caseId: row!.id,
    toStatus: 'referred',
    changedBy: personOf(actor),
    changedAt: tx.now,
  })
  await record(tx, actor, {
    action: 'case.opened',
    subjectType: 'case',
    subjectId: row!.id,
    fields: ['participantId', 'status', 'openedOn'],
  })
  return row!
}

/** Null where the server acts by itself. */
export const personOf = (actor: Actor): Uuid | null => (actor.id === nobody ? null : actor.id)
