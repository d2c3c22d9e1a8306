import type { Operation } from '../../platform/operation.ts'
import { decisionToShowInPart, resultOf, type StoredDecision } from '../rule-sets/index.ts'
import { judgementsOf, type SignedAssessment } from './assessment.ts'
import { formByKey, formKey } from './form.ts'
import type { BandRange } from './result.ts'
import type { PathwayResult } from './pathway-graphql.ts'
import type { RiskResult } from './result-graphql.ts'
import type { SafeguardingResult } from './safeguarding-graphql.ts'

/** The stored risk decision of a signed assessment with the judgement beside it; null where this person may not read it. */
export async function riskResultOf(operation: Operation, assessment: SignedAssessment): Promise<RiskResult | null> {
  const decision = await operation.load(decisionToShowInPart, assessment.riskDecisionId)
  if (!decision) return null
  const form = await operation.load(formByKey, formKey(assessment))
  const said = { outcome: resultOf(decision, 'risk'), needsHumanReview: decision.needsHumanReview }
  const final = { atLeast: assessment.bandAtLeast, atMost: assessment.bandAtMost }
  return {
    form,
    caseId: assessment.caseId,
    said,
    computed: await computedOf(operation, assessment, decision, final),
    final,
    reviewDueOn: assessment.reviewDueOn,
  }
}

/** As computed. What had to be left to a person has no band of its own: there it is the band before the first judgement. */
async function computedOf(
  operation: Operation,
  assessment: SignedAssessment,
  decision: StoredDecision,
  final: BandRange,
): Promise<BandRange> {
  const outcome = resultOf(decision, 'risk')
  if (outcome && !decision.needsHumanReview) return outcome.band
  const [first] = await operation.load(judgementsOf, assessment.id)
  return { atLeast: first?.fromBand ?? final.atLeast, atMost: final.atMost }
}

/** Whether somebody must be told, as decided last; null where this person may not read it. */
export async function safeguardingResultOf(operation: Operation, assessment: SignedAssessment): Promise<SafeguardingResult | null> {
  const decision = await operation.load(decisionToShowInPart, assessment.safeguardingDecisionId)
  if (!decision) return null
  return {
    form: await operation.load(formByKey, formKey(assessment)),
    said: { outcome: resultOf(decision, 'safeguarding'), needsHumanReview: decision.needsHumanReview },
  }
}

/** What else the person needs, as decided last; null where this person may not read it. */
export async function pathwayResultOf(operation: Operation, assessment: SignedAssessment): Promise<PathwayResult | null> {
  const decision = await operation.load(decisionToShowInPart, assessment.pathwayDecisionId)
  if (!decision) return null
  return {
    form: await operation.load(formByKey, formKey(assessment)),
    said: { outcome: resultOf(decision, 'pathway'), needsHumanReview: decision.needsHumanReview },
  }
}
