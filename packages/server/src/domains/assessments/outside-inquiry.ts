import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach } from '../../platform/loader.ts'
import { caseById } from '../cases/index.ts'
import { mayReadAnswersOf } from './access.ts'
import type { OutsideResult } from './outside-result.ts'
import { outsideInquiries } from './tables.ts'

/** Somebody asked whether another tool has a result, on a day, of somebody, and what came of it. */
export type OutsideInquiry = typeof outsideInquiries.$inferSelect

/**
 * Whether somebody asked and there was none beside these results. One that was there on the day of asking and came to light afterwards
 * shows that the asking missed something.
 */
export const saysNoOther = ({ answer, askedOn, recordedAt }: OutsideInquiry, counting: readonly OutsideResult[]): boolean =>
  answer === 'none' && !counting.some((result) => result.takenOn <= askedOn && result.recordedAt > recordedAt)

/** Every inquiry of each case; the first, asked last, counts. The caller answers for access. */
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
