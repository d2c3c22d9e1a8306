import type { Actor } from '../../src/platform/actor.ts'
import { newId } from '../../src/platform/ids.ts'
import type { World } from './world.ts'

export const refer = /* GraphQL */ `
  mutation ($input: ReferParticipantInput!) {
    referParticipant(input: $input) {
      __typename
      ... on Referral { id receivedOn recordedAt source basis standing purpose feedbackAddress version case { id reference status version } facts { fact number isKnown value askedOf askedOn } }
      ... on Refusal { code message help }
      ... on InvalidInput { field }
      ... on PossibleDuplicates { candidates { id givenName familyName } }
    }
  }
`

/** A new person whom nobody resembles. */
export const somebody = (changes: Record<string, unknown> = {}) => ({
  givenName: `Tom ${newId()}`,
  familyName: `Example ${newId()}`,
  bornOn: '1991-06-15',
  localAuthority: 'Merton',
  ...changes,
})

/** A referral that both providers would take: 34, lives in Merton, has abused a partner, is willing, comes of his own accord. */
export const form = (changes: Record<string, unknown> = {}) => ({
  idempotencyKey: newId(),
  person: somebody(),
  source: 'SOCIAL_SERVICES',
  basis: 'VOLUNTARY',
  referrerName: 'Rae Copeland',
  purpose: 'To stop hurting his family.',
  feedbackChannel: 'EMAIL',
  feedbackAddress: 'rae@council.example',
  receivedOn: '2026-04-28',
  facts: ['history.hasAbusedPartner', 'engagement.isWilling'].map((fact) => ({
    fact,
    yesNo: true,
    askedOf: 'REFERRER',
    askedOn: '2026-04-28',
  })),
  ...changes,
})

/** Refers through the endpoint. @returns what the mutation answered */
export async function referred(world: World, changes: Record<string, unknown> = {}, by: Actor = world.people['intake-worker']) {
  const answer = await world.send(by, refer, { input: form(changes) })
  if (!answer.data) throw new Error(JSON.stringify(answer.errors))
  return answer.data.referParticipant
}
