import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import type { Role } from './roles.ts'
import { staff, staffRoles } from './tables.ts'

export type Staff = typeof staff.$inferSelect

export const staffById = loader<Uuid, Staff | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(staff)
      .where(and(eq(staff.providerId, actor.providerId), inArray(staff.id, [...ids]))),
    (row) => row.id,
  ),
)

export const rolesOfStaff = loader<Uuid, Role[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(staffRoles)
    .where(and(eq(staffRoles.providerId, actor.providerId), inArray(staffRoles.staffId, [...ids])))
    .orderBy(staffRoles.role)
  return manyEach(ids, rows, (row) => row.staffId).map((found) => found.map((row) => row.role))
})

/** @throws NotFound also for people who have left */
export async function assertActiveStaff(tx: Tx, actor: Actor, id: Uuid): Promise<Staff> {
  const [row] = await tx.orm
    .select()
    .from(staff)
    .where(and(eq(staff.providerId, actor.providerId), eq(staff.id, id), isNull(staff.endedAt)))
  if (!row) throw new NotFound('staff member')
  return row
}

/** Active staff with one of the roles, longest-serving first: who a task falls to when nobody is named. */
export async function staffWithRole(tx: Tx, actor: Actor, ...wanted: Role[]): Promise<Uuid[]> {
  const rows = await tx.orm
    .select({ id: staff.id })
    .from(staff)
    .innerJoin(staffRoles, and(eq(staffRoles.providerId, staff.providerId), eq(staffRoles.staffId, staff.id)))
    .where(and(eq(staff.providerId, actor.providerId), inArray(staffRoles.role, wanted), isNull(staff.endedAt)))
    .orderBy(
      sql`array_position(array[${sql.join(
        wanted.map((role) => sql`${role}`),
        sql`, `,
      )}]::text[], ${staffRoles.role})`,
      staffRoles.grantedAt,
      staff.id,
    )
  return [...new Set(rows.map((row) => row.id))]
}

/** The roles a person has at this moment. */
export async function rolesHeldBy(tx: Tx, actor: Actor, staffId: Uuid): Promise<Role[]> {
  const rows = await tx.orm
    .select({ role: staffRoles.role })
    .from(staffRoles)
    .where(and(eq(staffRoles.providerId, actor.providerId), eq(staffRoles.staffId, staffId)))
  return rows.map(({ role }) => role)
}
