import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { cases } from '../cases/index.ts'
import { staff } from '../providers/index.ts'
import { decisions } from '../rule-sets/index.ts'
import { levelIds, matterIds, toldIds } from './matters.ts'
import { concernStatuses } from './states.ts'

export const concernSides = ['participant', 'partner', 'neutral'] as const
const quoted = (values: readonly string[]) => sql.raw(`array[${values.map((value) => `'${value}'`).join(', ')}]::text[]`)

/** A safeguarding matter with an owner and a deadline. Closed only with a record of what was done and who was told. */
export const concerns = pgTable(
  'concerns',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    /** Which side of the wall it lies on. */
    side: words('side', concernSides).notNull(),
    level: words('level', levelIds).notNull(),
    what: text('what').array().notNull(),
    /** The safeguarding decision it comes from; null when a person raised it. */
    decisionId: uuid('decision_id'),
    /** Ids of the rules that fired; empty when a person raised it. */
    rules: text('rules').array().notNull(),
    /** What was seen or heard; null where a decision says it. */
    details: text('details'),
    /** Whom the rules say to tell, the first first. */
    tell: text('tell').array().notNull(),
    ownerId: uuid('owner_id').notNull(),
    /** Repeated from `staff`, so that the constraint below can compare it. */
    ownerSide: words('owner_side', concernSides).notNull(),
    status: words('status', concernStatuses).notNull(),
    /** When it became known: the deadline runs from here. */
    runsFrom: instant('runs_from').notNull(),
    dueAt: instant('due_at').notNull(),
    /** Counted over days whose bank holidays were not published yet. */
    dueIsProvisional: boolean('due_is_provisional').notNull(),
    /** The next person hears when nobody has acknowledged it until then. */
    acknowledgeBy: instant('acknowledge_by').notNull(),
    raisedAt: instant('raised_at').notNull(),
    /** Null where the server did. */
    raisedBy: uuid('raised_by'),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by'),
    closedAt: instant('closed_at'),
    closedBy: uuid('closed_by'),
    /** What was done. */
    action: text('action'),
    /** Who was told. */
    told: text('told').array(),
    /** Why somebody the rules name was not told. */
    whyNotTold: text('why_not_told'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('concerns_due').on(table.providerId, table.status, table.dueAt, table.id),
    index('concerns_of_case').on(table.providerId, table.caseId, table.status, table.dueAt),
    index('concerns_mine').on(table.providerId, table.ownerId, table.status, table.dueAt),
    oneOf('concerns_side_known', table.side, concernSides),
    oneOf('concerns_level_known', table.level, levelIds),
    oneOf('concerns_status_known', table.status, concernStatuses),
    check('concerns_what_known', sql`cardinality(${table.what}) > 0 and ${table.what} <@ ${quoted(matterIds)}`),
    check('concerns_told_known', sql`${table.told} is null or (cardinality(${table.told}) > 0 and ${table.told} <@ ${quoted(toldIds)})`),
    check('concerns_owner_on_side', sql`${table.side} = 'neutral' or ${table.ownerSide} in (${table.side}, 'neutral')`),
    check('concerns_say_why', sql`${table.decisionId} is not null or ${table.details} <> ''`),
    check('concerns_acknowledged_whole', sql`(${table.status} = 'raised') = (${table.acknowledgedAt} is null)`),
    check(
      'concerns_closed_with_action',
      sql`(${table.status} = 'closed') = (${table.closedAt} is not null) and (${table.status} = 'closed') = (${table.action} is not null and ${table.action} <> '' and ${table.told} is not null)`,
    ),
    foreignKey({ name: 'concerns_case', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({
      name: 'concerns_decision',
      columns: [table.providerId, table.decisionId],
      foreignColumns: [decisions.providerId, decisions.id],
    }),
    foreignKey({
      name: 'concerns_owner',
      columns: [table.providerId, table.ownerId, table.ownerSide],
      foreignColumns: [staff.providerId, staff.id, staff.side],
    }),
    foreignKey({ name: 'concerns_raised_by', columns: [table.providerId, table.raisedBy], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({
      name: 'concerns_acknowledged_by',
      columns: [table.providerId, table.acknowledgedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({ name: 'concerns_closed_by', columns: [table.providerId, table.closedBy], foreignColumns: [staff.providerId, staff.id] }),
  ],
)
