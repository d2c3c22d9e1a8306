import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove, NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { taskOwners } from './access.ts'
import { localTaskId, TaskRef } from './graphql.ts'
import { assertOwner } from './owner.ts'
import { tasks } from './tables.ts'
import { lockTask, type Task } from './task.ts'

export type Reassignment = { taskId: Uuid; ownerId: Uuid; expectedVersion: number | null }

/** Gives an open task to another person. The deadline stays where it is. */
export async function reassignTask(tx: Tx, actor: Actor, input: Reassignment): Promise<Task> {
  const task = await lockTask(tx, actor, input.taskId, input.expectedVersion)
  if (task.status !== 'open') throw new InvalidMove('task', task.status, 'reassigned', [])
  const owner = await assertOwner(tx, actor, { ownerId: input.ownerId, side: task.side, caseId: task.caseId })
  if (owner.id === task.ownerId) return task
  const [changed] = await tx.orm
    .update(tasks)
    .set({ ownerId: owner.id, ownerSide: owner.side, version: task.version + 1 })
    .where(and(eq(tasks.providerId, actor.providerId), eq(tasks.id, task.id)))
    .returning()
  await record(tx, actor, {
    action: 'task.reassigned',
    subjectType: 'task',
    subjectId: task.id,
    allowedBy: task.ownerId === actor.id ? 'owner' : 'oversight',
    fields: ['ownerId'],
  })
  return changed!
}

const ReassignTaskInput = builder.inputType('ReassignTaskInput', {
  description: 'A task that somebody else is to do.',
  fields: (t) => ({
    taskId: t.id({ required: true, description: 'Global id of the task.' }),
    ownerId: t.id({
      required: true,
      description: 'Global id of the person who takes it; active, and on the task’s side of the wall or on neither.',
    }),
    expectedVersion: t.int({ required: true, description: 'The version of the task this was decided on.' }),
  }),
})

builder.mutationField('reassignTask', (t) =>
  t.field({
    ...calledBy(taskOwners, 'Gives an open task to another person. Its owner does, or those who answer for its side. The deadline stays.'),
    type: TaskRef,
    args: { input: t.arg({ type: ReassignTaskInput, required: true, description: 'Which task, and who takes it.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'reassign-task', (tx, actor) => {
        const ownerId = localId('Staff', input.ownerId)
        if (!ownerId) throw new NotFound('staff member')
        return reassignTask(tx, actor, { taskId: localTaskId(input.taskId), ownerId, expectedVersion: input.expectedVersion })
      }),
  }),
)
