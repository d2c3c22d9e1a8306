import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { dueSameDay } from '../../platform/calendar/index.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { endPlace } from '../programmes/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { openTask } from '../tasks/index.ts'
import { lockCompletion, type Completion } from './completion.ts'
import { CompletionRef } from './graphql.ts'
import { completionIn, settle, SettleCompletionInput, type SettledCompletion } from './settle.ts'
import { completionConfirmers, completionMoves } from './states.ts'

/**
 * A named person makes the rules' proposal their own: the place ends as completed and the case with it. The partner service hears the same day,
 * because attendance is not evidence of safety and what holds him is over; the risk is assessed at the end, and outcomes again after six months.
 * @throws NotFound, NotAllowed, StaleVersion, InvalidMove, InvalidInput (fields `reason`, `completionId`)
 */
export async function confirmCompletion(tx: Tx, actor: Actor, input: SettledCompletion): Promise<Completion> {
  const { completion, place } = await lockCompletion(tx, actor, input.completionId, input.expectedVersion)
  assertMove('completion', completionMoves, actor, completion.status, 'confirmed', input.reason)
  await endPlace(tx, actor, { placeId: place.id, ending: 'completed', reason: input.reason })
  const confirmed = await settle(tx, actor, completion, 'confirmed', input.reason)
  await followCompletion(tx, actor, confirmed)
  return confirmed
}

/** The same tasks whether or not a partner is known. */
async function followCompletion(tx: Tx, actor: Actor, { id, caseId }: Completion): Promise<void> {
  const about = { type: 'completion', id }
  const [support] = await staffWithRole(tx, actor, 'partner-support-worker', 'safeguarding-lead')
  if (support)
    await openTask(tx, actor, {
      kind: 'tell-partner-service',
      title: 'A programme was completed, which is no evidence of safety: consider what it means for the partner',
      about,
      caseId,
      ownerId: support,
      side: 'partner',
      due: { by: dueSameDay(tx.now, 8) },
    })
  const [lead] = await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead')
  if (!lead) return
  const ask = (
    kind: 'assess-risk' | 'tell-referrer' | 'follow-up',
    title: string,
    within: { amount: number; unit: 'working-days' | 'weeks' },
  ) => openTask(tx, actor, { kind, title, about, caseId, ownerId: lead, side: 'participant', due: { within } })
  await ask('assess-risk', 'Assess the risk at the end of the programme', { amount: 5, unit: 'working-days' })
  await ask('tell-referrer', 'Tell the referrer that the programme was completed', { amount: 2, unit: 'working-days' })
  await ask('follow-up', 'Ask what has become of it six months after the end', { amount: 26, unit: 'weeks' })
}

builder.mutationField('confirmCompletion', (t) =>
  t.field({
    ...calledBy(completionConfirmers, 'Confirms a completion that the rules propose; only then the place ends as completed.'),
    type: CompletionRef,
    args: { input: t.arg({ type: SettleCompletionInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'confirm-completion', (tx, actor) =>
        confirmCompletion(tx, actor, { ...input, completionId: completionIn(input.completionId) }),
      ),
  }),
)
