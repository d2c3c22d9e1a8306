import type { KindId } from '@plumbline/rules'
import { boolean, check, foreignKey, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { providers, staff } from '../providers/index.ts'
import { proposalStatuses } from './states.ts'

/** The kinds of rule, in the order they are decided. */
export const kindIds = ['risk', 'eligibility', 'safeguarding', 'attendance', 'pathway', 'completion'] as const satisfies readonly KindId[]

/** One published version of a rule set at one provider, with the documents it extends beside it. Never changed, never removed. */
export const ruleSetVersions = pgTable(
  'rule_set_versions',
  {
    providerId: tenantId(),
    id: id(),
    /** The document's own id, `step-by-step`. */
    ruleSetId: text('rule_set_id').notNull(),
    version: text('version').notNull(),
    title: text('title').notNull(),
    /** First day it decides; until the day before the next version begins. */
    effectiveFrom: day('effective_from').notNull(),
    /** As it was written. */
    documentText: text('document_text').notNull(),
    /** Canonical bytes with its parents folded in: what is evaluated, and what the hash is over. */
    resolvedText: text('resolved_text').notNull(),
    /** SHA-256 of the resolved text, in lower-case hex. */
    hash: text('hash').notNull(),
    publishedAt: instant('published_at').notNull(),
    /** Null for what the server publishes by itself. */
    publishedBy: uuid('published_by'),
    /** What two people agreed on. Null for what comes with the server; a trigger refuses that for a further version of what decides here. */
    proposalId: uuid('proposal_id'),
  },
  (table) => [
    tenantKey(table),
    unique('rule_set_versions_version').on(table.providerId, table.ruleSetId, table.version),
    // Two versions that begin on one day would leave the choice between them to chance.
    unique('rule_set_versions_from').on(table.providerId, table.ruleSetId, table.effectiveFrom),
    check('rule_set_versions_hash_form', sql`${table.hash} ~ '^[0-9a-f]{64}$'`),
    foreignKey({ name: 'rule_set_versions_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({
      name: 'rule_set_versions_published_by',
      columns: [table.providerId, table.publishedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'rule_set_versions_proposal',
      columns: [table.providerId, table.proposalId],
      foreignColumns: [ruleSetProposals.providerId, ruleSetProposals.id],
    }),
    unique('rule_set_versions_proposal_once').on(table.providerId, table.proposalId),
    // What people publish begins on a day to come.
    check(
      'rule_set_versions_not_backdated',
      sql`${table.proposalId} is null or ${table.effectiveFrom} > (${table.publishedAt} at time zone 'Europe/London')::date`,
    ),
  ],
)

/** A version that somebody wrote and nobody decides by yet. What was proposed never changes; only what became of it is added, once. */
export const ruleSetProposals = pgTable(
  'rule_set_proposals',
  {
    providerId: tenantId(),
    id: id(),
    ruleSetId: text('rule_set_id').notNull(),
    /** The document's own version. `version` below counts changes of this row. */
    ruleSetVersion: text('rule_set_version').notNull(),
    title: text('title').notNull(),
    effectiveFrom: day('effective_from').notNull(),
    /** As it was written, byte for byte. */
    documentText: text('document_text').notNull(),
    /** SHA-256 of those bytes, in lower-case hex: what an approval is bound to. */
    textHash: text('text_hash').notNull(),
    resolvedText: text('resolved_text').notNull(),
    /** SHA-256 of the resolved text, in lower-case hex. */
    hash: text('hash').notNull(),
    /** Why it is proposed. */
    reason: text('reason').notNull(),
    /** Canonical JSON: what changes, and what it would have made of the decisions of the last twelve months. */
    impactText: text('impact_text').notNull(),
    status: words('status', proposalStatuses).notNull().default('proposed'),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    /** Why it was declined, withdrawn or superseded. */
    decisionReason: text('decision_reason'),
    /** The proposal that took its place. */
    supersededBy: uuid('superseded_by'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('rule_set_proposals_newest').on(table.providerId, table.proposedAt, table.id),
    oneOf('rule_set_proposals_status_known', table.status, proposalStatuses),
    check('rule_set_proposals_text_hash', sql`${table.textHash} = encode(sha256(convert_to(${table.documentText}, 'UTF8')), 'hex')`),
    check('rule_set_proposals_hash', sql`${table.hash} = encode(sha256(convert_to(${table.resolvedText}, 'UTF8')), 'hex')`),
    check(
      'rule_set_proposals_decided_whole',
      sql`(${table.status} = 'proposed') = (${table.decidedAt} is null) and (${table.decidedAt} is null) = (${table.decidedBy} is null)`,
    ),
    check(
      'rule_set_proposals_second_person',
      sql`${table.status} not in ('approved', 'declined') or ${table.decidedBy} <> ${table.proposedBy}`,
    ),
    check('rule_set_proposals_own_withdrawal', sql`${table.status} <> 'withdrawn' or ${table.decidedBy} = ${table.proposedBy}`),
    check('rule_set_proposals_superseded_by_one', sql`(${table.status} = 'superseded') = (${table.supersededBy} is not null)`),
    foreignKey({ name: 'rule_set_proposals_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({
      name: 'rule_set_proposals_proposed_by',
      columns: [table.providerId, table.proposedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'rule_set_proposals_decided_by',
      columns: [table.providerId, table.decidedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'rule_set_proposals_superseded',
      columns: [table.providerId, table.supersededBy],
      foreignColumns: [table.providerId, table.id],
    }),
  ],
)

/** What a rule set said of some facts. `canonicalText` is the record; the other columns find it. Never changed, never removed. */
export const decisions = pgTable(
  'decisions',
  {
    providerId: tenantId(),
    id: id(),
    kind: words('kind', kindIds).notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Whose readers may read it. Null for a decision about no case, which oversight reads. */
    caseId: uuid('case_id'),
    /** All three null when no rule set was in force. */
    ruleSetId: text('rule_set_id'),
    ruleSetVersion: text('rule_set_version'),
    ruleSetHash: text('rule_set_hash'),
    asOf: day('as_of').notNull(),
    decidedAt: instant('decided_at').notNull(),
    /** Null when the server decided by itself. */
    decidedBy: uuid('decided_by'),
    needsHumanReview: boolean('needs_human_review').notNull(),
    canonicalText: text('canonical_text').notNull(),
    /** SHA-256 of the canonical text, in lower-case hex. */
    contentHash: text('content_hash').notNull(),
  },
  (table) => [
    tenantKey(table),
    index('decisions_subject').on(table.providerId, table.subjectId, table.kind, table.decidedAt, table.id),
    index('decisions_case').on(table.providerId, table.caseId, table.decidedAt),
    index('decisions_when').on(table.providerId, table.decidedAt, table.id),
    oneOf('decisions_kind_known', table.kind, kindIds),
    check('decisions_rule_set_whole', sql`num_nulls(${table.ruleSetId}, ${table.ruleSetVersion}, ${table.ruleSetHash}) in (0, 3)`),
    check('decisions_without_rules_reviewed', sql`${table.ruleSetId} is not null or ${table.needsHumanReview}`),
    foreignKey({ name: 'decisions_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({
      name: 'decisions_rule_set',
      columns: [table.providerId, table.ruleSetId, table.ruleSetVersion],
      foreignColumns: [ruleSetVersions.providerId, ruleSetVersions.ruleSetId, ruleSetVersions.version],
    }),
    foreignKey({
      name: 'decisions_decided_by',
      columns: [table.providerId, table.decidedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
