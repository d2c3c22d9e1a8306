import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { acknowledgeAbout } from '../notifications/index.ts'
import { caseReaders } from '../providers/index.ts'
import { assertMayAct } from './access.ts'
import { changeConcern, lockConcern, type Concern } from './concern.ts'
import { ConcernRef, localConcernId } from './graphql.ts'
import { onTimeline } from './raise-concern.ts'
import { concernMoves } from './states.ts'

export type TakenOn = { concernId: Uuid; expectedVersion: number }

/** Somebody takes a concern on. Their own messages about it count as received. @throws NotFound, StaleVersion, NotAllowed, InvalidMove */
export async function acknowledgeConcern(tx: Tx, actor: Actor, input: TakenOn): Promise<Concern> {
  const concern = await lockConcern(tx, actor, input.concernId, input.expectedVersion)
  const allowedBy = assertMayAct(actor, concern)
  assertMove('concern', concernMoves, actor, concern.status, 'acknowledged')
  const changed = await changeConcern(tx, actor, concern, { status: 'acknowledged', acknowledgedAt: tx.now, acknowledgedBy: actor.id })
  await acknowledgeAbout(tx, actor, { type: 'Concern', id: concern.id })
  await onTimeline(tx, actor, concern, 'concern-acknowledged', 'A concern was taken on')
  await record(tx, actor, { action: 'concern.acknowledged', subjectType: 'concern', subjectId: concern.id, allowedBy, fields: ['status'] })
  return changed
}

const AcknowledgeConcernInput = builder.inputType('AcknowledgeConcernInput', {
  description: 'A concern that somebody takes on.',
  fields: (t) => ({
    concernId: t.id({ required: true, description: 'Global id of the concern.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('acknowledgeConcern', (t) =>
  t.field({
    ...calledBy(
      caseReaders,
      'Takes a concern on: nobody else needs to hear then. Its owner does, or those who answer for its side. The deadline stays.',
    ),
    type: ConcernRef,
    args: { input: t.arg({ type: AcknowledgeConcernInput, required: true, description: 'Which concern.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'acknowledge-concern', (tx, actor) =>
        acknowledgeConcern(tx, actor, { ...input, concernId: localConcernId(input.concernId) }),
      ),
  }),
)
