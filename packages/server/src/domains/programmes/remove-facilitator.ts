import { and, eq, isNull } from 'drizzle-orm'
import { nobody, type Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { registerAfterExclusion } from '../cases/index.ts'
import { registerRoleLoss, staffWithRole } from '../providers/index.ts'
import { openTask } from '../tasks/index.ts'
import { lockGroup, planners, type Group } from './access.ts'
import { facilitatorsOf, unassignCasesOfGroup } from './assignments.ts'
import { groupsWithParticipant, idIn, type GroupFacilitator } from './group.ts'
import { GroupFacilitatorRef } from './group-graphql.ts'
import { assertProgramme } from './programme.ts'
import { groupFacilitators, groups } from './tables.ts'
import { templateOf } from './template.ts'

/** @throws NotFound also for one of a group that may not be seen */
export async function assertFacilitator(tx: Tx, actor: Actor, id: Uuid): Promise<GroupFacilitator> {
  const [row] = await tx.orm
    .select()
    .from(groupFacilitators)
    .where(and(eq(groupFacilitators.providerId, actor.providerId), eq(groupFacilitators.id, id)))
  if (!row) throw new NotFound('facilitator of a group')
  return row
}

export type RemovedFacilitator = { facilitatorId: Uuid; reason: string; expectedVersion: number }

/**
 * Somebody leads a group no more, and loses the cases in it. Where fewer are left than the programme asks for, a programme manager is to find another.
 * @throws NotFound, StaleVersion, InvalidMove for one who left before
 */
export async function removeFacilitator(tx: Tx, actor: Actor, input: RemovedFacilitator): Promise<GroupFacilitator> {
  const { groupId } = await assertFacilitator(tx, actor, input.facilitatorId)
  const group = await lockGroup(tx, actor, groupId)
  const known = await assertFacilitator(tx, actor, input.facilitatorId)
  if (known.version !== input.expectedVersion) throw new StaleVersion(known.version)
  if (known.leftAt) throw new InvalidMove('facilitator of a group', 'gone', 'gone', [])
  return leave(tx, actor, group, known, input.reason)
}

async function leave(tx: Tx, actor: Actor, group: Group, known: GroupFacilitator, reason: string): Promise<GroupFacilitator> {
  const [gone] = await tx.orm
    .update(groupFacilitators)
    .set({ leftAt: tx.now, leftBy: actor.id === nobody ? null : actor.id, leaveReason: reason, version: known.version + 1 })
    .where(and(eq(groupFacilitators.providerId, actor.providerId), eq(groupFacilitators.id, known.id)))
    .returning()
  await unassignCasesOfGroup(tx, actor, group.id, known.staffId, 'leads the group no more')
  if (group.status === 'running') await askForAnother(tx, actor, group)
  await record(tx, actor, {
    action: 'group.facilitator-removed',
    subjectType: 'group',
    subjectId: group.id,
    fields: ['staffId', 'leaveReason'],
  })
  return gone!
}

/** With fewer than the programme asks for no session can be held. */
async function askForAnother(tx: Tx, actor: Actor, group: Group): Promise<void> {
  const { facilitators: needed } = templateOf(await assertProgramme(tx, actor, group.programmeId))
  if ((await facilitatorsOf(tx, actor, group.id)).length >= needed) return
  await askManager(tx, actor, group.id, 'Too few lead a group that runs: find another facilitator')
}

async function askManager(tx: Tx, actor: Actor, groupId: Uuid, title: string): Promise<void> {
  const [ownerId] = await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead')
  if (!ownerId) return
  await openTask(tx, actor, {
    kind: 'follow-up',
    title,
    about: { type: 'group', id: groupId },
    caseId: null,
    ownerId,
    side: 'participant',
    due: { within: { amount: 1, unit: 'working-days' } },
  })
}

// Whoever is a facilitator no more leads no group either.
registerRoleLoss(async (tx, actor, { staffId, roles }) => {
  if (!roles.includes('facilitator')) return
  const leading = await tx.orm
    .select({ row: groupFacilitators, group: groups })
    .from(groupFacilitators)
    .innerJoin(groups, and(eq(groups.providerId, groupFacilitators.providerId), eq(groups.id, groupFacilitators.groupId)))
    .where(
      and(eq(groupFacilitators.providerId, actor.providerId), eq(groupFacilitators.staffId, staffId), isNull(groupFacilitators.leftAt)),
    )
    .orderBy(groups.id)
  for (const { row, group } of leading) await leave(tx, actor, group, row, 'is a facilitator no more')
})

// A conflict of interest with somebody in a group they lead: they see that person no more, and cannot go on leading the group as if nothing were.
registerAfterExclusion(async ({ tx, actor, staffId, participantId }) => {
  for (const groupId of await groupsWithParticipant(tx, actor, staffId, participantId))
    await askManager(tx, actor, groupId, 'A facilitator of a group may not work with somebody in it: decide who goes where')
})

const RemoveFacilitatorInput = builder.inputType('RemoveFacilitatorInput', {
  description: 'Who leads a group no more, and why.',
  fields: (t) => ({
    facilitatorId: t.id({ required: true, description: 'Global id, as `Group.facilitators` gives it.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('removeFacilitator', (t) =>
  t.field({
    ...calledBy(planners, 'Ends that a facilitator leads a group. They lose the cases in it, unless another ground opens them.'),
    type: GroupFacilitatorRef,
    args: { input: t.arg({ type: RemoveFacilitatorInput, required: true, description: 'Who, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'remove-facilitator', (tx, actor) =>
        removeFacilitator(tx, actor, { ...input, facilitatorId: idIn('GroupFacilitator', input.facilitatorId, 'facilitator of a group') }),
      ),
  }),
)
