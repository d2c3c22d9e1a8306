import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { connection, instantKey } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { listProposals, type RuleSetProposal } from './proposal.ts'
import { ProposalRef, ProposalStatusEnum } from './proposal-graphql.ts'
import { proposalReaders } from './roles.ts'

const cursorOf = ({ proposedAt, id }: RuleSetProposal) => ({ key: proposedAt, id })

builder.queryField('ruleSetProposals', (t) =>
  t.connection(
    {
      ...calledBy(proposalReaders, 'Proposed versions of this provider’s rules with what became of them, the newest first.'),
      type: ProposalRef,
      nullable: false,
      args: { status: t.arg({ type: ProposalStatusEnum, description: 'Only those with this status.' }) },
      resolve: (_, { status, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        return connection(page, cursorOf, async (query) => listProposals(await operation.read(), actor, instantKey(query), status ?? null))
      },
    },
    { name: 'RuleSetProposalConnection', description: 'A page of proposals.' },
    { name: 'RuleSetProposalEdge', description: 'One proposal and its place in the list.' },
  ),
)
