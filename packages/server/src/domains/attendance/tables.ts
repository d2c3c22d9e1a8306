import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { places, sessions } from '../programmes/index.ts'
import { staff } from '../providers/index.ts'
import { decisions } from '../rule-sets/index.ts'
import { concerns } from '../safeguarding/index.ts'
import { tasks } from '../tasks/index.ts'
import { removalStatuses } from './states.ts'
import { consequenceTypes, entryOutcomes } from './words.ts'

/** That the register of a session was written, or written again. Rows are only added. */
export const registers = pgTable(
  'registers',
  {
    providerId: tenantId(),
    id: id(),
    sessionId: uuid('session_id').notNull(),
    /** From 1, per session; each after the first is a correction. */
    number: integer('number').notNull(),
    /** Why what was recorded before is put right; null for the first. */
    correctionReason: text('correction_reason'),
    /** JSON: what followed for each person, as the preview says it. */
    resultText: text('result_text').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('registers_number').on(table.providerId, table.sessionId, table.number),
    check('registers_corrections_say_why', sql`(${table.number} = 1) = (${table.correctionReason} is null)`),
    foreignKey({
      name: 'registers_session',
      columns: [table.providerId, table.sessionId],
      foreignColumns: [sessions.providerId, sessions.id],
    }),
    foreignKey({ name: 'registers_by', columns: [table.providerId, table.recordedBy], foreignColumns: [staff.providerId, staff.id] }),
  ],
)

/** What happened to one person at one session. Rows are only added: the highest number counts, the others are how it came to be. */
export const attendanceEntries = pgTable(
  'attendance_entries',
  {
    providerId: tenantId(),
    id: id(),
    registerId: uuid('register_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    placeId: uuid('place_id').notNull(),
    caseId: uuid('case_id').notNull(),
    /** From 1, per session and place. */
    number: integer('number').notNull(),
    outcome: words('outcome', entryOutcomes).notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('attendance_entries_number').on(table.providerId, table.sessionId, table.placeId, table.number),
    index('attendance_entries_place').on(table.providerId, table.placeId, table.sessionId),
    index('attendance_entries_case').on(table.providerId, table.caseId, table.sessionId),
    oneOf('attendance_entries_outcome_known', table.outcome, entryOutcomes),
    foreignKey({
      name: 'attendance_entries_register',
      columns: [table.providerId, table.registerId],
      foreignColumns: [registers.providerId, registers.id],
    }),
    foreignKey({
      name: 'attendance_entries_session',
      columns: [table.providerId, table.sessionId],
      foreignColumns: [sessions.providerId, sessions.id],
    }),
    foreignKey({
      name: 'attendance_entries_place_of',
      columns: [table.providerId, table.placeId, table.caseId],
      foreignColumns: [places.providerId, places.id, places.caseId],
    }),
  ],
)

/** What followed from a register for one place, raised once for its cause; and that it holds no more. */
export const attendanceConsequences = pgTable(
  'attendance_consequences',
  {
    providerId: tenantId(),
    id: id(),
    placeId: uuid('place_id').notNull(),
    caseId: uuid('case_id').notNull(),
    type: words('type', consequenceTypes).notNull(),
    /** The session it is about: the one missed, or the last one missed. */
    sessionId: uuid('session_id').notNull(),
    /** Ids of the rules it comes from; empty where no rule says it. */
    rules: text('rules').array().notNull(),
    /** Whom the rules say to tell, the first first. */
    tell: text('tell').array().notNull(),
    /** What it was raised for: at most one stands for each. */
    cause: text('cause').notNull(),
    decisionId: uuid('decision_id').notNull(),
    taskId: uuid('task_id'),
    concernId: uuid('concern_id'),
    dueAt: instant('due_at').notNull(),
    raisedById: uuid('raised_by_id').notNull(),
    raisedAt: instant('raised_at').notNull(),
    /** The register that undid it. */
    undoneById: uuid('undone_by_id'),
    undoneAt: instant('undone_at'),
  },
  (table) => [
    tenantKey(table),
    uniqueIndex('attendance_consequences_once').on(table.providerId, table.placeId, table.cause).where(sql`undone_at is null`),
    index('attendance_consequences_case').on(table.providerId, table.caseId, table.raisedAt, table.id),
    oneOf('attendance_consequences_type_known', table.type, consequenceTypes),
    check('attendance_consequences_undone_whole', sql`num_nulls(${table.undoneById}, ${table.undoneAt}) in (0, 2)`),
    foreignKey({
      name: 'attendance_consequences_place_of',
      columns: [table.providerId, table.placeId, table.caseId],
      foreignColumns: [places.providerId, places.id, places.caseId],
    }),
    foreignKey({
      name: 'attendance_consequences_session',
      columns: [table.providerId, table.sessionId],
      foreignColumns: [sessions.providerId, sessions.id],
    }),
    foreignKey({
      name: 'attendance_consequences_decision',
      columns: [table.providerId, table.decisionId],
      foreignColumns: [decisions.providerId, decisions.id],
    }),
    foreignKey({
      name: 'attendance_consequences_task',
      columns: [table.providerId, table.taskId],
      foreignColumns: [tasks.providerId, tasks.id],
    }),
    foreignKey({
      name: 'attendance_consequences_concern',
      columns: [table.providerId, table.concernId],
      foreignColumns: [concerns.providerId, concerns.id],
    }),
    foreignKey({
      name: 'attendance_consequences_raised_by',
      columns: [table.providerId, table.raisedById],
      foreignColumns: [registers.providerId, registers.id],
    }),
    foreignKey({
      name: 'attendance_consequences_undone_by',
      columns: [table.providerId, table.undoneById],
      foreignColumns: [registers.providerId, registers.id],
    }),
  ],
)

/** A removal that the rules propose, and what a named person made of it. */
export const removals = pgTable(
  'removals',
  {
    providerId: tenantId(),
    id: id(),
    consequenceId: uuid('consequence_id').notNull(),
    placeId: uuid('place_id').notNull(),
    caseId: uuid('case_id').notNull(),
    status: words('status', removalStatuses).notNull(),
    proposedAt: instant('proposed_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    reason: text('reason'),
    /** Why the rules propose it no more. */
    undoneReason: text('undone_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('removals_consequence_once').on(table.providerId, table.consequenceId),
    index('removals_of_place').on(table.providerId, table.placeId, table.status),
    index('removals_case').on(table.providerId, table.caseId, table.proposedAt, table.id),
    oneOf('removals_status_known', table.status, removalStatuses),
    check('removals_decided_whole', sql`num_nulls(${table.decidedBy}, ${table.decidedAt}, ${table.reason}) in (0, 3)`),
    check(
      'removals_decided_by_a_person',
      sql`${table.status} not in ('confirmed', 'declined', 'undone') or ${table.decidedBy} is not null`,
    ),
    check('removals_undone_with_reason', sql`(${table.status} in ('withdrawn', 'undone')) = (${table.undoneReason} is not null)`),
    foreignKey({
      name: 'removals_consequence',
      columns: [table.providerId, table.consequenceId],
      foreignColumns: [attendanceConsequences.providerId, attendanceConsequences.id],
    }),
    foreignKey({
      name: 'removals_place_of',
      columns: [table.providerId, table.placeId, table.caseId],
      foreignColumns: [places.providerId, places.id, places.caseId],
    }),
    foreignKey({ name: 'removals_decided_by', columns: [table.providerId, table.decidedBy], foreignColumns: [staff.providerId, staff.id] }),
  ],
)
