import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove, NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { notify } from '../notifications/index.ts'
import { caseReaders, type Staff } from '../providers/index.ts'
import { assertMayAct } from './access.ts'
import { changeConcern, lockConcern, type Concern } from './concern.ts'
import { ConcernRef, localConcernId } from './graphql.ts'
import { levels } from './matters.ts'
import { assertOwner } from './owner.ts'

export type GivenConcern = { concernId: Uuid; ownerId: Uuid; expectedVersion: number }

/** Gives an open concern to another person, who is told. The deadline stays where it is. @throws NotFound, StaleVersion, NotAllowed, InvalidMove, InvalidInput */
export async function reassignConcern(tx: Tx, actor: Actor, input: GivenConcern): Promise<Concern> {
  const concern = await lockConcern(tx, actor, input.concernId, input.expectedVersion)
  const allowedBy = assertMayAct(actor, concern)
  if (concern.status === 'closed') throw new InvalidMove('concern', concern.status, 'reassigned', [])
  const owner = await assertOwner(tx, actor, concern, input.ownerId)
  return owner.id === concern.ownerId ? concern : giveTo(tx, actor, concern, owner, allowedBy)
}

/** The new owner has as long to answer as somebody who is told of a new concern. */
export async function giveTo(tx: Tx, actor: Actor, concern: Concern, owner: Staff, allowedBy: string): Promise<Concern> {
  const { id, caseId, side, level } = concern
  const changed = await changeConcern(tx, actor, concern, { ownerId: owner.id, ownerSide: owner.side })
  await notify(tx, actor, {
    kind: 'concern-assigned',
    about: { type: 'Concern', id },
    caseId,
    side,
    recipientId: owner.id,
    patience: levels[level].patience,
  })
  await record(tx, actor, {
    action: 'concern.reassigned',
    subjectType: 'concern',
    subjectId: id,
    allowedBy,
    fields: ['ownerId', 'notification'],
  })
  return changed
}

const ReassignConcernInput = builder.inputType('ReassignConcernInput', {
  description: 'A concern that somebody else is to act on.',
  fields: (t) => ({
    concernId: t.id({ required: true, description: 'Global id of the concern.' }),
    ownerId: t.id({ required: true, description: 'Global id of the person who takes it; active, on its side of the wall or on neither.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('reassignConcern', (t) =>
  t.field({
    ...calledBy(
      caseReaders,
      'Gives an open concern to another person, who is told. Its owner does, or those who answer for its side. The deadline stays.',
    ),
    type: ConcernRef,
    args: { input: t.arg({ type: ReassignConcernInput, required: true, description: 'Which concern, and who takes it.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'reassign-concern', (tx, actor) => {
        const ownerId = localId('Staff', input.ownerId)
        if (!ownerId) throw new NotFound('staff member')
        return reassignConcern(tx, actor, { concernId: localConcernId(input.concernId), ownerId, expectedVersion: input.expectedVersion })
      }),
  }),
)
