import { describe, expect, test } from 'vitest'
import { clock, lane, newWorld, type World } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'

const name = `mutation ($input: NamePartnerServiceInput!) { namePartnerService(input: $input) { __typename ... on PartnerServiceArrangement { id serviceName fromOn untilOn } ... on Refusal { code message } ... on InvalidInput { field } } }`
const except = `mutation ($input: RecordPartnerServiceExceptionInput!) { recordPartnerServiceException(input: $input) { __typename ... on PartnerServiceArrangement { exceptionReason fromOn untilOn } ... on Refusal { code message } ... on InvalidInput { field } } }`
const add = `mutation ($input: AddAgencyInput!) { addAgency(input: $input) { __typename ... on Agency { id name kind version } ... on Refusal { code } ... on InvalidInput { field } } }`

const send = async (world: World, mutation: string, input: object, by: Actor = world.people['programme-manager']) => {
  const answer = await world.send(by, mutation, { input })
  return answer.data ? Object.values(answer.data)[0] : answer.errors?.[0]?.extensions
}
const may = async (world: World, day?: string) => {
  if (day) clock.moveTo(`${day}T09:00:00.000Z`)
  return (await world.send(world.people.facilitator, `{ provider { mayStartGroups { allowed reason untilOn } } }`)).data.provider
    .mayStartGroups
}

describe(`the provider on ${lane}`, () => {
  test('says who it is, where it takes people from and whose rules decide', async () => {
    const world = await newWorld('step-by-step')
    const answer = await world.send(
      world.people.referrer,
      `{ provider { name ruleSetId areasServed partnerService { serviceName } agencies { edges { node { name } } } } }`,
    )
    expect(answer.data.provider).toEqual({
      name: 'A provider of this test',
      ruleSetId: 'step-by-step',
      areasServed: [],
      partnerService: null,
      agencies: { edges: [] },
    })
  })

  test('no group may start without a partner service; a named one allows it from its first day', async () => {
    const world = await newWorld()
    expect(await may(world)).toEqual({
      allowed: false,
      reason: 'no partner service is named and no exception is recorded; a programme without one can raise the danger',
      untilOn: null,
    })
    const named = { idempotencyKey: 'name-a-service', serviceName: 'Women’s Aid', fromOn: '2026-05-04' }
    const first = await send(world, name, named)
    expect(first).toMatchObject({ serviceName: 'Women’s Aid', fromOn: '2026-05-04', untilOn: null })
    expect(await send(world, name, named)).toEqual(first)
    expect(await send(world, name, { ...named, serviceName: 'Another' })).toMatchObject({ code: 'idempotency-key-reused' })
    expect((await may(world, '2026-05-03')).allowed).toBe(false)
    expect(await may(world, '2026-05-04')).toEqual({ allowed: true, reason: 'a partner service is named', untilOn: null })
  })

  test('an exception allows it up to its last day, and a service that stopped does not come back afterwards', async () => {
    const world = await newWorld()
    await send(world, name, { idempotencyKey: 'name-a-service', serviceName: 'Women’s Aid' })
    clock.moveTo('2026-05-10T09:00:00.000Z')
    const exception = { idempotencyKey: 'an-exception', reason: 'It closed; the family coordinator rings partners.', untilOn: '2026-05-31' }
    expect(await send(world, except, exception)).toMatchObject({
      exceptionReason: exception.reason,
      fromOn: '2026-05-10',
      untilOn: '2026-05-31',
    })
    expect(await may(world)).toEqual({ allowed: true, reason: 'a recorded exception is in force', untilOn: '2026-05-31' })
    expect((await may(world, '2026-05-31')).allowed).toBe(true)
    expect((await may(world, '2026-06-01')).allowed).toBe(false)
  })

  test('an exception needs a reason and a last day, lasts 92 days at most, and nothing begins in the past', async () => {
    const world = await newWorld()
    const exception = (change: object) =>
      send(world, except, { idempotencyKey: 'an-exception', reason: 'None yet.', untilOn: '2026-05-31', ...change })
    expect(await exception({ reason: '' })).toMatchObject({ code: 'BAD_INPUT' })
    expect(await exception({ untilOn: null })).toMatchObject({ code: 'BAD_INPUT' })
    expect(await exception({ untilOn: '2026-08-01' })).toMatchObject({ code: 'invalid-input', field: 'untilOn' })
    expect(await exception({ untilOn: '2026-04-30' })).toMatchObject({ code: 'invalid-input', field: 'untilOn' })
    expect(await exception({ fromOn: '2026-04-30' })).toMatchObject({ code: 'invalid-input', field: 'fromOn' })
    expect(await exception({ untilOn: '2026-07-31' })).toMatchObject({ untilOn: '2026-07-31' })
    expect(await send(world, name, { idempotencyKey: 'name-a-service', serviceName: 'X' }, world.people.facilitator)).toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('an agency is added once, under a name of its own, and read by everybody page by page', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const agency = { idempotencyKey: 'an-agency-one', name: 'Middlesbrough Council', kind: 'SOCIAL_SERVICES' }
    const first = await send(world, add, agency)
    expect(first).toMatchObject({ __typename: 'Agency', name: 'Middlesbrough Council', kind: 'SOCIAL_SERVICES', version: 1 })
    expect(await send(world, add, agency)).toEqual(first)
    expect(await send(world, add, { ...agency, kind: 'OTHER' })).toMatchObject({ code: 'idempotency-key-reused' })
    expect(await send(world, add, { ...agency, idempotencyKey: 'an-agency-two' })).toMatchObject({ code: 'invalid-input', field: 'name' })
    await send(world, add, { ...agency, idempotencyKey: 'an-agency-two', name: 'Thirteen' })
    const page = `query ($after: String) { provider { agencies(first: 1, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } } }`
    const one = (await world.send(world.people.commissioner, page)).data.provider.agencies
    const two = (await world.send(world.people.commissioner, page, { after: one.pageInfo.endCursor })).data.provider.agencies
    expect([one.edges[0].node.name, two.edges[0].node.name, two.pageInfo.hasNextPage]).toEqual(['Middlesbrough Council', 'Thirteen', false])
    const id = (first as { id: string }).id
    expect((await world.send(world.people.referrer, `query ($id: ID!) { node(id: $id) { __typename } }`, { id })).data.node).toEqual({
      __typename: 'Agency',
    })
    expect((await other.send(other.people.referrer, `query ($id: ID!) { node(id: $id) { __typename } }`, { id })).data.node).toBeNull()
  })
})
