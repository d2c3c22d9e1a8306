import type { Actor } from '../../platform/actor.ts'
import { builder, refusalType, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { mayStartGroups, partnerServiceOn } from '../providers/index.ts'
import { lockGroup, planners, type Group } from './access.ts'
import { facilitatorsOf } from './assignments.ts'
import { updateGroup } from './change-group.ts'
import { idIn } from './group.ts'
import { GroupRef } from './group-graphql.ts'
import { assertProgramme } from './programme.ts'
import { TooFewFacilitators } from './settle-session.ts'
import { groupMoves } from './states.ts'
import { templateOf } from './template.ts'

/** No partner service is named and no exception is in force today. */
export class NoPartnerService extends DomainError {
  override name = 'NoPartnerService'
  readonly code = 'no-partner-service'
}
refusalType(
  NoPartnerService,
  'NoPartnerService',
  'No partner service is named and no exception is in force today. A programme without one can raise the danger.',
)

export type StartedGroup = { groupId: Uuid; expectedVersion: number }

/**
 * Starts a group: with a partner service or an exception in force today, which is recorded on it, and as many facilitators as the programme asks for.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed, TooFewFacilitators, NoPartnerService
 */
export async function startGroup(tx: Tx, actor: Actor, input: StartedGroup): Promise<Group> {
  const group = await lockGroup(tx, actor, input.groupId, input.expectedVersion)
  assertMove('group', groupMoves, actor, group.status, 'running')
  const { facilitators: needed } = templateOf(await assertProgramme(tx, actor, group.programmeId))
  const leading = await facilitatorsOf(tx, actor, group.id)
  if (leading.length < needed)
    throw new TooFewFacilitators(
      `this programme needs ${needed} facilitators, and ${leading.length} lead this group`,
      'add facilitators first',
    )
  const arrangement = await partnerServiceOn(tx, actor, tx.today)
  const { allowed, reason } = mayStartGroups(arrangement)
  if (!allowed || !arrangement) throw new NoPartnerService(reason, 'name a partner service, or record an exception with its last day')

  const started = await updateGroup(tx, actor, group, {
    status: 'running',
    startedAt: tx.now,
    startedBy: actor.id,
    partnerArrangementId: arrangement.id,
  })
  await record(tx, actor, {
    action: 'group.started',
    subjectType: 'group',
    subjectId: group.id,
    fields: ['status', 'partnerArrangementId'],
  })
  return started
}

const StartGroupInput = builder.inputType('StartGroupInput', {
  description: 'Which group starts.',
  fields: (t) => ({
    groupId: t.id({ required: true, description: 'Global id of the group.' }),
    expectedVersion: t.int({ required: true, description: 'The group’s version as it was read.' }),
  }),
})

builder.mutationField('startGroup', (t) =>
  t.field({
    ...calledBy(
      planners,
      'Starts a group. It needs a named partner service, or an exception in force today, and the facilitators that the programme asks for.',
    ),
    type: GroupRef,
    args: { input: t.arg({ type: StartGroupInput, required: true, description: 'Which.' }) },
    errors: { types: [...usualRefusals, TooFewFacilitators, NoPartnerService] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'start-group', (tx, actor) =>
        startGroup(tx, actor, { ...input, groupId: idIn('Group', input.groupId, 'group') }),
      ),
  }),
)
