import type { KindId, Outcomes } from '@plumbline/rules'
import { builder } from '../../platform/builder.ts'
import { dueAt } from '../../platform/calendar/index.ts'
import { signedIn, type SignedIn } from '../../platform/context.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { evaluate, ruleSetOn, type HumanReview } from '../rule-sets/index.ts'
import { ConcernMatterEnum, SafeguardingLevelEnum } from '../safeguarding/index.ts'
import { TaskKindEnum } from '../tasks/index.ts'
import { noteAssessmentRead } from './access.ts'
import { answersOf } from './answers.ts'
import { latestSigned, readableAssessment } from './assessment.ts'
import { concernsOf, type ExpectedConcern } from './concerns.ts'
import { riskFacts, situationFacts } from './decide-assessment.ts'
import { followUpsOf, type FollowUp } from './follow-ups.ts'
import { formOf } from './form.ts'
import { PathwayResultRef, type PathwayResult } from './pathway-graphql.ts'
import { computedRange, daysAfter, reviewDays, type Said } from './result.ts'
import { RiskResultRef, type RiskResult } from './result-graphql.ts'
import { assessors } from '../providers/index.ts'
import { SafeguardingResultRef, type SafeguardingResult } from './safeguarding-graphql.ts'

type Preview = {
  risk: RiskResult
  safeguarding: SafeguardingResult
  pathway: PathwayResult
  unanswered: string[]
  concerns: ExpectedConcern[]
  followUps: FollowUp[]
}

/** What signing now would come to. Stores nothing. Null for what this person may not see and for what is no longer a draft. */
async function previewOf({ operation, actor }: SignedIn, id: Uuid): Promise<Preview | null> {
  const assessment = await readableAssessment(operation, id, actor)
  if (assessment?.status !== 'draft') return null
  const tx = await operation.read()
  const { caseId, assessedOn } = assessment
  noteAssessmentRead(operation, actor, caseId, 'assessment.preview')
  const form = await formOf(tx, actor, assessment)
  const answers = await answersOf(tx, actor, id)
  const rules = { loaded: await ruleSetOn(tx, actor, assessedOn), reason: null }
  const before = await latestSigned(tx, actor, caseId)

  const given = await riskFacts(tx, actor, assessment, answers)
  const risk = saidBy('risk', evaluate(rules, 'risk', { asOf: assessedOn, facts: given }))
  const computed = computedRange(form, risk, before && { atLeast: before.bandAtLeast, atMost: before.bandAtMost })
  const facts = await situationFacts(tx, actor, assessment, answers, computed)
  const safeguarding = saidBy('safeguarding', evaluate(rules, 'safeguarding', { asOf: assessedOn, facts }))
  const pathway = saidBy('pathway', evaluate(rules, 'pathway', { asOf: assessedOn, facts }))
  const days = reviewDays(form, risk, computed)
  return {
    risk: { form, caseId, said: risk, computed, final: computed, reviewDueOn: daysAfter(assessedOn, days) },
    safeguarding: { form, said: safeguarding },
    pathway: { form, said: pathway },
    unanswered: form.factors.filter((factor) => !answers.factors.has(factor.id)).map((factor) => factor.id),
    concerns: concernsOf(tx.now, safeguarding),
    followUps: followUpsOf({ now: tx.now, assessedOn, reviewDays: days, risk, safeguarding, pathway }),
  }
}

function saidBy<Kind extends KindId>(_kind: Kind, { result, needsHumanReview }: ReturnType<typeof evaluate>): Said<Outcomes[Kind]> {
  const outcome = needsHumanReview ? (result as HumanReview<Outcomes[Kind]>).computed : (result as Outcomes[Kind])
  return { outcome, needsHumanReview }
}

const FollowUpRef = builder.objectRef<FollowUp>('AssessmentFollowUp').implement({
  description: 'A task that signing would open.',
  fields: (t) => ({
    kind: t.expose('kind', { type: TaskKindEnum, description: 'What kind of task.' }),
    title: t.exposeString('title', { description: 'What to do.' }),
    owner: t.exposeString('owner', { description: '`signer` or `safeguarding-lead`.' }),
    dueAt: t.field({ type: 'Instant', description: 'By when, if it is signed now.', resolve: ({ due }) => dueAt(due.from, due.within) }),
  }),
})

const ExpectedConcernRef = builder.objectRef<ExpectedConcern>('ExpectedConcern').implement({
  description: 'A concern that signing would raise.',
  fields: (t) => ({
    level: t.expose('level', { type: SafeguardingLevelEnum, description: 'How quickly it must be acted on.' }),
    what: t.expose('what', { type: [ConcernMatterEnum], description: 'What it is about.' }),
    tell: t.exposeStringList('tell', { description: 'Whom the rules say to tell, the first first.' }),
    dueAt: t.expose('dueAt', { type: 'Instant', description: 'By when, if it is signed now.' }),
  }),
})

const PreviewRef = builder.objectRef<Preview>('AssessmentPreview').implement({
  description: 'What signing an assessment now would come to. Nothing of it is stored.',
  fields: (t) => ({
    risk: t.field({
      type: RiskResultRef,
      description: 'The risk, with everything unanswered counted as open.',
      resolve: ({ risk }) => risk,
    }),
    safeguarding: t.field({
      type: SafeguardingResultRef,
      description: 'Whether somebody would have to be told.',
      resolve: ({ safeguarding }) => safeguarding,
    }),
    pathway: t.field({ type: PathwayResultRef, description: 'What else would be proposed.', resolve: ({ pathway }) => pathway }),
    unanswered: t.exposeStringList('unanswered', { description: 'Ids of the factors to be asked before it can be signed.' }),
    concerns: t.field({
      type: [ExpectedConcernRef],
      description: 'The concerns that signing would raise, the most urgent first.',
      resolve: ({ concerns }) => concerns,
    }),
    followUps: t.field({ type: [FollowUpRef], description: 'The tasks that signing would open.', resolve: ({ followUps }) => followUps }),
  }),
})

builder.queryField('previewAssessment', (t) =>
  t.field({
    ...calledBy(assessors, 'Shows what signing an unsigned assessment would come to, without storing anything. Null for what is no draft.'),
    type: PreviewRef,
    nullable: true,
    args: { assessmentId: t.arg.id({ required: true, description: 'Global id of the assessment.' }) },
    resolve: (_, { assessmentId }, context) => {
      const id = localId('Assessment', assessmentId)
      return id ? previewOf(signedIn(context), id) : null
    },
  }),
)
