import type { Actor, Side } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Instant } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertReadableCase } from '../cases/index.ts'
import { caseReaders } from '../providers/index.ts'
import { assertReadableConcern, type Concern } from './concern.ts'
import { ConcernMatterEnum, ConcernRef, ConcernSideEnum, SafeguardingLevelEnum } from './graphql.ts'
import type { ConcernLevel, Matter } from './matters.ts'
import { raiseConcern } from './raise-concern.ts'

export type ConcernByHand = {
  caseId: Uuid
  level: ConcernLevel
  what: readonly Matter[]
  details: string
  knownSince?: Instant | null | undefined
  side?: Side | null | undefined
  idempotencyKey: string
}

/** A person raises what they saw or heard: whoever may read a case may raise a concern in it, on their own side. @throws NotFound, InvalidInput */
export async function raiseByHand(tx: Tx, actor: Actor, { idempotencyKey, ...input }: ConcernByHand): Promise<Concern> {
  const create = async () => {
    await assertReadableCase(tx, actor, input.caseId)
    if (input.what.length === 0)
      throw new InvalidInput('what', 'a concern is about something', 'name one matter at least, OTHER where none fits')
    const from = input.knownSince ?? tx.now
    if (from > tx.now)
      throw new InvalidInput('knownSince', 'what is not known yet cannot be raised', 'leave it out, or name a moment that has passed')
    return raiseConcern(tx, actor, { ...input, side: sideOf(actor, input.side), due: { from }, source: { details: input.details } })
  }
  return once(tx, actor, { operation: 'raise-concern', key: idempotencyKey, payload: input }, create, (id) =>
    assertReadableConcern(tx, actor, id),
  )
}

/** Only who serves neither side chooses one: nobody carries anything over the wall by choosing. */
function sideOf(actor: Actor, asked: Side | null | undefined): Side {
  if (actor.side === 'neutral') return asked ?? 'participant'
  if (asked && asked !== actor.side)
    throw new InvalidInput('side', 'a concern is raised on one’s own side', 'leave it out, or ask the safeguarding lead')
  return actor.side
}

const RaiseConcernInput = builder.inputType('RaiseConcernInput', {
  description: 'Something that was seen or heard and cannot wait.',
  fields: (t) => ({
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    level: t.field({
      type: SafeguardingLevelEnum,
      required: true,
      description: 'How quickly it must be acted on: 1 hour, 4 hours, or 1 working day.',
    }),
    what: t.field({ type: [ConcernMatterEnum], required: true, description: 'What it is about, one at least.' }),
    details: t.field({
      type: 'LongText',
      required: true,
      description: 'What was seen or heard, and from whom. On the participant’s side nothing that only the partner told.',
    }),
    knownSince: t.field({
      type: 'Instant',
      description: 'Since when it is known: the deadline runs from here. Now, unless said otherwise.',
    }),
    side: t.field({
      type: ConcernSideEnum,
      description:
        'For the safeguarding lead, who serves neither side; the participant’s unless said otherwise. Everybody else raises on their own.',
    }),
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'The same key raises once.' }),
  }),
})

builder.mutationField('raiseConcern', (t) =>
  t.field({
    ...calledBy(
      caseReaders,
      'Raises a concern in a case. The safeguarding lead owns it and is told, and somebody else is when they do not answer.',
    ),
    type: ConcernRef,
    args: { input: t.arg({ type: RaiseConcernInput, required: true, description: 'What, how urgent, in which case.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'raise-concern', (tx, actor) => {
        const caseId = localId('Case', input.caseId)
        if (!caseId) throw new NotFound('case')
        return raiseByHand(tx, actor, { ...input, caseId })
      }),
  }),
)
