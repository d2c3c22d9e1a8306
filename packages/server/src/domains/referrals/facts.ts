import { and, asc, desc, eq } from 'drizzle-orm'
import type { FactValue } from '@plumbline/rules'
import type { FactSupplier } from '../rule-sets/index.ts'
import { latestOfEach } from './referral.ts'
import { referralFacts, referrals } from './tables.ts'

/** The families of facts this slice records, and nobody else. `custom.` holds what a provider added to the catalogue. */
export const recordedHere = ['referral.*', 'history.*', 'engagement.*', 'parties.*', 'needs.*', 'custom.*'] as const

export const isRecordedHere = (fact: string): boolean => recordedHere.some((family) => fact.startsWith(family.slice(0, -1)))

/** What was answered, latest answer first in force. What was never asked is left out: it stays unknown. */
export const referralFactSupplier: FactSupplier = {
  slice: 'referrals',
  names: recordedHere,
  async supply(tx, actor, caseId) {
    const rows = await tx.orm
      .select({ row: referralFacts })
      .from(referralFacts)
      .innerJoin(referrals, and(eq(referrals.providerId, referralFacts.providerId), eq(referrals.id, referralFacts.referralId)))
      .where(and(eq(referralFacts.providerId, actor.providerId), eq(referrals.caseId, caseId)))
      .orderBy(asc(referralFacts.fact), desc(referralFacts.number))
    return Object.fromEntries(latestOfEach(rows.map(({ row }) => row)).map((row) => [row.fact, JSON.parse(row.valueText) as FactValue]))
  },
}
