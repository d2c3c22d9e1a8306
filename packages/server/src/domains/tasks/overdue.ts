import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { followSubject, notifications, notify, watchDeadlines, type Patience } from '../notifications/index.ts'
import { tasks } from './tables.ts'

/** Whoever is reminded has a working day to answer; then the next person hears. */
const patience: Patience = { amount: 1, unit: 'working-days' }
const batch = 50

/** Once for every owner: whoever is given an overdue task hears of it as well. */
const onceKey = sql<string>`'task-overdue/' || ${tasks.id} || '/' || ${tasks.ownerId}`

/** The owner of a task is told when its deadline has passed. */
watchDeadlines('tasks', async (tx, actor) => {
  const overdue = await tx.orm
    .select({ id: tasks.id, caseId: tasks.caseId, side: tasks.side, ownerId: tasks.ownerId, onceKey })
    .from(tasks)
    .where(
      and(
        eq(tasks.providerId, actor.providerId),
        eq(tasks.status, 'open'),
        sql`${tasks.dueAt} < ${tx.now}::timestamptz`,
        sql`not exists (select from ${notifications} said where said.provider_id = ${tasks.providerId} and said.once_key = ${onceKey})`,
      ),
    )
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
    .limit(batch)
  for (const { id, caseId, side, ownerId, onceKey: key } of overdue)
    await notify(tx, actor, {
      kind: 'task-overdue',
      about: { type: 'Task', id },
      caseId,
      side,
      recipientId: ownerId,
      patience,
      onceKey: key,
    })
  return overdue.length
})

/** What is done or cancelled waits for nobody. */
followSubject('Task', async (tx, actor, messages) => {
  const ids = messages.map(({ subjectId }) => subjectId)
  const open = await tx.orm
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.providerId, actor.providerId), inArray(tasks.id, ids), eq(tasks.status, 'open')))
  const there = new Set(open.map(({ id }) => id))
  return new Set(messages.filter(({ subjectId }) => there.has(subjectId)).map(({ id }) => id))
})
