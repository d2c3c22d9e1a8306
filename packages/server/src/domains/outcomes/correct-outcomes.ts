import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { idIn, measurers } from './access.ts'
import { OutcomeReviewRef } from './graphql.ts'
import { assertReview, type OutcomeReview } from './outcome-review.ts'
import { assertFits, MeasureFromPartner, MeasureInput, writeTaking, type Taken } from './taking.ts'

export type CorrectedOutcomes = Taken & { idempotencyKey: string; reviewId: Uuid; reason: string }

/** Puts a taking right: both stay, with who, when and why. @throws as recordOutcomes, and InvalidInput (field `reviewId`) for one that was corrected already */
export async function correctOutcomes(tx: Tx, actor: Actor, input: CorrectedOutcomes): Promise<OutcomeReview> {
  const { caseId, point } = await assertReview(tx, actor, input.reviewId)
  await assertWorkableCase(tx, actor, caseId)
  const { idempotencyKey, ...taken } = input
  return once(
    tx,
    actor,
    { operation: 'correct-outcomes', key: idempotencyKey, payload: taken },
    async () => {
      // The case is locked by now: read again, a correction that was made meanwhile shows.
      const { isCorrected } = await assertReview(tx, actor, input.reviewId)
      if (isCorrected) throw new InvalidInput('reviewId', 'this taking was put right already', 'read the case again and correct the newest')
      if (!input.reason.trim()) throw new InvalidInput('reason', 'say why it is corrected')
      await assertFits(tx, actor, input)
      return writeTaking(tx, actor, { ...input, caseId, point, correctsId: input.reviewId, correctionReason: input.reason })
    },
    (id) => assertReview(tx, actor, id),
  )
}

const CorrectOutcomesInput = builder.inputType('CorrectOutcomesInput', {
  description: 'What a taking should have said.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one correction.' }),
    reviewId: t.id({ required: true, description: 'Global id of the taking that is put right.' }),
    takenOn: t.field({ type: 'Day', required: true, description: 'The day they were taken; today or earlier.' }),
    measures: t.field({ type: [MeasureInput], required: true, description: 'All of them, as they should have stood.' }),
    note: t.field({ type: 'LongText', description: 'What a reader should know; required where no measure was taken.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it is corrected.' }),
  }),
})

builder.mutationField('correctOutcomes', (t) =>
  t.field({
    ...calledBy(measurers, 'Puts a taking of outcome measures right; both stay, with who, when and why.'),
    type: OutcomeReviewRef,
    args: { input: t.arg({ type: CorrectOutcomesInput, required: true, description: 'Which, what and why.' }) },
    errors: { types: [...usualRefusals, MeasureFromPartner] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'correct-outcomes', (tx, actor) =>
        correctOutcomes(tx, actor, { ...input, reviewId: idIn('OutcomeReview', input.reviewId, 'outcome review') }),
      ),
  }),
)
