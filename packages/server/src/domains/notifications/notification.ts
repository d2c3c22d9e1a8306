import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, oneEach } from '../../platform/loader.ts'
import type { PageQuery } from '../../platform/page.ts'
import { notifications } from './tables.ts'

export type Notification = typeof notifications.$inferSelect

/** A message is for its recipient and nobody else, whatever their role. */
export const ownNotifications = (actor: Actor) =>
  and(eq(notifications.providerId, actor.providerId), eq(notifications.recipientId, actor.id))!

/** By id; null for another person's. */
export const notificationById = loader<Uuid, Notification | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(notifications)
      .where(and(ownNotifications(actor), inArray(notifications.id, [...ids]))),
    (row) => row.id,
  ),
)

export type NotificationFilter = 'unacknowledged' | 'all'

/** The newest first; those of one instant by id. */
export function listNotifications(tx: Tx, actor: Actor, page: PageQuery, filter: NotificationFilter): Promise<Notification[]> {
  const beyond =
    page.after &&
    sql`(${notifications.createdAt}, ${notifications.id}) ${page.backwards ? sql`>` : sql`<`} (${page.after.key}::timestamptz, ${page.after.id}::uuid)`
  const order = page.backwards ? asc : desc
  return tx.orm
    .select()
    .from(notifications)
    .where(
      and(ownNotifications(actor), filter === 'unacknowledged' ? isNull(notifications.acknowledgedAt) : undefined, beyond ?? undefined),
    )
    .orderBy(order(notifications.createdAt), order(notifications.id))
    .limit(page.limit)
}
