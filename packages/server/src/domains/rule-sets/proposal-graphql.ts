import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { globalId, localId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { RuleSetVersionRef } from './graphql.ts'
import { ImpactRef } from './impact-graphql.ts'
import { proposalById, reviewOfProposal, type RuleSetProposal } from './proposal.ts'
import { ruleSetVersionOfProposal } from './rule-set-version.ts'
import type { ProposalStatus } from './states.ts'

export const ProposalStatusEnum = builder.enumType('RuleSetProposalStatus', {
  description: 'What became of a proposed version. Once decided it stays so.',
  values: {
    PROPOSED: { value: 'proposed', description: 'Waits for a second person. Nothing is decided by it.' },
    APPROVED: { value: 'approved', description: 'Approved by a second person, and published.' },
    DECLINED: { value: 'declined', description: 'Declined by a second person, with the reason.' },
    WITHDRAWN: { value: 'withdrawn', description: 'Taken back by the person who made it.' },
    SUPERSEDED: {
      value: 'superseded',
      description: 'Another proposal took its place: a later one of the same person, or one that was published.',
    },
  } satisfies Record<string, { value: ProposalStatus; description: string }>,
})

export const ProposalRef = builder.objectRef<RuleSetProposal>('RuleSetProposal')
ProposalRef.implement({
  description:
    'A version of the provider’s rules that somebody wrote and nobody decides by until a second person has approved it. Its text never changes.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('RuleSetProposal', row.id) }),
    status: t.expose('status', { type: ProposalStatusEnum, description: 'What became of it.' }),
    ruleSetId: t.exposeString('ruleSetId', { description: 'The document’s own id, `step-by-step`.' }),
    ruleSetVersion: t.exposeString('ruleSetVersion', { description: 'The document’s own version, `1.1.0`.' }),
    title: t.exposeString('title', { description: 'Its title, for people.' }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'Day', description: 'The first day it would decide.' }),
    text: t.exposeString('documentText', { description: 'The document as it was written, byte for byte.' }),
    textHash: t.exposeString('textHash', { description: 'SHA-256 of those bytes, lower-case hex: name it to approve them.' }),
    resolvedText: t.exposeString('resolvedText', {
      description: 'Canonical JSON (RFC 8785) with the documents it extends folded in: what would be evaluated.',
    }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the resolved text, lower-case hex.' }),
    reason: t.exposeString('reason', { description: 'Why it is proposed.' }),
    comparedWith: t.string({
      description: 'The version it was compared with when it was made, `1.0.0`.',
      resolve: (row) => reviewOfProposal(row).comparedWith.version,
    }),
    changes: t.stringList({
      description: 'What it changes against that version, in plain English.',
      resolve: (row) => reviewOfProposal(row).changes,
    }),
    impact: t.field({
      type: ImpactRef,
      description: 'What it would have made of past decisions, as it was when it was proposed.',
      resolve: (row) => ({ ...reviewOfProposal(row).impact, subject: { type: 'rule-set-proposal', id: () => row.id } }),
    }),
    proposedAt: t.expose('proposedAt', { type: 'Instant', description: 'When it was proposed.' }),
    proposedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who proposed it.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.proposedBy),
    }),
    decidedAt: t.expose('decidedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it was approved, declined, withdrawn or superseded; null while it waits.',
    }),
    decidedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who decided; for a superseded one, whose act took its place. Null while it waits.',
      resolve: (row, _, context) => (row.decidedBy ? signedIn(context).operation.load(staffById, row.decidedBy) : null),
    }),
    decisionReason: t.exposeString('decisionReason', { nullable: true, description: 'Why it was declined, withdrawn or superseded.' }),
    supersededBy: t.field({
      type: ProposalRef,
      nullable: true,
      description: 'The proposal that took its place.',
      resolve: (row, _, context) => (row.supersededBy ? signedIn(context).operation.load(proposalById, row.supersededBy) : null),
    }),
    published: t.field({
      type: RuleSetVersionRef,
      nullable: true,
      description: 'The version it became; null unless it was approved.',
      resolve: (row, _, context) => (row.status === 'approved' ? signedIn(context).operation.load(ruleSetVersionOfProposal, row.id) : null),
    }),
    version: t.exposeInt('version', { description: 'Counts changes of this proposal’s status. Name it when deciding about it.' }),
  }),
})

refetchable('RuleSetProposal', (operation, id) => operation.load(proposalById, id))

/** @throws NotFound for anything that is not the global id of a proposal */
export function localProposalId(id: string): Uuid {
  const local = localId('RuleSetProposal', id)
  if (!local) throw new NotFound('rule set proposal')
  return local
}
