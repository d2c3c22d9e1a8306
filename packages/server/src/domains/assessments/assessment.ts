import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import type { Operation } from '../../platform/operation.ts'
import type { PageQuery } from '../../platform/page.ts'
import { assertReadableCase, assertWorkableCase, caseInFull } from '../cases/index.ts'
import { assessments, judgements } from './tables.ts'

export type Assessment = typeof assessments.$inferSelect
export type SignedAssessment = Assessment & {
  signedBy: Uuid
  signedAt: string
  riskDecisionId: Uuid
  safeguardingDecisionId: Uuid
  pathwayDecisionId: Uuid
  bandAtLeast: string
  bandAtMost: string
  reviewDueOn: string
}
export type Judgement = typeof judgements.$inferSelect

export const isSigned = (assessment: Assessment): assessment is SignedAssessment => assessment.status === 'signed'

/** By id, without a look at the case: for what hangs below a case that was checked. */
export const assessmentById = loader<Uuid, Assessment | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(assessments)
      .where(and(eq(assessments.providerId, actor.providerId), inArray(assessments.id, [...ids]))),
    (row) => row.id,
  ),
)

/** Null for what does not exist and for what this person may not see. */
export async function readableAssessment(operation: Operation, id: Uuid, actor: Actor): Promise<Assessment | null> {
  const assessment = await operation.load(assessmentById, id)
  return assessment && (await caseInFull(operation, actor, assessment.caseId)) ? assessment : null
}

const newestFirst = sql`assessed_on desc, signed_at desc, id desc`

/** The assessment that counts for each case: signed, on the latest day, of that day the last signed. */
export const latestAssessment = loader<Uuid, SignedAssessment | null>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .selectDistinctOn([assessments.caseId])
    .from(assessments)
    .where(and(eq(assessments.providerId, actor.providerId), inArray(assessments.caseId, [...caseIds]), eq(assessments.status, 'signed')))
    .orderBy(assessments.caseId, newestFirst)
  return oneEach(caseIds, rows.filter(isSigned), (row) => row.caseId)
})

export async function latestSigned(tx: Tx, actor: Actor, caseId: Uuid): Promise<SignedAssessment | null> {
  const [latest = null] = await latestAssessment.batch(tx, actor, [caseId])
  return latest
}

/** One page of the assessments of each case, newest first, in one statement for every case that asks for the same page. */
export const assessmentsOfCase = loader<string, Assessment[]>(async (tx, actor, keys) => {
  const asked = keys.map((key) => JSON.parse(key) as { caseId: Uuid; page: PageQuery })
  const pages = new Map(asked.map(({ page }) => [JSON.stringify(page), page]))
  const found = new Map<string, Assessment[]>()
  for (const [name, page] of pages) {
    const caseIds = asked.filter((one) => JSON.stringify(one.page) === name).map(({ caseId }) => caseId)
    const rows = await onePageEach(tx, actor, caseIds, page)
    manyEach(caseIds, rows, (row) => row.caseId).forEach((list, index) => found.set(`${caseIds[index]} ${name}`, list))
  }
  return asked.map(({ caseId, page }) => found.get(`${caseId} ${JSON.stringify(page)}`) ?? [])
})
export const pageKey = (caseId: Uuid, page: PageQuery): string => JSON.stringify({ caseId, page })

async function onePageEach(tx: Tx, actor: Actor, caseIds: Uuid[], { limit, after, backwards }: PageQuery): Promise<Assessment[]> {
  const order = backwards ? sql`${assessments.assessedOn}, ${assessments.id}` : sql`${assessments.assessedOn} desc, ${assessments.id} desc`
  const beyond =
    after &&
    (backwards
      ? sql`(assessed_on, id) > (${after.key}::date, ${after.id}::uuid)`
      : sql`(assessed_on, id) < (${after.key}::date, ${after.id}::uuid)`)
  const ranked = tx.orm
    .select({ id: assessments.id, place: sql<number>`row_number() over (partition by case_id order by ${order})`.as('place') })
    .from(assessments)
    .where(and(eq(assessments.providerId, actor.providerId), inArray(assessments.caseId, caseIds), beyond ?? undefined))
    .as('ranked')
  const rows = await tx.orm
    .select({ assessment: assessments })
    .from(assessments)
    .innerJoin(ranked, and(eq(ranked.id, assessments.id), sql`${ranked.place} <= ${limit}`))
    .where(eq(assessments.providerId, actor.providerId))
    .orderBy(order)
  return rows.map(({ assessment }) => assessment)
}

/** What was judged above the computed band, in the order it was judged. */
export const judgementsOf = loader<Uuid, Judgement[]>(async (tx, actor, ids) =>
  manyEach(
    ids,
    await tx.orm
      .select()
      .from(judgements)
      .where(and(eq(judgements.providerId, actor.providerId), inArray(judgements.assessmentId, [...ids])))
      .orderBy(judgements.judgedAt, judgements.id),
    (row) => row.assessmentId,
  ),
)

/** @throws NotFound */
export async function assertReadable(tx: Tx, actor: Actor, id: Uuid): Promise<Assessment> {
  const [row] = await tx.orm
    .select()
    .from(assessments)
    .where(and(eq(assessments.providerId, actor.providerId), eq(assessments.id, id)))
  if (!row) throw new NotFound('assessment')
  await assertReadableCase(tx, actor, row.caseId).catch(asNoAssessment)
  return row
}

/**
 * Locks an assessment, and its case before it, for a change by somebody who may work on the case: of one case, one signature at a time.
 * @throws NotFound, NotAllowed, StaleVersion
 */
export async function lockAssessment(tx: Tx, actor: Actor, id: Uuid, expectedVersion: number): Promise<Assessment> {
  const mine = and(eq(assessments.providerId, actor.providerId), eq(assessments.id, id))
  const [known] = await tx.orm.select({ caseId: assessments.caseId }).from(assessments).where(mine)
  if (!known) throw new NotFound('assessment')
  await assertWorkableCase(tx, actor, known.caseId).catch(asNoAssessment)
  const [row] = await tx.orm.select().from(assessments).where(mine).for('update')
  if (row!.version !== expectedVersion) throw new StaleVersion(row!.version)
  return row!
}

/** Which of the two is missing is not for everybody to know. */
function asNoAssessment(error: unknown): never {
  throw error instanceof NotFound ? new NotFound('assessment') : error
}

/** It is signed or discarded, and stays as it is. */
export class AssessmentNotDraft extends DomainError {
  override name = 'AssessmentNotDraft'
  readonly code = 'assessment-not-draft'
}

/** @throws AssessmentNotDraft */
export function assertDraft({ status }: Assessment): void {
  if (status === 'draft') return
  throw new AssessmentNotDraft(
    `an assessment that is ${status} stays as it is`,
    status === 'signed' ? 'start an assessment that amends this one' : 'start another one',
  )
}

/** Writes the change and counts it. The row is locked, so nobody came between. */
export async function changeAssessment(
  tx: Tx,
  actor: Actor,
  assessment: Assessment,
  change: Partial<typeof assessments.$inferInsert>,
): Promise<Assessment> {
  const [row] = await tx.orm
    .update(assessments)
    .set({ ...change, version: assessment.version + 1 })
    .where(and(eq(assessments.providerId, actor.providerId), eq(assessments.id, assessment.id)))
    .returning()
  return row!
}
