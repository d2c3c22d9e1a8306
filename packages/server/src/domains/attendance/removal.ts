import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, cases, casesInFull } from '../cases/index.ts'
import { lockPlace, reopenPlace, type Group, type Place } from '../programmes/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { openTask } from '../tasks/index.ts'
import { removalMoves } from './states.ts'
import { removals } from './tables.ts'

export type Removal = typeof removals.$inferSelect

/** By id, read through the case; null for what this person may not see. */
export const removalById = loader<Uuid, Removal | null>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select({ row: removals })
    .from(removals)
    .innerJoin(cases, and(eq(cases.providerId, removals.providerId), eq(cases.id, removals.caseId)))
    .where(and(casesInFull(actor), inArray(removals.id, [...ids])))
  return oneEach(
    ids,
    rows.map(({ row }) => row),
    ({ id }) => id,
  )
})

/** Oldest first. Access is that of the case. */
export const removalsOfCase = loader<Uuid, Removal[]>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select()
    .from(removals)
    .where(and(eq(removals.providerId, actor.providerId), inArray(removals.caseId, [...caseIds])))
    .orderBy(asc(removals.proposedAt), asc(removals.id))
  return manyEach(caseIds, rows, (row) => row.caseId)
})

/** Locks the group, then reads the removal again. @throws NotFound, StaleVersion */
export async function lockRemoval(
  tx: Tx,
  actor: Actor,
  id: Uuid,
  expectedVersion: number,
): Promise<{ removal: Removal; place: Place; group: Group }> {
  const [known] = await removalById.batch(tx, actor, [id])
  if (!known) throw new NotFound('removal')
  const locked = await lockPlace(tx, actor, known.placeId)
  const [removal] = await removalById.batch(tx, actor, [id])
  if (!removal) throw new NotFound('removal')
  if (removal.version !== expectedVersion) throw new StaleVersion(removal.version)
  return { removal, ...locked }
}

/** Writes the change and counts it. The group is locked by then. */
export async function changeRemoval(
  tx: Tx,
  actor: Actor,
  removal: Removal,
  change: Partial<typeof removals.$inferInsert>,
): Promise<Removal> {
  const [changed] = await tx.orm
    .update(removals)
    .set({ ...change, version: removal.version + 1 })
    .where(and(eq(removals.providerId, actor.providerId), eq(removals.id, removal.id)))
    .returning()
  return changed!
}

/** The rules propose; a named person decides. */
export async function proposeRemoval(tx: Tx, actor: Actor, of: { id: Uuid; placeId: Uuid; caseId: Uuid }): Promise<void> {
  const id = tx.newId()
  const { placeId, caseId } = of
  await tx.orm
    .insert(removals)
    .values({ providerId: actor.providerId, id, consequenceId: of.id, placeId, caseId, status: 'proposed', proposedAt: tx.now })
  await addToTimeline(tx, actor, {
    caseId,
    what: 'removal-proposed',
    occurredAt: tx.now,
    summary: 'The rules propose a removal; a person decides',
    about: { type: 'removal', id },
  })
}

/** What a task about a removal names as its subject: the consequence it came from. */
export const aboutRemoval = ({ consequenceId }: Pick<Removal, 'consequenceId'>) => ({ type: 'attendance-consequence', id: consequenceId })

/**
 * The register was corrected and the rules propose it no more: a proposal is withdrawn, a confirmed removal is undone. The place is opened again
 * where there is room, or waits at the head of the list; where neither is possible a person decides what follows.
 */
export async function takeRemovalBack(tx: Tx, actor: Actor, consequenceId: Uuid, reason: string): Promise<void> {
  const [removal] = await tx.orm
    .select()
    .from(removals)
    .where(and(eq(removals.providerId, actor.providerId), eq(removals.consequenceId, consequenceId)))
  if (removal?.status !== 'proposed' && removal?.status !== 'confirmed') return
  const to = removal.status === 'proposed' ? 'withdrawn' : 'undone'
  assertMove('removal', removalMoves, actor, removal.status, to, reason)
  await changeRemoval(tx, actor, removal, { status: to, undoneReason: reason })
  await addToTimeline(tx, actor, {
    caseId: removal.caseId,
    what: `removal-${to}`,
    occurredAt: tx.now,
    summary: 'A register was corrected: a removal does not hold',
    about: { type: 'removal', id: removal.id },
  })
  if (to === 'undone') await putBack(tx, actor, removal, reason)
  await record(tx, actor, {
    action: `removal.${to}`,
    subjectType: 'removal',
    subjectId: removal.id,
    fields: ['status', 'undoneReason'],
  })
}

async function putBack(tx: Tx, actor: Actor, removal: Removal, reason: string): Promise<void> {
  const { place } = await lockPlace(tx, actor, removal.placeId)
  const became =
    place.status === 'ended' && place.ending === 'removed'
      ? (await reopenPlace(tx, actor, { placeId: place.id, reason })).became
      : 'stays-ended'
  if (became !== 'stays-ended') return
  const [ownerId] = await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead')
  if (!ownerId) return
  await openTask(tx, actor, {
    kind: 'human-review',
    title: 'A removal does not hold, and the place could not be opened again: decide what follows',
    about: aboutRemoval(removal),
    caseId: removal.caseId,
    ownerId,
    side: 'participant',
    due: { within: { amount: 1, unit: 'working-days' } },
  })
}
