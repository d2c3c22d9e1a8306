import { didYouMean } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { answersOf } from './answers.ts'
import { assertDraft, AssessmentNotDraft, changeAssessment, lockAssessment, type Assessment } from './assessment.ts'
import { AnswerEnum, EvidenceSourceEnum } from './enums.ts'
import { formOf } from './form.ts'
import { AssessmentRef } from './graphql.ts'
import { isPartnerOnly, partnerService, RestsOnPartnerOnly } from './partner-only.ts'
import { factorAnswers } from './tables.ts'
import { assessors } from '../providers/index.ts'
import type { AnswerWord, EvidenceSource } from './words.ts'

export type NewAnswer = {
  factor: string
  answer: AnswerWord
  unknownReason?: string | null | undefined
  sources?: readonly EvidenceSource[] | null | undefined
  lastOccurredOn?: string | null | undefined
  note?: string | null | undefined
}

/**
 * Answers some factors of a draft, all or none. An answer given before is kept below the new one.
 * @throws NotFound, StaleVersion, AssessmentNotDraft, InvalidInput, RestsOnPartnerOnly
 */
export async function answerFactors(
  tx: Tx,
  actor: Actor,
  id: Uuid,
  answers: readonly NewAnswer[],
  expectedVersion: number,
): Promise<Assessment> {
  const assessment = await lockAssessment(tx, actor, id, expectedVersion)
  assertDraft(assessment)
  if (answers.length === 0) throw new InvalidInput('answers', 'there is no answer here')
  const form = await formOf(tx, actor, assessment)
  assertOnForm(
    answers,
    form.factors.map((factor) => factor.id),
  )
  for (const [index, answer] of answers.entries()) await assertAnswer(tx, actor, answer, `answers.${index}`)

  const given = (await answersOf(tx, actor, id)).factors
  await tx.orm.insert(factorAnswers).values(
    answers.map((answer) => ({
      providerId: actor.providerId,
      assessmentId: id,
      revision: (given.get(answer.factor)?.current.revision ?? 0) + 1,
      answeredBy: actor.id,
      answeredAt: tx.now,
      factor: answer.factor,
      answer: answer.answer,
      unknownReason: answer.unknownReason ?? null,
      sources: [...new Set(answer.sources ?? [])],
      lastOccurredOn: answer.lastOccurredOn ?? null,
      note: answer.note ?? null,
    })),
  )
  const changed = await changeAssessment(tx, actor, assessment, {})
  await record(tx, actor, {
    action: 'assessment.answered',
    subjectType: 'assessment',
    subjectId: id,
    fields: answers.map(({ factor }) => `factor.${factor}`),
  })
  return changed
}

function assertOnForm(answers: readonly NewAnswer[], factors: readonly string[]): void {
  const seen = new Set<string>()
  for (const [index, { factor }] of answers.entries()) {
    const near = didYouMean(factor, factors)
    if (!factors.includes(factor))
      throw new InvalidInput(
        `answers.${index}.factor`,
        'the instrument of this assessment has no such factor',
        near ? `did you mean "${near}"?` : 'read its factors from `answers`',
      )
    if (seen.has(factor))
      throw new InvalidInput(`answers.${index}.factor`, 'this factor is answered twice here', 'send one answer for each factor')
    seen.add(factor)
  }
}

async function assertAnswer(tx: Tx, actor: Actor, answer: NewAnswer, at: string): Promise<void> {
  const { unknownReason, lastOccurredOn } = answer
  const sources = answer.sources ?? []
  const isThere = answer.answer === 'possible' || answer.answer === 'present'
  if (isPartnerOnly(sources)) throw new RestsOnPartnerOnly(answer.factor, await partnerService(tx, actor))
  if (answer.answer === 'unknown' && !unknownReason) throw new InvalidInput(`${at}.unknownReason`, 'say why it is not known')
  if (answer.answer !== 'unknown' && unknownReason)
    throw new InvalidInput(
      `${at}.unknownReason`,
      'only an unknown answer has a reason for not being known',
      'leave it out, or use the note',
    )
  if (answer.answer === 'unknown' && sources.length > 0)
    throw new InvalidInput(
      `${at}.sources`,
      'nothing is known, so nobody said it',
      'leave the sources out; whom you asked goes into the reason',
    )
  if (isThere && sources.length === 0) throw new InvalidInput(`${at}.sources`, 'say whose word this rests on', 'name at least one source')
  if (!isThere && lastOccurredOn)
    throw new InvalidInput(`${at}.lastOccurredOn`, 'only what is possible or present has a last day', 'leave it out')
  if (lastOccurredOn && lastOccurredOn > tx.today)
    throw new InvalidInput(
      `${at}.lastOccurredOn`,
      'this day is still to come',
      'name the last day it happened, or leave it out: then it counts as recent',
    )
}

const FactorAnswerInput = builder.inputType('FactorAnswerInput', {
  description: 'What is known of one factor, and how. What is left out here is empty afterwards: an answer is replaced whole.',
  fields: (t) => ({
    factor: t.field({ type: 'ShortText', required: true, description: 'Id of the factor, `coercive-control`.' }),
    answer: t.field({ type: AnswerEnum, required: true, description: 'What is known.' }),
    unknownReason: t.field({ type: 'LongText', description: 'Why it is not known. Needed with UNKNOWN, and only then.' }),
    sources: t.field({
      type: [EvidenceSourceEnum],
      description: 'Whose word it rests on. At least one for POSSIBLE and PRESENT; for ABSENT as many as there are; none for UNKNOWN.',
    }),
    lastOccurredOn: t.field({
      type: 'Day',
      description:
        'The last day it is known to have happened, not in the future. Only for POSSIBLE and PRESENT; without it, it counts as recent.',
    }),
    note: t.field({ type: 'LongText', description: 'What was said or seen. Nothing that only the partner told.' }),
  }),
})

const AnswerFactorsInput = builder.inputType('AnswerFactorsInput', {
  description: 'Answers for an unsigned assessment.',
  fields: (t) => ({
    assessmentId: t.id({ required: true, description: 'The assessment.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
    answers: t.field({
      type: [FactorAnswerInput],
      required: true,
      description: 'One for each factor that is answered now; the others stay as they are.',
    }),
  }),
})

builder.mutationField('answerFactors', (t) =>
  t.field({
    ...calledBy(assessors, 'Answers factors of an unsigned assessment, all or none. An earlier answer is kept in its history.'),
    type: AssessmentRef,
    args: { input: t.arg({ type: AnswerFactorsInput, required: true, description: 'Which assessment, and the answers.' }) },
    errors: { types: [...usualRefusals, AssessmentNotDraft, RestsOnPartnerOnly] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'answer-factors', (tx, actor) => {
        const id = localId('Assessment', input.assessmentId)
        if (!id) throw new NotFound('assessment')
        return answerFactors(tx, actor, id, input.answers, input.expectedVersion)
      }),
  }),
)
