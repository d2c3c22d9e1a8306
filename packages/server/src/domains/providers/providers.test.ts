import { describe, expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { lane, newWorld } from '../../../test/harness/world.ts'
import { addStaff } from './index.ts'

const add = /* GraphQL */ `
  mutation ($input: AddStaffInput!) {
    addStaff(input: $input) {
      __typename
      ... on Staff { name roles }
      ... on Refusal { code message help }
    }
  }
`
const person = {
  idempotencyKey: 'one-new-person',
  name: 'Ada Example',
  issuer: 'https://issuer.example',
  subject: 'ada',
  roles: ['FACILITATOR'],
}

describe(`providers on ${lane}`, () => {
  test('a programme manager adds a person once, however often the request is repeated', async () => {
    const { people, send } = await newWorld()
    const first = await send(people['programme-manager'], add, { input: person })
    expect(first.data.addStaff).toEqual({ __typename: 'Staff', name: 'Ada Example', roles: ['FACILITATOR'] })
    expect(await send(people['programme-manager'], add, { input: person })).toEqual(first)
    const other = await send(people['programme-manager'], add, { input: { ...person, name: 'Somebody else' } })
    expect(other.data.addStaff.code).toBe('idempotency-key-reused')
  })

  test('nobody serves both sides of the wall: refused in words, and by the database itself', async () => {
    const { people, send, as } = await newWorld()
    const refused = await send(people['programme-manager'], add, { input: { ...person, roles: ['FACILITATOR', 'PARTNER_SUPPORT_WORKER'] } })
    expect(refused.data.addStaff.code).toBe('serves-both-sides')
    const facilitator = people.facilitator
    const { staffRoles } = await import('./tables.ts')
    await expect(
      as(people['programme-manager'], (tx) =>
        tx.orm.insert(staffRoles).values({
          providerId: facilitator.providerId,
          staffId: facilitator.id,
          staffSide: 'participant',
          role: 'partner-support-worker',
          grantedAt: tx.now,
        }),
      ),
    ).rejects.toMatchObject({ sqlState: '23514' })
  })

  test('only a programme manager adds people, and without a token nothing is answered', async () => {
    const { people, send } = await newWorld()
    expect((await send(people.facilitator, add, { input: person })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await send(null, add, { input: person })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('another provider’s people cannot be seen or changed, even with their ids', async () => {
    const [here, there] = [await newWorld(), await newWorld()]
    const found = await here.as(here.people['programme-manager'], async (tx) => {
      const { staff } = await import('./tables.ts')
      return tx.orm.select().from(staff)
    })
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((row) => row.providerId === here.providerId)).toBe(true)
    await expect(
      here.as(here.people['programme-manager'], (tx) =>
        addStaff(
          tx,
          { ...here.people['programme-manager'], providerId: there.providerId },
          { ...person, roles: ['facilitator'], idempotencyKey: newId() },
        ),
      ),
    ).rejects.toMatchObject({ sqlState: '42501' })
  })
})
