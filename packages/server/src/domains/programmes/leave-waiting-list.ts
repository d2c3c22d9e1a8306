import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertWorkableCase } from '../cases/index.ts'
import { leaders, type Place } from './access.ts'
import { idIn } from './group.ts'
import { offerFreePlace } from './offer-free-place.ts'
import { changePlace, lockPlace } from './place.ts'
import { AskedPriorityEnum, waiters } from './place-fields.ts'
import { PlaceRef } from './place-graphql.ts'
import { placeMoves, priorities, type Priority } from './states.ts'

export type EndedWait = { placeId: Uuid; to: 'declined' | 'withdrawn'; reason: string; expectedVersion: number }

/** Takes a case off a waiting list: because the person does not want the place, or for another reason. @throws NotFound, StaleVersion, NotAllowed, InvalidMove */
export async function leaveWaitingList(tx: Tx, actor: Actor, input: EndedWait): Promise<Place> {
  const { place, group } = await lockPlace(tx, actor, input.placeId, input.expectedVersion)
  await assertWorkableCase(tx, actor, place.caseId)
  assertMove('place', placeMoves, actor, place.status, input.to, input.reason)
  const gone = await changePlace(tx, actor, place, { status: input.to }, input.reason)
  await addToTimeline(tx, actor, {
    caseId: place.caseId,
    what: `place-${input.to}`,
    occurredAt: tx.now,
    summary: 'Off the waiting list of a group',
    about: { type: 'place', id: place.id },
  })
  await offerFreePlace(tx, actor, group)
  await record(tx, actor, { action: `place.${input.to}`, subjectType: 'place', subjectId: place.id, fields: ['status', 'reason'] })
  return gone
}

export type ChangedPriority = { placeId: Uuid; priority: Exclude<Priority, 'restored'>; reason: string; expectedVersion: number }

/** Lets somebody who waits come sooner, or as usual. @throws NotFound, StaleVersion, InvalidMove for a place that does not wait */
export async function changePriority(tx: Tx, actor: Actor, input: ChangedPriority): Promise<Place> {
  const { place } = await lockPlace(tx, actor, input.placeId, input.expectedVersion)
  await assertWorkableCase(tx, actor, place.caseId)
  if (place.status !== 'waiting') throw new InvalidMove('place', place.status, 'waiting', [])
  const changed = await changePlace(tx, actor, place, { priority: priorities[input.priority].number }, input.reason)
  await record(tx, actor, { action: 'place.priority-changed', subjectType: 'place', subjectId: place.id, fields: ['priority', 'reason'] })
  return changed
}

const LeftEnum = builder.enumType('WaitEnding', {
  description: 'Why somebody waits no more.',
  values: {
    DECLINED: { value: 'declined' as const, description: 'The person does not want the place.' },
    WITHDRAWN: { value: 'withdrawn' as const, description: 'Taken off the list for another reason.' },
  },
})

const LeaveWaitingListInput = builder.inputType('LeaveWaitingListInput', {
  description: 'Which place is waited for no more, and why.',
  fields: (t) => ({
    placeId: t.id({ required: true, description: 'Global id of the place.' }),
    to: t.field({ type: LeftEnum, required: true, description: 'What becomes of it.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    expectedVersion: t.int({ required: true, description: 'The place’s version as it was read.' }),
  }),
})

builder.mutationField('leaveWaitingList', (t) =>
  t.field({
    ...calledBy(waiters, 'Takes a case off the waiting list of a group.'),
    type: PlaceRef,
    args: { input: t.arg({ type: LeaveWaitingListInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'leave-waiting-list', (tx, actor) =>
        leaveWaitingList(tx, actor, { ...input, placeId: idIn('Place', input.placeId, 'place') }),
      ),
  }),
)

const ChangePriorityInput = builder.inputType('ChangePlacePriorityInput', {
  description: 'How soon somebody who waits should come first, and why.',
  fields: (t) => ({
    placeId: t.id({ required: true, description: 'Global id of the place.' }),
    priority: t.field({ type: AskedPriorityEnum, required: true, description: 'How soon.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    expectedVersion: t.int({ required: true, description: 'The place’s version as it was read.' }),
  }),
})

builder.mutationField('changePlacePriority', (t) =>
  t.field({
    ...calledBy(leaders, 'Lets somebody who waits for a place come sooner, or as usual.'),
    type: PlaceRef,
    args: { input: t.arg({ type: ChangePriorityInput, required: true, description: 'Which, and how soon.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'change-place-priority', (tx, actor) =>
        changePriority(tx, actor, { ...input, placeId: idIn('Place', input.placeId, 'place') }),
      ),
  }),
)
