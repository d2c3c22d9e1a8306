import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotAllowed } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { ServesBothSides } from './add-staff.ts'
import { bumpStaff, lockStaff, staffIdIn } from './change-staff.ts'
import { RoleEnum, StaffRef } from './graphql.ts'
import { anySide, roles, type Role } from './roles.ts'
import { rolesHeldBy, type Staff } from './staff.ts'
import { staffRoles } from './tables.ts'

export type GrantedRole = { staffId: Uuid; role: Role; expectedVersion: number }

/** Gives somebody a role on their side of the wall. A role they have already changes nothing. */
export async function grantRole(tx: Tx, actor: Actor, input: GrantedRole): Promise<Staff> {
  if (input.staffId === actor.id) throw new NotAllowed('nobody gives a role to themself')
  const person = await lockStaff(tx, actor, input.staffId, input.expectedVersion)
  if (!anySide.includes(input.role) && roles[input.role].side !== person.side)
    throw new ServesBothSides(
      'this role lies on another side of the wall than this person; nobody serves both',
      'give it to another person, or add this one anew with a sign-in of their own',
    )
  if ((await rolesHeldBy(tx, actor, person.id)).includes(input.role)) return person
  await tx.orm
    .insert(staffRoles)
    .values({ providerId: actor.providerId, staffId: person.id, staffSide: person.side, role: input.role, grantedAt: tx.now })
  const changed = await bumpStaff(tx, actor, person.id)
  await record(tx, actor, { action: 'staff.role-granted', subjectType: 'staff', subjectId: person.id, fields: ['roles'] })
  return changed
}

const GrantRoleInput = builder.inputType('GrantRoleInput', {
  description: 'Which role to give to whom.',
  fields: (t) => ({
    staffId: t.id({ required: true, description: 'Global id of the person.' }),
    role: t.field({ type: RoleEnum, required: true, description: 'The role; on their side of the wall.' }),
    expectedVersion: t.int({ required: true, description: 'The person’s version as it was read.' }),
  }),
})

builder.mutationField('grantRole', (t) =>
  t.field({
    ...calledBy(['programme-manager'], 'Gives somebody else a role. It holds from their next request.'),
    type: StaffRef,
    args: { input: t.arg({ type: GrantRoleInput, required: true, description: 'Which, to whom.' }) },
    errors: { types: [...usualRefusals, ServesBothSides] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'grant-role', (tx, actor) => grantRole(tx, actor, { ...input, staffId: staffIdIn(input.staffId) })),
  }),
)
