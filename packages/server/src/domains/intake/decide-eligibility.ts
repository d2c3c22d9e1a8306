import { and, eq, isNull } from 'drizzle-orm'
import { canonicalJson } from '@plumbline/rules'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertReadableCase, assertWorkableCase } from '../cases/index.ts'
import { referralOfCase } from '../referrals/index.ts'
import { collectFacts, decide, resultOf, ruleSetOn, type StoredDecision } from '../rule-sets/index.ts'
import { idIn, intakeRoles } from './access.ts'
import { beginIntake } from './begin-intake.ts'
import type { EligibilityDecision } from './eligibility.ts'
import { eligibilitySuppliers } from './facts.ts'
import { EligibilityDecisionRef } from './graphql.ts'
import { neededFacts, reasonsFor, type EligibilityReason, type NeededFact } from './reasons.ts'
import { eligibilityDecisions } from './tables.ts'
import { closeEligibilityTasks, openEligibilityTask } from './tasks.ts'
import type { EligibilityOutcomeWord } from './words.ts'

/**
 * Asks the rules in force on the day the referral arrived, on all that is known now, and keeps their answer with its reasons.
 * The newest answer counts. The rules propose: nothing is refused until somebody confirms it.
 */
export async function decideEligibility(
  tx: Tx,
  actor: Actor,
  input: { caseId: Uuid; idempotencyKey: string },
): Promise<EligibilityDecision> {
  const { caseId } = input
  // Locks the case: decisions about one case follow one another.
  await assertWorkableCase(tx, actor, caseId)
  return once(
    tx,
    actor,
    { operation: 'decide-eligibility', key: input.idempotencyKey, payload: { caseId } },
    async () => {
      const theCase = await beginIntake(tx, actor, caseId)
      const [referral] = await referralOfCase.batch(tx, actor, [caseId])
      if (!referral) throw new NotFound('referral')
      const facts = await collectFacts(tx, actor, caseId, eligibilitySuppliers())
      const day = referral.receivedOn
      const decision = await decide(tx, actor, {
        kind: 'eligibility',
        inForceOn: day,
        asOf: day,
        facts,
        about: { type: 'case', id: caseId },
        caseId,
      })
      const read = await readingOf(tx, actor, decision, day)
      await supersede(tx, actor, caseId)
      const [row] = await tx.orm
        .insert(eligibilityDecisions)
        .values({
          providerId: actor.providerId,
          id: tx.newId(),
          caseId,
          decisionId: decision.id,
          outcome: read.outcome,
          reasonsText: canonicalJson(read.reasons),
          needsText: canonicalJson(read.needs),
          route: read.route,
          decidedAt: tx.now,
          decidedBy: actor.id,
        })
        .returning()
      await openEligibilityTask(tx, actor, theCase, row!, read)
      await addToTimeline(tx, actor, {
        caseId,
        what: 'eligibility-decided',
        occurredAt: tx.now,
        summary: 'Eligibility was decided by the rules',
        about: { type: 'eligibility-decision', id: row!.id },
      })
      await record(tx, actor, {
        action: 'eligibility.decided',
        subjectType: 'eligibility-decision',
        subjectId: row!.id,
        fields: Object.keys(facts).sort(),
      })
      return row!
    },
    async (id) => {
      await assertReadableCase(tx, actor, caseId)
      const [row] = await tx.orm
        .select()
        .from(eligibilityDecisions)
        .where(and(eq(eligibilityDecisions.providerId, actor.providerId), eq(eligibilityDecisions.id, id)))
      return row!
    },
  )
}

/** What the stored decision comes to. `whom` names the role that must decide, where a person must. */
export type EligibilityReading = {
  outcome: EligibilityOutcomeWord
  reasons: EligibilityReason[]
  needs: NeededFact[]
  route: string | null
  whom: string | null
}

const undecidable: EligibilityReading = { outcome: 'needs-human-review', reasons: [], needs: [], route: null, whom: 'programme-manager' }

/** A fault of the rules is never an answer: whatever they said all the same, a person looks. */
async function readingOf(tx: Tx, actor: Actor, decision: StoredDecision, day: string): Promise<EligibilityReading> {
  const result = resultOf(decision, 'eligibility')
  if (decision.needsHumanReview || !result) return undecidable
  const loaded = await ruleSetOn(tx, actor, day)
  return {
    outcome: result.outcome,
    reasons: reasonsFor(loaded, result, { asOf: decision.asOf, facts: JSON.parse(decision.factsText) }),
    needs: neededFacts(loaded, result),
    route: result.route ?? null,
    whom: result.whom ?? null,
  }
}

/** The answer before stays on record; what it asked people to do is over. */
async function supersede(tx: Tx, actor: Actor, caseId: Uuid): Promise<void> {
  const [earlier] = await tx.orm
    .update(eligibilityDecisions)
    .set({ supersededAt: tx.now })
    .where(
      and(
        eq(eligibilityDecisions.providerId, actor.providerId),
        eq(eligibilityDecisions.caseId, caseId),
        isNull(eligibilityDecisions.supersededAt),
      ),
    )
    .returning({ id: eligibilityDecisions.id })
  if (earlier) await closeEligibilityTasks(tx, actor, earlier.id, 'eligibility was decided again')
}

const DecideEligibilityInput = builder.inputType('DecideEligibilityInput', {
  description: 'Which case is decided.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one decision; a new one decides again.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
  }),
})

builder.mutationField('decideEligibility', (t) =>
  t.field({
    ...calledBy(
      intakeRoles,
      'Decides by the rules in force on the day the referral arrived. Decided again, the newer answer counts and the older stays on record.',
    ),
    type: EligibilityDecisionRef,
    args: { input: t.arg({ type: DecideEligibilityInput, required: true, description: 'Which case.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'decide-eligibility', (tx, actor) =>
        decideEligibility(tx, actor, { ...input, caseId: idIn('Case', input.caseId, 'case') }),
      ),
  }),
)
