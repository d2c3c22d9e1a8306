import { builder } from '../../platform/builder.ts'
import type { Uuid } from '../../platform/ids.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { newestBy, type FactorAnswer, type SituationAnswer, type WithEarlier } from './answers.ts'
import { EvidenceSourceEnum, ShownAnswerEnum, ShownSituationEnum } from './enums.ts'
import type { Factor, Form, SituationQuestion } from './form.ts'

/** A factor of the form with what is known of it, if anybody asked. */
export type AnsweredFactor = { factor: Factor; said: WithEarlier<FactorAnswer> | undefined }
export type AnsweredQuestion = { question: SituationQuestion; said: WithEarlier<SituationAnswer> | undefined }

/** Every factor of the instrument in its order, answered or not. */
export function answeredFactors(form: Form, rows: readonly FactorAnswer[]): AnsweredFactor[] {
  const newest = newestBy(rows, (row) => row.factor)
  return form.factors.map((factor) => ({ factor, said: newest.get(factor.id) }))
}

/** Every question about the present situation in the order of the catalogue, asked or not. */
export function answeredQuestions(form: Form, rows: readonly SituationAnswer[]): AnsweredQuestion[] {
  const newest = newestBy(rows, (row) => row.fact)
  return form.situation.map((question) => ({ question, said: newest.get(question.fact) }))
}

const personOf = (context: Context, id: Uuid | undefined) => (id ? signedIn(context).operation.load(staffById, id) : null)

const EarlierAnswerRef = builder.objectRef<FactorAnswer>('EarlierAssessmentAnswer').implement({
  description: 'What was said of a factor before it was answered again.',
  fields: (t) => ({
    answer: t.field({ type: ShownAnswerEnum, description: 'What was said.', resolve: ({ answer }) => answer }),
    unknownReason: t.exposeString('unknownReason', { nullable: true, description: 'Why it was not known.' }),
    sources: t.field({ type: [EvidenceSourceEnum], description: 'Whose word it rested on.', resolve: ({ sources }) => sources }),
    lastOccurredOn: t.field({
      type: 'Day',
      nullable: true,
      description: 'The last day it was said to have happened.',
      resolve: ({ lastOccurredOn }) => lastOccurredOn,
    }),
    note: t.exposeString('note', { nullable: true, description: 'What was written with it.' }),
    answeredBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who answered.',
      resolve: ({ answeredBy }, _, context) => personOf(context, answeredBy),
    }),
    answeredAt: t.expose('answeredAt', { type: 'Instant', description: 'When.' }),
  }),
})

export const AssessmentAnswerRef = builder.objectRef<AnsweredFactor>('AssessmentAnswer').implement({
  description: 'One factor of the instrument and what is known of it.',
  fields: (t) => ({
    factor: t.string({ description: 'Id of the factor, `coercive-control`.', resolve: ({ factor }) => factor.id }),
    number: t.int({ description: 'Its place in the form, from 1.', resolve: ({ factor }) => factor.number }),
    label: t.string({ description: 'The factor in words.', resolve: ({ factor }) => factor.label }),
    question: t.string({ description: 'How to ask.', resolve: ({ factor }) => factor.question }),
    domain: t.string({ description: 'The part of the form it belongs to.', resolve: ({ factor }) => factor.domain }),
    isCritical: t.boolean({ description: 'True when it can force a band by itself.', resolve: ({ factor }) => factor.isCritical }),
    answer: t.field({
      type: ShownAnswerEnum,
      description: 'What is known; UNANSWERED while nobody has asked.',
      resolve: ({ said }) => said?.current.answer ?? 'unanswered',
    }),
    unknownReason: t.string({
      nullable: true,
      description: 'Why it is not known; only with UNKNOWN.',
      resolve: ({ said }) => said?.current.unknownReason ?? null,
    }),
    sources: t.field({
      type: [EvidenceSourceEnum],
      description: 'Whose word it rests on.',
      resolve: ({ said }) => said?.current.sources ?? [],
    }),
    lastOccurredOn: t.field({
      type: 'Day',
      nullable: true,
      description: 'The last day it is known to have happened; null counts as recent.',
      resolve: ({ said }) => said?.current.lastOccurredOn ?? null,
    }),
    note: t.string({ nullable: true, description: 'What was said or seen.', resolve: ({ said }) => said?.current.note ?? null }),
    answeredBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who answered; null while unanswered.',
      resolve: ({ said }, _, context) => personOf(context, said?.current.answeredBy),
    }),
    answeredAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When; null while unanswered.',
      resolve: ({ said }) => said?.current.answeredAt ?? null,
    }),
    earlier: t.field({
      type: [EarlierAnswerRef],
      description: 'What was said before, the newest first.',
      resolve: ({ said }) => said?.earlier ?? [],
    }),
  }),
})

export const SituationQuestionRef = builder.objectRef<AnsweredQuestion>('SituationQuestion').implement({
  description: 'One question about the present situation, asked with every assessment, and its answer.',
  fields: (t) => ({
    fact: t.string({ description: 'Name of the fact it asks for.', resolve: ({ question }) => question.fact }),
    label: t.string({ description: 'What it is about.', resolve: ({ question }) => question.label }),
    question: t.string({ description: 'How to ask.', resolve: ({ question }) => question.question }),
    answer: t.field({
      type: ShownSituationEnum,
      description: 'What was said; NEVER_ASKED while nobody has asked.',
      resolve: ({ said }) => said?.current.answer ?? 'never-asked',
    }),
    note: t.string({ nullable: true, description: 'What was said or seen.', resolve: ({ said }) => said?.current.note ?? null }),
    answeredBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who asked; null while nobody has.',
      resolve: ({ said }, _, context) => personOf(context, said?.current.answeredBy),
    }),
    answeredAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'When; null while nobody has asked.',
      resolve: ({ said }) => said?.current.answeredAt ?? null,
    }),
    timesAnswered: t.int({
      description: 'How often it was answered; more than once means corrected.',
      resolve: ({ said }) => (said ? said.earlier.length + 1 : 0),
    }),
  }),
})
