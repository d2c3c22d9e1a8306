import { and, eq } from 'drizzle-orm'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, InvalidMove, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { RoleEnum, type Role } from '../providers/index.ts'
import { assertWorkableCase } from './access.ts'
import { assignWorker, type NewAssignment } from './assign-worker.ts'
import type { Assignment } from './case.ts'
import { CaseWorkerRef, idIn } from './graphql.ts'
import { assignableRoles, assigners, type AssignableRole } from './roles.ts'
import { caseAssignments } from './tables.ts'
import { unassignWorker } from './unassign-worker.ts'

/** Gives a case that the actor may work on to a worker. */
export async function giveCase(tx: Tx, actor: Actor, input: NewAssignment & { idempotencyKey: string }): Promise<Assignment> {
  await assertWorkableCase(tx, actor, input.caseId)
  const { idempotencyKey: key, ...payload } = input
  return once(
    tx,
    actor,
    { operation: 'assign-worker', key, payload },
    () => assignWorker(tx, actor, payload),
    (id) => assertAssignment(tx, actor, id),
  )
}

/** Takes a case that the actor may work on away from a worker. */
export async function takeCaseAway(
  tx: Tx,
  actor: Actor,
  input: { assignmentId: Uuid; reason: string; expectedVersion: number },
): Promise<Assignment> {
  const known = await assertAssignment(tx, actor, input.assignmentId)
  await assertWorkableCase(tx, actor, known.caseId).catch(asNoAssignment)
  const { caseId, staffId, role, version, endedAt } = await assertAssignment(tx, actor, input.assignmentId)
  if (version !== input.expectedVersion) throw new StaleVersion(version)
  if (endedAt) throw new InvalidMove('assignment', 'ended', 'ended', [])
  const [row] = await unassignWorker(tx, actor, { caseId, staffId, role, reason: input.reason })
  return row!
}

async function assertAssignment(tx: Tx, actor: Actor, id: Uuid): Promise<Assignment> {
  const [row] = await tx.orm
    .select()
    .from(caseAssignments)
    .where(and(eq(caseAssignments.providerId, actor.providerId), eq(caseAssignments.id, id)))
  if (!row) throw new NotFound('assignment')
  return row
}

/** An assignment on a case that may not be seen is answered like one that does not exist. */
const asNoAssignment = (error: unknown): never => {
  throw error instanceof NotFound ? new NotFound('assignment') : error
}

function assignable(role: Role): AssignableRole {
  const known = assignableRoles.find((one) => one === role)
  if (!known)
    throw new InvalidInput('role', 'nobody is assigned to a case in this role', `a case is given to: ${assignableRoles.join(', ')}`)
  return known
}

const AssignWorkerInput = builder.inputType('AssignWorkerInput', {
  description: 'Who is to work on a case, and as what.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one assignment.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    staffId: t.id({ required: true, description: 'Global id of the worker.' }),
    role: t.field({
      type: RoleEnum,
      required: true,
      description: 'A role they have: intake worker, facilitator, one-to-one worker, social worker or referrer.',
    }),
  }),
})

builder.mutationField('assignWorker', (t) =>
  t.field({
    ...calledBy(assigners, 'Gives a case to a worker, who may read it from then on.'),
    type: CaseWorkerRef,
    args: { input: t.arg({ type: AssignWorkerInput, required: true, description: 'Which case, to whom, and as what.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'assign-worker', (tx, actor) =>
        giveCase(tx, actor, {
          ...input,
          caseId: idIn('Case', input.caseId, 'case'),
          staffId: idIn('Staff', input.staffId, 'staff member'),
          role: assignable(input.role),
        }),
      ),
  }),
)

const UnassignWorkerInput = builder.inputType('UnassignWorkerInput', {
  description: 'Which assignment ends, and why.',
  fields: (t) => ({
    assignmentId: t.id({ required: true, description: 'Global id of the assignment, as `Case.workers` gives it.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    expectedVersion: t.int({ required: true, description: 'The assignment’s version as it was read.' }),
  }),
})

builder.mutationField('unassignWorker', (t) =>
  t.field({
    ...calledBy(
      assigners,
      'Takes a case away from a worker. Unless another ground allows it, they cannot read it from their next request on.',
    ),
    type: CaseWorkerRef,
    args: { input: t.arg({ type: UnassignWorkerInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'unassign-worker', (tx, actor) =>
        takeCaseAway(tx, actor, { ...input, assignmentId: idIn('CaseWorker', input.assignmentId, 'assignment') }),
      ),
  }),
)
