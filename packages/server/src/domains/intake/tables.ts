import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { cases } from '../cases/index.ts'
import { staff } from '../providers/index.ts'
import { decisions } from '../rule-sets/index.ts'
import { consentKinds, eligibilityOutcomes, rulings, staffSafetyRisks, suitabilityCategories, suitabilityOutcomes } from './words.ts'

/** What the rules said of a case, and what a named person made of it. The newest one counts; older ones stay. */
export const eligibilityDecisions = pgTable(
  'eligibility_decisions',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    /** The record of the rules. */
    decisionId: uuid('decision_id').notNull(),
    outcome: words('outcome', eligibilityOutcomes).notNull(),
    /** JSON: the rules that refuse, that ask for a person, or are undecided, in their order, with label, source and reason. */
    reasonsText: text('reasons_text').notNull(),
    /** JSON: the unknown facts that would decide, with their questions. */
    needsText: text('needs_text').notNull(),
    route: text('route'),
    decidedAt: instant('decided_at').notNull(),
    decidedBy: uuid('decided_by').notNull(),
    supersededAt: instant('superseded_at'),
    ruling: words('ruling', rulings),
    rulingReason: text('ruling_reason'),
    ruledBy: uuid('ruled_by'),
    ruledAt: instant('ruled_at'),
    /** A refusal that the rules propose holds once somebody has confirmed it. */
    confirmedReason: text('confirmed_reason'),
    confirmedBy: uuid('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    uniqueIndex('eligibility_decisions_current').on(table.providerId, table.caseId).where(sql`superseded_at is null`),
    index('eligibility_decisions_case').on(table.providerId, table.caseId, table.decidedAt),
    oneOf('eligibility_decisions_outcome_known', table.outcome, eligibilityOutcomes),
    check(
      'eligibility_decisions_ruled_whole',
      sql`num_nulls(${table.ruling}, ${table.rulingReason}, ${table.ruledBy}, ${table.ruledAt}) in (0, 4)`,
    ),
    check(
      'eligibility_decisions_confirmed_whole',
      sql`num_nulls(${table.confirmedReason}, ${table.confirmedBy}, ${table.confirmedAt}) in (0, 3)`,
    ),
    // Nobody accepts what the rules refuse.
    check(
      'eligibility_decisions_ruling_where_left',
      sql`${table.ruling} is null or ${table.outcome} in ('human-review', 'needs-human-review')`,
    ),
    foreignKey({
      name: 'eligibility_decisions_case_of',
      columns: [table.providerId, table.caseId],
      foreignColumns: [cases.providerId, cases.id],
    }),
    foreignKey({
      name: 'eligibility_decisions_decision',
      columns: [table.providerId, table.decisionId],
      foreignColumns: [decisions.providerId, decisions.id],
    }),
    foreignKey({
      name: 'eligibility_decisions_decided_by',
      columns: [table.providerId, table.decidedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'eligibility_decisions_ruled_by',
      columns: [table.providerId, table.ruledBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'eligibility_decisions_confirmed_by',
      columns: [table.providerId, table.confirmedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** Whether this person is offered a place, by whom and why. Rows are only added; the newest counts. */
export const suitabilityDecisions = pgTable(
  'suitability_decisions',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    outcome: words('outcome', suitabilityOutcomes).notNull(),
    category: words('category', suitabilityCategories).notNull(),
    reason: text('reason').notNull(),
    staffSafetyRisk: words('staff_safety_risk', staffSafetyRisks).notNull(),
    staffSafetyNote: text('staff_safety_note'),
    /** When the programme and what it expects were explained; null while they were not. */
    programmeExplainedOn: day('programme_explained_on'),
    needs: text('needs'),
    motivation: text('motivation'),
    /** When a deferred case is looked at again. */
    reviewOn: day('review_on'),
    decidedBy: uuid('decided_by').notNull(),
    decidedAt: instant('decided_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    index('suitability_decisions_case').on(table.providerId, table.caseId, table.decidedAt),
    oneOf('suitability_decisions_outcome_known', table.outcome, suitabilityOutcomes),
    oneOf('suitability_decisions_category_known', table.category, suitabilityCategories),
    oneOf('suitability_decisions_staff_safety_known', table.staffSafetyRisk, staffSafetyRisks),
    check('suitability_decisions_category_fits', sql`(${table.outcome} = 'accepted') = (${table.category} = 'suitable')`),
    check('suitability_decisions_deferred_until', sql`(${table.outcome} = 'deferred') = (${table.reviewOn} is not null)`),
    foreignKey({
      name: 'suitability_decisions_case_of',
      columns: [table.providerId, table.caseId],
      foreignColumns: [cases.providerId, cases.id],
    }),
    foreignKey({
      name: 'suitability_decisions_decided_by',
      columns: [table.providerId, table.decidedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** The words people sign, with the notice of where confidentiality ends. A change is a new version. */
export const consentTexts = pgTable(
  'consent_texts',
  {
    providerId: tenantId(),
    id: id(),
    kind: words('kind', consentKinds).notNull(),
    /** From 1, per provider and kind. */
    number: integer('number').notNull(),
    text: text('text').notNull(),
    confidentialityNotice: text('confidentiality_notice').notNull(),
    /** The first day it may be signed; until the next version begins. */
    effectiveFrom: day('effective_from').notNull(),
    publishedBy: uuid('published_by').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('consent_texts_number').on(table.providerId, table.kind, table.number),
    unique('consent_texts_from').on(table.providerId, table.kind, table.effectiveFrom),
    oneOf('consent_texts_kind_known', table.kind, consentKinds),
    foreignKey({
      name: 'consent_texts_published_by',
      columns: [table.providerId, table.publishedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** Who signed which version, when and before whom; and that it was withdrawn. Neither allows nor stops telling somebody of a danger. */
export const consents = pgTable(
  'consents',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    consentTextId: uuid('consent_text_id').notNull(),
    signedOn: day('signed_on').notNull(),
    witnessedBy: uuid('witnessed_by').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    withdrawnOn: day('withdrawn_on'),
    withdrawalNote: text('withdrawal_note'),
    withdrawalRecordedBy: uuid('withdrawal_recorded_by'),
    withdrawalRecordedAt: instant('withdrawal_recorded_at'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('consents_case').on(table.providerId, table.caseId, table.signedOn),
    check(
      'consents_withdrawn_whole',
      sql`num_nulls(${table.withdrawnOn}, ${table.withdrawalRecordedBy}, ${table.withdrawalRecordedAt}) in (0, 3)`,
    ),
    check('consents_withdrawn_after', sql`${table.withdrawnOn} is null or ${table.withdrawnOn} >= ${table.signedOn}`),
    foreignKey({ name: 'consents_case_of', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({
      name: 'consents_text',
      columns: [table.providerId, table.consentTextId],
      foreignColumns: [consentTexts.providerId, consentTexts.id],
    }),
    foreignKey({
      name: 'consents_witnessed_by',
      columns: [table.providerId, table.witnessedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'consents_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'consents_withdrawal_recorded_by',
      columns: [table.providerId, table.withdrawalRecordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
