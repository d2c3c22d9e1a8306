import type { PathwayOutcome, RiskOutcome, SafeguardingOutcome } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertReadableDecision, resultOf } from '../rule-sets/index.ts'
import { cancelTaskAbout } from '../tasks/index.ts'
import { answersOf } from './answers.ts'
import type { SignedAssessment } from './assessment.ts'
import { concernsOf, raiseConcerns } from './concerns.ts'
import { decidePathway, decideSafeguarding } from './decide-assessment.ts'
import { openFollowUps, openQuestions, proposalsOf, reviewOf, toldOf } from './follow-ups.ts'
import { bandIn, type Form } from './form.ts'
import { daysAfter, type BandRange, type Said } from './result.ts'

const nothingMore: Said<RiskOutcome> = { outcome: null, needsHumanReview: false }

/**
 * What a raised band brings with it: safeguarding and pathway are decided again, because their rules read the band, and what that adds becomes concerns and tasks;
 * the next review comes sooner where the new band asks for it.
 */
export async function afterRaising(
  tx: Tx,
  actor: Actor,
  assessment: SignedAssessment,
  form: Form,
  final: BandRange,
): Promise<{ safeguardingDecisionId: Uuid; pathwayDecisionId: Uuid; reviewDueOn: Day }> {
  const earlier = resultOf(await assertReadableDecision(tx, actor, assessment.safeguardingDecisionId), 'safeguarding')
  const answers = await answersOf(tx, actor, assessment.id)
  const { decision, ...said } = await decideSafeguarding(tx, actor, assessment, answers, final)
  const proposed = resultOf(await assertReadableDecision(tx, actor, assessment.pathwayDecisionId), 'pathway')
  const { decision: pathwayDecision, ...needs } = await decidePathway(tx, actor, assessment, answers, final)
  const safeguarding = { ...said, outcome: said.outcome && added(said.outcome, earlier) }
  const pathway = { ...needs, outcome: needs.outcome && proposedBesides(needs.outcome, proposed) }
  const followUps = [
    ...toldOf({ now: tx.now, safeguarding }),
    ...proposalsOf({ now: tx.now, pathway }),
    ...openQuestions({ now: tx.now, risk: nothingMore, safeguarding, pathway }),
  ]

  const reviewDays = bandIn(form, final.atMost).reviewDays
  const reviewDueOn = daysAfter(tx.today, reviewDays)
  const isSooner = reviewDueOn < assessment.reviewDueOn
  if (isSooner) {
    await cancelTaskAbout(
      tx,
      actor,
      { type: 'assessment', id: assessment.id },
      'review-risk',
      'the band was raised, so the review comes sooner',
    )
    followUps.push(...reviewOf({ now: tx.now, assessedOn: tx.today, reviewDays, risk: nothingMore }))
  }
  await raiseConcerns(tx, actor, assessment, decision.id, concernsOf(tx.now, safeguarding))
  await openFollowUps(
    tx,
    actor,
    assessment,
    { risk: assessment.riskDecisionId, safeguarding: decision.id, pathway: pathwayDecision.id },
    followUps,
  )
  return {
    safeguardingDecisionId: decision.id,
    pathwayDecisionId: pathwayDecision.id,
    reviewDueOn: isSooner ? reviewDueOn : assessment.reviewDueOn,
  }
}

/** What the earlier decision neither proposed nor left open already. */
function proposedBesides(outcome: PathwayOutcome, earlier: PathwayOutcome | null): PathwayOutcome {
  const isNew = (list: readonly { rule: string }[]) => (one: { rule: string }) => !list.some(({ rule }) => rule === one.rule)
  return {
    ...outcome,
    proposals: outcome.proposals.filter(isNew(earlier?.proposals ?? [])),
    undecided: outcome.undecided.filter(isNew(earlier?.undecided ?? [])),
  }
}

/** What the earlier decision did not say already. */
function added(outcome: SafeguardingOutcome, earlier: SafeguardingOutcome | null): SafeguardingOutcome {
  const isNew = (list: readonly { rule: string }[]) => (one: { rule: string }) => !list.some(({ rule }) => rule === one.rule)
  const cannotBeRuledOut = outcome.cannotBeRuledOut.filter(isNew(earlier?.cannotBeRuledOut ?? []))
  const { task, ...rest } = outcome
  return {
    ...rest,
    triggers: outcome.triggers.filter(isNew(earlier?.triggers ?? [])),
    cannotBeRuledOut,
    ...(task && cannotBeRuledOut.length > 0 ? { task } : {}),
  }
}
