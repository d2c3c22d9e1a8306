import { ruleSetOn, ruleSetProposals, ruleSetVersions } from '../../src/domains/rule-sets/index.ts'
import { globalId, newId } from '../../src/platform/ids.ts'
import type { World } from './world.ts'

export const shown = `id status ruleSetId ruleSetVersion effectiveFrom text textHash hash reason comparedWith changes version decisionReason
  impact { decisions sentences } proposedBy { name } decidedBy { name } decidedAt supersededBy { id } published { version hash text publishedBy { name } }`
export const refusal = `... on Refusal { code message help } ... on StaleVersion { currentVersion } ... on InvalidMove { allowed }`
export const issues = `... on RuleSetRefused { issues { code pointer line column message help } }`
export const propose = `mutation ($input: ProposeRuleSetInput!) { proposeRuleSet(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} ${issues} } }`
export const approve = `mutation ($input: ApproveRuleSetInput!) { approveRuleSet(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} ${issues} } }`
export const decline = `mutation ($input: DeclineRuleSetInput!) { declineRuleSet(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} } }`
export const withdraw = `mutation ($input: WithdrawRuleSetProposalInput!) { withdrawRuleSetProposal(input: $input) { __typename ... on RuleSetProposal { ${shown} } ${refusal} } }`
export const list = `query ($first: Int, $after: String, $status: RuleSetProposalStatus) { ruleSetProposals(first: $first, after: $after, status: $status) { edges { node { id status ruleSetVersion } } pageInfo { hasNextPage endCursor } } }`
export const tasks = `query ($filter: TaskFilter!) { myTasks(filter: $filter) { edges { node { kind title dueAt status subjectId record } } } }`
export const audit = `query ($id: ShortText) { auditEntries(subjectId: $id) { edges { node { action } } } }`

export const input = (text: string, more: object = {}) => ({
  input: { text, reason: 'one miss happens to everybody', idempotencyKey: newId(), ...more },
})
export const deciding = ({ id, textHash, version }: { id: string; textHash: string; version: number }, more: object = {}) => ({
  input: { proposalId: id.includes('-') ? globalId('RuleSetProposal', id) : id, textHash, expectedVersion: version, ...more },
})
export const ending = ({ id, version }: { id: string; version: number }, reason = 'not in the middle of a run') => ({
  input: { proposalId: globalId('RuleSetProposal', id), reason, expectedVersion: version },
})
export const nodes = (connection: { edges: { node: Record<string, string> }[] }) => connection.edges.map(({ node }) => node)
/** What the version in force on a day says. */
export const missesAllowed = (world: World, day: string): Promise<unknown> =>
  world.as(
    world.people.facilitator,
    async (tx, actor) => (await ruleSetOn(tx, actor, day)).ruleSet.document.parameters.missesAllowed?.value,
  )
/** How many proposals and published versions there are. */
export const stored = (world: World) =>
  world.as(world.people['rules-author'], async (tx) => [
    (await tx.orm.select().from(ruleSetProposals)).length,
    (await tx.orm.select().from(ruleSetVersions)).length,
  ])
