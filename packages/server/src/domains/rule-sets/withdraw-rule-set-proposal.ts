import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotAllowed } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { endProposal } from './end-proposal.ts'
import { assertCurrent, lockProposal, type RuleSetProposal } from './proposal.ts'
import { localProposalId, ProposalRef } from './proposal-graphql.ts'
import { proposers } from './roles.ts'

export type Withdrawal = { proposalId: Uuid; reason: string; expectedVersion: number }

/** Takes one's own proposal back. What somebody else proposed is declined. */
export async function withdrawRuleSetProposal(tx: Tx, actor: Actor, input: Withdrawal): Promise<RuleSetProposal> {
  const proposal = await lockProposal(tx, actor, input.proposalId)
  if (proposal.proposedBy !== actor.id)
    throw new NotAllowed('only the person who made a proposal withdraws it', 'decline it as the second person')
  assertCurrent(proposal, input.expectedVersion)
  return endProposal(tx, actor, proposal, 'withdrawn', input.reason)
}

const WithdrawRuleSetProposalInput = builder.inputType('WithdrawRuleSetProposalInput', {
  description: 'One’s own proposal, taken back.',
  fields: (t) => ({
    proposalId: t.id({ required: true, description: 'Global id of the proposal.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it is taken back.' }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the proposal this was decided on.' }),
  }),
})

builder.mutationField('withdrawRuleSetProposal', (t) =>
  t.field({
    ...calledBy(proposers, 'Takes one’s own proposal back while nobody has decided about it.'),
    type: ProposalRef,
    args: { input: t.arg({ type: WithdrawRuleSetProposalInput, required: true, description: 'Which proposal, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'withdraw-rule-set-proposal', (tx, actor) =>
        withdrawRuleSetProposal(tx, actor, { ...input, proposalId: localProposalId(input.proposalId) }),
      ),
  }),
)
