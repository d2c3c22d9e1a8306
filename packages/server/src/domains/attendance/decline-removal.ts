import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { oversight } from '../providers/index.ts'
import { completeTasksAbout } from '../tasks/index.ts'
import type { DecidedRemoval } from './confirm-removal.ts'
import { RemovalRef } from './graphql.ts'
import { removalIdIn } from './ids.ts'
import { aboutRemoval, changeRemoval, lockRemoval, type Removal } from './removal.ts'
import { removalMoves } from './states.ts'
import { attendanceConsequences } from './tables.ts'
import { tellThatUndone } from './tell.ts'

/**
 * A named person does not follow the rules’ proposal: the place goes on, and whoever heard of the proposal hears that. A further miss proposes anew.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed, InvalidInput (field `reason`)
 */
export async function declineRemoval(tx: Tx, actor: Actor, input: DecidedRemoval): Promise<Removal> {
  const { removal } = await lockRemoval(tx, actor, input.removalId, input.expectedVersion)
  assertMove('removal', removalMoves, actor, removal.status, 'declined', input.reason)
  const declined = await changeRemoval(tx, actor, removal, {
    status: 'declined',
    decidedBy: actor.id,
    decidedAt: tx.now,
    reason: input.reason.trim(),
  })
  await completeTasksAbout(tx, actor, aboutRemoval(removal), 'confirm-removal', 'the removal was declined')
  const [consequence] = await tx.orm
    .select()
    .from(attendanceConsequences)
    .where(and(eq(attendanceConsequences.providerId, actor.providerId), eq(attendanceConsequences.id, removal.consequenceId)))
  await tellThatUndone(tx, actor, consequence!)
  await addToTimeline(tx, actor, {
    caseId: removal.caseId,
    what: 'removal-declined',
    occurredAt: tx.now,
    summary: 'A removal that the rules proposed was declined: the place goes on',
    about: { type: 'removal', id: removal.id },
  })
  await record(tx, actor, {
    action: 'removal.declined',
    subjectType: 'removal',
    subjectId: removal.id,
    allowedBy: 'oversight',
    fields: ['status', 'reason'],
  })
  return declined
}

const DeclineRemovalInput = builder.inputType('DeclineRemovalInput', {
  description: 'A removal that the rules propose, and that is not to be.',
  fields: (t) => ({
    removalId: t.id({ required: true, description: 'Global id of the removal.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why the place goes on.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('declineRemoval', (t) =>
  t.field({
    ...calledBy(oversight, 'Declines a removal that the rules propose: the place goes on. A further miss proposes it anew.'),
    type: RemovalRef,
    args: { input: t.arg({ type: DeclineRemovalInput, required: true, description: 'Which removal, and why not.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'decline-removal', (tx, actor) =>
        declineRemoval(tx, actor, { ...input, removalId: removalIdIn(input.removalId) }),
      ),
  }),
)
