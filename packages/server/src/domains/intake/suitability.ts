import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach } from '../../platform/loader.ts'
import { suitabilityDecisions } from './tables.ts'

export type SuitabilityDecision = typeof suitabilityDecisions.$inferSelect

/** Every suitability decision of each case, newest first: the first one counts. Access is that of the case. */
export const suitabilityOfCase = loader<Uuid, SuitabilityDecision[]>(async (tx, actor, caseIds) =>
  manyEach(
    caseIds,
    await tx.orm
      .select()
      .from(suitabilityDecisions)
      .where(and(eq(suitabilityDecisions.providerId, actor.providerId), inArray(suitabilityDecisions.caseId, [...caseIds])))
      .orderBy(desc(suitabilityDecisions.decidedAt), desc(suitabilityDecisions.id)),
    (row) => row.caseId,
  ),
)
