import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { placeChanges, type Session } from '../programmes/index.ts'

/** A place had ended, and was opened again because that did not hold: from the day after its last until the moment it was opened. */
export type Away = { placeId: Uuid; after: Day; until: Instant }

/** When places that are open by now were not. Nobody is to be told that they missed what they were kept from. */
export async function awayFrom(tx: Tx, actor: Actor, placeIds: readonly Uuid[]): Promise<Away[]> {
  if (placeIds.length === 0) return []
  const changes = await tx.orm
    .select()
    .from(placeChanges)
    .where(
      and(
        eq(placeChanges.providerId, actor.providerId),
        inArray(placeChanges.placeId, [...placeIds]),
        inArray(placeChanges.toStatus, ['open', 'ended']),
      ),
    )
    .orderBy(asc(placeChanges.placeId), asc(placeChanges.changedAt), asc(placeChanges.id))
  return changes.flatMap((change, at): Away[] => {
    const before = changes[at - 1]
    const isReopened = change.toStatus === 'open' && before?.placeId === change.placeId && before.toStatus === 'ended'
    return isReopened ? [{ placeId: change.placeId, after: before.endedOn!, until: change.changedAt }] : []
  })
}

export const isAway = (away: readonly Away[], placeId: Uuid, session: Session): boolean =>
  away.some((one) => one.placeId === placeId && session.onDay > one.after && session.startsAt < one.until)
