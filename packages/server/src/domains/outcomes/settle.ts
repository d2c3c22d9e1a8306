import type { Actor } from '../../platform/actor.ts'
import { builder } from '../../platform/builder.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { idIn } from './access.ts'
import { changeCompletion, type Completion } from './completion.ts'
import { closeCompletionTasks } from './decide-completion.ts'

export type SettledCompletion = { completionId: Uuid; reason: string; expectedVersion: number }

/** Writes what a named person made of a proposal, and closes what asked them. */
export async function settle(
  tx: Tx,
  actor: Actor,
  completion: Completion,
  status: 'confirmed' | 'declined',
  reason: string,
): Promise<Completion> {
  const settled = await changeCompletion(tx, actor, completion, { status, settledReason: reason, settledBy: actor.id, settledAt: tx.now })
  await closeCompletionTasks(tx, actor, completion.id, `the completion was ${status}`)
  await addToTimeline(tx, actor, {
    caseId: completion.caseId,
    what: `completion-${status}`,
    occurredAt: tx.now,
    summary: `A completion was ${status}`,
    about: { type: 'completion', id: completion.id },
  })
  await record(tx, actor, {
    action: `completion.${status}`,
    subjectType: 'completion',
    subjectId: completion.id,
    fields: ['status', 'settledReason'],
  })
  return settled
}

export const SettleCompletionInput = builder.inputType('SettleCompletionInput', {
  description: 'Which proposal, and why.',
  fields: (t) => ({
    completionId: t.id({ required: true, description: 'Global id of the place’s current completion.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'What was looked at, and why it is so.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

export const completionIn = (id: string) => idIn('Completion', id, 'completion')
