import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import { calledBy } from '../../platform/root-access.ts'
import { oversight } from '../providers/index.ts'
import { closeTask } from './close-tasks.ts'
import { localTaskId, TaskRef } from './graphql.ts'

const CancelTaskInput = builder.inputType('CancelTaskInput', {
  description: 'A task that need not be done any more.',
  fields: (t) => ({
    taskId: t.id({ required: true, description: 'Global id of the task.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it need not be done.' }),
    expectedVersion: t.int({ required: true, description: 'The version of the task this was decided on.' }),
  }),
})

builder.mutationField('cancelTask', (t) =>
  t.field({
    ...calledBy(
      oversight,
      'Cancels a task that need not be done any more, with the reason. Not for its owner alone: those who answer for its side decide.',
    ),
    type: TaskRef,
    args: { input: t.arg({ type: CancelTaskInput, required: true, description: 'Which task, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'cancel-task', (tx, actor) =>
        closeTask(tx, actor, 'cancelled', {
          taskId: localTaskId(input.taskId),
          record: input.reason,
          expectedVersion: input.expectedVersion,
        }),
      ),
  }),
)
