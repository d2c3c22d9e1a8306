import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { lockCompletion, type Completion } from './completion.ts'
import { CompletionRef } from './graphql.ts'
import { completionIn, settle, SettleCompletionInput, type SettledCompletion } from './settle.ts'
import { completionConfirmers, completionMoves } from './states.ts'

/** Not completed after all, with the reason; the place goes on. */
export async function declineCompletion(tx: Tx, actor: Actor, input: SettledCompletion): Promise<Completion> {
  const { completion } = await lockCompletion(tx, actor, input.completionId, input.expectedVersion)
  assertMove('completion', completionMoves, actor, completion.status, 'declined', input.reason)
  return settle(tx, actor, completion, 'declined', input.reason)
}

builder.mutationField('declineCompletion', (t) =>
  t.field({
    ...calledBy(completionConfirmers, 'Declines a completion that the rules propose, with the reason; the place goes on.'),
    type: CompletionRef,
    args: { input: t.arg({ type: SettleCompletionInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'decline-completion', (tx, actor) =>
        declineCompletion(tx, actor, { ...input, completionId: completionIn(input.completionId) }),
      ),
  }),
)
