import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { registerRoleLoss } from '../providers/index.ts'
import { personOf } from './case.ts'
import { handOverTasks } from './hand-over-tasks.ts'
import { assignableRoles } from './roles.ts'
import { caseAssignments } from './tables.ts'

// A role that is lost takes its assignments along: given again, it opens nothing old. Whoever leaves leaves their tasks to others.
registerRoleLoss(async (tx, actor, { staffId, roles, hasLeft }) => {
  const lost = assignableRoles.filter((role) => roles.includes(role))
  if (lost.length > 0)
    await tx.orm
      .update(caseAssignments)
      .set({
        endedAt: tx.now,
        endedBy: personOf(actor),
        endReason: hasLeft ? 'left the provider' : 'no longer has this role',
        version: sql`${caseAssignments.version} + 1`,
      })
      .where(
        and(
          eq(caseAssignments.providerId, actor.providerId),
          eq(caseAssignments.staffId, staffId),
          inArray(caseAssignments.role, lost),
          isNull(caseAssignments.endedAt),
        ),
      )
  if (hasLeft) await handOverTasks(tx, actor, staffId, null)
})
