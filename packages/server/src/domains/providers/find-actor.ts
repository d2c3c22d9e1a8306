import { and, eq, isNull } from 'drizzle-orm'
import type { Actor, Identity } from '../../platform/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { fault } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staff, staffRoles } from './tables.ts'

/**
 * The person behind an identity, with the roles they have at this moment: a revocation holds from the next request.
 * Row-level security shows a signed-in identity its own staff rows and nothing else.
 * @param providerId needed only by people who work for several providers
 * @throws UNAUTHENTICATED when nobody here has this identity; BAD_INPUT when a choice of provider is needed
 */
export async function findActor(database: Database, identity: Identity, providerId?: Uuid): Promise<Actor> {
  const rows = await database.transaction({ issuer: identity.issuer, subject: identity.subject }, 'read', (tx) =>
    tx.orm
      .select({ providerId: staff.providerId, id: staff.id, side: staff.side, role: staffRoles.role })
      .from(staff)
      .innerJoin(staffRoles, and(eq(staffRoles.providerId, staff.providerId), eq(staffRoles.staffId, staff.id)))
      .where(
        and(
          eq(staff.issuer, identity.issuer),
          eq(staff.subject, identity.subject),
          isNull(staff.endedAt),
          providerId ? eq(staff.providerId, providerId) : undefined,
        ),
      ),
  )
  const [first] = rows
  if (!first)
    throw fault('UNAUTHENTICATED', 'nobody with a role here has this identity: ask your programme manager', { http: { status: 401 } })
  if (rows.some((row) => row.providerId !== first.providerId))
    throw fault('BAD_INPUT', 'you work for several providers: say which with the header `plumbline-provider`', { http: { status: 400 } })
  return { providerId: first.providerId, id: first.id, side: first.side, roles: new Set(rows.map((row) => row.role)) }
}
