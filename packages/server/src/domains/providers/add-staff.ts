import { builder, refusalType, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput, NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { RoleEnum, StaffRef } from './graphql.ts'
import { anySide, roles as roleTable, type Role } from './roles.ts'
import { assertActiveStaff, type Staff } from './staff.ts'
import { staff, staffRoles } from './tables.ts'

/** The roles asked for lie on both sides of the wall. */
export class ServesBothSides extends DomainError {
  override name = 'ServesBothSides'
  readonly code = 'serves-both-sides'
}

export type NewStaff = {
  name: string
  issuer: string
  subject: string
  roles: readonly Role[]
  agencyId?: Uuid | null
  idempotencyKey: string
}

/** Adds a person with their roles. Repeating the key changes nothing. */
export async function addStaff(tx: Tx, actor: Actor, input: NewStaff): Promise<Staff> {
  if (input.roles.length === 0) throw new InvalidInput('roles', 'a member of staff needs at least one role')
  const side = sideOf(input.roles)
  return once(
    tx,
    actor,
    { operation: 'add-staff', key: input.idempotencyKey, payload: { ...input, idempotencyKey: null } },
    async () => {
      const [row] = await tx.orm
        .insert(staff)
        .values({
          providerId: actor.providerId,
          id: tx.newId(),
          name: input.name,
          side,
          issuer: input.issuer,
          subject: input.subject,
          agencyId: input.agencyId ?? null,
        })
        .onConflictDoNothing()
        .returning()
      if (!row) throw new InvalidInput('subject', 'somebody here has this identity already', 'grant the roles to that person instead')
      await tx.orm.insert(staffRoles).values(
        [...new Set(input.roles)].map((role) => ({
          providerId: actor.providerId,
          staffId: row.id,
          staffSide: side,
          role,
          grantedAt: tx.now,
        })),
      )
      await record(tx, actor, { action: 'staff.added', subjectType: 'staff', subjectId: row.id, fields: ['name', 'roles'] })
      return row
    },
    (id) => assertActiveStaff(tx, actor, id),
  )
}

/** The side the roles put a person on. @throws ServesBothSides */
export function sideOf(roles: readonly Role[]) {
  const fixed = roles.filter((role) => !anySide.includes(role))
  const sides = new Set(fixed.map((role) => roleTable[role].side))
  if (sides.size > 1)
    throw new ServesBothSides('these roles lie on different sides of the wall; nobody serves both', 'give one of them to another person')
  return [...sides][0] ?? 'neutral'
}

refusalType(ServesBothSides, 'ServesBothSides', 'Roles on both sides of the wall cannot be held by one person.')

const AddStaffInput = builder.inputType('AddStaffInput', {
  description: 'A new member of staff, or an outside person such as a referrer.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one new person.' }),
    name: t.field({ type: 'ShortText', required: true, description: 'The name colleagues see.' }),
    issuer: t.field({ type: 'ShortText', required: true, description: 'The `iss` of the tokens they sign in with.' }),
    subject: t.field({ type: 'ShortText', required: true, description: 'The `sub` of the tokens they sign in with.' }),
    roles: t.field({ type: [RoleEnum], required: true, description: 'At least one; all on one side of the wall.' }),
    agencyId: t.id({ description: 'The agency an outside person works for.' }),
  }),
})

builder.mutationField('addStaff', (t) =>
  t.field({
    ...calledBy(['programme-manager'], 'Adds a member of staff, or an outside person, with their roles.'),
    type: StaffRef,
    args: { input: t.arg({ type: AddStaffInput, required: true, description: 'Who, and with which roles.' }) },
    errors: { types: [...usualRefusals, ServesBothSides] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'add-staff', (tx, actor) => {
        const agencyId = input.agencyId ? (localId('Agency', input.agencyId) ?? notThere('agency')) : null
        return addStaff(tx, actor, { ...input, agencyId })
      }),
  }),
)

const notThere = (what: string): never => {
  throw new NotFound(what)
}
