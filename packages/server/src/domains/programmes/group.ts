import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { cases } from '../cases/index.ts'
import { visibleGroups, type Group } from './access.ts'
import type { Occupancy } from './place.ts'
import { groupFacilitators, groups, places } from './tables.ts'

export type GroupFacilitator = typeof groupFacilitators.$inferSelect

/** By id; null for what this person may not read. */
export const groupById = loader<Uuid, Group | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(groups)
      .where(and(visibleGroups(actor), inArray(groups.id, [...ids]))),
    (row) => row.id,
  ),
)

/** @throws NotFound */
export async function assertReadableGroup(tx: Tx, actor: Actor, groupId: Uuid): Promise<Group> {
  const [row] = await groupById.batch(tx, actor, [groupId])
  if (!row) throw new NotFound('group')
  return row
}

/** Who leads a group now, longest first. Read through a group. */
export const facilitatorsOfGroup = loader<Uuid, GroupFacilitator[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(groupFacilitators)
    .where(
      and(
        eq(groupFacilitators.providerId, actor.providerId),
        inArray(groupFacilitators.groupId, [...ids]),
        isNull(groupFacilitators.leftAt),
      ),
    )
    .orderBy(asc(groupFacilitators.joinedAt), asc(groupFacilitators.id))
  return manyEach(ids, rows, (row) => row.groupId)
})

/** How full groups are, counted over everybody. Read through a group. */
export const occupancyOfGroup = loader<Uuid, Occupancy>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select({
      id: groups.id,
      capacity: groups.capacity,
      open: sql<number>`count(*) filter (where ${places.status} = 'open')::int`,
      waiting: sql<number>`count(*) filter (where ${places.status} = 'waiting')::int`,
    })
    .from(groups)
    .leftJoin(places, and(eq(places.providerId, groups.providerId), eq(places.groupId, groups.id)))
    .where(and(eq(groups.providerId, actor.providerId), inArray(groups.id, [...ids])))
    .groupBy(groups.id, groups.capacity)
  return oneEach(ids, rows, ({ id }) => id).map((row) => ({
    open: row?.open ?? 0,
    waiting: row?.waiting ?? 0,
    free: Math.max(0, (row?.capacity ?? 0) - (row?.open ?? 0)),
  }))
})

/** The groups this person leads in which the participant has a place. */
export async function groupsWithParticipant(tx: Tx, actor: Actor, staffId: Uuid, participantId: Uuid): Promise<Uuid[]> {
  const rows = await tx.orm
    .selectDistinct({ id: places.groupId })
    .from(places)
    .innerJoin(cases, and(eq(cases.providerId, places.providerId), eq(cases.id, places.caseId)))
    .innerJoin(groupFacilitators, and(eq(groupFacilitators.providerId, places.providerId), eq(groupFacilitators.groupId, places.groupId)))
    .where(
      and(
        eq(places.providerId, actor.providerId),
        eq(places.status, 'open'),
        eq(cases.participantId, participantId),
        eq(groupFacilitators.staffId, staffId),
        isNull(groupFacilitators.leftAt),
      ),
    )
  return rows.map(({ id }) => id)
}

type Named = 'Group' | 'Session' | 'Place' | 'Programme' | 'Case' | 'Staff' | 'GroupFacilitator'

/** @throws NotFound for what is malformed or the id of something else */
export function idIn(type: Named, id: string, what: string): Uuid {
  const local = localId(type, id)
  if (!local) throw new NotFound(what)
  return local
}
