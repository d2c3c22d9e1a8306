import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { cancelTaskAbout } from '../tasks/index.ts'
import { answersOf, type Answers } from './answers.ts'
import { changeAssessment, latestSigned, lockAssessment, type Assessment } from './assessment.ts'
import { concernsOf, raiseConcerns } from './concerns.ts'
import { decidePathway, decideRisk, decideSafeguarding } from './decide-assessment.ts'
import { followUpsOf, openFollowUps } from './follow-ups.ts'
import { bandIn, formOf, type Form } from './form.ts'
import { AssessmentRef } from './graphql.ts'
import { daysAfter, isLowOnOwnWord, reviewDays } from './result.ts'
import { FactorsUnanswered, RestsOnSelfReportOnly } from './sign-refusals.ts'
import { assessors } from '../providers/index.ts'
import { assessmentMoves } from './states.ts'

/**
 * A named person stands for an assessment. In this one transaction risk, safeguarding and pathway are decided and stored,
 * a concern is raised for every level of danger that fired, and a task is opened for everything else that follows; or nothing happens.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed, FactorsUnanswered, RestsOnSelfReportOnly
 */
export async function signAssessment(tx: Tx, actor: Actor, id: Uuid, expectedVersion: number): Promise<Assessment> {
  const assessment = await lockAssessment(tx, actor, id, expectedVersion)
  assertMove('risk assessment', assessmentMoves, actor, assessment.status, 'signed')
  const form = await formOf(tx, actor, assessment)
  const answers = await answersOf(tx, actor, id)
  assertEverythingAsked(form, answers)

  const before = await latestSigned(tx, actor, assessment.caseId)
  const risk = await decideRisk(tx, actor, assessment, answers, form, before && { atLeast: before.bandAtLeast, atMost: before.bandAtMost })
  if (risk.outcome && isLowOnOwnWord(form, risk.outcome)) throw new RestsOnSelfReportOnly()
  const safeguarding = await decideSafeguarding(tx, actor, assessment, answers, risk.computed)
  const pathway = await decidePathway(tx, actor, assessment, answers, risk.computed)

  const days = reviewDays(form, risk, risk.computed)
  const signed = await changeAssessment(tx, actor, assessment, {
    status: 'signed',
    signedBy: actor.id,
    signedAt: tx.now,
    riskDecisionId: risk.decision.id,
    safeguardingDecisionId: safeguarding.decision.id,
    pathwayDecisionId: pathway.decision.id,
    bandAtLeast: risk.computed.atLeast,
    bandAtMost: risk.computed.atMost,
    bandAtMostNumber: bandIn(form, risk.computed.atMost).number,
    reviewDueOn: daysAfter(assessment.assessedOn, days),
  })
  const inForce = (await latestSigned(tx, actor, assessment.caseId))?.id === id
  if (inForce && before) {
    for (const kind of ['review-risk', 'decide-pathway'] as const)
      await cancelTaskAbout(tx, actor, { type: 'assessment', id: before.id }, kind, 'a later assessment was signed')
  }
  // One that speaks of an earlier day than another is superseded at once: the later one is reviewed, and what it proposes decided on.
  const followUps = followUpsOf({ now: tx.now, assessedOn: assessment.assessedOn, reviewDays: days, risk, safeguarding, pathway }).filter(
    ({ kind }) => inForce || (kind !== 'review-risk' && kind !== 'decide-pathway'),
  )
  await raiseConcerns(tx, actor, assessment, safeguarding.decision.id, concernsOf(tx.now, safeguarding))
  await openFollowUps(
    tx,
    actor,
    assessment,
    { risk: risk.decision.id, safeguarding: safeguarding.decision.id, pathway: pathway.decision.id },
    followUps,
  )
  await addToTimeline(tx, actor, {
    caseId: assessment.caseId,
    what: 'assessment-signed',
    occurredAt: tx.now,
    summary: 'An assessment was signed',
    about: { type: 'assessment', id },
  })
  await record(tx, actor, {
    action: 'assessment.signed',
    subjectType: 'assessment',
    subjectId: id,
    fields: ['status', 'riskDecision', 'safeguardingDecision', 'pathwayDecision', 'reviewDueOn'],
  })
  return signed
}

/** @throws FactorsUnanswered naming them in the order of the form */
function assertEverythingAsked(form: Form, { factors }: Answers): void {
  const missing = form.factors.filter(({ id }) => !factors.has(id))
  if (missing.length > 0) throw new FactorsUnanswered(missing.map(({ id }) => id))
}

const SignAssessmentInput = builder.inputType('SignAssessmentInput', {
  description: 'An assessment to be signed.',
  fields: (t) => ({
    assessmentId: t.id({ required: true, description: 'The assessment.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read: what is signed is what was seen.' }),
  }),
})

builder.mutationField('signAssessment', (t) =>
  t.field({
    ...calledBy(
      assessors,
      'Signs an assessment with the caller’s name. Decides risk, safeguarding and pathway, raises the concerns and opens the tasks that follow, all at once or not at all.',
    ),
    type: AssessmentRef,
    args: { input: t.arg({ type: SignAssessmentInput, required: true, description: 'Which assessment.' }) },
    errors: { types: [...usualRefusals, FactorsUnanswered, RestsOnSelfReportOnly] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'sign-assessment', (tx, actor) => {
        const id = localId('Assessment', input.assessmentId)
        if (!id) throw new NotFound('assessment')
        return signAssessment(tx, actor, id, input.expectedVersion)
      }),
  }),
)
