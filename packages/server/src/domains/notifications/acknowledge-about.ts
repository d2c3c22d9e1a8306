import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { ownNotifications } from './notification.ts'
import { notifications } from './tables.ts'

/** Whoever acts on a matter has received what they were told of it. The caller's own audit entry covers it. */
export async function acknowledgeAbout(tx: Tx, actor: Actor, about: { type: string; id: Uuid }): Promise<void> {
  await tx.orm
    .update(notifications)
    .set({ acknowledgedAt: tx.now, version: sql`${notifications.version} + 1` })
    .where(
      and(
        ownNotifications(actor),
        eq(notifications.subjectType, about.type),
        eq(notifications.subjectId, about.id),
        isNull(notifications.acknowledgedAt),
      ),
    )
}
