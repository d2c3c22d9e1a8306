import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach } from '../../platform/loader.ts'
import { caseById } from '../cases/index.ts'
import { mayReadAnswersOf } from './access.ts'
import { outsideInquiries } from './tables.ts'

/** Somebody asked whether another tool has a result, on a day, of somebody, and what came of it. */
export type OutsideInquiry = typeof outsideInquiries.$inferSelect

/** Every inquiry of each case; the first, asked last, counts until a result is recorded. The caller answers for access. */
export const outsideInquiriesOfCase = loader<Uuid, OutsideInquiry[]>(async (tx, actor, caseIds) =>
  manyEach(
    caseIds,
    await tx.orm
      .select()
      .from(outsideInquiries)
      .where(and(eq(outsideInquiries.providerId, actor.providerId), inArray(outsideInquiries.caseId, [...caseIds])))
      .orderBy(desc(outsideInquiries.askedOn), desc(outsideInquiries.recordedAt), desc(outsideInquiries.id)),
    (row) => row.caseId,
  ),
)

/** One inquiry, for whoever may read answers of its case. @throws NotFound */
export async function assertOutsideInquiry(tx: Tx, actor: Actor, id: Uuid): Promise<OutsideInquiry> {
  const [row] = await tx.orm
    .select()
    .from(outsideInquiries)
    .where(and(eq(outsideInquiries.providerId, actor.providerId), eq(outsideInquiries.id, id)))
  const [readable] = row ? await caseById.batch(tx, actor, [row.caseId]) : []
  if (!row || !readable || !mayReadAnswersOf(actor, readable)) throw new NotFound('outside inquiry')
  return row
}
