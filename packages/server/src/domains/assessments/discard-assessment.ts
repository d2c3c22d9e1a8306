import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { changeAssessment, lockAssessment, type Assessment } from './assessment.ts'
import { AssessmentRef } from './graphql.ts'
import { assessors } from '../providers/index.ts'
import { assessmentMoves } from './states.ts'

/**
 * Gives up a draft. Its answers are kept and count for nothing.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed
 */
export async function discardAssessment(tx: Tx, actor: Actor, id: Uuid, reason: string, expectedVersion: number): Promise<Assessment> {
  const assessment = await lockAssessment(tx, actor, id, expectedVersion)
  assertMove('risk assessment', assessmentMoves, actor, assessment.status, 'discarded', reason)
  const discarded = await changeAssessment(tx, actor, assessment, { status: 'discarded', discardReason: reason })
  await record(tx, actor, { action: 'assessment.discarded', subjectType: 'assessment', subjectId: id, fields: ['status', 'discardReason'] })
  return discarded
}

const DiscardAssessmentInput = builder.inputType('DiscardAssessmentInput', {
  description: 'An unsigned assessment to be given up.',
  fields: (t) => ({
    assessmentId: t.id({ required: true, description: 'The assessment.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it is not gone on with.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('discardAssessment', (t) =>
  t.field({
    ...calledBy(assessors, 'Gives up an unsigned assessment, with a reason. What was answered is kept.'),
    type: AssessmentRef,
    args: { input: t.arg({ type: DiscardAssessmentInput, required: true, description: 'Which assessment, and why.' }) },
    errors: { types: [...usualRefusals] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'discard-assessment', (tx, actor) => {
        const id = localId('Assessment', input.assessmentId)
        if (!id) throw new NotFound('assessment')
        return discardAssessment(tx, actor, id, input.reason, input.expectedVersion)
      }),
  }),
)
