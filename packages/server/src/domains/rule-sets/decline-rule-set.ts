import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { endProposal } from './end-proposal.ts'
import { assertCurrent, lockProposal, type RuleSetProposal } from './proposal.ts'
import { localProposalId, ProposalRef } from './proposal-graphql.ts'
import { approvers } from './roles.ts'
import { assertSecondPerson, SecondPersonNeeded } from './second-person.ts'

export type Decline = { proposalId: Uuid; reason: string; expectedVersion: number }

/** Declines a proposal as the second person, with the reason. */
export async function declineRuleSet(tx: Tx, actor: Actor, input: Decline): Promise<RuleSetProposal> {
  const proposal = await lockProposal(tx, actor, input.proposalId)
  await assertSecondPerson(tx, actor, proposal.proposedBy)
  assertCurrent(proposal, input.expectedVersion)
  return endProposal(tx, actor, proposal, 'declined', input.reason)
}

const DeclineRuleSetInput = builder.inputType('DeclineRuleSetInput', {
  description: 'A proposal that does not come into force.',
  fields: (t) => ({
    proposalId: t.id({ required: true, description: 'Global id of the proposal.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why not: its author reads it.' }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the proposal this was decided on.' }),
  }),
})

builder.mutationField('declineRuleSet', (t) =>
  t.field({
    ...calledBy(approvers, 'Declines a proposal as the second person. The rules stay as they are.'),
    type: ProposalRef,
    args: { input: t.arg({ type: DeclineRuleSetInput, required: true, description: 'Which proposal, and why not.' }) },
    errors: { types: [...usualRefusals, SecondPersonNeeded] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'decline-rule-set', (tx, actor) =>
        declineRuleSet(tx, actor, { ...input, proposalId: localProposalId(input.proposalId) }),
      ),
  }),
)
