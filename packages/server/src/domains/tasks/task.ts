import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import type { PageQuery } from '../../platform/page.ts'
import { visibleTasks } from './access.ts'
import { tasks } from './tables.ts'

export type Task = typeof tasks.$inferSelect

/** Computed from the deadline at the moment of asking, never stored. Due at this very instant is not overdue yet. */
export const isOverdue = (task: Pick<Task, 'status' | 'dueAt'>, now: Instant): boolean => task.status === 'open' && task.dueAt < now

/** By id; null for what this person may not see. */
export const taskById = loader<Uuid, Task | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(tasks)
      .where(and(visibleTasks(actor), inArray(tasks.id, [...ids]))),
    (row) => row.id,
  ),
)

/** A case's tasks that this person may see, the most urgent first. */
export const tasksOfCase = loader<Uuid, Task[]>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select()
    .from(tasks)
    .where(and(visibleTasks(actor), inArray(tasks.caseId, [...caseIds])))
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
  return manyEach(caseIds, rows, (row) => row.caseId!)
})

/**
 * Locks a task that is about to change.
 * @throws NotFound also for what this person may not see, StaleVersion
 */
export async function lockTask(tx: Tx, actor: Actor, id: Uuid, expectedVersion: number | null): Promise<Task> {
  const [task] = await tx.orm
    .select()
    .from(tasks)
    .where(and(visibleTasks(actor), eq(tasks.id, id)))
    .for('update')
  if (!task) throw new NotFound('task')
  if (expectedVersion !== null && task.version !== expectedVersion) throw new StaleVersion(task.version)
  return task
}

export type TaskFilter = 'open' | 'overdue' | 'done' | 'cancelled'

const matching = (filter: TaskFilter, now: Instant): SQL =>
  filter === 'overdue' ? sql`${tasks.status} = 'open' and ${tasks.dueAt} < ${now}::timestamptz` : eq(tasks.status, filter)

/** In the order of the deadline, the most urgent first; those due at one instant by id. */
export async function listTasks(
  tx: Tx,
  actor: Actor,
  page: PageQuery,
  wanted: { ownerId: Uuid | null; filter: TaskFilter },
): Promise<Task[]> {
  const beyond =
    page.after &&
    sql`(${tasks.dueAt}, ${tasks.id}) ${page.backwards ? sql`<` : sql`>`} (${page.after.key}::timestamptz, ${page.after.id}::uuid)`
  const order = page.backwards ? desc : asc
  return tx.orm
    .select()
    .from(tasks)
    .where(
      and(
        visibleTasks(actor),
        wanted.ownerId === null ? undefined : eq(tasks.ownerId, wanted.ownerId),
        matching(wanted.filter, tx.now),
        beyond ?? undefined,
      ),
    )
    .orderBy(order(tasks.dueAt), order(tasks.id))
    .limit(page.limit)
}
