import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { participants } from '../participants/index.ts'
import { staff } from '../providers/index.ts'
import { assignableRoles } from './roles.ts'
import { caseStatuses, ended, endingWords } from './states.ts'

const quoted = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '))

/** One participant's engagement with the provider, from one referral to its end. */
export const cases = pgTable(
  'cases',
  {
    providerId: tenantId(),
    id: id(),
    /** `C-2026-0012`. */
    reference: text('reference').notNull(),
    participantId: uuid('participant_id').notNull(),
    status: words('status', caseStatuses).notNull(),
    /** The day the referral arrived. */
    openedOn: day('opened_on').notNull(),
    /** When the case was recorded. */
    openedAt: instant('opened_at').notNull(),
    statusChangedAt: instant('status_changed_at').notNull(),
    closedAt: instant('closed_at'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('cases_reference').on(table.providerId, table.reference),
    unique('cases_participant_of').on(table.providerId, table.id, table.participantId),
    index('cases_opened').on(table.providerId, table.openedOn, table.id),
    index('cases_changed').on(table.providerId, table.statusChangedAt, table.id),
    index('cases_status_opened').on(table.providerId, table.status, table.openedOn, table.id),
    index('cases_of_participant').on(table.providerId, table.participantId, table.openedOn),
    oneOf('cases_status_known', table.status, caseStatuses),
    check('cases_ended_with_time', sql`(${table.status} in (${quoted(ended)})) = (${table.closedAt} is not null)`),
    foreignKey({
      name: 'cases_participant',
      columns: [table.providerId, table.participantId],
      foreignColumns: [participants.providerId, participants.id],
    }),
  ],
)

/** Every status a case had, with who moved it, when and why. Rows are only added. */
export const caseStatusChanges = pgTable(
  'case_status_changes',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    /** Null for the first. */
    fromStatus: words('from_status', caseStatuses),
    toStatus: words('to_status', caseStatuses).notNull(),
    reason: text('reason'),
    /** Null for what the server did by itself. */
    changedBy: uuid('changed_by'),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    index('case_status_changes_of').on(table.providerId, table.caseId, table.changedAt, table.id),
    oneOf('case_status_changes_known', table.toStatus, caseStatuses),
    foreignKey({
      name: 'case_status_changes_case',
      columns: [table.providerId, table.caseId],
      foreignColumns: [cases.providerId, cases.id],
    }),
    foreignKey({
      name: 'case_status_changes_by',
      columns: [table.providerId, table.changedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/**
 * Something ended other than by completing, or an ending was taken back. The partner service hears first; until it has acknowledged that, or the
 * safeguarding lead has gone on with a reason, the referrer is told nothing. The same row in every case, whether or not a partner is known.
 */
export const caseEndings = pgTable(
  'case_endings',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    what: words('what', endingWords).notNull(),
    /** The ending that this one takes back. */
    takesBackId: uuid('takes_back_id'),
    endedAt: instant('ended_at').notNull(),
    /** Null for what the server did by itself. */
    endedBy: uuid('ended_by'),
    /** When partner support acknowledged it; null before. */
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by'),
    /** When the safeguarding lead went on without that, and why. */
    wentOnAt: instant('went_on_at'),
    wentOnBy: uuid('went_on_by'),
    wentOnReason: text('went_on_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('case_endings_of').on(table.providerId, table.caseId, table.endedAt, table.id),
    uniqueIndex('case_endings_taken_back_once').on(table.providerId, table.takesBackId),
    oneOf('case_endings_what_known', table.what, endingWords),
    check('case_endings_takes_back', sql`(${table.what} = 'taken-back') or ${table.takesBackId} is null`),
    check('case_endings_acknowledged_whole', sql`num_nulls(${table.acknowledgedAt}, ${table.acknowledgedBy}) in (0, 2)`),
    check(
      'case_endings_went_on_whole',
      sql`num_nulls(${table.wentOnAt}, ${table.wentOnBy}, ${table.wentOnReason}) in (0, 3) and ${table.wentOnReason} is distinct from ''`,
    ),
    foreignKey({ name: 'case_endings_case', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({
      name: 'case_endings_takes_back_of',
      columns: [table.providerId, table.takesBackId],
      foreignColumns: [table.providerId, table.id],
    }),
    foreignKey({ name: 'case_endings_by', columns: [table.providerId, table.endedBy], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({
      name: 'case_endings_acknowledged_by',
      columns: [table.providerId, table.acknowledgedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'case_endings_went_on_by',
      columns: [table.providerId, table.wentOnBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** Who works on a case, in which role, from when to when. Nobody of the partner side ever stands here: constraint and foreign key. */
export const caseAssignments = pgTable(
  'case_assignments',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    staffId: uuid('staff_id').notNull(),
    /** Repeated from `staff`, so that the constraint below can compare it. */
    staffSide: words('staff_side', ['participant']).notNull(),
    role: words('role', assignableRoles).notNull(),
    assignedBy: uuid('assigned_by'),
    assignedAt: instant('assigned_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by'),
    endReason: text('end_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    uniqueIndex('case_assignments_once').on(table.providerId, table.caseId, table.staffId, table.role).where(sql`ended_at is null`),
    index('case_assignments_mine').on(table.providerId, table.staffId, table.caseId).where(sql`ended_at is null`),
    oneOf('case_assignments_role_known', table.role, assignableRoles),
    oneOf('case_assignments_side', table.staffSide, ['participant']),
    check('case_assignments_ended_whole', sql`(${table.endedAt} is null) = (${table.endReason} is null)`),
    foreignKey({ name: 'case_assignments_case', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({
      name: 'case_assignments_staff',
      columns: [table.providerId, table.staffId, table.staffSide],
      foreignColumns: [staff.providerId, staff.id, staff.side],
    }),
    foreignKey({
      name: 'case_assignments_by',
      columns: [table.providerId, table.assignedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'case_assignments_ended_by',
      columns: [table.providerId, table.endedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** A named worker kept away from a participant because of a conflict of interest. Beats every role and every assignment. */
export const caseExclusions = pgTable(
  'case_exclusions',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    /** The conflict is with the person, so it holds for all their cases, later ones too. */
    participantId: uuid('participant_id').notNull(),
    staffId: uuid('staff_id').notNull(),
    reason: text('reason').notNull(),
    excludedBy: uuid('excluded_by').notNull(),
    excludedAt: instant('excluded_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by'),
    endReason: text('end_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    uniqueIndex('case_exclusions_once').on(table.providerId, table.participantId, table.staffId).where(sql`ended_at is null`),
    index('case_exclusions_mine').on(table.providerId, table.staffId, table.participantId).where(sql`ended_at is null`),
    check('case_exclusions_ended_whole', sql`num_nulls(${table.endedAt}, ${table.endedBy}, ${table.endReason}) in (0, 3)`),
    // Only somebody else lets a person back in: the database refuses it, whoever asks.
    check('case_exclusions_ended_by_another', sql`${table.endedBy} <> ${table.staffId}`),
    foreignKey({
      name: 'case_exclusions_case',
      columns: [table.providerId, table.caseId, table.participantId],
      foreignColumns: [cases.providerId, cases.id, cases.participantId],
    }),
    foreignKey({ name: 'case_exclusions_staff', columns: [table.providerId, table.staffId], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({ name: 'case_exclusions_by', columns: [table.providerId, table.excludedBy], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({
      name: 'case_exclusions_ended_by',
      columns: [table.providerId, table.endedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** What happened in a case, one line each, in constant words. Participant side only: nothing of the partner stands here. */
export const caseEvents = pgTable(
  'case_events',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    /** `referral-received`. */
    what: text('what').notNull(),
    /** Constant wording without personal data. */
    summary: text('summary').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Null for what the server did by itself. */
    recordedBy: uuid('recorded_by'),
  },
  (table) => [
    tenantKey(table),
    index('case_events_of').on(table.providerId, table.caseId, table.occurredAt, table.id),
    foreignKey({ name: 'case_events_case', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({ name: 'case_events_by', columns: [table.providerId, table.recordedBy], foreignColumns: [staff.providerId, staff.id] }),
  ],
)
