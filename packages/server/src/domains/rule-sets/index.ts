export { publishShippedRuleSets, RuleSetUnusable } from './publish-shipped-rule-sets.ts'
export { shippedLineage } from './shipped.ts'
export { NoRuleSetInForce, ruleSetOn, type LoadedRuleSet } from './rule-set-on.ts'
export { decide, evaluate, readBy, rulesOn, type DecisionRequest, type Rules } from './decide.ts'
export {
  assertReadableDecision,
  decisionById,
  decisionToShowInPart,
  isReview,
  latestDecision,
  resultOf,
  reviewOf,
  type HumanReview,
  type StoredDecision,
} from './decision.ts'
export { registerDecisionAccess, type CaseAccess } from './access.ts'
export { collectFacts, supplies, type FactSupplier } from './facts.ts'
export { replayDecision, type Replay } from './replay-decision.ts'
export { proposeRuleSet, type NewProposal } from './propose-rule-set.ts'
export { approveRuleSet, HashDiffers, type Approval } from './approve-rule-set.ts'
export { declineRuleSet, type Decline } from './decline-rule-set.ts'
export { withdrawRuleSetProposal, type Withdrawal } from './withdraw-rule-set-proposal.ts'
export { RuleSetRefused } from './refused.ts'
export { SecondPersonNeeded, secondPeople } from './second-person.ts'
export { proposalById, reviewOfProposal, type ProposalReview, type RuleSetProposal } from './proposal.ts'
export { followProposals, type ProposalFollower } from './followers.ts'
export { impactOf, type Impact } from './impact.ts'
export { decisions, kindIds, ruleSetProposals, ruleSetVersions } from './tables.ts'
export { DecisionRef, RuleKindEnum, RuleSetVersionRef } from './graphql.ts'
export { ProposalRef } from './proposal-graphql.ts'
import './check-rule-set.ts'
import './decision-fields.ts'
import './list-rule-set-proposals.ts'
import './list-rule-sets.ts'
