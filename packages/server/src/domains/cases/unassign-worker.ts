import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { personOf, type Assignment } from './case.ts'
import { assignableRoles, type AssignableRole } from './roles.ts'
import { caseAssignments } from './tables.ts'

export type EndedAssignment = { caseId: Uuid; staffId: Uuid; role?: AssignableRole; reason: string }

/** Takes a case away from a worker: in one role, or without it in all. Who worked on it and when stays on record. */
export async function unassignWorker(tx: Tx, actor: Actor, input: EndedAssignment): Promise<Assignment[]> {
  const endedRows = await tx.orm
    .update(caseAssignments)
    .set({ endedAt: tx.now, endedBy: personOf(actor), endReason: input.reason, version: sql`${caseAssignments.version} + 1` })
    .where(
      and(
        eq(caseAssignments.providerId, actor.providerId),
        eq(caseAssignments.caseId, input.caseId),
        eq(caseAssignments.staffId, input.staffId),
        inArray(caseAssignments.role, input.role ? [input.role] : [...assignableRoles]),
        isNull(caseAssignments.endedAt),
      ),
    )
    .returning()
  if (endedRows.length > 0)
    await record(tx, actor, {
      action: 'case.worker-unassigned',
      subjectType: 'case',
      subjectId: input.caseId,
      fields: ['staffId', 'role', 'reason'],
    })
  return endedRows
}
