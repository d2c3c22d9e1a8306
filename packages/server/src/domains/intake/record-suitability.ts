import { daysBetween } from '@plumbline/rules'
import { and, eq } from 'drizzle-orm'
import { builder, refusalType, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertReadableCase, assertWorkableCase, moveCase, type Case } from '../cases/index.ts'
import { idIn, intakeRoles } from './access.ts'
import { beginIntake } from './begin-intake.ts'
import { hasProgrammeConsent } from './consent.ts'
import { currentEligibility, isCleared } from './eligibility.ts'
import { StaffSafetyRiskEnum, SuitabilityCategoryEnum, SuitabilityDecisionRef, SuitabilityOutcomeEnum } from './graphql.ts'
import { completeTasksAbout } from '../tasks/index.ts'
import { suitabilityOfCase, type SuitabilityDecision } from './suitability.ts'
import { suitabilityDecisions } from './tables.ts'
import { openDeferralReview } from './tasks.ts'
import type { StaffSafetyRisk, SuitabilityCategory, SuitabilityOutcome } from './words.ts'

/** A place cannot be offered yet: eligibility or consent is missing. */
export class NotReadyForAcceptance extends DomainError {
  override name = 'NotReadyForAcceptance'
  readonly code = 'not-ready-for-acceptance'
}
refusalType(
  NotReadyForAcceptance,
  'NotReadyForAcceptance',
  'A place cannot be offered yet: the case is not cleared as eligible, or the programme’s consent is not signed.',
)

export type RecordSuitability = {
  idempotencyKey: string
  caseId: Uuid
  outcome: SuitabilityOutcome
  category: SuitabilityCategory
  reason: string
  staffSafetyRisk: StaffSafetyRisk
  staffSafetyNote?: string | null | undefined
  programmeExplainedOn?: Day | null | undefined
  needs?: string | null | undefined
  motivation?: string | null | undefined
  reviewOn?: Day | null | undefined
}

/** Accepts, refuses or defers; the case follows. */
export async function recordSuitability(tx: Tx, actor: Actor, input: RecordSuitability): Promise<SuitabilityDecision> {
  const { caseId } = input
  await assertWorkableCase(tx, actor, caseId)
  return once(
    tx,
    actor,
    { operation: 'record-suitability', key: input.idempotencyKey, payload: { ...input, idempotencyKey: null } },
    async () => {
      assertFits(tx, input)
      await resume(tx, actor, await beginIntake(tx, actor, caseId), input.outcome)
      if (input.outcome === 'accepted') await assertReady(tx, actor, caseId)
      const { idempotencyKey: _, ...decided } = input
      const [row] = await tx.orm
        .insert(suitabilityDecisions)
        .values({ ...decided, providerId: actor.providerId, id: tx.newId(), decidedBy: actor.id, decidedAt: tx.now })
        .returning()
      await moveCase(tx, actor, caseId, input.outcome, input.reason)
      await follow(tx, actor, row!)
      await addToTimeline(tx, actor, {
        caseId,
        what: 'suitability-decided',
        occurredAt: tx.now,
        summary: 'Suitability was decided',
        about: { type: 'suitability-decision', id: row!.id },
      })
      await record(tx, actor, {
        action: 'suitability.decided',
        subjectType: 'suitability-decision',
        subjectId: row!.id,
        fields: ['outcome', 'category', 'reason', 'staffSafetyRisk'],
      })
      return row!
    },
    async (id) => {
      await assertReadableCase(tx, actor, caseId)
      const [row] = await tx.orm
        .select()
        .from(suitabilityDecisions)
        .where(and(eq(suitabilityDecisions.providerId, actor.providerId), eq(suitabilityDecisions.id, id)))
      return row!
    },
  )
}

function assertFits(tx: Tx, input: RecordSuitability): void {
  if ((input.outcome === 'accepted') !== (input.category === 'suitable'))
    throw new InvalidInput('category', 'only who is accepted is suitable; a refusal or deferral names why not')
  if ((input.outcome === 'deferred') !== (input.reviewOn != null))
    throw new InvalidInput('reviewOn', 'a deferral, and only a deferral, has a day on which the case is looked at again')
  if (input.reviewOn && input.reviewOn <= tx.today) throw new InvalidInput('reviewOn', 'choose a day after today')
  if (input.reviewOn && daysBetween(tx.today, input.reviewOn) > 366)
    throw new InvalidInput('reviewOn', 'a case is looked at again within a year')
  if (input.staffSafetyRisk !== 'none-known' && !input.staffSafetyNote)
    throw new InvalidInput('staffSafetyNote', 'say what those who work with the person must know')
  if (input.staffSafetyRisk === 'cannot-be-managed' && input.outcome === 'accepted')
    throw new InvalidInput('staffSafetyRisk', 'nobody is accepted whose risk to staff cannot be managed')
  if (input.programmeExplainedOn && input.programmeExplainedOn > tx.today)
    throw new InvalidInput('programmeExplainedOn', 'this day has not come yet')
}

/** @throws NotReadyForAcceptance saying all that is missing */
async function assertReady(tx: Tx, actor: Actor, caseId: Uuid): Promise<void> {
  const [eligibility] = await currentEligibility.batch(tx, actor, [caseId])
  const missing = [
    isCleared(eligibility ?? null) ? null : 'a decision that the person is eligible',
    (await hasProgrammeConsent(tx, actor, caseId)) ? null : 'a signed consent to the programme',
  ].filter((one) => one !== null)
  if (missing.length > 0)
    throw new NotReadyForAcceptance(
      `a place cannot be offered yet; missing: ${missing.join(' and ')}`,
      'record what is missing, then decide again',
    )
}

/** A decision ends the waiting of a deferred case, and deferring it once more begins a new one. */
async function resume(tx: Tx, actor: Actor, theCase: Case, outcome: SuitabilityOutcome): Promise<void> {
  if (theCase.status !== 'deferred') return
  const [earlier] = await suitabilityOfCase.batch(tx, actor, [theCase.id])
  for (const { id } of earlier ?? [])
    await completeTasksAbout(tx, actor, { type: 'suitability-decision', id }, 'follow-up', 'suitability was decided again')
  if (outcome === 'deferred') await moveCase(tx, actor, theCase.id, 'intake', 'deferred once more')
}

async function follow(tx: Tx, actor: Actor, row: SuitabilityDecision): Promise<void> {
  if (row.outcome === 'deferred') await openDeferralReview(tx, actor, row.caseId, row.id, daysBetween(tx.today, row.reviewOn!))
}

const RecordSuitabilityInput = builder.inputType('RecordSuitabilityInput', {
  description: 'Whether a person is offered a place, and why.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one decision.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    outcome: t.field({ type: SuitabilityOutcomeEnum, required: true, description: 'Accepted, refused or deferred.' }),
    category: t.field({ type: SuitabilityCategoryEnum, required: true, description: '`SUITABLE` when accepted; otherwise why not.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why, for the record.' }),
    staffSafetyRisk: t.field({
      type: StaffSafetyRiskEnum,
      required: true,
      description: 'The danger to those who work with the person, apart from the danger to a partner.',
    }),
    staffSafetyNote: t.field({ type: 'LongText', description: 'What they must know; required where there is such a danger.' }),
    programmeExplainedOn: t.field({ type: 'Day', description: 'When the programme and what it expects were explained; today or earlier.' }),
    needs: t.field({ type: 'LongText', description: 'What the person needs beside it, and what stands in the way.' }),
    motivation: t.field({ type: 'LongText', description: 'Where their motivation comes from.' }),
    reviewOn: t.field({ type: 'Day', description: 'For a deferral: when the case is looked at again, after today and within 366 days.' }),
  }),
})

builder.mutationField('recordSuitability', (t) =>
  t.field({
    ...calledBy(
      intakeRoles,
      'Accepts, refuses or defers a case. Acceptance needs a cleared eligibility and a signed consent to the programme.',
    ),
    type: SuitabilityDecisionRef,
    args: { input: t.arg({ type: RecordSuitabilityInput, required: true, description: 'The decision.' }) },
    errors: { types: [...usualRefusals, NotReadyForAcceptance] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-suitability', (tx, actor) =>
        recordSuitability(tx, actor, { ...input, caseId: idIn('Case', input.caseId, 'case') }),
      ),
  }),
)
