import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { globalId } from '../../platform/ids.ts'
import type { Notification } from './notification.ts'
import { later } from './patience.ts'
import type { Message } from './sinks.ts'
import { notifications } from './tables.ts'

const seconds = 1_000
const firstWait = 10 * seconds
const longestWait = 60 * 60 * seconds

/** 10 seconds, then twice as long each time, an hour at most. It is never given up: the ladder says when somebody else must know. */
export const backOff = (attempts: number): number => Math.min(firstWait * 2 ** Math.min(attempts - 1, 20), longestWait)

/** Takes messages to send, for the length of the lease. Others skip them; if this server dies, they are free again when it ends. */
export async function claim(tx: Tx, actor: Actor, limit: number, leaseMs: number): Promise<Notification[]> {
  const mine = tx.orm
    .select({ id: notifications.id })
    .from(notifications)
    .where(
      and(
        eq(notifications.providerId, actor.providerId),
        isNull(notifications.deliveredAt),
        // Acknowledged is received, by whatever way it came.
        isNull(notifications.acknowledgedAt),
        sql`${notifications.nextAttemptAt} <= ${tx.now}::timestamptz`,
      ),
    )
    .orderBy(notifications.nextAttemptAt, notifications.id)
    .limit(limit)
    .for('update', { skipLocked: true })
  const ids = (await mine).map(({ id }) => id)
  if (ids.length === 0) return []
  return tx.orm
    .update(notifications)
    .set({ attempts: sql`${notifications.attempts} + 1`, nextAttemptAt: later(tx.now, leaseMs) })
    .where(and(eq(notifications.providerId, actor.providerId), sql`${notifications.id} in ${ids}`))
    .returning()
}

/** It arrived. Whose lease it was does not matter any more. */
export async function markDelivered(tx: Tx, actor: Actor, { id }: Notification): Promise<void> {
  await tx.orm
    .update(notifications)
    .set({ deliveredAt: tx.now, lastFault: null })
    .where(and(eq(notifications.providerId, actor.providerId), eq(notifications.id, id), isNull(notifications.deliveredAt)))
}

/** It did not arrive, as far as we know: sent again later. Changes nothing where another attempt has begun meanwhile. */
export async function markFailed(tx: Tx, actor: Actor, { id, attempts }: Notification, fault: string): Promise<void> {
  await tx.orm
    .update(notifications)
    .set({ nextAttemptAt: later(tx.now, backOff(attempts)), lastFault: fault })
    .where(
      and(
        eq(notifications.providerId, actor.providerId),
        eq(notifications.id, id),
        eq(notifications.attempts, attempts),
        isNull(notifications.deliveredAt),
      ),
    )
}

/** All that ever leaves: who, that something waits, and where to read it. The same bytes at every attempt. */
export const messageOf = (row: Notification): Message => ({
  id: globalId('Notification', row.id),
  provider: row.providerId,
  recipient: globalId('Staff', row.recipientId),
  kind: row.kind,
  about: { type: row.subjectType, id: globalId(row.subjectType, row.subjectId) },
  createdAt: row.createdAt,
})
