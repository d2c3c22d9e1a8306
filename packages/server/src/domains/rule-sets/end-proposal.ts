import { and, eq, ne } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { tellFollowers } from './followers.ts'
import type { RuleSetProposal } from './proposal.ts'
import { proposalMoves, type ProposalStatus } from './states.ts'
import { ruleSetProposals } from './tables.ts'

type Ended = Exclude<ProposalStatus, 'proposed'>

/** Writes what became of a locked proposal, and tells those who follow it. @throws InvalidMove, NotAllowed, InvalidInput without a reason where one is needed */
export async function endProposal(
  tx: Tx,
  actor: Actor,
  proposal: RuleSetProposal,
  status: Ended,
  reason: string | null,
  supersededBy: Uuid | null = null,
): Promise<RuleSetProposal> {
  assertMove('proposal', proposalMoves, actor, proposal.status, status, reason)
  const [ended] = await tx.orm
    .update(ruleSetProposals)
    .set({
      status,
      decidedBy: actor.id,
      decidedAt: tx.now,
      decisionReason: reason?.trim() ?? null,
      supersededBy,
      version: proposal.version + 1,
    })
    .where(and(eq(ruleSetProposals.providerId, actor.providerId), eq(ruleSetProposals.id, proposal.id)))
    .returning()
  await tellFollowers('ended', tx, actor, ended!)
  await record(tx, actor, {
    action: `rule-set.${status}`,
    subjectType: 'rule-set-proposal',
    subjectId: proposal.id,
    fields: ['status', ...(reason === null ? [] : ['decisionReason'])],
  })
  return ended!
}

/** Ends the other open proposals: all of them when one is published, only one's own when one proposes anew. */
export async function supersedeOthers(
  tx: Tx,
  actor: Actor,
  by: RuleSetProposal,
  whose: 'everybody’s' | 'own',
  reason: string,
): Promise<void> {
  const others = await tx.orm
    .select()
    .from(ruleSetProposals)
    .where(
      and(
        eq(ruleSetProposals.providerId, actor.providerId),
        eq(ruleSetProposals.status, 'proposed'),
        ne(ruleSetProposals.id, by.id),
        whose === 'own' ? eq(ruleSetProposals.proposedBy, actor.id) : undefined,
      ),
    )
    .for('update')
  for (const other of others) await endProposal(tx, actor, other, 'superseded', reason, by.id)
}
