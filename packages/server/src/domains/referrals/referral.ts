import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../../platform/db/database.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { agencies } from '../providers/index.ts'
import { referralFacts, referrals, referrerFeedback } from './tables.ts'

export type Referral = typeof referrals.$inferSelect
export type ReferralFact = typeof referralFacts.$inferSelect
export type ReferrerFeedback = typeof referrerFeedback.$inferSelect

/** The referral each case began with. Access is that of the case: ask for it only below a case that may be read. */
export const referralOfCase = loader<Uuid, Referral | null>(async (tx, actor, caseIds) =>
  oneEach(
    caseIds,
    await tx.orm
      .select()
      .from(referrals)
      .where(and(eq(referrals.providerId, actor.providerId), inArray(referrals.caseId, [...caseIds]))),
    (row) => row.caseId,
  ),
)

/** Every answer recorded for a referral, by fact, newest first. */
export const factsOfReferral = loader<Uuid, ReferralFact[]>(async (tx, actor, ids) =>
  manyEach(
    ids,
    await tx.orm
      .select()
      .from(referralFacts)
      .where(and(eq(referralFacts.providerId, actor.providerId), inArray(referralFacts.referralId, [...ids])))
      .orderBy(asc(referralFacts.fact), desc(referralFacts.number)),
    (row) => row.referralId,
  ),
)

/** Oldest first. */
export const feedbackOfReferral = loader<Uuid, ReferrerFeedback[]>(async (tx, actor, ids) =>
  manyEach(
    ids,
    await tx.orm
      .select()
      .from(referrerFeedback)
      .where(and(eq(referrerFeedback.providerId, actor.providerId), inArray(referrerFeedback.referralId, [...ids])))
      .orderBy(asc(referrerFeedback.recordedAt), asc(referrerFeedback.id)),
    (row) => row.referralId,
  ),
)

export const agencyName = loader<Uuid, string | null>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(agencies)
    .where(and(eq(agencies.providerId, actor.providerId), inArray(agencies.id, [...ids])))
  return oneEach(ids, rows, (row) => row.id).map((row) => row?.name ?? null)
})

/** What is known now: of each fact the answer with the highest number. */
export const latestOfEach = (rows: readonly ReferralFact[]): ReferralFact[] =>
  rows.filter((row, at) => at === 0 || rows[at - 1]!.fact !== row.fact)

/** Null also for another provider's. Locks the row, so that two changes follow one another. */
export async function lockReferral(tx: Tx, actor: Actor, id: Uuid): Promise<Referral | null> {
  const [row] = await tx.orm
    .select()
    .from(referrals)
    .where(and(eq(referrals.providerId, actor.providerId), eq(referrals.id, id)))
    .for('update')
  return row ?? null
}

export async function findReferral(tx: Tx, actor: Actor, id: Uuid): Promise<Referral | null> {
  const [row] = await tx.orm
    .select()
    .from(referrals)
    .where(and(eq(referrals.providerId, actor.providerId), eq(referrals.id, id)))
  return row ?? null
}
