import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, InvalidMove } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { lockGroup, planners, type Group } from './access.ts'
import { assertCapacity } from './create-group.ts'
import { idIn } from './group.ts'
import { GroupRef } from './group-graphql.ts'
import { offerFreePlace } from './offer-free-place.ts'
import { occupancyOf } from './place.ts'
import { assertProgramme } from './programme.ts'
import { liveGroups } from './states.ts'
import { groups } from './tables.ts'
import { templateOf } from './template.ts'

/** Writes changes of a group that is locked. */
export async function updateGroup(tx: Tx, actor: Actor, group: Group, changes: Partial<typeof groups.$inferInsert>): Promise<Group> {
  const [changed] = await tx.orm
    .update(groups)
    .set({ ...changes, version: group.version + 1 })
    .where(and(eq(groups.providerId, actor.providerId), eq(groups.id, group.id)))
    .returning()
  return changed!
}

/** Refuses what cannot change any more. @throws InvalidMove */
export function assertLive({ status }: Group): void {
  if (!(liveGroups as readonly string[]).includes(status)) throw new InvalidMove('group', status, status, [])
}

export type ChangedGroup = {
  groupId: Uuid
  capacity?: number | null | undefined
  venue?: string | null | undefined
  expectedVersion: number
}

/** Changes how many a group holds and where it meets. Where room is made, the head of the waiting list is to be asked. @throws NotFound, StaleVersion, InvalidMove, InvalidInput (field `capacity`) */
export async function changeGroup(tx: Tx, actor: Actor, input: ChangedGroup): Promise<Group> {
  const group = await lockGroup(tx, actor, input.groupId, input.expectedVersion)
  assertLive(group)
  const capacity = input.capacity ?? group.capacity
  assertCapacity(templateOf(await assertProgramme(tx, actor, group.programmeId)), capacity)
  const { open } = await occupancyOf(tx, actor, group)
  if (capacity < open) throw new InvalidInput('capacity', `${open} are in this group already`, 'nobody is put out to make it smaller')
  const changed = await updateGroup(tx, actor, group, { capacity, venue: input.venue === undefined ? group.venue : input.venue })
  await offerFreePlace(tx, actor, changed)
  await record(tx, actor, { action: 'group.changed', subjectType: 'group', subjectId: group.id, fields: ['capacity', 'venue'] })
  return changed
}

const ChangeGroupInput = builder.inputType('ChangeGroupInput', {
  description: 'What changes in a group. What is left out stays.',
  fields: (t) => ({
    groupId: t.id({ required: true, description: 'Global id of the group.' }),
    capacity: t.int({ description: 'How many it holds, at most what the programme says and no fewer than are in it.' }),
    venue: t.field({ type: 'ShortText', description: 'Where it meets, as you call it; null where that is open.' }),
    expectedVersion: t.int({ required: true, description: 'The group’s version as it was read.' }),
  }),
})

builder.mutationField('changeGroup', (t) =>
  t.field({
    ...calledBy(planners, 'Changes how many a group holds and where it meets.'),
    type: GroupRef,
    args: { input: t.arg({ type: ChangeGroupInput, required: true, description: 'Which, and what.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'change-group', (tx, actor) =>
        changeGroup(tx, actor, { ...input, groupId: idIn('Group', input.groupId, 'group') }),
      ),
  }),
)
