import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { calledBy } from '../../platform/root-access.ts'
import { taskOwners } from './access.ts'
import { closeTask, type Closing } from './close-tasks.ts'
import { localTaskId, TaskRef } from './graphql.ts'
import type { Task } from './task.ts'

/** Closes a task with a record of what was done. Done by its owner, or by those who answer for its side. */
export const completeTask = (tx: Tx, actor: Actor, input: Closing): Promise<Task> => closeTask(tx, actor, 'done', input)

const CompleteTaskInput = builder.inputType('CompleteTaskInput', {
  description: 'A task that was done.',
  fields: (t) => ({
    taskId: t.id({ required: true, description: 'Global id of the task.' }),
    record: t.field({ type: 'LongText', required: true, description: 'What was done: without a record nothing is done.' }),
    expectedVersion: t.int({ required: true, description: 'The version of the task this was decided on.' }),
  }),
})

builder.mutationField('completeTask', (t) =>
  t.field({
    ...calledBy(taskOwners, 'Closes a task with a record of what was done. Its owner does, or those who answer for its side.'),
    type: TaskRef,
    args: { input: t.arg({ type: CompleteTaskInput, required: true, description: 'Which task, and what was done.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'complete-task', (tx, actor) => completeTask(tx, actor, { ...input, taskId: localTaskId(input.taskId) })),
  }),
)
