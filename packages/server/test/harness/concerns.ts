import type { Actor } from '../../src/platform/actor.ts'
import { globalId } from '../../src/platform/ids.ts'
import { raiseConcern, type Concern, type NewConcern } from '../../src/domains/safeguarding/index.ts'
import type { World } from './world.ts'

export const raised = (
  world: World,
  caseId: string,
  more: Partial<NewConcern> = {},
  by: Actor = world.people['programme-manager'],
): Promise<Concern> =>
  world.as(by, (tx, actor) =>
    raiseConcern(tx, actor, {
      caseId,
      side: 'participant',
      level: 'same-day',
      what: ['weapon-to-hand'],
      source: { details: 'a knife was seen' },
      ...more,
    }),
  )

export const refusal =
  '__typename ... on Refusal { code message help } ... on StaleVersion { currentVersion } ... on InvalidMove { allowed } ... on InvalidInput { field }'
export const raise = /* GraphQL */ `mutation ($input: RaiseConcernInput!) { raiseConcern(input: $input) { ... on Concern { id side level what details status dueAt acknowledgeBy runsFrom owner { name } raisedBy { name } version } ${refusal} } }`
export const acknowledge = /* GraphQL */ `mutation ($input: AcknowledgeConcernInput!) { acknowledgeConcern(input: $input) { ... on Concern { status acknowledgedAt acknowledgedBy { name } version } ${refusal} } }`
export const reassign = /* GraphQL */ `mutation ($input: ReassignConcernInput!) { reassignConcern(input: $input) { ... on Concern { owner { name } dueAt version } ${refusal} } }`
export const close = /* GraphQL */ `mutation ($input: CloseConcernInput!) { closeConcern(input: $input) { ... on Concern { status action told whyNotTold closedAt closedBy { name } acknowledgedAt version } ${refusal} } }`
export const listed = /* GraphQL */ `
  query ($filter: ConcernFilter, $first: Int, $after: String, $last: Int, $before: String) {
    concerns(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { node { id level status isOverdue } }
      pageInfo { hasNextPage endCursor }
    }
  }
`
export const ofCase = /* GraphQL */ `query ($id: ID!) { case(id: $id) { openConcerns { id what details } timeline { edges { node { what } } } } }`

export const taken = ({ id, version }: Concern, expectedVersion = version) => ({
  input: { concernId: globalId('Concern', id), expectedVersion },
})
export const closing = (concern: Concern, more: Record<string, unknown> = {}) => ({
  input: { ...taken(concern).input, action: 'Rang the police; they hold the knife', told: ['POLICE'], ...more },
})
export const idsOf = (list: { edges: { node: { id: string } }[] }) => list.edges.map(({ node }) => node.id)
export const globalIds = (...all: Concern[]) => all.map(({ id }) => globalId('Concern', id))
