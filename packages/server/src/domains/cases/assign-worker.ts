import { and, eq, isNull } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { assertActiveStaff, rolesHeldBy } from '../providers/index.ts'
import { personOf, type Assignment } from './case.ts'
import { assignableRoles, type AssignableRole } from './roles.ts'
import { caseAssignments, caseExclusions, cases } from './tables.ts'

export type NewAssignment = {
  caseId: Uuid
  staffId: Uuid
  /** What they are on this case; without it the first of their roles in the order of `assignableRoles`. */
  role?: AssignableRole
}

/**
 * Gives a case to a worker, in a role that they have. Repeating it changes nothing. Other slices call it after their own check of access.
 * @throws NotFound, InvalidInput (fields `staffId`, `role`)
 */
export async function assignWorker(tx: Tx, actor: Actor, input: NewAssignment): Promise<Assignment> {
  const worker = await assertActiveStaff(tx, actor, input.staffId)
  const held = await rolesHeldBy(tx, actor, worker.id)
  const role = input.role ?? assignableRoles.find((one) => held.includes(one))
  if (worker.side !== 'participant' || !role)
    throw new InvalidInput(
      'staffId',
      'this person does not work on participants’ cases',
      `a case is given to: ${assignableRoles.join(', ')}`,
    )
  if (!held.includes(role)) throw new InvalidInput('role', 'this person does not have this role', 'name one of theirs, or grant it first')
  await assertNotExcluded(tx, actor, input.caseId, worker.id)

  const mine = and(
    eq(caseAssignments.providerId, actor.providerId),
    eq(caseAssignments.caseId, input.caseId),
    eq(caseAssignments.staffId, worker.id),
    eq(caseAssignments.role, role),
    isNull(caseAssignments.endedAt),
  )
  const [row] = await tx.orm
    .insert(caseAssignments)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      caseId: input.caseId,
      staffId: worker.id,
      staffSide: 'participant',
      role,
      assignedBy: personOf(actor),
      assignedAt: tx.now,
    })
    .onConflictDoNothing()
    .returning()
  if (!row) return (await tx.orm.select().from(caseAssignments).where(mine))[0]!
  await record(tx, actor, { action: 'case.worker-assigned', subjectType: 'case', subjectId: input.caseId, fields: ['staffId', 'role'] })
  return row
}

async function assertNotExcluded(tx: Tx, actor: Actor, caseId: Uuid, staffId: Uuid): Promise<void> {
  const [known] = await tx.orm
    .select({ participantId: cases.participantId })
    .from(cases)
    .where(and(eq(cases.providerId, actor.providerId), eq(cases.id, caseId)))
  if (!known) throw new NotFound('case')
  const [excluded] = await tx.orm
    .select({ id: caseExclusions.id })
    .from(caseExclusions)
    .where(
      and(
        eq(caseExclusions.providerId, actor.providerId),
        eq(caseExclusions.participantId, known.participantId),
        eq(caseExclusions.staffId, staffId),
        isNull(caseExclusions.endedAt),
      ),
    )
  if (excluded) throw new InvalidInput('staffId', 'this person cannot be given this case', 'choose somebody else')
}
