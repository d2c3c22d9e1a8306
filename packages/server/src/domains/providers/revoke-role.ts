import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { assertAnotherManager, bumpStaff, followRoleLoss, LastProgrammeManager, lockStaff, staffIdIn } from './change-staff.ts'
import { RoleEnum, StaffRef } from './graphql.ts'
import type { Role } from './roles.ts'
import { rolesHeldBy, type Staff } from './staff.ts'
import { staffRoles } from './tables.ts'

export type RevokedRole = { staffId: Uuid; role: Role; expectedVersion: number }

/** Takes a role away, from the person’s next request on. Assignments in that role end with it, so that a role given again opens nothing old. */
export async function revokeRole(tx: Tx, actor: Actor, input: RevokedRole): Promise<Staff> {
  const person = await lockStaff(tx, actor, input.staffId, input.expectedVersion)
  if (!(await rolesHeldBy(tx, actor, person.id)).includes(input.role)) return person
  if (input.role === 'programme-manager') await assertAnotherManager(tx, actor, person.id)
  await tx.orm
    .delete(staffRoles)
    .where(and(eq(staffRoles.providerId, actor.providerId), eq(staffRoles.staffId, person.id), eq(staffRoles.role, input.role)))
  await followRoleLoss(tx, actor, { staffId: person.id, roles: [input.role], hasLeft: false })
  const changed = await bumpStaff(tx, actor, person.id)
  await record(tx, actor, { action: 'staff.role-revoked', subjectType: 'staff', subjectId: person.id, fields: ['roles'] })
  return changed
}

const RevokeRoleInput = builder.inputType('RevokeRoleInput', {
  description: 'Which role to take away from whom.',
  fields: (t) => ({
    staffId: t.id({ required: true, description: 'Global id of the person.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'The role.' }),
    expectedVersion: t.int({ required: true, description: 'The person’s version as it was read.' }),
  }),
})

builder.mutationField('revokeRole', (t) =>
  t.field({
    ...calledBy(['programme-manager'], 'Takes a role away. It holds from that person’s next request; assignments in that role end.'),
    type: StaffRef,
    args: { input: t.arg({ type: RevokeRoleInput, required: true, description: 'Which, from whom.' }) },
    errors: { types: [...usualRefusals, LastProgrammeManager] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'revoke-role', (tx, actor) => revokeRole(tx, actor, { ...input, staffId: staffIdIn(input.staffId) })),
  }),
)
