import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { endPlace } from '../programmes/index.ts'
import { oversight } from '../providers/index.ts'
import { completeTasksAbout } from '../tasks/index.ts'
import { afterEarlyEnding } from './after-early-ending.ts'
import { RemovalRef } from './graphql.ts'
import { removalIdIn } from './ids.ts'
import { aboutRemoval, changeRemoval, lockRemoval, type Removal } from './removal.ts'
import { removalMoves } from './states.ts'

export type DecidedRemoval = { removalId: Uuid; reason: string; expectedVersion: number }

/**
 * A named person makes the rules’ proposal their own: the place ends, and with it comes what every ending brings, the partner service first.
 * Whether somebody must be told because of the risk is decided in the same transaction.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed, InvalidInput (field `reason`)
 */
export async function confirmRemoval(tx: Tx, actor: Actor, input: DecidedRemoval): Promise<Removal> {
  const { removal, place } = await lockRemoval(tx, actor, input.removalId, input.expectedVersion)
  assertMove('removal', removalMoves, actor, removal.status, 'confirmed', input.reason)
  const confirmed = await changeRemoval(tx, actor, removal, {
    status: 'confirmed',
    decidedBy: actor.id,
    decidedAt: tx.now,
    reason: input.reason.trim(),
  })
  await completeTasksAbout(tx, actor, aboutRemoval(removal), 'confirm-removal', 'the removal was confirmed')
  await afterEarlyEnding(tx, actor, place)
  await endPlace(tx, actor, { placeId: place.id, ending: 'removed', reason: input.reason })
  await record(tx, actor, {
    action: 'removal.confirmed',
    subjectType: 'removal',
    subjectId: removal.id,
    allowedBy: 'oversight',
    fields: ['status', 'reason'],
  })
  return confirmed
}

const ConfirmRemovalInput = builder.inputType('ConfirmRemovalInput', {
  description: 'A removal that the rules propose, and that holds.',
  fields: (t) => ({
    removalId: t.id({ required: true, description: 'Global id of the removal.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'What was looked at, and why the rules are right here.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('confirmRemoval', (t) =>
  t.field({
    ...calledBy(
      oversight,
      'Confirms a removal that the rules propose: the place ends. Partner support hears first, the risk is assessed again, then the referrer hears.',
    ),
    type: RemovalRef,
    args: { input: t.arg({ type: ConfirmRemovalInput, required: true, description: 'Which removal, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'confirm-removal', (tx, actor) =>
        confirmRemoval(tx, actor, { ...input, removalId: removalIdIn(input.removalId) }),
      ),
  }),
)
