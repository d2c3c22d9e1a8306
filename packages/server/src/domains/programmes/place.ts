import { and, asc, count, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Actor } from '../../platform/actor.ts'
import { nobody } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { lockGroup, readPlaces, type Group, type Place } from './access.ts'
import { placeChanges, places } from './tables.ts'

export type PlaceChange = typeof placeChanges.$inferSelect

/** By id; null for what this person may not read. */
export const placeById = loader<Uuid, Place | null>(async (tx, actor, ids) =>
  oneEach(ids, await readPlaces(tx, actor, inArray(places.id, [...ids])), (row) => row.id),
)

/** Waiting ones included, in the order they were asked for. */
export const placesOfCase = loader<Uuid, Place[]>(async (tx, actor, ids) =>
  manyEach(ids, await readPlaces(tx, actor, inArray(places.caseId, [...ids])), (row) => row.caseId),
)

/** In the group and once in it, by the day they joined: what a register is about. Those whose case this person may not open are left out. */
export const placesOfGroup = loader<Uuid, Place[]>(async (tx, actor, ids) => {
  const rows = await readPlaces(tx, actor, and(inArray(places.groupId, [...ids]), inArray(places.status, ['open', 'ended']))!)
  rows.sort((one, other) => (`${one.joinedOn} ${one.id}` < `${other.joinedOn} ${other.id}` ? -1 : 1))
  return manyEach(ids, rows, (row) => row.groupId)
})

/** The waiting list, the head first; those whose case this person may not open are left out. */
export const waitingListOfGroup = loader<Uuid, Place[]>(async (tx, actor, ids) => {
  const rows = await readPlaces(tx, actor, and(inArray(places.groupId, [...ids]), eq(places.status, 'waiting'))!)
  const positions = await positionsIn(tx, actor, ids)
  rows.sort((one, other) => positions.get(one.id)! - positions.get(other.id)!)
  return manyEach(ids, rows, (row) => row.groupId)
})

/** From 1, of every place that waits for one of the groups. */
export async function positionsIn(tx: Tx, actor: Actor, groupIds: readonly Uuid[]): Promise<Map<Uuid, number>> {
  if (groupIds.length === 0) return new Map()
  const rows = await tx.orm
    .select({ id: places.id, groupId: places.groupId })
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), inArray(places.groupId, [...groupIds]), eq(places.status, 'waiting')))
    .orderBy(asc(places.priority), asc(places.waitingSince), asc(places.id))
  const ahead = new Map<Uuid, number>()
  return new Map(
    rows.map(({ id, groupId }) => {
      ahead.set(groupId, (ahead.get(groupId) ?? 0) + 1)
      return [id, ahead.get(groupId)!]
    }),
  )
}

/** Where a place that waits stands, from 1; of one that waits no more, where it would. Null where it never waited. Read through a place. */
export const positionOfPlace = loader<Uuid, number | null>(async (tx, actor, ids) => {
  const ahead = alias(places, 'ahead')
  const isAhead = sql`(${ahead.priority}, ${ahead.waitingSince}, ${ahead.id}) < (${places.priority}, ${places.waitingSince}, ${places.id})`
  const rows = await tx.orm
    .select({ id: places.id, ahead: count(ahead.id) })
    .from(places)
    .leftJoin(ahead, and(eq(ahead.providerId, places.providerId), eq(ahead.groupId, places.groupId), eq(ahead.status, 'waiting'), isAhead))
    .where(and(eq(places.providerId, actor.providerId), inArray(places.id, [...ids]), isNotNull(places.waitingSince)))
    .groupBy(places.id)
  return oneEach(ids, rows, ({ id }) => id).map((row) => row && row.ahead + 1)
})

export type Occupancy = { open: number; waiting: number; free: number }

/** How full a group is, counted over everybody. After `lockGroup` it stays so until the commit. */
export async function occupancyOf(tx: Tx, actor: Actor, { id, capacity }: Pick<Group, 'id' | 'capacity'>): Promise<Occupancy> {
  const rows = await tx.orm
    .select({ status: places.status, count: count() })
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.groupId, id), inArray(places.status, ['open', 'waiting'])))
    .groupBy(places.status)
  const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0
  return { open: of('open'), waiting: of('waiting'), free: Math.max(0, capacity - of('open')) }
}

/** The place this case has now; null while it has none. The caller answers for access to the case. */
export async function openPlaceOfCase(tx: Tx, actor: Actor, caseId: Uuid): Promise<Place | null> {
  const [row] = await tx.orm
    .select()
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.caseId, caseId), eq(places.status, 'open')))
  return row ?? null
}

/** The place a case has, or the one it had last: whose joining day the rules of attendance and completion look at. */
export async function latestBegunPlace(tx: Tx, actor: Actor, caseId: Uuid): Promise<Place | null> {
  const [row] = await tx.orm
    .select()
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.caseId, caseId), sql`${places.joinedOn} is not null`))
    .orderBy(sql`${places.status} <> 'open'`, desc(places.joinedOn), desc(places.id))
    .limit(1)
  return row ?? null
}

/** Who belonged to the group on a day, both ends included: whom a register of that day is about. For whoever may open each case. */
export async function membersOn(tx: Tx, actor: Actor, groupId: Uuid, on: Day): Promise<Place[]> {
  const [rows] = await placesOfGroup.batch(tx, actor, [groupId])
  return rows!.filter(({ joinedOn, endedOn }) => joinedOn! <= on && (endedOn === null || endedOn >= on))
}

/** Locks the group and then the place. @throws NotFound, StaleVersion of the place */
export async function lockPlace(tx: Tx, actor: Actor, placeId: Uuid, expectedVersion?: number): Promise<{ place: Place; group: Group }> {
  const [known] = await tx.orm
    .select({ groupId: places.groupId })
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.id, placeId)))
  if (!known) throw new NotFound('place')
  const group = await lockGroup(tx, actor, known.groupId).catch((error: unknown) => {
    throw error instanceof NotFound ? new NotFound('place') : error
  })
  const [place] = await readPlaces(tx, actor, eq(places.id, placeId))
  if (!place) throw new NotFound('place')
  if (expectedVersion !== undefined && place.version !== expectedVersion) throw new StaleVersion(place.version)
  return { place, group }
}

type Step = Partial<Pick<Place, 'status' | 'priority' | 'waitingSince' | 'joinedOn' | 'endedOn' | 'ending' | 'endReason'>>

/** Writes a step of a place and its line of history. The group, or the case, is locked by then. @throws StaleVersion where neither was */
export async function changePlace(tx: Tx, actor: Actor, place: Place, step: Step, reason: string | null): Promise<Place> {
  const [changed] = await tx.orm
    .update(places)
    .set({ ...step, version: place.version + 1 })
    .where(and(eq(places.providerId, actor.providerId), eq(places.id, place.id), eq(places.version, place.version)))
    .returning()
  if (!changed) throw new StaleVersion(place.version + 1)
  await keepHistory(tx, actor, changed, place.status, reason)
  return changed
}

export async function keepHistory(
  tx: Tx,
  actor: Actor,
  place: Place,
  fromStatus: Place['status'] | null,
  reason: string | null,
): Promise<void> {
  await tx.orm.insert(placeChanges).values({
    providerId: actor.providerId,
    id: tx.newId(),
    placeId: place.id,
    fromStatus,
    toStatus: place.status,
    joinedOn: place.joinedOn,
    endedOn: place.endedOn,
    ending: place.ending,
    reason,
    changedAt: tx.now,
    changedBy: actor.id === nobody ? null : actor.id,
  })
}

/** Oldest first. Read through a place. */
export const changesOfPlace = loader<Uuid, PlaceChange[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(placeChanges)
    .where(and(eq(placeChanges.providerId, actor.providerId), inArray(placeChanges.placeId, [...ids])))
    .orderBy(asc(placeChanges.changedAt), asc(placeChanges.id))
  return manyEach(ids, rows, (row) => row.placeId)
})
