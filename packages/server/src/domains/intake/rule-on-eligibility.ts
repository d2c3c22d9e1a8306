import { and, eq } from 'drizzle-orm'
import { yearsBetween } from '@plumbline/rules'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { moveCase } from '../cases/index.ts'
import { collectFacts } from '../rule-sets/index.ts'
import { idIn, minorsDecidedBy, reviewers } from './access.ts'
import { lockCurrentEligibility, type EligibilityDecision } from './eligibility.ts'
import { eligibilitySuppliers } from './facts.ts'
import { EligibilityDecisionRef, MinorRulingEnum, ReviewRulingEnum } from './graphql.ts'
import { eligibilityDecisions } from './tables.ts'
import { closeEligibilityTasks } from './tasks.ts'
import type { Ruling } from './words.ts'

export type RuleOn<Allowed extends Ruling> = { eligibilityDecisionId: Uuid; ruling: Allowed; reason: string; expectedVersion: number }

/** The safeguarding lead decides about somebody of 16 or 17: one-to-one work, or a refusal. Never an adult group. */
export async function decideForMinor(tx: Tx, actor: Actor, input: RuleOn<'accept-one-to-one' | 'refuse'>): Promise<EligibilityDecision> {
  const row = await lockCurrentEligibility(tx, actor, input.eligibilityDecisionId, input.expectedVersion)
  const age = await ageOnReceipt(tx, actor, row.caseId)
  if (row.outcome !== 'human-review' || age === null || age < 16 || age > 17)
    throw new InvalidInput('eligibilityDecisionId', 'this decision is not about somebody of 16 or 17')
  return rule(tx, actor, row, input)
}

/**
 * Somebody who answers for the provider decides where the rules leave it to a person, or could not be evaluated.
 * What holds for people under 18 holds here too: it is decided by the safeguarding lead, and never under 16.
 */
export async function decideAfterReview(tx: Tx, actor: Actor, input: RuleOn<'accept' | 'refuse'>): Promise<EligibilityDecision> {
  const row = await lockCurrentEligibility(tx, actor, input.eligibilityDecisionId, input.expectedVersion)
  if (row.outcome !== 'human-review' && row.outcome !== 'needs-human-review')
    throw new InvalidInput('eligibilityDecisionId', 'the rules have decided this', 'correct what they decided on, and decide again')
  const age = await ageOnReceipt(tx, actor, row.caseId)
  if (input.ruling === 'accept' && (age === null || age < 18))
    throw new InvalidInput(
      'ruling',
      'nobody under 18, or of unknown age, is accepted in this way',
      'record the date of birth; at 16 and 17 the safeguarding lead decides',
    )
  return rule(tx, actor, row, input)
}

async function rule(tx: Tx, actor: Actor, row: EligibilityDecision, { ruling, reason }: RuleOn<Ruling>): Promise<EligibilityDecision> {
  if (row.ruling)
    throw new InvalidInput('eligibilityDecisionId', 'this has been decided', 'decide eligibility again if something has changed')
  if (ruling === 'refuse') await moveCase(tx, actor, row.caseId, 'refused', reason)
  const [ruled] = await tx.orm
    .update(eligibilityDecisions)
    .set({ ruling, rulingReason: reason, ruledBy: actor.id, ruledAt: tx.now, version: row.version + 1 })
    .where(and(eq(eligibilityDecisions.providerId, actor.providerId), eq(eligibilityDecisions.id, row.id)))
    .returning()
  await closeEligibilityTasks(tx, actor, row.id, 'it was decided')
  await record(tx, actor, {
    action: 'eligibility.ruled',
    subjectType: 'eligibility-decision',
    subjectId: row.id,
    fields: ['ruling', 'rulingReason'],
  })
  return ruled!
}

/** In whole years; null while the date of birth is not known. */
async function ageOnReceipt(tx: Tx, actor: Actor, caseId: Uuid): Promise<number | null> {
  const facts = await collectFacts(tx, actor, caseId, eligibilitySuppliers())
  const [bornOn, receivedOn] = [facts['person.bornOn'], facts['referral.receivedOn']]
  return typeof bornOn === 'string' && typeof receivedOn === 'string' ? yearsBetween(bornOn, receivedOn) : null
}

const common = {
  eligibilityDecisionId: 'Global id of the case’s current eligibility decision.',
  reason: 'Why, for the record.',
  expectedVersion: 'The decision’s version as it was read.',
}

const DecideForMinorInput = builder.inputType('DecideForMinorInput', {
  description: 'What the safeguarding lead decides about somebody of 16 or 17.',
  fields: (t) => ({
    eligibilityDecisionId: t.id({ required: true, description: common.eligibilityDecisionId }),
    ruling: t.field({ type: MinorRulingEnum, required: true, description: 'One-to-one work, or a refusal.' }),
    reason: t.field({ type: 'LongText', required: true, description: common.reason }),
    expectedVersion: t.int({ required: true, description: common.expectedVersion }),
  }),
})

builder.mutationField('decideForMinor', (t) =>
  t.field({
    ...calledBy(minorsDecidedBy, 'Decides about somebody who was 16 or 17 on the day the referral arrived. A refusal refuses the case.'),
    type: EligibilityDecisionRef,
    args: { input: t.arg({ type: DecideForMinorInput, required: true, description: 'Which, and what is decided.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'decide-for-minor', (tx, actor) =>
        decideForMinor(tx, actor, {
          ...input,
          eligibilityDecisionId: idIn('EligibilityDecision', input.eligibilityDecisionId, 'eligibility decision'),
        }),
      ),
  }),
)

const DecideAfterReviewInput = builder.inputType('DecideAfterReviewInput', {
  description: 'What a person decides where the rules do not.',
  fields: (t) => ({
    eligibilityDecisionId: t.id({ required: true, description: common.eligibilityDecisionId }),
    ruling: t.field({ type: ReviewRulingEnum, required: true, description: 'Accept or refuse.' }),
    reason: t.field({ type: 'LongText', required: true, description: common.reason }),
    expectedVersion: t.int({ required: true, description: common.expectedVersion }),
  }),
})

builder.mutationField('decideAfterReview', (t) =>
  t.field({
    ...calledBy(reviewers, 'Decides where the rules leave it to a person or could not be evaluated. A refusal refuses the case.'),
    type: EligibilityDecisionRef,
    args: { input: t.arg({ type: DecideAfterReviewInput, required: true, description: 'Which, and what is decided.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'decide-after-review', (tx, actor) =>
        decideAfterReview(tx, actor, {
          ...input,
          eligibilityDecisionId: idIn('EligibilityDecision', input.eligibilityDecisionId, 'eligibility decision'),
        }),
      ),
  }),
)
