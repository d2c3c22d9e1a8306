import { describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { assignWorker } from '../cases/index.ts'
import { openTask } from '../tasks/index.ts'
import { addStaff, revokeRole } from './index.ts'

const result = `__typename ... on Staff { roles version endedAt } ... on Refusal { code message help } ... on StaleVersion { currentVersion }`
const grant = `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { ${result} } }`
const revoke = `mutation ($input: RevokeRoleInput!) { revokeRole(input: $input) { ${result} } }`
const end = `mutation ($input: EndStaffInput!) { endStaff(input: $input) { ${result} } }`
const of = (who: { id: string }, expectedVersion = 1) => ({ staffId: globalId('Staff', who.id), expectedVersion })

const manage = async (world: World, mutation: string, input: object, by: Actor = world.people['programme-manager']) => {
  const answer = await world.send(by, mutation, { input })
  return answer.data ? Object.values(answer.data)[0] : answer.errors?.[0]?.extensions
}
const viewer = async (world: World, who: Actor) => {
  const answer = await world.send(who, `{ viewer { roles } }`)
  return answer.data?.viewer?.roles ?? answer.errors?.[0]?.extensions.code
}

describe(`staff and roles on ${lane}`, () => {
  test('a role granted or revoked holds from the next request with the same token', async () => {
    const world = await newWorld()
    const { facilitator } = world.people
    expect(await manage(world, grant, { ...of(facilitator), role: 'ONE_TO_ONE_WORKER' })).toMatchObject({
      roles: ['FACILITATOR', 'ONE_TO_ONE_WORKER'],
      version: 2,
    })
    expect(await viewer(world, facilitator)).toEqual(['FACILITATOR', 'ONE_TO_ONE_WORKER'])
    expect(await manage(world, revoke, { ...of(facilitator, 2), role: 'FACILITATOR' })).toMatchObject({
      roles: ['ONE_TO_ONE_WORKER'],
      version: 3,
    })
    expect(await viewer(world, facilitator)).toEqual(['ONE_TO_ONE_WORKER'])
    expect(await manage(world, revoke, { ...of(facilitator, 3), role: 'ONE_TO_ONE_WORKER' })).toMatchObject({ roles: [], version: 4 })
    expect(await viewer(world, facilitator)).toBe('UNAUTHENTICATED')
  })

  test('a revoked role ends what it opened, and given again it opens nothing old', async () => {
    const world = await newWorld()
    const { facilitator } = world.people
    const row = await caseIn(world, 'accepted')
    await world.as(world.people['programme-manager'], async (tx, actor) =>
      assignWorker(tx, actor, { caseId: row.id, staffId: facilitator.id }),
    )
    const sees = async () =>
      (await world.send(facilitator, `query ($id: ID!) { node(id: $id) { id } }`, { id: row.globalId })).data?.node != null
    expect(await sees()).toBe(true)
    await manage(world, grant, { ...of(facilitator), role: 'ONE_TO_ONE_WORKER' })
    await manage(world, revoke, { ...of(facilitator, 2), role: 'FACILITATOR' })
    expect(await sees()).toBe(false)
    await manage(world, grant, { ...of(facilitator, 3), role: 'FACILITATOR' })
    expect(await sees()).toBe(false)
  })

  test('nobody serves both sides: a role of the other side is refused, one that touches nobody’s record is not', async () => {
    const world = await newWorld()
    const { facilitator } = world.people
    for (const role of ['PARTNER_SUPPORT_WORKER', 'SAFEGUARDING_LEAD'])
      expect(await manage(world, grant, { ...of(facilitator), role })).toMatchObject({
        __typename: 'ServesBothSides',
        code: 'serves-both-sides',
      })
    expect(await manage(world, grant, { ...of(world.people['partner-support-worker']), role: 'FACILITATOR' })).toMatchObject({
      code: 'serves-both-sides',
    })
    expect(await manage(world, grant, { ...of(facilitator), role: 'AUDITOR' })).toMatchObject({ code: 'serves-both-sides' })
    expect(await manage(world, grant, { ...of(facilitator), role: 'RULES_AUTHOR' })).toMatchObject({
      roles: ['FACILITATOR', 'RULES_AUTHOR'],
    })
  })

  test('a role granted or revoked twice changes nothing the second time', async () => {
    const world = await newWorld()
    const { facilitator } = world.people
    expect(await manage(world, grant, { ...of(facilitator), role: 'FACILITATOR' })).toMatchObject({ version: 1 })
    expect(await manage(world, revoke, { ...of(facilitator), role: 'RULES_AUTHOR' })).toMatchObject({ version: 1 })
  })

  test('a change is refused when it is stale, somebody else’s, one’s own, or not for this role', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const manager = world.people['programme-manager']
    const role = 'RULES_AUTHOR'
    expect(await manage(world, grant, { ...of(world.people.facilitator, 9), role })).toMatchObject({
      code: 'stale-version',
      currentVersion: 1,
    })
    for (const staffId of [globalId('Staff', other.people.facilitator.id), globalId('Staff', newId()), globalId('Case', newId()), 'x'])
      expect(await manage(world, grant, { staffId, expectedVersion: 1, role }), staffId).toMatchObject({
        code: 'not-found',
        message: 'no such staff member',
      })
    expect(await manage(world, grant, { ...of(manager), role })).toMatchObject({ code: 'not-allowed' })
    expect(await manage(world, grant, { ...of(world.people.facilitator), role }, world.people['intake-worker'])).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await manage(world, grant, { ...of(world.people.facilitator), role: 'ADMIN' })).toMatchObject({ code: 'BAD_INPUT' })
  })

  test('the last programme manager stays', async () => {
    const world = await newWorld()
    const manager = world.people['programme-manager']
    const role = 'PROGRAMME_MANAGER'
    expect(await manage(world, revoke, { ...of(manager), role })).toMatchObject({ __typename: 'LastProgrammeManager' })
    expect(await manage(world, end, { ...of(manager), reason: 'Retires.' })).toMatchObject({ code: 'last-programme-manager' })
  })

  test('two managers who take each other’s role away at once: one of them stays', async () => {
    for (let round = 0; round < 6; round += 1) {
      const world = await newWorld()
      const manager = world.people['programme-manager']
      const newcomer = {
        name: 'Second manager',
        issuer: 'i',
        subject: 's',
        roles: ['programme-manager' as const],
        idempotencyKey: 'second-manager',
      }
      const second = await world.as(manager, (tx, actor) => addStaff(tx, actor, newcomer))
      let arrived = 0
      let open = (): void => {}
      const bothAreThere = new Promise<void>((resolve) => {
        open = resolve
      })
      const revoking = (by: Actor, from: string) =>
        world.as(by, async (tx, actor) => {
          arrived += 1
          // The embedded database runs one transaction after the other; a real one runs both, from the same moment.
          if (arrived === 2 || lane === 'pglite') open()
          await bothAreThere
          return revokeRole(tx, actor, { staffId: from, role: 'programme-manager', expectedVersion: 1 })
        })
      const both = await Promise.allSettled([revoking(manager, second.id), revoking({ ...manager, id: second.id }, manager.id)])
      expect(both.map(({ status }) => status).sort(), `round ${round}`).toEqual(['fulfilled', 'rejected'])
    }
  })

  test('who leaves cannot sign in, keeps no case, and leaves their open tasks to others with their deadlines', async () => {
    const world = await newWorld()
    const manager = world.people['programme-manager']
    const { facilitator } = world.people
    const row = await caseIn(world, 'accepted')
    const task = await world.as(manager, async (tx, actor) => {
      await assignWorker(tx, actor, { caseId: row.id, staffId: facilitator.id })
      return openTask(tx, actor, {
        kind: 'follow-up',
        title: 'Come back to this',
        about: { type: 'case', id: row.id },
        caseId: row.id,
        ownerId: facilitator.id,
        side: 'participant',
        due: { within: { amount: 2, unit: 'days' } },
      })
    })
    expect(await manage(world, end, { ...of(facilitator), reason: 'Moves away.' })).toMatchObject({ endedAt: start, version: 2 })
    expect(await viewer(world, facilitator)).toBe('UNAUTHENTICATED')
    expect((await world.send(manager, `{ myTasks { edges { node { id dueAt } } } }`)).data.myTasks.edges).toEqual([
      { node: { id: globalId('Task', task.id), dueAt: task.dueAt } },
    ])
    expect(
      (await world.send(manager, `query ($id: ID!) { case(id: $id) { workers { role } } }`, { id: row.globalId })).data.case.workers,
    ).toEqual([])
    expect(await manage(world, end, { ...of(facilitator, 2), reason: 'Again.' })).toMatchObject({ code: 'not-found' })
  })

  test('people of partner support are ended by the safeguarding lead, to whom their tasks fall', async () => {
    const world = await newWorld()
    const partnerSupport = world.people['partner-support-worker']
    const lead = world.people['safeguarding-lead']
    await world.as(partnerSupport, (tx, actor) =>
      openTask(tx, actor, {
        kind: 'tell-partner-service',
        title: 'Tell her',
        about: { type: 'case', id: newId() },
        caseId: null,
        ownerId: actor.id,
        side: 'partner',
        due: { within: { amount: 8, unit: 'hours' } },
      }),
    )
    expect(await manage(world, end, { ...of(partnerSupport), reason: 'Leaves.' })).toMatchObject({ code: 'not-allowed' })
    expect(await manage(world, end, { ...of(partnerSupport), reason: 'Leaves.' }, lead)).toMatchObject({ endedAt: start })
    expect((await world.send(lead, `{ myTasks { edges { node { kind } } } }`)).data.myTasks.edges).toEqual([
      { node: { kind: 'TELL_PARTNER_SERVICE' } },
    ])
  })

  test('the staff are listed page by page, by role, and those who left on request', async () => {
    const world = await newWorld()
    const manager = world.people['programme-manager']
    const list = `query ($first: Int, $after: String, $filter: StaffFilter) { staff(first: $first, after: $after, filter: $filter) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`
    const names = (answer: { data: { staff: { edges: { node: { name: string } }[] } } }) =>
      answer.data.staff.edges.map(({ node }) => node.name)
    const first = await world.send(manager, list, { first: 8 })
    const rest = await world.send(manager, list, { first: 8, after: first.data.staff.pageInfo.endCursor })
    expect([names(first).length, names(rest).length, rest.data.staff.pageInfo.hasNextPage]).toEqual([8, 3, false])
    expect(new Set([...names(first), ...names(rest)]).size).toBe(11)
    expect(names(await world.send(manager, list, { filter: { role: 'FACILITATOR' } }))).toEqual(['Person in facilitator'])
    await manage(world, end, { ...of(world.people.facilitator), reason: 'Leaves.' })
    expect(names(await world.send(manager, list, { filter: { role: 'FACILITATOR' } }))).toEqual([])
    expect(names(await world.send(manager, list, { filter: { role: 'FACILITATOR', includeEnded: true } }))).toEqual([
      'Person in facilitator',
    ])
    expect((await world.send(world.people.referrer, list)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})
