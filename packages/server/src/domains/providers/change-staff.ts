import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { refusalType } from '../../platform/builder.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, NotFound, StaleVersion } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { rolesHeldBy, type Staff } from './staff.ts'
import type { Role } from './roles.ts'
import { providers, staff, staffRoles } from './tables.ts'

/** Nobody would be left to add people and give roles. */
export class LastProgrammeManager extends DomainError {
  override name = 'LastProgrammeManager'
  readonly code = 'last-programme-manager'
}
refusalType(
  LastProgrammeManager,
  'LastProgrammeManager',
  'The provider would be left without a programme manager, who adds people and gives roles.',
)

/** What other slices do when somebody loses roles: they come later than this one and say so themselves. */
export type RoleLoss = (tx: Tx, actor: Actor, loss: { staffId: Uuid; roles: readonly Role[]; hasLeft: boolean }) => Promise<void>
const afterLoss: RoleLoss[] = []
/** Called in the transaction in which somebody loses roles or leaves. */
export const registerRoleLoss = (follow: RoleLoss): void => void afterLoss.push(follow)

export async function followRoleLoss(
  tx: Tx,
  actor: Actor,
  loss: { staffId: Uuid; roles: readonly Role[]; hasLeft: boolean },
): Promise<void> {
  for (const follow of afterLoss) await follow(tx, actor, loss)
}

/**
 * Locks a member of staff. The provider’s row is locked first: two managers who take each other’s role away cannot both succeed.
 * @throws NotFound also for people who have left, StaleVersion
 */
export async function lockStaff(tx: Tx, actor: Actor, id: Uuid, expectedVersion: number): Promise<Staff> {
  await tx.orm.select({ id: providers.providerId }).from(providers).where(eq(providers.providerId, actor.providerId)).for('no key update')
  const [row] = await tx.orm
    .select()
    .from(staff)
    .where(and(eq(staff.providerId, actor.providerId), eq(staff.id, id), isNull(staff.endedAt)))
    .for('no key update')
  if (!row) throw new NotFound('staff member')
  if (row.version !== expectedVersion) throw new StaleVersion(row.version)
  return row
}

/** @throws LastProgrammeManager */
export async function assertAnotherManager(tx: Tx, actor: Actor, leaving: Uuid): Promise<void> {
  if (!(await rolesHeldBy(tx, actor, leaving)).includes('programme-manager')) return
  const [other] = await tx.orm
    .select({ id: staff.id })
    .from(staff)
    .innerJoin(staffRoles, and(eq(staffRoles.providerId, staff.providerId), eq(staffRoles.staffId, staff.id)))
    .where(
      and(eq(staff.providerId, actor.providerId), eq(staffRoles.role, 'programme-manager'), ne(staff.id, leaving), isNull(staff.endedAt)),
    )
    .limit(1)
  if (!other) throw new LastProgrammeManager('this is the only programme manager', 'give somebody else the role first')
}

export async function bumpStaff(
  tx: Tx,
  actor: Actor,
  id: Uuid,
  changes: Partial<Pick<Staff, 'endedAt' | 'endReason'>> = {},
): Promise<Staff> {
  const [row] = await tx.orm
    .update(staff)
    .set({ ...changes, version: sql`${staff.version} + 1` })
    .where(and(eq(staff.providerId, actor.providerId), eq(staff.id, id)))
    .returning()
  return row!
}

/** @throws NotFound for what is malformed or the id of something else */
export function staffIdIn(id: string): Uuid {
  const local = localId('Staff', id)
  if (!local) throw new NotFound('staff member')
  return local
}
