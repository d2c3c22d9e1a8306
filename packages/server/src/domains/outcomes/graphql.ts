import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { globalId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { CaseRef, isReadInFull, readsInFull } from '../cases/index.ts'
import { PlaceRef } from '../programmes/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { DecisionRef, decisionById, resultOf, type StoredDecision } from '../rule-sets/index.ts'
import { completionsOfPlace, currentCompletion, readableCompletion, type Completion } from './completion.ts'
import { assertReview, outcomeReviewsOfCase, type OutcomeMeasure, type OutcomeReview } from './outcome-review.ts'
import { completionStatuses, completionStatusWords } from './states.ts'
import { measureChanges, measurePoints, measureSources, type MeasureChange, type MeasurePoint, type MeasureSource } from './words.ts'

export const MeasurePointEnum = enumOf<MeasurePoint>('MeasurePoint', 'When in a case’s life measures are taken.', measurePoints)
export const MeasureSourceEnum = enumOf<MeasureSource>('MeasureSource', 'Whose account a measure rests on.', measureSources)
export const MeasureChangeEnum = enumOf<MeasureChange>(
  'MeasureChange',
  'Change since the beginning, by the measure’s own definition of what is significant.',
  measureChanges,
)
const CompletionStatusEnum = enumOf('CompletionStatus', 'What the rules said of a completion, and what a named person made of it.', {
  ...completionStatusWords,
} satisfies Record<(typeof completionStatuses)[number], string>)
const ImprovedEnum = enumOf(
  'Improved',
  'Whether named measures, on somebody else’s account than the participant’s, became significantly better.',
  {
    yes: 'So many as the rules ask for became better, and none worse.',
    no: 'They did not.',
    'cannot-tell': 'A measure is not recorded, or rests on the participant’s own account alone.',
  },
)

const staffOf = (context: Context, id: Uuid | null) => (id ? signedIn(context).operation.load(staffById, id) : null)
const noteRead = (context: Context, subjectType: string, subjectId: Uuid, ...fields: string[]): void =>
  signedIn(context).operation.noteRead({ subjectType, subjectId, fields, allowedBy: 'case' })

const OutcomeMeasureRef = builder.objectRef<OutcomeMeasure>('OutcomeMeasure').implement({
  description: 'One outcome measure on one account.',
  fields: (t) => ({
    measure: t.exposeString('measure', { description: 'Its id, such as `safety-from-violence`.' }),
    version: t.exposeString('measureVersion', { description: 'Its version. Another version is another measure.' }),
    source: t.expose('source', { type: MeasureSourceEnum, description: 'Whose account it rests on.' }),
    change: t.expose('change', {
      type: MeasureChangeEnum,
      nullable: true,
      description: 'Change since the beginning; null while there is nothing to compare with.',
    }),
    points: t.exposeInt('points', {
      nullable: true,
      description: 'The result as the measure gives it, from 0 up to `outOf`; null where none was recorded.',
    }),
    outOf: t.exposeInt('outOf', { nullable: true, description: 'The greatest result possible; null where none was recorded.' }),
  }),
})

export const OutcomeReviewRef = builder.objectRef<OutcomeReview>('OutcomeReview').implement({
  description: 'One taking of outcome measures. None taken is a taking too: somebody asked.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('OutcomeReview', row.id) }),
    point: t.expose('point', { type: MeasurePointEnum, description: 'When in the case’s life.' }),
    takenOn: t.expose('takenOn', { type: 'Day', description: 'The day they were taken.' }),
    measures: t.field({
      type: [OutcomeMeasureRef],
      description: 'What was taken, by measure and account. Without what the partner says: that is kept by the partner service.',
      resolve: (row, _, context) => {
        noteRead(context, 'outcome-review', row.id, 'measures')
        return row.measures
      },
    }),
    note: t.field({
      type: 'String',
      nullable: true,
      description: 'What a reader should know; why none was taken.',
      resolve: (row, _, context) => {
        noteRead(context, 'outcome-review', row.id, 'note')
        return row.note
      },
    }),
    isCorrected: t.exposeBoolean('isCorrected', { description: 'True: a further taking put this one right, and it counts for nothing.' }),
    correctionReason: t.exposeString('correctionReason', {
      nullable: true,
      description: 'Why this one puts an earlier right; null where it does not.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
    recordedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who recorded it.',
      resolve: (row, _, context) => staffOf(context, row.recordedBy),
    }),
  }),
})

const decisionOf = (context: Context, { decisionId }: Completion): Promise<StoredDecision | null> =>
  signedIn(context).operation.load(decisionById, decisionId)

export const CompletionRef = builder.objectRef<Completion>('Completion').implement({
  description: 'Whether a programme was completed and whether anything became better: two questions. Attendance is not evidence of safety.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Completion', row.id) }),
    status: t.expose('status', { type: CompletionStatusEnum, description: 'What the rules said, and what a named person made of it.' }),
    improved: t.field({
      type: ImprovedEnum,
      nullable: true,
      description:
        'By named, versioned measures on somebody else’s account; null for those who may not read the decision, and where the rules could not decide.',
      resolve: async (row, _, context) => {
        noteRead(context, 'completion', row.id, 'improved')
        const decision = await decisionOf(context, row)
        return (decision && !decision.needsHumanReview && resultOf(decision, 'completion')?.improved) || null
      },
    }),
    statement: t.field({
      type: 'String',
      description: 'To be printed with it: that attendance is not evidence of safety.',
      resolve: async (row, _, context) => {
        const decision = await decisionOf(context, row)
        return (decision && resultOf(decision, 'completion')?.statement) || 'Attendance is not evidence of safety.'
      },
    }),
    decision: t.field({
      type: DecisionRef,
      nullable: true,
      description: 'The record of the rules, to explain and replay; null for those who may not read it.',
      resolve: (row, _, context) => decisionOf(context, row),
    }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', description: 'When the rules were asked.' }),
    settledReason: t.exposeString('settledReason', {
      nullable: true,
      description: 'Why a named person confirmed or declined it; null while nobody has.',
    }),
    settledBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who confirmed or declined it.',
      resolve: (row, _, context) => staffOf(context, row.settledBy),
    }),
    settledAt: t.expose('settledAt', { type: 'Instant', nullable: true, description: 'When they did.' }),
    undoneReason: t.exposeString('undoneReason', { nullable: true, description: 'Why it does not hold; null while it does.' }),
    supersededAt: t.expose('supersededAt', {
      type: 'Instant',
      nullable: true,
      description: 'When a newer answer took its place; null for the one that counts.',
    }),
    version: t.exposeInt('version', { description: 'Name it when settling or undoing it.' }),
  }),
})

refetchable('Completion', async (operation, id, actor) => readableCompletion(await operation.read(), actor, id))
refetchable('OutcomeReview', async (operation, id, actor) => assertReview(await operation.read(), actor, id))

builder.objectField(CaseRef, 'outcomeReviews', (t) =>
  t.field({
    type: [OutcomeReviewRef],
    description: 'Every taking of outcome measures, the newest first; empty for referrers.',
    resolve: (row, _, context) => {
      const { actor, operation } = signedIn(context)
      return readsInFull(actor, row) ? operation.load(outcomeReviewsOfCase, row.id) : []
    },
  }),
)

builder.objectFields(PlaceRef, (t) => ({
  completion: t.field({
    type: CompletionRef,
    nullable: true,
    description: 'The completion that counts; null before the rules were asked, and for referrers.',
    resolve: async (row, _, context) => {
      const { actor, operation } = signedIn(context)
      return (await isReadInFull(operation, actor, row.caseId)) ? operation.load(currentCompletion, row.id) : null
    },
  }),
  completionHistory: t.field({
    type: [CompletionRef],
    description: 'Every answer, the newest first; empty for referrers.',
    resolve: async (row, _, context) => {
      const { actor, operation } = signedIn(context)
      return (await isReadInFull(operation, actor, row.caseId)) ? operation.load(completionsOfPlace, row.id) : []
    },
  }),
}))
