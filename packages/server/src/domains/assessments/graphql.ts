import { builder, RefusalInterface } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { caseById, CaseRef } from '../cases/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { decisionById, DecisionRef } from '../rule-sets/index.ts'
import { mayReadAnswers, mayReadWhatDecides, noteAssessmentRead } from './access.ts'
import { factorAnswersOf, situationAnswersOf } from './answers.ts'
import { answeredFactors, answeredQuestions, AssessmentAnswerRef, SituationQuestionRef } from './answers-graphql.ts'
import {
  assessmentById,
  AssessmentNotDraft,
  isSigned,
  judgementsOf,
  latestAssessment,
  readableAssessment,
  type Assessment,
  type Judgement,
} from './assessment.ts'
import { AssessmentKindEnum, AssessmentStatusEnum, type ShownStatus } from './enums.ts'
import { bandIn, formByKey, formKey, type Form } from './form.ts'
import { PathwayResultRef } from './pathway-graphql.ts'
import { BandRef, RiskResultRef } from './result-graphql.ts'
import { SafeguardingResultRef } from './safeguarding-graphql.ts'
import { pathwayResultOf, riskResultOf, safeguardingResultOf } from './shown-results.ts'

const formFor = (context: Context, assessment: Assessment): Promise<Form> =>
  signedIn(context).operation.load(formByKey, formKey(assessment))

const InstrumentRef = builder.objectRef<Form>('Instrument').implement({
  description: 'The set of factors an assessment asks for.',
  fields: (t) => ({
    id: t.string({ description: 'Its id, `pdv-24`.', resolve: ({ instrument }) => instrument.id }),
    version: t.string({ description: 'Its version.', resolve: ({ instrument }) => instrument.version }),
    title: t.string({ description: 'Its name for people.', resolve: ({ instrument }) => instrument.title }),
    factorCount: t.int({ description: 'How many factors it has; 24 in pdv-24.', resolve: ({ factors }) => factors.length }),
    bands: t.field({ type: [BandRef], description: 'Its bands, the lowest first.', resolve: ({ bands }) => [...bands] }),
    statement: t.exposeString('statement', { description: 'To be printed with every result: that it is not validated.' }),
  }),
})

type ShownJudgement = Judgement & { form: Form }
const JudgementRef = builder.objectRef<ShownJudgement>('BandJudgement').implement({
  description: 'Professional judgement that raised a band.',
  fields: (t) => ({
    fromBand: t.field({
      type: BandRef,
      description: 'The least the band was before.',
      resolve: ({ form, fromBand }) => bandIn(form, fromBand),
    }),
    toBand: t.field({ type: BandRef, description: 'The least it is since.', resolve: ({ form, toBand }) => bandIn(form, toBand) }),
    reason: t.exposeString('reason', { description: 'Why the danger is greater than computed.' }),
    evidence: t.exposeString('evidence', { description: 'What that rests on, by name.' }),
    judgedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who judged.',
      resolve: ({ judgedBy }, _, context) => signedIn(context).operation.load(staffById, judgedBy),
    }),
    judgedAt: t.expose('judgedAt', { type: 'Instant', description: 'When.' }),
  }),
})

async function shownStatus(assessment: Assessment, context: Context): Promise<ShownStatus> {
  if (!isSigned(assessment)) return assessment.status
  const latest = await signedIn(context).operation.load(latestAssessment, assessment.caseId)
  return latest?.id === assessment.id ? 'signed' : 'superseded'
}

/** Null for those who see the band and no details. Whoever sees them is noted. */
async function detail<Value>(context: Context, { caseId }: Assessment, field: string, read: () => Promise<Value>): Promise<Value | null> {
  const { actor, operation } = signedIn(context)
  if (!mayReadAnswers(actor)) return null
  noteAssessmentRead(operation, actor, caseId, `assessment.${field}`)
  return read()
}

export const AssessmentRef = builder.objectRef<Assessment>('Assessment')
AssessmentRef.implement({
  description:
    'One assessment of a case, on one day, under the instrument in force that day. Signed, it stays as it is; another amends it.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Assessment', row.id) }),
    kind: t.expose('kind', { type: AssessmentKindEnum, description: 'Where in the case it stands.' }),
    eventReason: t.string({
      nullable: true,
      description: 'What happened; null unless it was made after an event, and for those who may not read answers.',
      resolve: (row, _, context) => (row.eventReason === null ? null : detail(context, row, 'eventReason', async () => row.eventReason!)),
    }),
    assessedOn: t.expose('assessedOn', { type: 'Day', description: 'The day it speaks of.' }),
    status: t.field({
      type: AssessmentStatusEnum,
      description: 'What has become of it; superseded is computed.',
      resolve: (row, _, context) => shownStatus(row, context),
    }),
    case: t.field({
      type: CaseRef,
      nullable: true,
      description: 'The case.',
      resolve: (row, _, context) => signedIn(context).operation.load(caseById, row.caseId),
    }),
    instrument: t.field({ type: InstrumentRef, description: 'What it asks for.', resolve: (row, _, context) => formFor(context, row) }),
    amends: t.field({
      type: AssessmentRef,
      nullable: true,
      description: 'The signed assessment this one puts right.',
      resolve: (row, _, context) => (row.amendsId ? signedIn(context).operation.load(assessmentById, row.amendsId) : null),
    }),
    amendReason: t.string({
      nullable: true,
      description: 'What had to be put right.',
      resolve: (row, _, context) => (row.amendReason === null ? null : detail(context, row, 'amendReason', async () => row.amendReason!)),
    }),
    startedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who began it.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.startedBy),
    }),
    startedAt: t.expose('startedAt', { type: 'Instant', description: 'When it was begun.' }),
    signedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who stands for it; null while unsigned.',
      resolve: (row, _, context) => (row.signedBy ? signedIn(context).operation.load(staffById, row.signedBy) : null),
    }),
    signedAt: t.expose('signedAt', { type: 'Instant', nullable: true, description: 'When it was signed; null while unsigned.' }),
    reviewDueOn: t.expose('reviewDueOn', {
      type: 'Day',
      nullable: true,
      description: 'The day by which the risk is looked at again; null while unsigned.',
    }),
    answers: t.field({
      type: [AssessmentAnswerRef],
      nullable: true,
      description: 'Every factor of the instrument in its order, answered or not. Null for those who see the band and no details.',
      resolve: (row, _, context) =>
        detail(context, row, 'answers', async () =>
          answeredFactors(await formFor(context, row), await signedIn(context).operation.load(factorAnswersOf, row.id)),
        ),
    }),
    situation: t.field({
      type: [SituationQuestionRef],
      nullable: true,
      description: 'Every question about the present situation, asked or not. Null for those who see the band and no details.',
      resolve: (row, _, context) =>
        detail(context, row, 'situation', async () =>
          answeredQuestions(await formFor(context, row), await signedIn(context).operation.load(situationAnswersOf, row.id)),
        ),
    }),
    unanswered: t.stringList({
      nullable: true,
      description: 'Ids of the factors nobody has asked yet: while there are any, it cannot be signed.',
      resolve: (row, _, context) =>
        detail(context, row, 'answers', async () => {
          const answered = answeredFactors(await formFor(context, row), await signedIn(context).operation.load(factorAnswersOf, row.id))
          return answered.filter(({ said }) => !said).map(({ factor }) => factor.id)
        }),
    }),
    risk: t.field({
      type: RiskResultRef,
      nullable: true,
      description: 'The result it was signed with, judgement included; null while unsigned. Before that, see previewAssessment.',
      resolve: (row, _, context) => {
        const { actor, operation } = signedIn(context)
        if (!isSigned(row)) return null
        noteAssessmentRead(operation, actor, row.caseId, 'risk.band')
        return riskResultOf(operation, row)
      },
    }),
    safeguarding: t.field({
      type: SafeguardingResultRef,
      nullable: true,
      description:
        'Whether somebody must be told, as decided last; null while unsigned and for those who do not assess: it holds what would tip the result.',
      resolve: (row, _, context) =>
        isSigned(row) ? detail(context, row, 'safeguarding', () => safeguardingResultOf(signedIn(context).operation, row)) : null,
    }),
    pathway: t.field({
      type: PathwayResultRef,
      nullable: true,
      description:
        'What else the person needs, as decided last; null while unsigned and for those who do not assess: it holds what would tip the result.',
      resolve: (row, _, context) =>
        isSigned(row) ? detail(context, row, 'pathway', () => pathwayResultOf(signedIn(context).operation, row)) : null,
    }),
    judgements: t.field({
      type: [JudgementRef],
      nullable: true,
      description: 'What was judged above the computed band, in the order it was judged. Null for those who see no details.',
      resolve: (row, _, context) =>
        detail(context, row, 'judgements', async () => {
          const form = await formFor(context, row)
          return (await signedIn(context).operation.load(judgementsOf, row.id)).map((one) => ({ ...one, form }))
        }),
    }),
    riskDecision: t.field({
      type: DecisionRef,
      nullable: true,
      description:
        'The stored risk decision, to be explained and replayed; null while unsigned and for those who do not assess: it holds what would tip the result.',
      resolve: (row, _, context) =>
        row.riskDecisionId && mayReadWhatDecides(signedIn(context).actor)
          ? signedIn(context).operation.load(decisionById, row.riskDecisionId)
          : null,
    }),
    safeguardingDecision: t.field({
      type: DecisionRef,
      nullable: true,
      description:
        'The stored safeguarding decision, the newest; null while unsigned and for those who do not assess: it holds what would tip the result.',
      resolve: (row, _, context) =>
        row.safeguardingDecisionId && mayReadWhatDecides(signedIn(context).actor)
          ? signedIn(context).operation.load(decisionById, row.safeguardingDecisionId)
          : null,
    }),
    pathwayDecision: t.field({
      type: DecisionRef,
      nullable: true,
      description:
        'The stored pathway decision, the newest; null while unsigned and for those who do not assess: it holds what would tip the result.',
      resolve: (row, _, context) =>
        row.pathwayDecisionId && mayReadWhatDecides(signedIn(context).actor)
          ? signedIn(context).operation.load(decisionById, row.pathwayDecisionId)
          : null,
    }),
    version: t.exposeInt('version', { description: 'Name it when changing this assessment.' }),
  }),
})

refetchable('Assessment', readableAssessment)

builder.objectType(AssessmentNotDraft, {
  name: 'AssessmentNotDraft',
  interfaces: [RefusalInterface],
  description: 'It is signed or discarded, and stays as it is. Another assessment amends a signed one.',
})
