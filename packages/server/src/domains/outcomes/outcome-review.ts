import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach } from '../../platform/loader.ts'
import { caseById, readsInFull } from '../cases/index.ts'
import { outcomeMeasures, outcomeReviews } from './tables.ts'

export type OutcomeMeasure = typeof outcomeMeasures.$inferSelect
/** A taking with its measures. `isCorrected`: a further taking put it right, and it counts for nothing. */
export type OutcomeReview = typeof outcomeReviews.$inferSelect & { measures: OutcomeMeasure[]; isCorrected: boolean }

/** Every taking of each case, the newest first, corrected ones included. Access is that of the case. */
export const outcomeReviewsOfCase = loader<Uuid, OutcomeReview[]>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select()
    .from(outcomeReviews)
    .where(and(eq(outcomeReviews.providerId, actor.providerId), inArray(outcomeReviews.caseId, [...caseIds])))
    .orderBy(desc(outcomeReviews.takenOn), desc(outcomeReviews.recordedAt), desc(outcomeReviews.id))
  return manyEach(caseIds, await withMeasures(tx, actor, rows), (row) => row.caseId)
})

async function withMeasures(tx: Tx, actor: Actor, rows: (typeof outcomeReviews.$inferSelect)[]): Promise<OutcomeReview[]> {
  if (rows.length === 0) return []
  const measures = await tx.orm
    .select()
    .from(outcomeMeasures)
    .where(
      and(
        eq(outcomeMeasures.providerId, actor.providerId),
        inArray(
          outcomeMeasures.reviewId,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(outcomeMeasures.measure), asc(outcomeMeasures.measureVersion), asc(outcomeMeasures.source))
  const corrected = new Set(rows.map(({ correctsId }) => correctsId))
  return rows.map((row) => ({
    ...row,
    measures: measures.filter(({ reviewId }) => reviewId === row.id),
    isCorrected: corrected.has(row.id),
  }))
}

/** One taking, for whoever may open its case. @throws NotFound */
export async function assertReview(tx: Tx, actor: Actor, id: Uuid): Promise<OutcomeReview> {
  const [row] = await tx.orm
    .select({ caseId: outcomeReviews.caseId })
    .from(outcomeReviews)
    .where(and(eq(outcomeReviews.providerId, actor.providerId), eq(outcomeReviews.id, id)))
  const [readable] = row ? await caseById.batch(tx, actor, [row.caseId]) : []
  const [reviews] = readable && readsInFull(actor, readable) ? await outcomeReviewsOfCase.batch(tx, actor, [readable.id]) : []
  const review = reviews?.find((one) => one.id === id)
  if (!review) throw new NotFound('outcome review')
  return review
}

/**
 * What the takings of a case show together: of each measure on each account the latest. Null while nobody has recorded having asked.
 * The caller answers for access.
 */
export async function latestMeasures(tx: Tx, actor: Actor, caseId: Uuid): Promise<OutcomeMeasure[] | null> {
  const [reviews = []] = await outcomeReviewsOfCase.batch(tx, actor, [caseId])
  const counting = reviews.filter(({ isCorrected }) => !isCorrected)
  if (counting.length === 0) return null
  const latest = new Map<string, OutcomeMeasure>()
  for (const { measures } of counting)
    for (const each of measures) {
      const key = JSON.stringify([each.measure, each.measureVersion, each.source])
      if (!latest.has(key)) latest.set(key, each)
    }
  return [...latest.values()]
}
