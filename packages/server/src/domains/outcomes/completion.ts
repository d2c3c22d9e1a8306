import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { assertWorkableCase, caseById, readsInFull } from '../cases/index.ts'
import { lockPlace, type Place } from '../programmes/index.ts'
import { completions } from './tables.ts'

export type Completion = typeof completions.$inferSelect

/** The answer that counts for each place. Access is that of its case. */
export const currentCompletion = loader<Uuid, Completion | null>(async (tx, actor, placeIds) =>
  oneEach(
    placeIds,
    await tx.orm
      .select()
      .from(completions)
      .where(
        and(eq(completions.providerId, actor.providerId), inArray(completions.placeId, [...placeIds]), isNull(completions.supersededAt)),
      ),
    (row) => row.placeId,
  ),
)

/** Every answer of each place, the newest first. */
export const completionsOfPlace = loader<Uuid, Completion[]>(async (tx, actor, placeIds) =>
  manyEach(
    placeIds,
    await tx.orm
      .select()
      .from(completions)
      .where(and(eq(completions.providerId, actor.providerId), inArray(completions.placeId, [...placeIds])))
      .orderBy(desc(completions.decidedAt), desc(completions.id)),
    (row) => row.placeId,
  ),
)

/** Null for what may not be seen, exactly as for what does not exist. */
export async function readableCompletion(tx: Tx, actor: Actor, id: Uuid): Promise<Completion | null> {
  const [row] = await tx.orm
    .select()
    .from(completions)
    .where(and(eq(completions.providerId, actor.providerId), eq(completions.id, id)))
  const [readable] = row ? await caseById.batch(tx, actor, [row.caseId]) : []
  return row && readable && readsInFull(actor, readable) ? row : null
}

/** Locks group, place and case, and the answer a person is about to settle. @throws NotFound, NotAllowed, StaleVersion, InvalidInput when a newer one counts */
export async function lockCompletion(
  tx: Tx,
  actor: Actor,
  id: Uuid,
  expectedVersion: number,
): Promise<{ completion: Completion; place: Place }> {
  const known = await readableCompletion(tx, actor, id)
  if (!known) throw new NotFound('completion')
  const { place } = await lockPlace(tx, actor, known.placeId)
  await assertWorkableCase(tx, actor, known.caseId)
  const [row] = await tx.orm
    .select()
    .from(completions)
    .where(and(eq(completions.providerId, actor.providerId), eq(completions.id, id)))
    .for('update')
  if (!row) throw new NotFound('completion')
  if (row.version !== expectedVersion) throw new StaleVersion(row.version)
  if (row.supersededAt)
    throw new InvalidInput('completionId', 'a newer answer counts', 'read the place again and use its current completion')
  return { completion: row, place }
}

export async function changeCompletion(tx: Tx, actor: Actor, row: Completion, step: Partial<Completion>): Promise<Completion> {
  const [changed] = await tx.orm
    .update(completions)
    .set({ ...step, version: row.version + 1 })
    .where(and(eq(completions.providerId, actor.providerId), eq(completions.id, row.id)))
    .returning()
  return changed!
}
