import { and, eq } from 'drizzle-orm'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { moveCase } from '../cases/index.ts'
import { assertWorkableReferral, referralIdIn, workers } from './access.ts'
import { ReferralRef } from './graphql.ts'
import type { Referral } from './referral.ts'
import { referralMoves } from './states.ts'
import { referrals } from './tables.ts'

/** Withdraws a referral before a place began; the case follows, and with it what every ending brings. */
export async function withdrawReferral(
  tx: Tx,
  actor: Actor,
  input: { referralId: Uuid; reason: string; expectedVersion: number },
): Promise<Referral> {
  const referral = await assertWorkableReferral(tx, actor, input.referralId, input.expectedVersion)
  assertMove('referral', referralMoves, actor, referral.status, 'withdrawn', input.reason)
  await moveCase(tx, actor, referral.caseId, 'withdrawn', input.reason)
  const [withdrawn] = await tx.orm
    .update(referrals)
    .set({ status: 'withdrawn', statusReason: input.reason, version: referral.version + 1 })
    .where(and(eq(referrals.providerId, actor.providerId), eq(referrals.id, referral.id)))
    .returning()
  await record(tx, actor, {
    action: 'referral.withdrawn',
    subjectType: 'referral',
    subjectId: referral.id,
    fields: ['status', 'statusReason'],
  })
  return withdrawn!
}

const WithdrawReferralInput = builder.inputType('WithdrawReferralInput', {
  description: 'Which referral is withdrawn, and why.',
  fields: (t) => ({
    referralId: t.id({ required: true, description: 'Global id of the referral.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Who withdrew it and why.' }),
    expectedVersion: t.int({ required: true, description: 'The referral’s version as it was read.' }),
  }),
})

builder.mutationField('withdrawReferral', (t) =>
  t.field({
    ...calledBy(workers, 'Withdraws a referral before a place began; its case becomes withdrawn. A referrer asks for it by telephone.'),
    type: ReferralRef,
    args: { input: t.arg({ type: WithdrawReferralInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'withdraw-referral', (tx, actor) =>
        withdrawReferral(tx, actor, { ...input, referralId: referralIdIn(input.referralId) }),
      ),
  }),
)
