import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { RuleSetProposal } from './proposal.ts'

/** What other slices do about a proposal, in its own transaction: open a task, tell somebody. */
export type ProposalFollower = {
  proposed?(tx: Tx, actor: Actor, proposal: RuleSetProposal): Promise<void>
  /** Approved, declined, withdrawn or superseded: see its `status`. */
  ended?(tx: Tx, actor: Actor, proposal: RuleSetProposal): Promise<void>
}

const followers: ProposalFollower[] = []

/** Called once by each slice that has something to do about proposals. They are asked in the order they came. */
export function followProposals(follower: ProposalFollower): void {
  followers.push(follower)
}

export async function tellFollowers(what: keyof ProposalFollower, tx: Tx, actor: Actor, proposal: RuleSetProposal): Promise<void> {
  for (const follower of followers) await follower[what]?.(tx, actor, proposal)
}
