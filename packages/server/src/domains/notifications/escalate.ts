import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { waiting } from './followers.ts'
import { nextOnLadder } from './ladder.ts'
import { notifyNext } from './notify.ts'
import type { Notification } from './notification.ts'
import { endOf } from './patience.ts'
import { notifications } from './tables.ts'

const batch = 50

/**
 * Tells the next person of every message whose time has passed unacknowledged; the message and the step up are one transaction.
 * Everything is computed from what is stored, so it does not matter when, how often or by how many this is called.
 * @returns how many messages it looked at; a full batch means there may be more
 */
export async function escalate(tx: Tx, actor: Actor): Promise<{ looked: number; full: boolean }> {
  const due = await tx.orm
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.providerId, actor.providerId),
        sql`${notifications.acknowledgeBy} < ${tx.now}::timestamptz`,
        isNull(notifications.acknowledgedAt),
        isNull(notifications.escalatedAt),
        isNull(notifications.settledAt),
      ),
    )
    .orderBy(asc(notifications.acknowledgeBy), asc(notifications.id))
    .limit(batch)
    .for('update', { skipLocked: true })
  if (due.length === 0) return { looked: 0, full: false }

  const seenTo = await acknowledgedLadders(tx, actor, due)
  const open = await waiting(
    tx,
    actor,
    due.filter(({ ladderId }) => !seenTo.has(ladderId)),
  )
  for (const message of due) await (open.has(message.id) ? step(tx, actor, message) : mark(tx, actor, message.id, { settledAt: tx.now }))
  await record(
    tx,
    actor,
    ...due
      .filter(({ id }) => open.has(id))
      .map(({ id }) => ({ action: 'notification.escalated', subjectType: 'notification', subjectId: id, allowedBy: 'deadline' })),
  )
  return { looked: due.length, full: due.length === batch }
}

async function step(tx: Tx, actor: Actor, message: Notification): Promise<void> {
  const next = await nextOnLadder(tx, actor, message, message.recipientId)
  // Nobody stands on the ladder today: looked at again when the same time has passed.
  if (!next)
    return mark(tx, actor, message.id, { acknowledgeBy: endOf(tx.now, { amount: message.patienceAmount!, unit: message.patienceUnit! }) })
  await notifyNext(tx, actor, message, next)
  await mark(tx, actor, message.id, { escalatedAt: tx.now })
}

const mark = async (tx: Tx, actor: Actor, id: Uuid, change: Partial<typeof notifications.$inferInsert>): Promise<void> => {
  await tx.orm
    .update(notifications)
    .set(change)
    .where(and(eq(notifications.providerId, actor.providerId), eq(notifications.id, id)))
}

/** Whoever acknowledges one message of a ladder has taken the matter: the others climb no further. */
async function acknowledgedLadders(tx: Tx, actor: Actor, due: readonly Notification[]): Promise<Set<Uuid>> {
  const rows = await tx.orm
    .selectDistinct({ id: notifications.ladderId })
    .from(notifications)
    .where(
      and(
        eq(notifications.providerId, actor.providerId),
        inArray(
          notifications.ladderId,
          due.map(({ ladderId }) => ladderId),
        ),
        sql`${notifications.acknowledgedAt} is not null`,
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
