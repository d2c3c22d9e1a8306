import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { assertActiveStaff, rolesHeldBy } from '../providers/index.ts'
import { lockGroup, planners } from './access.ts'
import { assignCasesOfGroup } from './assignments.ts'
import { assertLive } from './change-group.ts'
import { facilitatorsOfGroup, idIn, type GroupFacilitator } from './group.ts'
import { GroupFacilitatorRef } from './group-graphql.ts'
import { assertFacilitator } from './remove-facilitator.ts'
import { groupFacilitators } from './tables.ts'

export type NewFacilitator = { idempotencyKey: string; groupId: Uuid; staffId: Uuid }

/**
 * Somebody begins to lead a group, and is given the cases in it. Whoever leads it already stays.
 * @throws NotFound, InvalidMove, InvalidInput (field `staffId`) for people without the role, or kept out of a case in the group
 */
export async function addFacilitator(tx: Tx, actor: Actor, { idempotencyKey: key, ...input }: NewFacilitator): Promise<GroupFacilitator> {
  return once(
    tx,
    actor,
    { operation: 'add-facilitator', key, payload: input },
    () => add(tx, actor, input),
    (id) => assertFacilitator(tx, actor, id),
  )
}

async function add(tx: Tx, actor: Actor, { groupId, staffId }: { groupId: Uuid; staffId: Uuid }): Promise<GroupFacilitator> {
  const group = await lockGroup(tx, actor, groupId)
  assertLive(group)
  const person = await assertActiveStaff(tx, actor, staffId)
  if (!(await rolesHeldBy(tx, actor, staffId)).includes('facilitator'))
    throw new InvalidInput('staffId', 'this person is no facilitator', 'grant them the role first')
  const [leading] = await facilitatorsOfGroup.batch(tx, actor, [groupId])
  const known = leading!.find((one) => one.staffId === staffId)
  if (known) return known
  const [row] = await tx.orm
    .insert(groupFacilitators)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      groupId,
      staffId: person.id,
      staffSide: 'participant',
      joinedAt: tx.now,
      joinedBy: actor.id,
    })
    .returning()
  await assignCasesOfGroup(tx, actor, groupId, staffId)
  await record(tx, actor, { action: 'group.facilitator-added', subjectType: 'group', subjectId: groupId, fields: ['staffId'] })
  return row!
}

const AddFacilitatorInput = builder.inputType('AddFacilitatorInput', {
  description: 'Who begins to lead which group.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one person in one group.' }),
    groupId: t.id({ required: true, description: 'Global id of the group.' }),
    staffId: t.id({ required: true, description: 'Global id of a facilitator.' }),
  }),
})

builder.mutationField('addFacilitator', (t) =>
  t.field({
    ...calledBy(planners, 'Lets a facilitator lead a group. They are given the cases in it.'),
    type: GroupFacilitatorRef,
    args: { input: t.arg({ type: AddFacilitatorInput, required: true, description: 'Who, and which.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'add-facilitator', (tx, actor) =>
        addFacilitator(tx, actor, {
          ...input,
          groupId: idIn('Group', input.groupId, 'group'),
          staffId: idIn('Staff', input.staffId, 'staff member'),
        }),
      ),
  }),
)
