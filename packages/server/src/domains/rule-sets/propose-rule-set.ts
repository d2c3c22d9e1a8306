import { canonicalJson } from '@plumbline/rules'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { sha256 } from './decide.ts'
import { supersedeOthers } from './end-proposal.ts'
import { tellFollowers } from './followers.ts'
import { gate } from './gate.ts'
import { impactOf } from './impact.ts'
import { assertReadableProposal, oneAfterTheOther, type ProposalReview, type RuleSetProposal } from './proposal.ts'
import { ProposalRef } from './proposal-graphql.ts'
import { assertPublishable, RuleSetRefused } from './refused.ts'
import { proposers } from './roles.ts'
import { NoRuleSetInForce } from './rule-set-on.ts'
import { ruleSetProposals } from './tables.ts'

export type NewProposal = { text: string; reason: string; idempotencyKey: string }

/**
 * Proposes a further version of the provider's rules. It decides nothing until a second person approves exactly these bytes.
 * An earlier proposal of the same person that is still open is superseded: an edit is a new proposal.
 * @throws RuleSetRefused while anything is red, with every issue and its place
 */
export async function proposeRuleSet(tx: Tx, actor: Actor, input: NewProposal): Promise<RuleSetProposal> {
  if (!input.reason.trim()) throw new InvalidInput('reason', 'say why the rules should change')
  return once(
    tx,
    actor,
    { operation: 'propose-rule-set', key: input.idempotencyKey, payload: { textHash: sha256(input.text), reason: input.reason } },
    async () => {
      const { draft, textHash, shelf } = await checked(tx, actor, input.text)
      const { ruleSet, resolvedText, hash, changes } = draft
      const review: ProposalReview = {
        comparedWith: { version: shelf.latest.version, hash: shelf.latest.hash },
        changes: changes.sentences,
        impact: await impactOf(tx, actor, ruleSet),
      }
      await oneAfterTheOther(tx, actor)
      const [proposal] = await tx.orm
        .insert(ruleSetProposals)
        .values({
          providerId: actor.providerId,
          id: tx.newId(),
          ruleSetId: ruleSet.id,
          ruleSetVersion: ruleSet.version,
          title: ruleSet.title,
          effectiveFrom: ruleSet.effectiveFrom,
          documentText: input.text,
          textHash,
          resolvedText,
          hash,
          reason: input.reason.trim(),
          impactText: canonicalJson(review),
          proposedBy: actor.id,
          proposedAt: tx.now,
        })
        .returning()
      await supersedeOthers(tx, actor, proposal!, 'own', 'its author proposed another text')
      await tellFollowers('proposed', tx, actor, proposal!)
      await record(tx, actor, {
        action: 'rule-set.proposed',
        subjectType: 'rule-set-proposal',
        subjectId: proposal!.id,
        fields: ['documentText', 'reason', 'impact'],
      })
      return proposal!
    },
    (id) => assertReadableProposal(tx, actor, id),
  )
}

async function checked(tx: Tx, actor: Actor, text: string) {
  const found = await gate(tx, actor, text)
  return { draft: assertPublishable(found), textHash: found.textHash, shelf: found.shelf }
}

const ProposeRuleSetInput = builder.inputType('ProposeRuleSetInput', {
  description: 'A further version of the provider’s rules. Its first day stands in the text, under `effectiveFrom`.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one proposal.' }),
    text: t.field({
      type: 'ExactText',
      required: true,
      description: 'The document as JSON, kept byte for byte. Try it with `checkRuleSet` first.',
    }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why the rules should change: the second person reads it.' }),
  }),
})

builder.mutationField('proposeRuleSet', (t) =>
  t.field({
    ...calledBy(
      proposers,
      'Proposes a further version of the provider’s rules. Refused while anything is red; in force only once a second person has approved it, from the day its text names.',
    ),
    type: ProposalRef,
    args: { input: t.arg({ type: ProposeRuleSetInput, required: true, description: 'The text, and why.' }) },
    errors: { types: [...usualRefusals, RuleSetRefused, NoRuleSetInForce] },
    resolve: (_, { input }, context) => inTransaction(context, 'propose-rule-set', (tx, actor) => proposeRuleSet(tx, actor, input)),
  }),
)
