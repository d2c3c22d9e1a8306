import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { providers, staff } from '../providers/index.ts'

/** A person referred because of their abuse. One row however often they are referred. */
export const participants = pgTable(
  'participants',
  {
    providerId: tenantId(),
    id: id(),
    /** `P-2026-0007`: what people say on the telephone. */
    reference: text('reference').notNull(),
    givenName: text('given_name').notNull(),
    familyName: text('family_name').notNull(),
    /** Null while it is not known. */
    bornOn: day('born_on'),
    /** Null while it is not known. */
    localAuthority: text('local_authority'),
    /** The names as they are compared: `names.ts`. */
    givenKey: text('given_key').notNull(),
    familyKey: text('family_key').notNull(),
    recordedBy: uuid('recorded_by'),
    recordedAt: instant('recorded_at').notNull(),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('participants_reference').on(table.providerId, table.reference),
    index('participants_names').on(table.providerId, table.familyKey, table.givenKey),
    index('participants_born_on').on(table.providerId, table.bornOn),
    foreignKey({ name: 'participants_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({
      name: 'participants_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

export const correctableFields = ['given-name', 'family-name', 'born-on', 'local-authority'] as const

/** One corrected field: what stood there, what stands there now, who changed it, when and why. Rows are only added. */
export const participantCorrections = pgTable(
  'participant_corrections',
  {
    providerId: tenantId(),
    id: id(),
    participantId: uuid('participant_id').notNull(),
    field: words('field', correctableFields).notNull(),
    /** Null where it was not known. */
    before: text('before'),
    /** Null where it is not known after all. */
    after: text('after'),
    reason: text('reason').notNull(),
    correctedBy: uuid('corrected_by').notNull(),
    correctedAt: instant('corrected_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    index('participant_corrections_of').on(table.providerId, table.participantId, table.correctedAt),
    oneOf('participant_corrections_field_known', table.field, correctableFields),
    check('participant_corrections_differ', sql`${table.before} is distinct from ${table.after}`),
    check('participant_corrections_reason', sql`${table.reason} <> ''`),
    foreignKey({
      name: 'participant_corrections_participant',
      columns: [table.providerId, table.participantId],
      foreignColumns: [participants.providerId, participants.id],
    }),
    foreignKey({
      name: 'participant_corrections_by',
      columns: [table.providerId, table.correctedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
