import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { staff } from '../providers/index.ts'
import { decisions } from '../rule-sets/index.ts'
import { taskKindIds } from './kinds.ts'
import { taskStatuses } from './states.ts'

export const taskSides = ['participant', 'partner', 'neutral'] as const

/** Something a named person must do by a deadline. */
export const tasks = pgTable(
  'tasks',
  {
    providerId: tenantId(),
    id: id(),
    kind: words('kind', taskKindIds).notNull(),
    /** Constant wording, no personal data: it travels in notifications. */
    title: text('title').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    caseId: uuid('case_id'),
    ownerId: uuid('owner_id').notNull(),
    /** Repeated from `staff`, so that the constraint below can compare it. */
    ownerSide: words('owner_side', taskSides).notNull(),
    /** Which side of the wall it lies on. The other side never sees it. */
    side: words('side', taskSides).notNull(),
    status: words('status', taskStatuses).notNull().default('open'),
    /** The deadline runs from here: when it became known, which may be before it was opened. */
    runsFrom: instant('runs_from').notNull(),
    dueAt: instant('due_at').notNull(),
    /** Counted over days whose bank holidays were not published yet. */
    dueIsProvisional: boolean('due_is_provisional').notNull(),
    decisionId: uuid('decision_id'),
    openedAt: instant('opened_at').notNull(),
    /** Null when the server opened it by itself. */
    openedBy: uuid('opened_by'),
    closedAt: instant('closed_at'),
    closedBy: uuid('closed_by'),
    /** What was done, or why it was cancelled. */
    record: text('record'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('tasks_mine').on(table.providerId, table.ownerId, table.status, table.dueAt, table.id),
    index('tasks_due').on(table.providerId, table.side, table.status, table.dueAt, table.id),
    index('tasks_subject').on(table.providerId, table.subjectId, table.kind),
    index('tasks_case').on(table.providerId, table.caseId, table.dueAt),
    oneOf('tasks_kind_known', table.kind, taskKindIds),
    oneOf('tasks_side_known', table.side, taskSides),
    oneOf('tasks_status_known', table.status, taskStatuses),
    // Nobody owns what lies on the other side of the wall. The safeguarding lead, who serves neither side, may own anything;
    // what lies on neither side may be anybody's, and only its owner and the safeguarding lead see it.
    check('tasks_owner_on_side', sql`${table.side} = 'neutral' or ${table.ownerSide} in (${table.side}, 'neutral')`),
    check(
      'tasks_closed_with_record',
      sql`(${table.status} = 'open') = (${table.closedAt} is null) and (${table.status} = 'open' or ${table.record} <> '')`,
    ),
    foreignKey({
      name: 'tasks_owner',
      columns: [table.providerId, table.ownerId, table.ownerSide],
      foreignColumns: [staff.providerId, staff.id, staff.side],
    }),
    foreignKey({ name: 'tasks_opened_by', columns: [table.providerId, table.openedBy], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({ name: 'tasks_closed_by', columns: [table.providerId, table.closedBy], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({
      name: 'tasks_decision',
      columns: [table.providerId, table.decisionId],
      foreignColumns: [decisions.providerId, decisions.id],
    }),
  ],
)
