import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, oneEach } from '../../platform/loader.ts'
import type { PageQuery } from '../../platform/page.ts'
import type { Impact } from './impact.ts'
import { proposalReaders } from './roles.ts'
import type { ProposalStatus } from './states.ts'
import { ruleSetProposals } from './tables.ts'

export type RuleSetProposal = typeof ruleSetProposals.$inferSelect

/** What the second person reads beside the text: stored with the proposal, as it was when it was made. */
export type ProposalReview = {
  /** The version it was compared with. */
  comparedWith: { version: string; hash: string }
  /** In plain English. */
  changes: string[]
  impact: Impact
}

export const reviewOfProposal = ({ impactText }: Pick<RuleSetProposal, 'impactText'>): ProposalReview =>
  JSON.parse(impactText) as ProposalReview

const mine = (actor: Actor) => eq(ruleSetProposals.providerId, actor.providerId)

/** By id; null for what this person may not read. */
export const proposalById = loader<Uuid, RuleSetProposal | null>(async (tx, actor, ids) => {
  if (!hasRole(actor, ...proposalReaders)) return ids.map(() => null)
  return oneEach(
    ids,
    await tx.orm
      .select()
      .from(ruleSetProposals)
      .where(and(mine(actor), inArray(ruleSetProposals.id, [...ids]))),
    (row) => row.id,
  )
})

/** @throws NotFound also for what this person may not read */
export async function assertReadableProposal(tx: Tx, actor: Actor, id: Uuid): Promise<RuleSetProposal> {
  const [proposal] = await proposalById.batch(tx, actor, [id])
  if (!proposal) throw new NotFound('rule set proposal')
  return proposal
}

/** The newest first. */
export async function listProposals(tx: Tx, actor: Actor, page: PageQuery, status: ProposalStatus | null): Promise<RuleSetProposal[]> {
  const { proposedAt, id } = ruleSetProposals
  const beyond =
    page.after && sql`(${proposedAt}, ${id}) ${page.backwards ? sql`>` : sql`<`} (${page.after.key}::timestamptz, ${page.after.id}::uuid)`
  const order = page.backwards ? asc : desc
  return tx.orm
    .select()
    .from(ruleSetProposals)
    .where(and(mine(actor), status === null ? undefined : eq(ruleSetProposals.status, status), beyond ?? undefined))
    .orderBy(order(proposedAt), order(id))
    .limit(page.limit)
}

/** One provider's proposals are decided one after the other: approving one ends the others. Held until the commit. */
export const oneAfterTheOther = (tx: Tx, actor: Actor): Promise<unknown> =>
  tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.providerId}/rule-set-proposals`}, 0))`)

/** Locks a proposal that is about to be decided. @throws NotFound also for what this person may not read */
export async function lockProposal(tx: Tx, actor: Actor, id: Uuid): Promise<RuleSetProposal> {
  await oneAfterTheOther(tx, actor)
  const [proposal] = hasRole(actor, ...proposalReaders)
    ? await tx.orm
        .select()
        .from(ruleSetProposals)
        .where(and(mine(actor), eq(ruleSetProposals.id, id)))
        .for('update')
    : []
  if (!proposal) throw new NotFound('rule set proposal')
  return proposal
}

/** @throws StaleVersion */
export function assertCurrent(proposal: RuleSetProposal, expectedVersion: number): void {
  if (proposal.version !== expectedVersion) throw new StaleVersion(proposal.version)
}
