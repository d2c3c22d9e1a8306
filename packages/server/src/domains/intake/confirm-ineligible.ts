import { and, eq } from 'drizzle-orm'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { moveCase } from '../cases/index.ts'
import { confirmers, idIn } from './access.ts'
import { lockCurrentEligibility, type EligibilityDecision } from './eligibility.ts'
import { EligibilityDecisionRef } from './graphql.ts'
import { eligibilityDecisions } from './tables.ts'
import { closeEligibilityTasks } from './tasks.ts'

/** A named person makes the rules' proposal their own: the case is refused. */
export async function confirmIneligible(
  tx: Tx,
  actor: Actor,
  input: { eligibilityDecisionId: Uuid; reason: string; expectedVersion: number },
): Promise<EligibilityDecision> {
  const row = await lockCurrentEligibility(tx, actor, input.eligibilityDecisionId, input.expectedVersion)
  if (row.outcome !== 'ineligible')
    throw new InvalidInput(
      'eligibilityDecisionId',
      'the rules do not refuse this case',
      'a refusal for another reason is a decision about suitability',
    )
  await moveCase(tx, actor, row.caseId, 'refused', input.reason)
  const [confirmed] = await tx.orm
    .update(eligibilityDecisions)
    .set({ confirmedReason: input.reason, confirmedBy: actor.id, confirmedAt: tx.now, version: row.version + 1 })
    .where(and(eq(eligibilityDecisions.providerId, actor.providerId), eq(eligibilityDecisions.id, row.id)))
    .returning()
  await closeEligibilityTasks(tx, actor, row.id, 'the refusal was confirmed')
  await record(tx, actor, {
    action: 'eligibility.refusal-confirmed',
    subjectType: 'eligibility-decision',
    subjectId: row.id,
    fields: ['confirmedReason', 'status'],
  })
  return confirmed!
}

const ConfirmIneligibleInput = builder.inputType('ConfirmIneligibleInput', {
  description: 'Which proposal of the rules is confirmed.',
  fields: (t) => ({
    eligibilityDecisionId: t.id({ required: true, description: 'Global id of the case’s current eligibility decision.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'What was looked at, and why the rules are right here.' }),
    expectedVersion: t.int({ required: true, description: 'The decision’s version as it was read.' }),
  }),
})

builder.mutationField('confirmIneligible', (t) =>
  t.field({
    ...calledBy(
      confirmers,
      'Confirms a refusal that the rules propose; only then the case is refused. The partner service and the safeguarding lead are told first.',
    ),
    type: EligibilityDecisionRef,
    args: { input: t.arg({ type: ConfirmIneligibleInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'confirm-ineligible', (tx, actor) =>
        confirmIneligible(tx, actor, {
          ...input,
          eligibilityDecisionId: idIn('EligibilityDecision', input.eligibilityDecisionId, 'eligibility decision'),
        }),
      ),
  }),
)
