import { and, asc, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { lockReadableCase, casesInFull } from './access.ts'
import { caseEndings, cases } from './tables.ts'

/** `takenBackAt`: when a later one took it back; null while it stands. */
export type Ending = typeof caseEndings.$inferSelect & { takenBackAt: string | null }

/** Whether the partner service was heard first. The step exists in every case. */
export type PartnerServiceStep = 'awaited' | 'acknowledged' | 'gone-on-without'

export const stepOf = ({ acknowledgedAt, wentOnAt }: Ending): PartnerServiceStep =>
  acknowledgedAt !== null ? 'acknowledged' : wentOnAt !== null ? 'gone-on-without' : 'awaited'

/** The referrer may hear of it. */
export const isHeard = (ending: Ending): boolean => stepOf(ending) !== 'awaited'

const later = alias(caseEndings, 'later')
const withLater = (tx: Tx) =>
  tx.orm
    .select({ row: caseEndings, takenBackAt: later.endedAt })
    .from(caseEndings)
    .leftJoin(later, and(eq(later.providerId, caseEndings.providerId), eq(later.takesBackId, caseEndings.id)))

/** By id, read through the case; null for what this person may not see. */
export const endingById = loader<Uuid, Ending | null>(async (tx, actor, ids) => {
  const rows = await withLater(tx)
    .innerJoin(cases, and(eq(cases.providerId, caseEndings.providerId), eq(cases.id, caseEndings.caseId)))
    .where(and(eq(caseEndings.providerId, actor.providerId), inArray(caseEndings.id, [...ids]), casesInFull(actor)))
  return oneEach(
    ids,
    rows.map(({ row, takenBackAt }) => ({ ...row, takenBackAt })),
    ({ id }) => id,
  )
})

/** Every ending of each case, oldest first. Access is that of the case. */
export const endingsOfCase = loader<Uuid, Ending[]>(async (tx, actor, caseIds) => {
  const rows = await withLater(tx)
    .where(and(eq(caseEndings.providerId, actor.providerId), inArray(caseEndings.caseId, [...caseIds])))
    .orderBy(asc(caseEndings.endedAt), asc(caseEndings.id))
  return manyEach(
    caseIds,
    rows.map(({ row, takenBackAt }) => ({ ...row, takenBackAt })),
    ({ caseId }) => caseId,
  )
})

/** Locks the case, then reads one of its endings. @throws NotFound, the same for what does not exist and what may not be seen */
export async function lockEnding(tx: Tx, actor: Actor, id: Uuid): Promise<Ending> {
  const [known] = await endingById.batch(tx, actor, [id])
  if (!known) throw new NotFound('ending')
  await lockReadableCase(tx, actor, known.caseId, 'ending')
  const [ending] = await endingById.batch(tx, actor, [id])
  return ending!
}

/** Writes the change and counts it. @throws StaleVersion */
export async function changeEnding(
  tx: Tx,
  actor: Actor,
  ending: Ending,
  expectedVersion: number | null,
  change: Partial<typeof caseEndings.$inferInsert>,
): Promise<Ending> {
  if (expectedVersion !== null && ending.version !== expectedVersion) throw new StaleVersion(ending.version)
  const changed = { ...change, version: ending.version + 1 }
  await tx.orm
    .update(caseEndings)
    .set(changed)
    .where(and(eq(caseEndings.providerId, actor.providerId), eq(caseEndings.id, ending.id)))
  return { ...ending, ...changed } as Ending
}
