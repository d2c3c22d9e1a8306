import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { assertWorkableCase, caseById, readsInFull } from '../cases/index.ts'
import type { EligibilityReason, NeededFact } from './reasons.ts'
import { eligibilityDecisions } from './tables.ts'

export type EligibilityDecision = typeof eligibilityDecisions.$inferSelect

export const reasonsOf = (row: EligibilityDecision): EligibilityReason[] => JSON.parse(row.reasonsText) as EligibilityReason[]
export const needsOf = (row: EligibilityDecision): NeededFact[] => JSON.parse(row.needsText) as NeededFact[]

/** The decision that counts for each case. Access is that of the case. */
export const currentEligibility = loader<Uuid, EligibilityDecision | null>(async (tx, actor, caseIds) =>
  oneEach(
    caseIds,
    await tx.orm
      .select()
      .from(eligibilityDecisions)
      .where(
        and(
          eq(eligibilityDecisions.providerId, actor.providerId),
          inArray(eligibilityDecisions.caseId, [...caseIds]),
          isNull(eligibilityDecisions.supersededAt),
        ),
      ),
    (row) => row.caseId,
  ),
)

/** All decisions of each case, newest first. */
export const eligibilityHistory = loader<Uuid, EligibilityDecision[]>(async (tx, actor, caseIds) =>
  manyEach(
    caseIds,
    await tx.orm
      .select()
      .from(eligibilityDecisions)
      .where(and(eq(eligibilityDecisions.providerId, actor.providerId), inArray(eligibilityDecisions.caseId, [...caseIds])))
      .orderBy(desc(eligibilityDecisions.decidedAt), desc(eligibilityDecisions.id)),
    (row) => row.caseId,
  ),
)

/** Locks the case and the decision a person is about to rule on, in this order. @throws NotFound, StaleVersion, InvalidInput when a newer one counts */
export async function lockCurrentEligibility(tx: Tx, actor: Actor, id: Uuid, expectedVersion: number): Promise<EligibilityDecision> {
  const where = and(eq(eligibilityDecisions.providerId, actor.providerId), eq(eligibilityDecisions.id, id))
  const [found] = await tx.orm.select({ caseId: eligibilityDecisions.caseId }).from(eligibilityDecisions).where(where)
  if (!found) throw new NotFound('eligibility decision')
  await assertWorkableCase(tx, actor, found.caseId).catch((error: unknown) => {
    throw error instanceof NotFound ? new NotFound('eligibility decision') : error
  })
  const [row] = await tx.orm.select().from(eligibilityDecisions).where(where).for('update')
  if (!row) throw new NotFound('eligibility decision')
  if (row.version !== expectedVersion) throw new StaleVersion(row.version)
  if (row.supersededAt)
    throw new InvalidInput('eligibilityDecisionId', 'a newer decision counts', 'read the case again and use its current eligibility')
  return row
}

/** May a place be offered as things stand: by the rules, or by the person they leave it to. */
export const isCleared = (row: EligibilityDecision | null): boolean =>
  row?.outcome === 'eligible' || row?.ruling === 'accept' || row?.ruling === 'accept-one-to-one'

/** Null for what may not be seen, exactly as for what does not exist. */
export async function readableEligibility(tx: Tx, actor: Actor, id: Uuid): Promise<EligibilityDecision | null> {
  const [row] = await tx.orm
    .select()
    .from(eligibilityDecisions)
    .where(and(eq(eligibilityDecisions.providerId, actor.providerId), eq(eligibilityDecisions.id, id)))
  if (!row) return null
  const [readable] = await caseById.batch(tx, actor, [row.caseId])
  return readable && readsInFull(actor, readable) ? row : null
}
