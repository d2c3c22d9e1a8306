import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, text, uniqueIndex, unique, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { cases } from '../cases/index.ts'
import { places } from '../programmes/index.ts'
import { staff } from '../providers/index.ts'
import { decisions } from '../rule-sets/index.ts'
import { completionStatuses } from './states.ts'
import { keptSourceIds, measureChangeIds, measurePointIds } from './words.ts'

/** One taking of outcome measures. None taken is a taking too: somebody asked. Rows are only added; a correction is a further one. */
export const outcomeReviews = pgTable(
  'outcome_reviews',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    point: words('point', measurePointIds).notNull(),
    takenOn: day('taken_on').notNull(),
    /** Why none, or what a reader should know; null where the measures say all. */
    note: text('note'),
    /** The taking that this one puts right. */
    correctsId: uuid('corrects_id'),
    correctionReason: text('correction_reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('outcome_reviews_case_of').on(table.providerId, table.id, table.caseId),
    // Of two corrections of one taking the second is refused: it was read before the first.
    uniqueIndex('outcome_reviews_corrected_once').on(table.providerId, table.correctsId).where(sql`corrects_id is not null`),
    index('outcome_reviews_of_case').on(table.providerId, table.caseId, table.takenOn, table.id),
    oneOf('outcome_reviews_point_known', table.point, measurePointIds),
    check('outcome_reviews_corrected_with_reason', sql`(${table.correctsId} is null) = (${table.correctionReason} is null)`),
    foreignKey({ name: 'outcome_reviews_case', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({
      name: 'outcome_reviews_corrects',
      columns: [table.providerId, table.correctsId, table.caseId],
      foreignColumns: [table.providerId, table.id, table.caseId],
    }),
    foreignKey({
      name: 'outcome_reviews_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** One measure of a taking, on one account. */
export const outcomeMeasures = pgTable(
  'outcome_measures',
  {
    providerId: tenantId(),
    id: id(),
    reviewId: uuid('review_id').notNull(),
    /** `safety-from-violence`. */
    measure: text('measure').notNull(),
    measureVersion: text('measure_version').notNull(),
    source: words('source', keptSourceIds).notNull(),
    /** Null while there is nothing to compare with. */
    change: words('change', measureChangeIds),
    /** The result as the measure gives it: so many of so many. Both or neither. */
    points: integer('points'),
    outOf: integer('out_of'),
  },
  (table) => [
    tenantKey(table),
    unique('outcome_measures_once').on(table.providerId, table.reviewId, table.measure, table.measureVersion, table.source),
    // The partner's account is kept behind the wall, and nowhere else.
    oneOf('outcome_measures_source_known', table.source, keptSourceIds),
    oneOf('outcome_measures_change_known', table.change, measureChangeIds),
    check('outcome_measures_result_whole', sql`num_nulls(${table.points}, ${table.outOf}) in (0, 2)`),
    check(
      'outcome_measures_result_within',
      sql`${table.points} is null or (${table.outOf} > 0 and ${table.points} between 0 and ${table.outOf})`,
    ),
    foreignKey({
      name: 'outcome_measures_review',
      columns: [table.providerId, table.reviewId],
      foreignColumns: [outcomeReviews.providerId, outcomeReviews.id],
    }),
  ],
)

/** What the rules said of a place's completion, and what a named person made of it. The newest counts; older ones stay. */
export const completions = pgTable(
  'completions',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    placeId: uuid('place_id').notNull(),
    /** The record of the rules. */
    decisionId: uuid('decision_id').notNull(),
    status: words('status', completionStatuses).notNull(),
    decidedAt: instant('decided_at').notNull(),
    decidedBy: uuid('decided_by'),
    supersededAt: instant('superseded_at'),
    /** What a named person made of it, and why. */
    settledReason: text('settled_reason'),
    settledBy: uuid('settled_by'),
    settledAt: instant('settled_at'),
    /** Why a confirmed one does not hold. */
    undoneReason: text('undone_reason'),
    undoneAt: instant('undone_at'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    uniqueIndex('completions_current').on(table.providerId, table.placeId).where(sql`superseded_at is null`),
    index('completions_of_case').on(table.providerId, table.caseId, table.decidedAt),
    oneOf('completions_status_known', table.status, completionStatuses),
    check('completions_settled_whole', sql`num_nulls(${table.settledReason}, ${table.settledBy}, ${table.settledAt}) in (0, 3)`),
    check(
      'completions_settled_by_somebody',
      sql`(${table.status} in ('confirmed', 'declined', 'undone')) = (${table.settledAt} is not null)`,
    ),
    check(
      'completions_undone_whole',
      sql`(${table.status} = 'undone') = (${table.undoneAt} is not null and ${table.undoneReason} is not null)`,
    ),
    foreignKey({
      name: 'completions_place',
      columns: [table.providerId, table.placeId, table.caseId],
      foreignColumns: [places.providerId, places.id, places.caseId],
    }),
    foreignKey({
      name: 'completions_decision',
      columns: [table.providerId, table.decisionId],
      foreignColumns: [decisions.providerId, decisions.id],
    }),
    foreignKey({
      name: 'completions_decided_by',
      columns: [table.providerId, table.decidedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'completions_settled_by',
      columns: [table.providerId, table.settledBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
