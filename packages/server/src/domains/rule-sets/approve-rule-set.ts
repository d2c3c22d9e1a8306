import { builder, refusalType, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { sha256 } from './decide.ts'
import { endProposal, supersedeOthers } from './end-proposal.ts'
import { gate } from './gate.ts'
import { assertCurrent, lockProposal, reviewOfProposal, type RuleSetProposal } from './proposal.ts'
import { localProposalId, ProposalRef } from './proposal-graphql.ts'
import { assertPublishable, RuleSetRefused } from './refused.ts'
import { approvers } from './roles.ts'
import { NoRuleSetInForce } from './rule-set-on.ts'
import { assertSecondPerson, SecondPersonNeeded } from './second-person.ts'
import { proposalMoves } from './states.ts'
import { ruleSetVersions } from './tables.ts'

/** What the approver read is not what was proposed, or it no longer means what it meant then. */
export class HashDiffers extends DomainError {
  override name = 'HashDiffers'
  readonly code = 'hash-differs'
}

export type Approval = { proposalId: Uuid; textHash: string; expectedVersion: number }

/**
 * Approves a proposal as the second person and publishes exactly those bytes, in one transaction.
 * Everything is looked through again: a day that has come since, or a version published since, stops it.
 * Other open proposals are superseded, for what they were compared with is not the latest any more.
 */
export async function approveRuleSet(tx: Tx, actor: Actor, input: Approval): Promise<RuleSetProposal> {
  const proposal = await lockProposal(tx, actor, input.proposalId)
  await assertSecondPerson(tx, actor, proposal.proposedBy)
  assertCurrent(proposal, input.expectedVersion)
  assertMove('proposal', proposalMoves, actor, proposal.status, 'approved')
  await assertSameBytes(tx, actor, proposal, input.textHash)
  const approved = await endProposal(tx, actor, proposal, 'approved', null)
  const id = await publish(tx, actor, proposal)
  await supersedeOthers(tx, actor, approved, 'everybody’s', `version ${proposal.ruleSetVersion} was published`)
  const lowered = reviewOfProposal(proposal).impact.kinds.some(({ kind, down }) => kind === 'risk' && down > 0)
  await record(
    tx,
    actor,
    { action: 'rule-set.published', subjectType: 'rule-set-version', subjectId: id, fields: ['documentText'] },
    ...(lowered ? [{ action: 'rule-set.lowers-bands', subjectType: 'rule-set-version', subjectId: id, fields: ['impact'] }] : []),
  )
  return approved
}

/** The bytes read, the bytes stored and what they mean today are one. */
async function assertSameBytes(tx: Tx, actor: Actor, proposal: RuleSetProposal, textHash: string): Promise<void> {
  if (textHash !== proposal.textHash || sha256(proposal.documentText) !== proposal.textHash)
    throw new HashDiffers(
      'the text you read is not the one that was proposed',
      'read the proposal again, and approve it with the `textHash` that stands there',
    )
  const draft = assertPublishable(await gate(tx, actor, proposal.documentText))
  if (draft.hash !== proposal.hash)
    throw new HashDiffers(
      'the text means something else than when it was proposed',
      'have it proposed anew, so that its impact is computed again',
    )
}

async function publish(tx: Tx, actor: Actor, proposal: RuleSetProposal): Promise<Uuid> {
  const { ruleSetId, ruleSetVersion: version, title, effectiveFrom, documentText, resolvedText, hash } = proposal
  const id = tx.newId()
  await tx.orm.insert(ruleSetVersions).values({
    providerId: actor.providerId,
    id,
    ruleSetId,
    version,
    title,
    effectiveFrom,
    documentText,
    resolvedText,
    hash,
    publishedAt: tx.now,
    publishedBy: actor.id,
    proposalId: proposal.id,
  })
  return id
}

refusalType(SecondPersonNeeded, 'SecondPersonNeeded', 'Whoever proposed it does not decide about it.')
refusalType(HashDiffers, 'HashDiffers', 'The bytes, or their meaning, are not those that were proposed.')

const ApproveRuleSetInput = builder.inputType('ApproveRuleSetInput', {
  description: 'A proposal that comes into force.',
  fields: (t) => ({
    proposalId: t.id({ required: true, description: 'Global id of the proposal.' }),
    textHash: t.field({
      type: 'ShortText',
      required: true,
      description: 'The `textHash` of the text you read, 64 lower-case hex digits: you approve these bytes and no others.',
    }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the proposal this was decided on.' }),
  }),
})

builder.mutationField('approveRuleSet', (t) =>
  t.field({
    ...calledBy(
      approvers,
      'Approves a proposal as the second person and publishes it: from the day its text names, these rules decide. What was decided before stays as it was decided.',
    ),
    type: ProposalRef,
    args: { input: t.arg({ type: ApproveRuleSetInput, required: true, description: 'Which proposal, and which bytes.' }) },
    errors: { types: [...usualRefusals, SecondPersonNeeded, HashDiffers, RuleSetRefused, NoRuleSetInForce] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'approve-rule-set', (tx, actor) =>
        approveRuleSet(tx, actor, { ...input, proposalId: localProposalId(input.proposalId) }),
      ),
  }),
)
