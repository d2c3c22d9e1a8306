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
import { SituationAnswerEnum } from './enums.ts'
import { formOf } from './form.ts'
import { AssessmentRef } from './graphql.ts'
import { situationAnswers } from './tables.ts'
import { assessors } from '../providers/index.ts'
import type { SituationWord } from './words.ts'

export type NewSituationAnswer = { fact: string; answer: SituationWord; note?: string | null | undefined }

/**
 * Answers questions about the present situation in a draft, all or none. What was said before is kept.
 * @throws NotFound, StaleVersion, AssessmentNotDraft, InvalidInput
 */
export async function answerSituation(
  tx: Tx,
  actor: Actor,
  id: Uuid,
  answers: readonly NewSituationAnswer[],
  expectedVersion: number,
): Promise<Assessment> {
  const assessment = await lockAssessment(tx, actor, id, expectedVersion)
  assertDraft(assessment)
  if (answers.length === 0) throw new InvalidInput('answers', 'there is no answer here')
  const { situation } = await formOf(tx, actor, assessment)
  assertAsked(
    answers,
    situation.map(({ fact }) => fact),
  )

  const given = (await answersOf(tx, actor, id)).situation
  await tx.orm.insert(situationAnswers).values(
    answers.map(({ fact, answer, note }) => ({
      providerId: actor.providerId,
      assessmentId: id,
      revision: (given.get(fact)?.current.revision ?? 0) + 1,
      answeredBy: actor.id,
      answeredAt: tx.now,
      fact,
      answer,
      note: note ?? null,
    })),
  )
  const changed = await changeAssessment(tx, actor, assessment, {})
  await record(tx, actor, {
    action: 'assessment.answered',
    subjectType: 'assessment',
    subjectId: id,
    fields: answers.map(({ fact }) => fact),
  })
  return changed
}

function assertAsked(answers: readonly NewSituationAnswer[], facts: readonly string[]): void {
  const seen = new Set<string>()
  for (const [index, { fact }] of answers.entries()) {
    const near = didYouMean(fact, facts)
    if (!facts.includes(fact))
      throw new InvalidInput(
        `answers.${index}.fact`,
        'there is no such question about the present situation',
        near ? `did you mean "${near}"?` : 'read the questions from `situation`',
      )
    if (seen.has(fact))
      throw new InvalidInput(`answers.${index}.fact`, 'this question is answered twice here', 'send one answer for each question')
    seen.add(fact)
  }
}

const SituationAnswerInput = builder.inputType('SituationAnswerInput', {
  description: 'What was said of one question about the present situation.',
  fields: (t) => ({
    fact: t.field({
      type: 'ShortText',
      required: true,
      description: 'Name of the fact that is asked for, `safeguarding.hasWeaponToHand`.',
    }),
    answer: t.field({ type: SituationAnswerEnum, required: true, description: 'Yes, no, or asked and not known.' }),
    note: t.field({ type: 'LongText', description: 'What was said or seen. Nothing that only the partner told.' }),
  }),
})

const AnswerSituationInput = builder.inputType('AnswerSituationInput', {
  description: 'Answers about the present situation, for an unsigned assessment.',
  fields: (t) => ({
    assessmentId: t.id({ required: true, description: 'The assessment.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
    answers: t.field({
      type: [SituationAnswerInput],
      required: true,
      description: 'One for each question that is answered now; the others stay as they are.',
    }),
  }),
})

builder.mutationField('answerSituation', (t) =>
  t.field({
    ...calledBy(assessors, 'Answers questions about the present situation in an unsigned assessment, all or none.'),
    type: AssessmentRef,
    args: { input: t.arg({ type: AnswerSituationInput, required: true, description: 'Which assessment, and the answers.' }) },
    errors: { types: [...usualRefusals, AssessmentNotDraft] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'answer-situation', (tx, actor) => {
        const id = localId('Assessment', input.assessmentId)
        if (!id) throw new NotFound('assessment')
        return answerSituation(tx, actor, id, input.answers, input.expectedVersion)
      }),
  }),
)
