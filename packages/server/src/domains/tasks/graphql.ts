import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { NotFound } from '../../platform/errors.ts'
import { globalId, localId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { decisionById, DecisionRef } from '../rule-sets/index.ts'
import { taskKinds, type TaskKind } from './kinds.ts'
import { isOverdue, taskById, type Task, type TaskFilter } from './task.ts'
import type { TaskStatus } from './states.ts'

export const TaskKindEnum = enumOf<TaskKind>('TaskKind', 'What a task is about.', taskKinds)

const TaskStatusEnum = builder.enumType('TaskStatus', {
  description: 'Whether a task still has to be done. Overdue is not a status: see `isOverdue`.',
  values: {
    OPEN: { value: 'open', description: 'To be done.' },
    DONE: { value: 'done', description: 'Done, with a record.' },
    CANCELLED: { value: 'cancelled', description: 'Need not be done any more, with the reason.' },
  } satisfies Record<string, { value: TaskStatus; description: string }>,
})

export const TaskFilterEnum = builder.enumType('TaskFilter', {
  description: 'Which tasks to list.',
  values: {
    OPEN: { value: 'open', description: 'To be done, overdue ones included.' },
    OVERDUE: { value: 'overdue', description: 'To be done, and the deadline has passed.' },
    DONE: { value: 'done', description: 'Done.' },
    CANCELLED: { value: 'cancelled', description: 'Cancelled.' },
  } satisfies Record<string, { value: TaskFilter; description: string }>,
})

export const TaskRef = builder.objectRef<Task>('Task').implement({
  description: 'Something a named person must do by a deadline.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Task', row.id) }),
    kind: t.expose('kind', { type: TaskKindEnum, description: 'What it is about.' }),
    title: t.exposeString('title', { description: 'What to do, in one line without personal data.' }),
    subjectType: t.exposeString('subjectType', { description: 'The kind of thing it is about, `assessment`.' }),
    subjectId: t.exposeString('subjectId', { description: 'Id of that thing within this provider.' }),
    status: t.expose('status', { type: TaskStatusEnum, description: 'Whether it still has to be done.' }),
    isOverdue: t.boolean({
      description: 'True while it is open and its deadline has passed; computed at this moment.',
      resolve: (row, _, context) => isOverdue(row, context.clock.now()),
    }),
    dueAt: t.expose('dueAt', {
      type: 'Instant',
      description: 'The deadline. Deadlines in days end at 17:00 in London; working days leave out the bank holidays of England and Wales.',
    }),
    dueIsProvisional: t.exposeBoolean('dueIsProvisional', {
      description:
        'True where the deadline was counted over days whose bank holidays were not published yet; weekdays counted as working days.',
    }),
    runsFrom: t.expose('runsFrom', { type: 'Instant', description: 'When the deadline began to run: when the matter became known.' }),
    openedAt: t.expose('openedAt', { type: 'Instant', description: 'When it was opened.' }),
    owner: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who must do it.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.ownerId),
    }),
    decision: t.field({
      type: DecisionRef,
      nullable: true,
      description: 'The decision it follows from; null where there is none or this person may not read it.',
      resolve: (row, _, context) => (row.decisionId ? signedIn(context).operation.load(decisionById, row.decisionId) : null),
    }),
    record: t.exposeString('record', { nullable: true, description: 'What was done, or why it was cancelled; null while it is open.' }),
    closedAt: t.expose('closedAt', { type: 'Instant', nullable: true, description: 'When it was done or cancelled.' }),
    closedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who closed it; null while it is open, or when the server did.',
      resolve: (row, _, context) => (row.closedBy ? signedIn(context).operation.load(staffById, row.closedBy) : null),
    }),
    version: t.exposeInt('version', { description: 'Name it when changing this task.' }),
  }),
})

refetchable('Task', (operation, id) => operation.load(taskById, id))

/** @throws NotFound for anything that is not the global id of a task */
export function localTaskId(id: string): Uuid {
  const local = localId('Task', id)
  if (!local) throw new NotFound('task')
  return local
}
