import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { calledBy } from '../../platform/root-access.ts'
import { roleIds, roles, type Role } from './roles.ts'
import { rolesOfStaff, staffById, type Staff } from './staff.ts'

export const RoleEnum = enumOf<Role>(
  'Role',
  'What a person does at a provider. Roles of the participant side and of the partner side exclude each other.',
  roles,
)

export const StaffRef = builder.objectRef<Staff>('Staff').implement({
  description: 'Somebody who signs in: the provider’s own staff and outside people such as referrers.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Staff', row.id) }),
    name: t.exposeString('name', { description: 'The name colleagues see.' }),
    roles: t.field({
      type: [RoleEnum],
      description: 'What they do now.',
      resolve: (row, _, context) => signedIn(context).operation.load(rolesOfStaff, row.id),
    }),
    endedAt: t.expose('endedAt', { type: 'Instant', nullable: true, description: 'When they left; null while they are here.' }),
    version: t.exposeInt('version', { description: 'Name it when changing this person.' }),
  }),
})

refetchable('Staff', (operation, id) => operation.load(staffById, id))

builder.queryField('viewer', (t) =>
  t.field({
    ...calledBy(roleIds, 'The person signed in.'),
    type: StaffRef,
    nullable: true,
    resolve: (_, __, context) => {
      const { actor, operation } = signedIn(context)
      return operation.load(staffById, actor.id)
    },
  }),
)
