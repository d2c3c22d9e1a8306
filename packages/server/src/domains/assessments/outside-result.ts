import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach } from '../../platform/loader.ts'
import { caseById } from '../cases/index.ts'
import { mayReadAnswersOf } from './access.ts'
import { outsideResults } from './tables.ts'

/** What another tool came to. `isCorrected`: a further result put it right, and it counts for nothing. */
export type OutsideResult = typeof outsideResults.$inferSelect & { isCorrected: boolean }

/** Every result of each case, the newest first, corrected ones included. The caller answers for access. */
export const outsideResultsOfCase = loader<Uuid, OutsideResult[]>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select()
    .from(outsideResults)
    .where(and(eq(outsideResults.providerId, actor.providerId), inArray(outsideResults.caseId, [...caseIds])))
    .orderBy(desc(outsideResults.takenOn), desc(outsideResults.recordedAt), desc(outsideResults.id))
  const corrected = new Set(rows.map(({ correctsId }) => correctsId))
  return manyEach(
    caseIds,
    rows.map((row) => ({ ...row, isCorrected: corrected.has(row.id) })),
    (row) => row.caseId,
  )
})

/** One result, for whoever may read answers of its case. @throws NotFound */
export async function assertOutsideResult(tx: Tx, actor: Actor, id: Uuid): Promise<OutsideResult> {
  const [row] = await tx.orm
    .select({ caseId: outsideResults.caseId })
    .from(outsideResults)
    .where(and(eq(outsideResults.providerId, actor.providerId), eq(outsideResults.id, id)))
  const [readable] = row ? await caseById.batch(tx, actor, [row.caseId]) : []
  const [results] = readable && mayReadAnswersOf(actor, readable) ? await outsideResultsOfCase.batch(tx, actor, [readable.id]) : []
  const result = results?.find((one) => one.id === id)
  if (!result) throw new NotFound('outside result')
  return result
}
