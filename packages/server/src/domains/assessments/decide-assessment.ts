import type { Facts, PathwayOutcome, RiskOutcome, SafeguardingOutcome } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { decide, resultOf, type StoredDecision } from '../rule-sets/index.ts'
import { factsFrom, type Answers } from './answers.ts'
import type { Assessment } from './assessment.ts'
import { outsideFacts, upstreamFacts } from './facts.ts'
import type { Form } from './form.ts'
import { computedRange, type BandRange, type Said } from './result.ts'

export type DecidedRisk = Said<RiskOutcome> & { decision: StoredDecision; computed: BandRange }
export type DecidedPathway = Said<PathwayOutcome> & { decision: StoredDecision }
export type DecidedSafeguarding = Said<SafeguardingOutcome> & { decision: StoredDecision }

/** Decides the risk and stores it. `before`: the final band of the case so far. */
export async function decideRisk(
  tx: Tx,
  actor: Actor,
  assessment: Assessment,
  answers: Answers,
  form: Form,
  before: BandRange | null,
): Promise<DecidedRisk> {
  const decision = await decide(tx, actor, {
    kind: 'risk',
    ...subjectOf(assessment),
    facts: await riskFacts(tx, actor, assessment, answers),
  })
  const said = { outcome: resultOf(decision, 'risk'), needsHumanReview: decision.needsHumanReview }
  return { ...said, decision, computed: computedRange(form, said, before) }
}

/** Decides whether somebody must be told, with the risk as it stands now, and stores it. */
export async function decideSafeguarding(
  tx: Tx,
  actor: Actor,
  assessment: Assessment,
  answers: Answers,
  risk: BandRange,
): Promise<DecidedSafeguarding> {
  const facts = await situationFacts(tx, actor, assessment, answers, risk)
  const decision = await decide(tx, actor, { kind: 'safeguarding', ...subjectOf(assessment), facts })
  return { outcome: resultOf(decision, 'safeguarding'), needsHumanReview: decision.needsHumanReview, decision }
}

/** Decides what else the person needs, with the risk as it stands now, and stores it. */
export async function decidePathway(
  tx: Tx,
  actor: Actor,
  assessment: Assessment,
  answers: Answers,
  risk: BandRange,
): Promise<DecidedPathway> {
  const facts = await situationFacts(tx, actor, assessment, answers, risk)
  const decision = await decide(tx, actor, { kind: 'pathway', ...subjectOf(assessment), facts })
  return { outcome: resultOf(decision, 'pathway'), needsHumanReview: decision.needsHumanReview, decision }
}

/** The score is of the instrument's answers alone; a pattern may look at what other tools came to as well. */
export const riskFacts = async (tx: Tx, actor: Actor, { caseId }: Assessment, answers: Answers): Promise<Facts> => ({
  ...Object.fromEntries(Object.entries(factsFrom(answers)).filter(([name]) => name.startsWith('factor.'))),
  ...(await outsideFacts(tx, actor, caseId)),
})

/** What other slices know of the case, what other tools came to, what this assessment says, and the risk that follows from it. */
export const situationFacts = async (tx: Tx, actor: Actor, { caseId }: Assessment, answers: Answers, risk: BandRange): Promise<Facts> => ({
  ...(await upstreamFacts(tx, actor, caseId)),
  ...(await outsideFacts(tx, actor, caseId)),
  ...factsFrom(answers),
  'risk.atLeast': risk.atLeast,
  'risk.atMost': risk.atMost,
})

/** All three are judged by the rules of the assessment day. */
const subjectOf = ({ id, caseId, assessedOn }: Assessment) => ({
  inForceOn: assessedOn,
  asOf: assessedOn,
  about: { type: 'assessment', id },
  caseId,
})
