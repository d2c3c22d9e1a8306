import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { dueSameDay } from '../../platform/calendar/index.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { reopenPlace } from '../programmes/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { cancelTaskAbout, openTask } from '../tasks/index.ts'
import { idIn } from './access.ts'
import { changeCompletion, lockCompletion, type Completion } from './completion.ts'
import { closeCompletionTasks } from './decide-completion.ts'
import { CompletionRef } from './graphql.ts'
import { completionConfirmers, completionMoves } from './states.ts'

export type UndoneCompletion = { completionId: Uuid; reason: string; expectedVersion: number }

/**
 * What a confirmed completion rested on was corrected: the person goes back into the place, or to the head of its waiting list. Whoever was told
 * that it was completed is told again, the partner service first; what was still to be done because of it is not done any more.
 * @throws NotFound, NotAllowed, StaleVersion, InvalidMove, InvalidInput (fields `reason`, `completionId`)
 */
export async function undoCompletion(tx: Tx, actor: Actor, input: UndoneCompletion): Promise<Completion> {
  const { completion, place } = await lockCompletion(tx, actor, input.completionId, input.expectedVersion)
  assertMove('completion', completionMoves, actor, completion.status, 'undone', input.reason)
  await reopenPlace(tx, actor, { placeId: place.id, reason: input.reason })
  const undone = await changeCompletion(tx, actor, completion, { status: 'undone', undoneReason: input.reason, undoneAt: tx.now })
  await tellAgain(tx, actor, undone)
  await closeCompletionTasks(tx, actor, completion.id, 'the completion was undone')
  await addToTimeline(tx, actor, {
    caseId: completion.caseId,
    what: 'completion-undone',
    occurredAt: tx.now,
    summary: 'A completion was undone',
    about: { type: 'completion', id: completion.id },
  })
  await record(tx, actor, {
    action: 'completion.undone',
    subjectType: 'completion',
    subjectId: completion.id,
    fields: ['status', 'undoneReason'],
  })
  return undone
}

async function tellAgain(tx: Tx, actor: Actor, { id, caseId }: Completion): Promise<void> {
  const about = { type: 'completion', id }
  for (const kind of ['assess-risk', 'follow-up'] as const) await cancelTaskAbout(tx, actor, about, kind, 'the completion was undone')
  // Still open: the referrer has heard nothing yet, and nothing is to be told.
  const untold = await cancelTaskAbout(tx, actor, about, 'tell-referrer', 'the completion was undone')
  const [support] = await staffWithRole(tx, actor, 'partner-support-worker', 'safeguarding-lead')
  if (support)
    await openTask(tx, actor, {
      kind: 'tell-partner-service',
      title: 'A completion was undone: consider what it means for the partner',
      about,
      caseId,
      ownerId: support,
      side: 'partner',
      due: { by: dueSameDay(tx.now, 8) },
    })
  const [lead] = untold > 0 ? [] : await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead')
  if (lead)
    await openTask(tx, actor, {
      kind: 'tell-referrer',
      title: 'Tell the referrer that a completion was undone',
      about,
      caseId,
      ownerId: lead,
      side: 'participant',
      due: { within: { amount: 2, unit: 'working-days' } },
    })
}

const UndoCompletionInput = builder.inputType('UndoCompletionInput', {
  description: 'Which completion does not hold, and why.',
  fields: (t) => ({
    completionId: t.id({ required: true, description: 'Global id of the confirmed completion.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'What was corrected.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('undoCompletion', (t) =>
  t.field({
    ...calledBy(
      completionConfirmers,
      'Undoes a confirmed completion whose ground was corrected: back into the place, or to the head of its waiting list, and everybody who was told is told again.',
    ),
    type: CompletionRef,
    args: { input: t.arg({ type: UndoCompletionInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'undo-completion', (tx, actor) =>
        undoCompletion(tx, actor, { ...input, completionId: idIn('Completion', input.completionId, 'completion') }),
      ),
  }),
)
