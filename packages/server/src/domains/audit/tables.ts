import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, tenantId } from '../../platform/db/columns.ts'

/** One entry a change, refusal or sensitive read. Append-only: a trigger refuses anything else, and the chain shows what a trigger could not stop. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    providerId: tenantId(),
    /** From 1, without gaps, per provider. */
    number: bigint('number', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    /** Null for what the server does by itself. */
    actorId: uuid('actor_id'),
    /** `referral.withdrawn`, `case.read`, `refused:refer-participant`. */
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    /** The role or relationship that allowed it; for a refusal its code. */
    allowedBy: text('allowed_by').notNull(),
    /** Names of fields read or changed. Never values. */
    fields: text('fields').array().notNull(),
    previousMac: text('previous_mac').notNull(),
    mac: text('mac').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.providerId, table.number] }),
    index('audit_entries_subject').on(table.providerId, table.subjectType, table.subjectId, table.number),
  ],
)

/** Where each provider's chain stands. Locked while an entry is added, so that numbers have no gaps and chains no forks. */
export const auditHeads = pgTable(
  'audit_heads',
  { providerId: tenantId(), number: bigint('number', { mode: 'number' }).notNull(), mac: text('mac').notNull() },
  (table) => [primaryKey({ columns: [table.providerId] })],
)
