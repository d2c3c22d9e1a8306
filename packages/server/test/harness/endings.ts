import type { Actor } from '../../src/platform/actor.ts'
import { globalId, type Uuid } from '../../src/platform/ids.ts'
import { acknowledgeEnding, endingsOfCase, type Ending } from '../../src/domains/cases/index.ts'
import type { World } from './world.ts'

/** Every ending of a case, the oldest first, as the safeguarding lead reads them. */
export const endingsIn = (world: World, caseId: Uuid): Promise<Ending[]> =>
  world.as(world.people['safeguarding-lead'], async (tx, actor) => (await endingsOfCase.batch(tx, actor, [caseId]))[0]!)

/** Partner support acknowledges whatever has ended in a case. */
export async function hearEndings(world: World, caseId: Uuid, by: Actor = world.people['partner-support-worker']): Promise<void> {
  for (const { id, version } of await endingsIn(world, caseId))
    await world.as(by, (tx, actor) => acknowledgeEnding(tx, actor, { endingId: id, expectedVersion: version }))
}

const refusal = '__typename ... on Refusal { code message help } ... on StaleVersion { currentVersion } ... on InvalidInput { field }'
export const acknowledge = /* GraphQL */ `mutation ($input: AcknowledgeEndingInput!) { acknowledgeEnding(input: $input) { ... on CaseEnding { what partnerService version } ${refusal} } }`
export const goOn = /* GraphQL */ `mutation ($input: GoOnWithoutPartnerServiceInput!) { goOnWithoutPartnerService(input: $input) { ... on CaseEnding { partnerService wentOnReason version } ${refusal} } }`
export const tell = /* GraphQL */ `mutation ($input: GiveFeedbackInput!) { giveFeedback(input: $input) { ... on ReferrerFeedback { occasion told } ${refusal} } }`
export const ofCase = /* GraphQL */ `query ($id: ID!) { case(id: $id) { endings { id what endedAt takenBackAt partnerService wentOnReason version } timeline { edges { node { what summary recordedBy { name } } } } } }`

export const naming = ({ id, version }: Ending, more: Record<string, unknown> = {}) => ({
  input: { endingId: globalId('CaseEnding', id), expectedVersion: version, ...more },
})
