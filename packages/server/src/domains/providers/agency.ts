import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, oneEach } from '../../platform/loader.ts'
import type { PageQuery } from '../../platform/page.ts'
import { agencies } from './tables.ts'

export type Agency = typeof agencies.$inferSelect

export const agencyById = loader<Uuid, Agency | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(agencies)
      .where(and(eq(agencies.providerId, actor.providerId), inArray(agencies.id, [...ids]))),
    (row) => row.id,
  ),
)

/** @throws NotFound */
export async function assertAgency(tx: Tx, actor: Actor, id: Uuid): Promise<Agency> {
  const [row] = await tx.orm
    .select()
    .from(agencies)
    .where(and(eq(agencies.providerId, actor.providerId), eq(agencies.id, id)))
  if (!row) throw new NotFound('agency')
  return row
}

/** In the order they were added: ids begin with the time. */
export async function listAgencies(tx: Tx, actor: Actor, { limit, after, backwards }: PageQuery): Promise<Agency[]> {
  const beyond = after ? sql`${agencies.id} ${sql.raw(backwards ? '<' : '>')} ${after.id}::uuid` : undefined
  return tx.orm
    .select()
    .from(agencies)
    .where(and(eq(agencies.providerId, actor.providerId), beyond))
    .orderBy(sql`${agencies.id} ${sql.raw(backwards ? 'desc' : 'asc')}`)
    .limit(limit)
}
