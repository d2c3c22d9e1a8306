import { and, eq, sql } from 'drizzle-orm'
import { canonicalJson } from '@plumbline/rules'
import { createHash } from 'node:crypto'
import type { Actor } from './actor.ts'
import type { Tx } from './db/database.ts'
import { idempotencyKeys } from './db/tables.ts'
import { IdempotencyKeyReused } from './errors.ts'
import type { Uuid } from './ids.ts'

/**
 * Creates at most once for one key, person and operation. A repeat with the same payload loads what was created;
 * `load` checks access again, as for any read.
 * @throws IdempotencyKeyReused when the key came with another payload
 */
export async function once<Row extends { id: Uuid }>(
  tx: Tx,
  actor: Actor,
  request: { operation: string; key: string; payload: unknown },
  create: () => Promise<Row>,
  load: (id: Uuid) => Promise<Row>,
): Promise<Row> {
  const requestHash = createHash('sha256').update(canonicalJson(request.payload)).digest('hex')
  // Two calls with one key at the same moment: the second waits here for the first to end.
  await tx.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.providerId}/${actor.id}/${request.operation}/${request.key}`}, 0))`,
  )
  const where = and(
    eq(idempotencyKeys.providerId, actor.providerId),
    eq(idempotencyKeys.actorId, actor.id),
    eq(idempotencyKeys.operation, request.operation),
    eq(idempotencyKeys.key, request.key),
  )
  const [earlier] = await tx.orm.select().from(idempotencyKeys).where(where)
  if (earlier) {
    if (earlier.requestHash !== requestHash) throw new IdempotencyKeyReused()
    return load(earlier.resultId)
  }
  const row = await create()
  await tx.orm.insert(idempotencyKeys).values({
    providerId: actor.providerId,
    actorId: actor.id,
    operation: request.operation,
    key: request.key,
    requestHash,
    resultId: row.id,
    createdAt: tx.now,
  })
  return row
}
