import type { Duration, PathwayOutcome, ProposedWhat, RiskOutcome, SafeguardingOutcome } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import { dueAt } from '../../platform/calendar/index.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staffWithRole } from '../providers/index.ts'
import { openTask, type TaskKind } from '../tasks/index.ts'
import type { Assessment } from './assessment.ts'
import type { Said } from './result.ts'

/** Something a named person must do because of a result. The wording is constant: what it is about is read behind it. */
export type FollowUp = {
  kind: TaskKind
  title: string
  owner: 'signer' | 'safeguarding-lead'
  decision: 'risk' | 'safeguarding' | 'pathway'
  due: { from: Instant; within: Duration }
}

/** How long a person has where the rules could not decide: danger cannot be ruled out. */
const humanReviewWithin: Duration = { amount: 4, unit: 'hours' }
/** What is not known is asked again within this time, unless a trigger that hangs on it is more urgent. */
const openQuestionsWithin: Duration = { amount: 5, unit: 'working-days' }
/** A person decides on what is proposed within this time. */
const proposalsWithin: Duration = { amount: 5, unit: 'working-days' }

export type Result = {
  now: Instant
  assessedOn: Day
  reviewDays: number
  risk: Said<RiskOutcome>
  safeguarding: Said<SafeguardingOutcome>
  pathway: Said<PathwayOutcome>
}

/** What follows from a result. Pure: the preview shows it, the signature opens it. */
export const followUpsOf = (result: Result): FollowUp[] => [
  ...reviewOf(result),
  ...verifications(result),
  ...toldOf(result),
  ...proposalsOf(result),
  ...openQuestions(result),
]

/** The next look at the risk, counted from the day it was assessed; at once where the rules could not decide. */
export function reviewOf({ now, assessedOn, reviewDays, risk }: Pick<Result, 'now' | 'assessedOn' | 'reviewDays' | 'risk'>): FollowUp[] {
  const from = { kind: 'review-risk', title: 'Review the risk', owner: 'signer', decision: 'risk' } as const
  const review: FollowUp = { ...from, due: { from: noonOf(assessedOn), within: { amount: reviewDays, unit: 'days' } } }
  if (!risk.needsHumanReview) return [review]
  const judge = 'Judge the risk: the rules could not decide'
  return [
    review,
    { ...from, kind: 'human-review', title: judge, owner: 'safeguarding-lead', due: { from: now, within: humanReviewWithin } },
  ]
}

function verifications({ now, risk: { outcome } }: Result): FollowUp[] {
  if (!outcome) return []
  const verify = { kind: 'verify-answer', owner: 'signer', decision: 'risk' } as const
  const possible = outcome.tasks.map(
    ({ within }): FollowUp => ({ ...verify, title: 'Verify a possible answer to a critical factor', due: { from: now, within } }),
  )
  const other = 'Find another source for violence and control: all rests on the person’s own account'
  return outcome.selfReportOnly ? [...possible, { ...verify, title: other, due: { from: now, within: openQuestionsWithin } }] : possible
}

/** What fired becomes concerns (`concerns.ts`); what the rules could not decide, a task for a person. */
export function toldOf({ now, safeguarding }: Pick<Result, 'now' | 'safeguarding'>): FollowUp[] {
  if (!safeguarding.needsHumanReview) return []
  const title = 'Judge whether somebody must be told: the rules could not decide'
  return [
    { kind: 'human-review', title, owner: 'safeguarding-lead', decision: 'safeguarding', due: { from: now, within: humanReviewWithin } },
  ]
}

/** One task for each sort of thing that is proposed, whatever the number of proposals; one where the rules could not decide. */
export function proposalsOf({ now, pathway: { outcome, needsHumanReview } }: Pick<Result, 'now' | 'pathway'>): FollowUp[] {
  const from = { owner: 'signer', decision: 'pathway', due: { from: now, within: proposalsWithin } } as const
  const what = [...new Set(outcome?.proposals.map((proposal) => proposal.what))]
  const decide = what.map((one): FollowUp => ({ ...from, kind: 'decide-pathway', title: proposalTitles[one] }))
  if (!needsHumanReview && outcome?.outcome !== 'human-review') return decide
  return [...decide, { ...from, kind: 'human-review', title: 'Judge what else the person needs: the rules could not decide' }]
}

const proposalTitles: Readonly<Record<ProposedWhat, string>> = {
  'one-to-one': 'Decide on one-to-one work, which the rules propose',
  'onward-referral': 'Decide on an onward referral, which the rules propose',
  'parenting-strand': 'Decide on the parenting strand, which the rules propose',
  'programme-variant': 'Decide on the form of the programme, which the rules propose',
  'retention-measure': 'Decide what helps the person to stay, as the rules propose',
}

/**
 * One task for all that is open and could matter: triggers that cannot be ruled out, answers that could change the band,
 * and what nobody knows of the person's other needs.
 */
export function openQuestions({ now, risk, safeguarding, pathway }: Pick<Result, 'now' | 'risk' | 'safeguarding' | 'pathway'>): FollowUp[] {
  const task = safeguarding.outcome?.task
  // A pattern may hang on more than open answers: on what other tools came to.
  const decidesBand = risk.outcome !== null && risk.outcome.band.atLeast !== risk.outcome.band.atMost
  const decidesPathway = (pathway.outcome?.undecided.length ?? 0) > 0
  const deadlines = [...(decidesBand || decidesPathway ? [openQuestionsWithin] : []), ...(task ? [task.within] : [])]
  if (deadlines.length === 0) return []
  const title = 'Find out what the assessment leaves open'
  return [
    {
      kind: 'open-questions',
      title,
      owner: 'signer',
      decision: task ? 'safeguarding' : decidesBand ? 'risk' : 'pathway',
      due: { from: now, within: soonest(now, deadlines) },
    },
  ]
}

/** Hours and working days compare only on a calendar. */
export const soonest = (now: Instant, durations: readonly Duration[]): Duration =>
  durations.reduce((one, other) => (dueAt(now, other) < dueAt(now, one) ? other : one))

/** An instant that falls on this day in London whatever the season. */
const noonOf = (day: Day): Instant => `${day}T12:00:00.000Z`

type DecisionIds = Record<FollowUp['decision'], Uuid>

/** Opens a task for each, in the caller's transaction. */
export async function openFollowUps(
  tx: Tx,
  actor: Actor,
  { id, caseId }: Assessment,
  decisionIds: DecisionIds,
  followUps: readonly FollowUp[],
): Promise<void> {
  const lead = followUps.some(({ owner }) => owner === 'safeguarding-lead') ? await safeguardingLead(tx, actor) : actor.id
  for (const { kind, title, owner, due, decision } of followUps) {
    const ownerId = owner === 'signer' ? actor.id : lead
    await openTask(tx, actor, {
      kind,
      title,
      about: { type: 'assessment', id },
      caseId,
      ownerId,
      side: 'participant',
      due,
      decisionId: decisionIds[decision],
    })
  }
}

/** Who decides what a danger requires; where nobody does, who answers for the programme. */
async function safeguardingLead(tx: Tx, actor: Actor): Promise<Uuid> {
  const [first] = await staffWithRole(tx, actor, 'safeguarding-lead', 'programme-manager')
  return first ?? actor.id
}
