import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { cases } from '../cases/index.ts'
import { staff } from '../providers/index.ts'
import { assessmentStatuses } from './states.ts'
import { keptSourceIds, keptToolIds } from './outside-tools.ts'
import { answerWords, assessmentKinds, inquiryAnswers, situationWords } from './words.ts'

/** One assessment of a case, on one day, under the instrument in force that day. Signed, it stays as it is. */
export const assessments = pgTable(
  'assessments',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    kind: words('kind', assessmentKinds).notNull(),
    /** What happened that calls for an assessment outside the cycle; only with kind `event`. */
    eventReason: text('event_reason'),
    assessedOn: day('assessed_on').notNull(),
    status: words('status', assessmentStatuses).notNull(),
    /** The rule set in force on that day, whose instrument is used. */
    ruleSetId: text('rule_set_id').notNull(),
    ruleSetVersion: text('rule_set_version').notNull(),
    ruleSetHash: text('rule_set_hash').notNull(),
    /** The signed assessment this one puts right, and why it had to be. */
    amendsId: uuid('amends_id'),
    amendReason: text('amend_reason'),
    startedBy: uuid('started_by').notNull(),
    startedAt: instant('started_at').notNull(),
    signedBy: uuid('signed_by'),
    signedAt: instant('signed_at'),
    discardReason: text('discard_reason'),
    riskDecisionId: uuid('risk_decision_id'),
    /** The newest one: raising the band can bring another. */
    safeguardingDecisionId: uuid('safeguarding_decision_id'),
    /** The newest one, as well. */
    pathwayDecisionId: uuid('pathway_decision_id'),
    /** The final band as far as it is known, judgement included. Bands of the instrument. */
    bandAtLeast: text('band_at_least'),
    bandAtMost: text('band_at_most'),
    /** Place of `band_at_most` in its instrument, lowest 1: what lists sort by. */
    bandAtMostNumber: integer('band_at_most_number'),
    reviewDueOn: day('review_due_on'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('assessments_of_case').on(table.providerId, table.caseId, table.assessedOn, table.signedAt),
    uniqueIndex('assessments_one_draft').on(table.providerId, table.caseId, table.kind).where(sql`status = 'draft'`),
    oneOf('assessments_kind_known', table.kind, assessmentKinds),
    oneOf('assessments_status_known', table.status, assessmentStatuses),
    check('assessments_event_has_reason', sql`(${table.kind} = 'event') = (${table.eventReason} is not null)`),
    check('assessments_amended_with_reason', sql`(${table.amendsId} is null) = (${table.amendReason} is null)`),
    // Signed means complete: who, when, the three decisions, both ends of the band, and when to look again.
    check(
      'assessments_signed_whole',
      sql`(${table.status} = 'signed') = (num_nonnulls(${table.signedBy}, ${table.signedAt}, ${table.riskDecisionId}, ${table.safeguardingDecisionId}, ${table.pathwayDecisionId}, ${table.bandAtLeast}, ${table.bandAtMost}, ${table.bandAtMostNumber}, ${table.reviewDueOn}) = 9)`,
    ),
    foreignKey({ name: 'assessments_case', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({ name: 'assessments_amends', columns: [table.providerId, table.amendsId], foreignColumns: [table.providerId, table.id] }),
    foreignKey({
      name: 'assessments_started_by',
      columns: [table.providerId, table.startedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'assessments_signed_by',
      columns: [table.providerId, table.signedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

const answered = () => ({
  providerId: tenantId(),
  assessmentId: uuid('assessment_id').notNull(),
  /** From 1. The highest is the answer; those below are what was said before. Rows are only added. */
  revision: integer('revision').notNull(),
  answeredBy: uuid('answered_by').notNull(),
  answeredAt: instant('answered_at').notNull(),
})

/** What was said of one factor. No row: not asked yet. */
export const factorAnswers = pgTable(
  'assessment_answers',
  {
    ...answered(),
    factor: text('factor').notNull(),
    answer: words('answer', answerWords).notNull(),
    /** Why it is not known; only with `unknown`. */
    unknownReason: text('unknown_reason'),
    sources: text('sources').array().notNull(),
    lastOccurredOn: day('last_occurred_on'),
    note: text('note'),
  },
  (table) => [
    primaryKey({ columns: [table.providerId, table.assessmentId, table.factor, table.revision] }),
    oneOf('assessment_answers_answer_known', table.answer, answerWords),
    check('assessment_answers_unknown_has_reason', sql`(${table.answer} = 'unknown') = (${table.unknownReason} is not null)`),
    check('assessment_answers_have_sources', sql`${table.answer} not in ('possible', 'present') or cardinality(${table.sources}) > 0`),
    // The partner's word alone is kept behind the wall, never here.
    check(
      'assessment_answers_not_partner_only',
      sql`cardinality(${table.sources}) = 0 or not (${table.sources} <@ array['partner']::text[])`,
    ),
    check('assessment_answers_dated', sql`${table.lastOccurredOn} is null or ${table.answer} in ('possible', 'present')`),
    foreignKey({
      name: 'assessment_answers_of',
      columns: [table.providerId, table.assessmentId],
      foreignColumns: [assessments.providerId, assessments.id],
    }),
    foreignKey({
      name: 'assessment_answers_by',
      columns: [table.providerId, table.answeredBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** What was said of the present situation: one row a question asked. No row: never asked. */
export const situationAnswers = pgTable(
  'assessment_situation',
  {
    ...answered(),
    /** Name of the fact, `safeguarding.hasWeaponToHand`. */
    fact: text('fact').notNull(),
    answer: words('answer', situationWords).notNull(),
    note: text('note'),
  },
  (table) => [
    primaryKey({ columns: [table.providerId, table.assessmentId, table.fact, table.revision] }),
    oneOf('assessment_situation_answer_known', table.answer, situationWords),
    foreignKey({
      name: 'assessment_situation_of',
      columns: [table.providerId, table.assessmentId],
      foreignColumns: [assessments.providerId, assessments.id],
    }),
    foreignKey({
      name: 'assessment_situation_by',
      columns: [table.providerId, table.answeredBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** Professional judgement: the band raised above what was computed. Never below, so there is no other kind of row. */
export const judgements = pgTable(
  'assessment_judgements',
  {
    providerId: tenantId(),
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    /** The least the final band was before. */
    fromBand: text('from_band').notNull(),
    toBand: text('to_band').notNull(),
    reason: text('reason').notNull(),
    /** What it rests on, by name: a document, a call, somebody’s own words. */
    evidence: text('evidence').notNull(),
    judgedBy: uuid('judged_by').notNull(),
    judgedAt: instant('judged_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    index('assessment_judgements_of').on(table.providerId, table.assessmentId, table.judgedAt),
    foreignKey({
      name: 'assessment_judgements_assessment',
      columns: [table.providerId, table.assessmentId],
      foreignColumns: [assessments.providerId, assessments.id],
    }),
    foreignKey({
      name: 'assessment_judgements_by',
      columns: [table.providerId, table.judgedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** What another tool came to. Rows are only added; a correction is a further one. */
export const outsideResults = pgTable(
  'assessment_outside_results',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    tool: words('tool', keptToolIds).notNull(),
    /** Only with `other`. */
    name: text('name'),
    toolVersion: text('tool_version').notNull(),
    takenOn: day('taken_on').notNull(),
    /** 1400 is 14 points. Both or neither. */
    scoreInHundredths: integer('score_in_hundredths'),
    outOf: integer('out_of'),
    /** In the tool's own words. */
    band: text('band'),
    source: words('source', keptSourceIds).notNull(),
    /** Canonical JSON: scores of a questionnaire that was scored here, without its answers. Null where the result was recorded as it came. */
    scoring: text('scoring'),
    /** The result that this one puts right, and why. */
    correctsId: uuid('corrects_id'),
    correctionReason: text('correction_reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('assessment_outside_results_case_of').on(table.providerId, table.id, table.caseId),
    // Of two corrections of one result the second is refused: it was read before the first.
    uniqueIndex('assessment_outside_results_corrected_once').on(table.providerId, table.correctsId).where(sql`corrects_id is not null`),
    index('assessment_outside_results_of_case').on(table.providerId, table.caseId, table.takenOn, table.id),
    // What the partner answers, and what rests on her account, is kept behind the wall and nowhere else.
    oneOf('assessment_outside_results_tool_known', table.tool, keptToolIds),
    oneOf('assessment_outside_results_source_known', table.source, keptSourceIds),
    check('assessment_outside_results_other_named', sql`(${table.tool} = 'other') = (${table.name} is not null)`),
    check('assessment_outside_results_score_whole', sql`num_nulls(${table.scoreInHundredths}, ${table.outOf}) in (0, 2)`),
    check(
      'assessment_outside_results_score_within',
      sql`${table.outOf} is null or (${table.outOf} > 0 and abs(${table.scoreInHundredths}) <= 100 * ${table.outOf})`,
    ),
    check('assessment_outside_results_say_something', sql`num_nonnulls(${table.scoreInHundredths}, ${table.band}, ${table.scoring}) > 0`),
    check('assessment_outside_results_corrected_with_reason', sql`(${table.correctsId} is null) = (${table.correctionReason} is null)`),
    foreignKey({
      name: 'assessment_outside_results_case',
      columns: [table.providerId, table.caseId],
      foreignColumns: [cases.providerId, cases.id],
    }),
    foreignKey({
      name: 'assessment_outside_results_corrects',
      columns: [table.providerId, table.correctsId, table.caseId],
      foreignColumns: [table.providerId, table.id, table.caseId],
    }),
    foreignKey({
      name: 'assessment_outside_results_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** Somebody asked whether another tool has a result, and there was none, or it stayed unknown. Rows are only added; the latest counts. */
export const outsideInquiries = pgTable(
  'assessment_outside_inquiries',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    answer: words('answer', inquiryAnswers).notNull(),
    askedOn: day('asked_on').notNull(),
    /** Who was asked. */
    askedOf: words('asked_of', keptSourceIds).notNull(),
    /** Why it is not known; only with `not-known`. */
    unknownReason: text('unknown_reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    index('assessment_outside_inquiries_of_case').on(table.providerId, table.caseId, table.askedOn, table.recordedAt, table.id),
    oneOf('assessment_outside_inquiries_answer_known', table.answer, inquiryAnswers),
    // Whatever the partner was asked stays behind the wall.
    oneOf('assessment_outside_inquiries_asked_of_known', table.askedOf, keptSourceIds),
    check('assessment_outside_inquiries_unknown_has_reason', sql`(${table.answer} = 'not-known') = (${table.unknownReason} is not null)`),
    // That there is none lowers what could be: the participant's word alone does not show it.
    check('assessment_outside_inquiries_none_not_on_own_word', sql`not (${table.answer} = 'none' and ${table.askedOf} = 'self')`),
    foreignKey({
      name: 'assessment_outside_inquiries_case',
      columns: [table.providerId, table.caseId],
      foreignColumns: [cases.providerId, cases.id],
    }),
    foreignKey({
      name: 'assessment_outside_inquiries_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
