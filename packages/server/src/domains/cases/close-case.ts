import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertWorkableCase, type Case } from './access.ts'
import { CaseRef, idIn } from './graphql.ts'
import { moveCase } from './move-case.ts'

export type ClosedCase = { caseId: Uuid; reason: string; expectedVersion: number }

/**
 * Closes a case whose programme was completed, or which was accepted and never began. A place that goes on is ended in the programme, not here.
 */
export async function closeCase(tx: Tx, actor: Actor, input: ClosedCase): Promise<Case> {
  const { status } = await assertWorkableCase(tx, actor, input.caseId, input.expectedVersion)
  if (status === 'in-programme') throw new InvalidMove('case', status, 'closed', ['accepted', 'completed'])
  return moveCase(tx, actor, input.caseId, 'closed', input.reason, input.expectedVersion)
}

const CloseCaseInput = builder.inputType('CloseCaseInput', {
  description: 'Which case is over, and why.',
  fields: (t) => ({
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it is over.' }),
    expectedVersion: t.int({ required: true, description: 'The case’s version as it was read.' }),
  }),
})

builder.mutationField('closeCase', (t) =>
  t.field({
    ...calledBy(
      ['facilitator', 'one-to-one-worker', 'programme-manager', 'safeguarding-lead'],
      'Closes a case that was completed, or that was accepted and never began. It stays closed: a later referral is a new case.',
    ),
    type: CaseRef,
    args: { input: t.arg({ type: CloseCaseInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'close-case', (tx, actor) => closeCase(tx, actor, { ...input, caseId: idIn('Case', input.caseId, 'case') })),
  }),
)
