import type { KindId } from '@plumbline/rules'
import { boolean, check, foreignKey, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { day, id, instant, oneOf, tenantId, tenantKey, words } from '../../platform/db/columns.ts'
import { providers, staff } from '../providers/index.ts'

/** The kinds of rule, in the order they are decided. */
export const kindIds = ['risk', 'eligibility', 'safeguarding', 'attendance', 'completion'] as const satisfies readonly KindId[]

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
  },
  (table) => [
    tenantKey(table),
    unique('rule_set_versions_version').on(table.providerId, table.ruleSetId, table.version),
    // Two versions that begin on one day would leave the choice between them to chance.
    unique('rule_set_versions_from').on(table.providerId, table.ruleSetId, table.effectiveFrom),
    check('rule_set_versions_hash_form', sql`${table.hash} ~ '^[0-9a-f]{64}$'`),
    foreignKey({ name: 'rule_set_versions_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({ name: 'rule_set_versions_published_by', columns: [table.providerId, table.publishedBy], foreignColumns: [staff.providerId, staff.id] }),
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
    oneOf('decisions_kind_known', table.kind, kindIds),
    check('decisions_rule_set_whole', sql`num_nulls(${table.ruleSetId}, ${table.ruleSetVersion}, ${table.ruleSetHash}) in (0, 3)`),
    check('decisions_without_rules_reviewed', sql`${table.ruleSetId} is not null or ${table.needsHumanReview}`),
    foreignKey({ name: 'decisions_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({
      name: 'decisions_rule_set',
      columns: [table.providerId, table.ruleSetId, table.ruleSetVersion],
      foreignColumns: [ruleSetVersions.providerId, ruleSetVersions.ruleSetId, ruleSetVersions.version],
    }),
    foreignKey({ name: 'decisions_decided_by', columns: [table.providerId, table.decidedBy], foreignColumns: [staff.providerId, staff.id] }),
  ],
)
