import { and, asc, desc, eq, inArray, lte } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { consents, consentTexts } from './tables.ts'
import type { ConsentKind } from './words.ts'

export type ConsentText = typeof consentTexts.$inferSelect
export type Consent = typeof consents.$inferSelect

export const consentTextById = loader<Uuid, ConsentText | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(consentTexts)
      .where(and(eq(consentTexts.providerId, actor.providerId), inArray(consentTexts.id, [...ids]))),
    (row) => row.id,
  ),
)

/** What was signed in each case, oldest first. Access is that of the case. */
export const consentsOfCase = loader<Uuid, Consent[]>(async (tx, actor, caseIds) =>
  manyEach(
    caseIds,
    await tx.orm
      .select()
      .from(consents)
      .where(and(eq(consents.providerId, actor.providerId), inArray(consents.caseId, [...caseIds])))
      .orderBy(asc(consents.signedOn), asc(consents.recordedAt), asc(consents.id)),
    (row) => row.caseId,
  ),
)

/** The version people signed on a day; null before the first. */
export async function consentTextOn(tx: Tx, actor: Actor, kind: ConsentKind, on: Day): Promise<ConsentText | null> {
  const [row] = await tx.orm
    .select()
    .from(consentTexts)
    .where(and(eq(consentTexts.providerId, actor.providerId), eq(consentTexts.kind, kind), lte(consentTexts.effectiveFrom, on)))
    .orderBy(desc(consentTexts.effectiveFrom))
    .limit(1)
  return row ?? null
}

/** Whether the programme's consent was signed and stands. */
export async function hasProgrammeConsent(tx: Tx, actor: Actor, caseId: Uuid): Promise<boolean> {
  const rows = await tx.orm
    .select({ withdrawnOn: consents.withdrawnOn })
    .from(consents)
    .innerJoin(consentTexts, and(eq(consentTexts.providerId, consents.providerId), eq(consentTexts.id, consents.consentTextId)))
    .where(and(eq(consents.providerId, actor.providerId), eq(consents.caseId, caseId), eq(consentTexts.kind, 'programme')))
  return rows.some(({ withdrawnOn }) => withdrawnOn === null)
}
