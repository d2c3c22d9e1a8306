import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { idIn, measurers } from './access.ts'
import { MeasurePointEnum, OutcomeReviewRef } from './graphql.ts'
import { assertReview, type OutcomeReview } from './outcome-review.ts'
import { assertFits, MeasureFromPartner, MeasureInput, writeTaking, type Taken } from './taking.ts'
import type { MeasurePoint } from './words.ts'

export type NewOutcomes = Taken & { idempotencyKey: string; caseId: Uuid; point: MeasurePoint }

/**
 * Records a taking of outcome measures.
 * @throws NotFound, NotAllowed, MeasureFromPartner, InvalidInput (fields `takenOn`, `note`, `measures.<index>.<field>`)
 */
export async function recordOutcomes(tx: Tx, actor: Actor, input: NewOutcomes): Promise<OutcomeReview> {
  const { idempotencyKey, ...taken } = input
  await assertWorkableCase(tx, actor, input.caseId)
  return once(
    tx,
    actor,
    { operation: 'record-outcomes', key: idempotencyKey, payload: taken },
    async () => {
      await assertFits(tx, actor, input)
      return writeTaking(tx, actor, { ...input, correctsId: null, correctionReason: null })
    },
    (id) => assertReview(tx, actor, id),
  )
}

const RecordOutcomesInput = builder.inputType('RecordOutcomesInput', {
  description: 'A taking of outcome measures.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one taking.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    point: t.field({ type: MeasurePointEnum, required: true, description: 'When in the case’s life.' }),
    takenOn: t.field({ type: 'Day', required: true, description: 'The day they were taken; today or earlier.' }),
    measures: t.field({
      type: [MeasureInput],
      required: true,
      description: 'At most 40. Empty: somebody asked, and none could be taken; the note says why.',
    }),
    note: t.field({ type: 'LongText', description: 'What a reader should know; required where no measure was taken.' }),
  }),
})

builder.mutationField('recordOutcomes', (t) =>
  t.field({
    ...calledBy(
      measurers,
      'Records a taking of outcome measures. Improvement is read from named measures on somebody else’s account than the participant’s, and from nothing else.',
    ),
    type: OutcomeReviewRef,
    args: { input: t.arg({ type: RecordOutcomesInput, required: true, description: 'What was taken.' }) },
    errors: { types: [...usualRefusals, MeasureFromPartner] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-outcomes', (tx, actor) =>
        recordOutcomes(tx, actor, { ...input, caseId: idIn('Case', input.caseId, 'case') }),
      ),
  }),
)
