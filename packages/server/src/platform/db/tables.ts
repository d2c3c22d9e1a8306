import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, tenantId } from './columns.ts'

/** What a create was asked and answered with, so that asking again changes nothing. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    providerId: tenantId(),
    actorId: uuid('actor_id').notNull(),
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    resultId: uuid('result_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.providerId, table.actorId, table.operation, table.key] }),
    index('idempotency_keys_age').on(table.providerId, table.createdAt),
  ],
)

/** The last number given in each series of references, such as `P-2026`. */
export const referenceCounters = pgTable(
  'reference_counters',
  { providerId: tenantId(), kind: text('kind').notNull(), year: integer('year').notNull(), last: integer('last').notNull() },
  (table) => [primaryKey({ columns: [table.providerId, table.kind, table.year] })],
)
