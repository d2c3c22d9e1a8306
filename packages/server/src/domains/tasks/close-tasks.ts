import { and, eq, sql } from 'drizzle-orm'
import { nobody, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { afterCompletion } from './followers.ts'
import type { TaskKind } from './kinds.ts'
import { taskMoves, type TaskStatus } from './states.ts'
import { tasks } from './tables.ts'
import { lockTask, type Task } from './task.ts'

const actions = { done: 'task.completed', cancelled: 'task.cancelled' } as const
type Closed = Exclude<TaskStatus, 'open'>

export type Closing = {
  taskId: Uuid
  /** What was done, or why it need not be done. */
  record: string
  /** Null from commands that hold no version. */
  expectedVersion: number | null
}

const closing = (tx: Tx, actor: Actor, status: Closed, text: string) => ({
  status,
  record: text.trim(),
  closedAt: tx.now,
  closedBy: actor.id === nobody ? null : actor.id,
  version: sql`${tasks.version} + 1`,
})

/** Closes one task that this person may see. @throws NotFound, StaleVersion, InvalidMove, InvalidInput without a record */
export async function closeTask(tx: Tx, actor: Actor, to: Closed, input: Closing): Promise<Task> {
  const task = await lockTask(tx, actor, input.taskId, input.expectedVersion)
  assertMove('task', taskMoves, actor, task.status, to, input.record)
  const [closed] = await tx.orm
    .update(tasks)
    .set(closing(tx, actor, to, input.record))
    .where(and(eq(tasks.providerId, actor.providerId), eq(tasks.id, task.id)))
    .returning()
  if (to === 'done') await afterCompletion(tx, actor, closed!)
  const allowedBy = task.ownerId === actor.id ? 'owner' : 'oversight'
  await record(tx, actor, { action: actions[to], subjectType: 'task', subjectId: task.id, allowedBy, fields: ['status', 'record'] })
  return closed!
}

type Subject = { type: string; id: Uuid }

/** Completes the open tasks of a kind about something, because the caller's command was what they asked for. @returns how many there were */
export const completeTasksAbout = (tx: Tx, actor: Actor, about: Subject, kind: TaskKind, text: string): Promise<number> =>
  closeTasksAbout(tx, actor, 'done', about, kind, text)

/** Cancels the open tasks of a kind about something, because the caller's command made them needless. @returns how many there were */
export const cancelTaskAbout = (tx: Tx, actor: Actor, about: Subject, kind: TaskKind, reason: string): Promise<number> =>
  closeTasksAbout(tx, actor, 'cancelled', about, kind, reason)

/** Reaches tasks of one's own side only: what another side was asked to do stands until that side has done it. */
async function closeTasksAbout(tx: Tx, actor: Actor, to: Closed, about: Subject, kind: TaskKind, text: string): Promise<number> {
  assertMove('task', taskMoves, actor, 'open', to, text)
  const closed = await tx.orm
    .update(tasks)
    .set(closing(tx, actor, to, text))
    .where(
      and(
        eq(tasks.providerId, actor.providerId),
        eq(tasks.subjectType, about.type),
        eq(tasks.subjectId, about.id),
        eq(tasks.kind, kind),
        eq(tasks.status, 'open'),
        actor.side === 'neutral' ? undefined : eq(tasks.side, actor.side),
      ),
    )
    .returning({ id: tasks.id })
  await record(
    tx,
    actor,
    ...closed.map(({ id }) => ({ action: actions[to], subjectType: 'task', subjectId: id, fields: ['status', 'record'] })),
  )
  return closed.length
}
