import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { calledBy } from '../../platform/root-access.ts'
import { roleIds, roles, type Role } from './roles.ts'
import { rolesOfStaff, staffById, type Staff } from './staff.ts'

const enumName = (id: string) => id.toUpperCase().replaceAll('-', '_')

export const RoleEnum = builder.enumType('Role', {
  description: 'What a person does at a provider. Roles of the participant side and of the partner side exclude each other.',
  values: Object.fromEntries(roleIds.map((id) => [enumName(id), { value: id, description: roles[id].description }])) as Record<
    string,
    { value: Role; description: string }
  >,
})

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
