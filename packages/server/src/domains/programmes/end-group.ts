import { and, asc, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, refusalType, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { lockGroup, planners, type Group } from './access.ts'
import { facilitatorsOf, unassignCasesOfGroup } from './assignments.ts'
import { updateGroup } from './change-group.ts'
import { idIn } from './group.ts'
import { GroupRef } from './group-graphql.ts'
import { offerFreePlace } from './offer-free-place.ts'
import { changePlace, occupancyOf } from './place.ts'
import { changeSession } from './session.ts'
import { groupMoves } from './states.ts'
import { places, sessions } from './tables.ts'

/** People are still in it, or a session that should have been has no record. */
export class GroupNotFinished extends DomainError {
  override name = 'GroupNotFinished'
  readonly code = 'group-not-finished'
}
refusalType(GroupNotFinished, 'GroupNotFinished', 'People are still in this group, or a session whose time has come has no record.')

export type EndedGroup = { groupId: Uuid; to: 'ended' | 'cancelled'; reason: string; expectedVersion: number }

/**
 * Ends a group that ran, or cancels one that never met. Nobody may be in it any more; those who wait are taken off the list, and sessions to come are not held.
 * Its facilitators lose the cases that were in it.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed, GroupNotFinished
 */
export async function endGroup(tx: Tx, actor: Actor, input: EndedGroup): Promise<Group> {
  const group = await lockGroup(tx, actor, input.groupId, input.expectedVersion)
  assertMove('group', groupMoves, actor, group.status, input.to, input.reason)
  const { open } = await occupancyOf(tx, actor, group)
  if (open > 0)
    throw new GroupNotFinished(
      `${open} ${open === 1 ? 'person is' : 'people are'} still in this group`,
      'end their places, or move them to another group',
    )
  const planned = await tx.orm
    .select()
    .from(sessions)
    .where(and(eq(sessions.providerId, actor.providerId), eq(sessions.groupId, group.id), eq(sessions.status, 'planned')))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
  const unrecorded = input.to === 'ended' ? planned.filter(({ kind, startsAt }) => kind === 'group' && startsAt <= tx.now).length : 0
  if (unrecorded > 0)
    throw new GroupNotFinished(
      `${unrecorded} past ${unrecorded === 1 ? 'session has' : 'sessions have'} no register`,
      'record them first, or that they were not held',
    )

  const because = input.to === 'ended' ? 'the group ended' : 'the group was cancelled'
  for (const session of planned) await changeSession(tx, actor, session, { status: 'not-held', notHeldReason: because }, because)
  await emptyWaitingList(tx, actor, group, because)
  for (const staffId of await facilitatorsOf(tx, actor, group.id)) await unassignCasesOfGroup(tx, actor, group.id, staffId, because)
  const over = await updateGroup(tx, actor, group, { status: input.to, endedAt: tx.now, endedBy: actor.id, endReason: input.reason })
  await offerFreePlace(tx, actor, over)
  await record(tx, actor, { action: `group.${input.to}`, subjectType: 'group', subjectId: group.id, fields: ['status', 'endReason'] })
  return over
}

async function emptyWaitingList(tx: Tx, actor: Actor, group: Group, because: string): Promise<void> {
  const waiting = await tx.orm
    .select()
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.groupId, group.id), eq(places.status, 'waiting')))
  for (const place of waiting) await changePlace(tx, actor, place, { status: 'withdrawn' }, because)
}

const EndGroupInput = builder.inputType('EndGroupInput', {
  description: 'Which group is over, and why.',
  fields: (t) => ({
    groupId: t.id({ required: true, description: 'Global id of the group.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    expectedVersion: t.int({ required: true, description: 'The group’s version as it was read.' }),
  }),
})

builder.mutationField('endGroup', (t) =>
  t.field({
    ...calledBy(planners, 'Ends a group that ran. Nobody may be in it any more, and every past session has its record.'),
    type: GroupRef,
    args: { input: t.arg({ type: EndGroupInput, required: true, description: 'Which, and why.' }) },
    errors: { types: [...usualRefusals, GroupNotFinished] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'end-group', (tx, actor) =>
        endGroup(tx, actor, { ...input, to: 'ended', groupId: idIn('Group', input.groupId, 'group') }),
      ),
  }),
)

builder.mutationField('cancelGroup', (t) =>
  t.field({
    ...calledBy(planners, 'Cancels a group that never met. Nobody may have a place in it any more.'),
    type: GroupRef,
    args: { input: t.arg({ type: EndGroupInput, required: true, description: 'Which, and why.' }) },
    errors: { types: [...usualRefusals, GroupNotFinished] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'cancel-group', (tx, actor) =>
        endGroup(tx, actor, { ...input, to: 'cancelled', groupId: idIn('Group', input.groupId, 'group') }),
      ),
  }),
)
