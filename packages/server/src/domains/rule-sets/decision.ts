import { canonicalJson, type Facts, type KindId, type Outcomes } from '@plumbline/rules'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, oneEach } from '../../platform/loader.ts'
import { ofReadableCases, readableDecisions } from './access.ts'
import { decisions } from './tables.ts'

export type DecisionRow = typeof decisions.$inferSelect

/** A decision as it was stored, with the two parts of its record that are asked for most. */
export type StoredDecision = DecisionRow & {
  /** Canonical JSON of the facts it was made on. */
  factsText: string
  /** Canonical JSON of what it came to. */
  resultText: string
}

/** Why the rules could not decide by themselves. */
export type ReviewReason = 'no-rule-set-in-force' | 'facts-not-usable' | 'rules-not-evaluable'

/** Stored in place of an outcome when a person must look. `computed` is what the rules said all the same, the unusable facts counted as unknown. */
export type HumanReview<Outcome> = {
  outcome: 'needs-human-review'
  reason: ReviewReason
  /** Names of the facts that were not usable. */
  facts: string[]
  computed: Outcome | null
}

/** The content of a decision's record: canonical bytes of this, hashed. */
export type DecisionRecord = {
  id: Uuid
  kind: KindId
  about: { type: string; id: Uuid }
  caseId: Uuid | null
  ruleSet: { id: string; version: string; hash: string } | null
  evaluator: string
  /** The day whose version of the rule set decided. */
  inForceOn: Day
  asOf: Day
  decidedAt: Instant
  facts: Facts
  result: unknown
}

export const recordOf = (decision: { canonicalText: string }) => JSON.parse(decision.canonicalText) as DecisionRecord

export function storedDecision(row: DecisionRow): StoredDecision {
  const { facts, result } = recordOf(row)
  return { ...row, factsText: canonicalJson(facts), resultText: canonicalJson(result) }
}

/**
 * What the rules said, typed by the kind of the decision; null when they said nothing and a person must decide.
 * With `needsHumanReview` and a result, some facts were not usable and counted as unknown.
 */
export function resultOf<Kind extends KindId>(decision: StoredDecision, kind: Kind): Outcomes[Kind] | null {
  if (decision.kind !== kind) throw new Error(`a decision of the kind ${decision.kind} was read as ${kind}`)
  const result: unknown = JSON.parse(decision.resultText)
  return (isReview(result) ? result.computed : result) as Outcomes[Kind] | null
}

/** Why a person must look, or null when nobody must because of the rules themselves. */
export function reviewOf(decision: StoredDecision): HumanReview<unknown> | null {
  const result: unknown = JSON.parse(decision.resultText)
  return isReview(result) ? result : null
}

export const isReview = (result: unknown): result is HumanReview<unknown> =>
  typeof result === 'object' && result !== null && 'outcome' in result && result.outcome === 'needs-human-review'

/** By id; null for what this person may not read whole. */
export const decisionById = loader<Uuid, StoredDecision | null>(async (tx, actor, ids) =>
  oneEach(ids, (await readableDecisions(tx, actor, await rowsOf(tx, actor, ids))).map(storedDecision), (row) => row.id),
)

/** By id, for the slice that asked for the decision and answers for which part of it is shown to whom; null where the case may not be opened. */
export const decisionToShowInPart = loader<Uuid, StoredDecision | null>(async (tx, actor, ids) =>
  oneEach(ids, (await ofReadableCases(tx, actor, await rowsOf(tx, actor, ids))).map(storedDecision), (row) => row.id),
)

const rowsOf = (tx: Tx, actor: Actor, ids: readonly Uuid[]): Promise<DecisionRow[]> =>
  tx.orm
    .select()
    .from(decisions)
    .where(and(eq(decisions.providerId, actor.providerId), inArray(decisions.id, [...ids])))

const latest = (kind: KindId) =>
  loader<Uuid, StoredDecision | null>(async (tx, actor, subjectIds) => {
    const rows = await tx.orm
      .selectDistinctOn([decisions.subjectId])
      .from(decisions)
      .where(and(eq(decisions.providerId, actor.providerId), eq(decisions.kind, kind), inArray(decisions.subjectId, [...subjectIds])))
      .orderBy(decisions.subjectId, desc(decisions.decidedAt), desc(decisions.id))
    return oneEach(subjectIds, (await readableDecisions(tx, actor, rows)).map(storedDecision), (row) => row.subjectId)
  })

const latestOf: Record<KindId, ReturnType<typeof latest>> = {
  risk: latest('risk'),
  eligibility: latest('eligibility'),
  safeguarding: latest('safeguarding'),
  attendance: latest('attendance'),
  pathway: latest('pathway'),
  completion: latest('completion'),
}

/** The newest decision of a kind about each subject, by the subject's id; null where there is none that this person may read. */
export const latestDecision = (kind: KindId) => latestOf[kind]

/** @throws NotFound also for what this person may not read */
export async function assertReadableDecision(tx: Tx, actor: Actor, id: Uuid): Promise<StoredDecision> {
  const [decision] = await decisionById.batch(tx, actor, [id])
  if (!decision) throw new NotFound('decision')
  return decision
}

export const allowedBy = (actor: Actor): string => (hasRole(actor, 'programme-manager', 'safeguarding-lead') ? 'oversight' : 'assigned')
