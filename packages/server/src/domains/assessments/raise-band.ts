import { didYouMean } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput, NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { changeAssessment, isSigned, latestSigned, lockAssessment, type Assessment, type SignedAssessment } from './assessment.ts'
import { bandIn, formOf, type Form } from './form.ts'
import { AssessmentRef } from './graphql.ts'
import { afterRaising } from './after-raising.ts'
import { raised } from './result.ts'
import { assessors } from '../providers/index.ts'
import { judgements } from './tables.ts'

/** Judgement would lower the band, or leave it where it is. */
export class JudgementOnlyRaises extends DomainError {
  override name = 'JudgementOnlyRaises'
  readonly code = 'judgement-only-raises'
  readonly allowed: string[]
  constructor(allowed: readonly string[]) {
    super(
      'judgement raises a band and never lowers it',
      allowed.length > 0 ? `it can be raised to: ${allowed.join(', ')}` : 'it is in the highest band already',
    )
    this.allowed = [...allowed]
  }
}

/** It is a draft, was discarded, or a later one counts. */
export class AssessmentNotInForce extends DomainError {
  override name = 'AssessmentNotInForce'
  readonly code = 'assessment-not-in-force'
}

export type Raise = { assessmentId: Uuid; to: string; reason: string; evidence: string; expectedVersion: number }

/**
 * Raises the band of the assessment in force, any number of steps. What was computed stays beside it.
 * @throws NotFound, StaleVersion, AssessmentNotInForce, InvalidInput, JudgementOnlyRaises
 */
export async function raiseBand(
  tx: Tx,
  actor: Actor,
  { assessmentId: id, to, reason, evidence, expectedVersion }: Raise,
): Promise<Assessment> {
  const assessment = await assertInForce(tx, actor, await lockAssessment(tx, actor, id, expectedVersion))
  const form = await formOf(tx, actor, assessment)
  assertHigher(form, assessment, to)

  await tx.orm.insert(judgements).values({
    providerId: actor.providerId,
    id: tx.newId(),
    assessmentId: id,
    fromBand: assessment.bandAtLeast,
    toBand: to,
    reason,
    evidence,
    judgedBy: actor.id,
    judgedAt: tx.now,
  })
  const final = raised(form, { atLeast: assessment.bandAtLeast, atMost: assessment.bandAtMost }, [to])
  const followed = await afterRaising(tx, actor, assessment, form, final)
  const changed = await changeAssessment(tx, actor, assessment, {
    bandAtLeast: final.atLeast,
    bandAtMost: final.atMost,
    bandAtMostNumber: bandIn(form, final.atMost).number,
    ...followed,
  })
  const about = { type: 'assessment', id }
  await addToTimeline(tx, actor, {
    caseId: assessment.caseId,
    what: 'assessment-band-raised',
    occurredAt: tx.now,
    summary: 'The band was raised by judgement',
    about,
  })
  await record(tx, actor, {
    action: 'assessment.band-raised',
    subjectType: 'assessment',
    subjectId: id,
    fields: ['band', 'reason', 'evidence'],
  })
  return changed
}

/** @throws AssessmentNotInForce */
async function assertInForce(tx: Tx, actor: Actor, assessment: Assessment): Promise<SignedAssessment> {
  const latest = isSigned(assessment) && (await latestSigned(tx, actor, assessment.caseId))
  if (!isSigned(assessment) || !latest || latest.id !== assessment.id)
    throw new AssessmentNotInForce(
      'only the latest signed assessment of a case is judged',
      'sign this one first, or judge the latest of the case',
    )
  return assessment
}

/** @throws InvalidInput, JudgementOnlyRaises */
function assertHigher(form: Form, { bandAtLeast }: SignedAssessment, to: string): void {
  const ids = form.bands.map(({ id }) => id)
  const near = didYouMean(to, ids)
  if (!ids.includes(to))
    throw new InvalidInput('to', 'the instrument has no such band', near ? `did you mean "${near}"?` : `its bands are: ${ids.join(', ')}`)
  const { number } = bandIn(form, bandAtLeast)
  if (bandIn(form, to).number <= number) throw new JudgementOnlyRaises(ids.slice(number))
}

builder.objectType(JudgementOnlyRaises, {
  name: 'JudgementOnlyRaises',
  interfaces: [RefusalInterface],
  description: 'A band is never lowered by judgement.',
  fields: (t) => ({ allowed: t.exposeStringList('allowed', { description: 'Ids of the bands it can be raised to, lowest first.' }) }),
})
builder.objectType(AssessmentNotInForce, {
  name: 'AssessmentNotInForce',
  interfaces: [RefusalInterface],
  description: 'Another assessment counts, or this one is not signed.',
})

const RaiseBandInput = builder.inputType('RaiseBandInput', {
  description: 'Professional judgement that the danger is greater than computed.',
  fields: (t) => ({
    assessmentId: t.id({ required: true, description: 'The latest signed assessment of the case.' }),
    to: t.field({ type: 'ShortText', required: true, description: 'Id of a band above the least it is now, `high`. Any step.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why the danger is greater.' }),
    evidence: t.field({
      type: 'LongText',
      required: true,
      description: 'What that rests on, by name: a document, a call, an observation. Nothing that only the partner told.',
    }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('raiseBand', (t) =>
  t.field({
    ...calledBy(
      assessors,
      'Raises the band of an assessment by judgement, at once. Computed and final band are both kept; nothing lowers it.',
    ),
    type: AssessmentRef,
    args: { input: t.arg({ type: RaiseBandInput, required: true, description: 'Which assessment, to which band, and on what grounds.' }) },
    errors: { types: [...usualRefusals, JudgementOnlyRaises, AssessmentNotInForce] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'raise-band', (tx, actor) => {
        const assessmentId = localId('Assessment', input.assessmentId)
        if (!assessmentId) throw new NotFound('assessment')
        return raiseBand(tx, actor, { ...input, assessmentId })
      }),
  }),
)
