import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { staff } from '../providers/index.ts'
import { notificationKindIds } from './kinds.ts'
import { patienceUnits } from './patience.ts'

export const notificationSides = ['participant', 'partner', 'neutral'] as const

/** A message to one person: that something waits for them. Written in the transaction of what it tells of; sent afterwards, at least once, always with this id. */
export const notifications = pgTable(
  'notifications',
  {
    providerId: tenantId(),
    id: id(),
    kind: words('kind', notificationKindIds).notNull(),
    /** What it refers to, as the schema names it, `Concern`; with the id it makes a global id. Nothing else about it is kept here. */
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Never sent: whoever is excluded from this case hears nothing of it. */
    caseId: uuid('case_id'),
    recipientId: uuid('recipient_id').notNull(),
    /** Repeated from `staff`, so that the constraint below can compare it. */
    recipientSide: words('recipient_side', notificationSides).notNull(),
    /** Which side of the wall the matter lies on. */
    side: words('side', notificationSides).notNull(),
    createdAt: instant('created_at').notNull(),
    /** Two writers who find the same deadline passed write one message. */
    onceKey: text('once_key'),

    patienceAmount: integer('patience_amount'),
    patienceUnit: words('patience_unit', patienceUnits),
    /** The next person hears when this has passed; null where nobody does. */
    acknowledgeBy: instant('acknowledge_by'),
    acknowledgedAt: instant('acknowledged_at'),
    /** The first message of this ladder; its own id for the first. */
    ladderId: uuid('ladder_id').notNull(),
    escalatedFromId: uuid('escalated_from_id'),
    escalatedAt: instant('escalated_at'),
    /** When it was found that nobody else needs to hear: the matter, or the ladder, was seen to. */
    settledAt: instant('settled_at'),

    attempts: integer('attempts').notNull().default(0),
    /** Nobody sends it before. Whoever sends it moves this on first, which keeps others away while they do. */
    nextAttemptAt: instant('next_attempt_at').notNull(),
    deliveredAt: instant('delivered_at'),
    /** A word of the program for what went wrong last, `timed-out`. */
    lastFault: text('last_fault'),
    /** Counts acknowledgements, not attempts. */
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('notifications_mine').on(table.providerId, table.recipientId, table.createdAt, table.id),
    index('notifications_to_send').on(table.providerId, table.nextAttemptAt).where(sql`delivered_at is null`),
    index('notifications_waiting')
      .on(table.providerId, table.acknowledgeBy)
      .where(sql`acknowledged_at is null and escalated_at is null and settled_at is null`),
    index('notifications_subject').on(table.providerId, table.subjectId),
    index('notifications_ladder').on(table.providerId, table.ladderId),
    uniqueIndex('notifications_once').on(table.providerId, table.onceKey),
    uniqueIndex('notifications_one_step').on(table.providerId, table.escalatedFromId),
    oneOf('notifications_kind_known', table.kind, notificationKindIds),
    oneOf('notifications_side_known', table.side, notificationSides),
    // What lies on the partner's side reaches nobody of the participant's. The other direction is free: she must hear of dangers.
    check('notifications_wall', sql`${table.side} <> 'partner' or ${table.recipientSide} <> 'participant'`),
    check('notifications_patience', sql`num_nulls(${table.patienceAmount}, ${table.patienceUnit}, ${table.acknowledgeBy}) in (0, 3)`),
    foreignKey({
      name: 'notifications_recipient',
      columns: [table.providerId, table.recipientId, table.recipientSide],
      foreignColumns: [staff.providerId, staff.id, staff.side],
    }),
    foreignKey({
      name: 'notifications_escalated_from',
      columns: [table.providerId, table.escalatedFromId],
      foreignColumns: [table.providerId, table.id],
    }),
  ],
)
