import { and, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, oneEach } from '../../platform/loader.ts'
import { programmes } from './tables.ts'

export type Programme = typeof programmes.$inferSelect

export const programmeById = loader<Uuid, Programme | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(programmes)
      .where(and(eq(programmes.providerId, actor.providerId), inArray(programmes.id, [...ids]))),
    (row) => row.id,
  ),
)

/** @throws NotFound */
export async function assertProgramme(tx: Tx, actor: Actor, id: Uuid): Promise<Programme> {
  const [row] = await programmeById.batch(tx, actor, [id])
  if (!row) throw new NotFound('programme')
  return row
}
