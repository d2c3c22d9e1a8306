import type { Duration, RiskOutcome, SafeguardingOutcome } from '@plumbline/rules'
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
  decision: 'risk' | 'safeguarding'
  due: { from: Instant; within: Duration }
}

/** How long a person has where the rules could not decide: danger cannot be ruled out. */
const humanReviewWithin: Duration = { amount: 4, unit: 'hours' }
/** What is not known is asked again within this time, unless a trigger that hangs on it is more urgent. */
const openQuestionsWithin: Duration = { amount: 5, unit: 'working-days' }

export type Result = { now: Instant; assessedOn: Day; reviewDays: number; risk: Said<RiskOutcome>; safeguarding: Said<SafeguardingOutcome> }

/** What follows from a result. Pure: the preview shows it, the signature opens it. */
export const followUpsOf = (result: Result): FollowUp[] => [
  ...reviewOf(result),
  ...verifications(result),
  ...toldOf(result),
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

/** One task for all that is open and could matter: triggers that cannot be ruled out, and answers that could change the band. */
export function openQuestions({ now, risk, safeguarding }: Pick<Result, 'now' | 'risk' | 'safeguarding'>): FollowUp[] {
  const task = safeguarding.outcome?.task
  const deadlines = [...(risk.outcome?.deciding.length ? [openQuestionsWithin] : []), ...(task ? [task.within] : [])]
  if (deadlines.length === 0) return []
  const title = 'Find out what the assessment leaves open'
  return [
    {
      kind: 'open-questions',
      title,
      owner: 'signer',
      decision: task ? 'safeguarding' : 'risk',
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
