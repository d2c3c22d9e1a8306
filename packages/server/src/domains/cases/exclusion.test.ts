import { describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'
import { globalId } from '../../platform/ids.ts'
import { addStaff, type Role } from '../providers/index.ts'
import { openTask } from '../tasks/index.ts'
import { assignWorker } from './index.ts'

const exclude = /* GraphQL */ `
  mutation ($input: ExcludeWorkerInput!) {
    excludeWorker(input: $input) { __typename ... on CaseExclusion { id reason endedAt version } ... on Refusal { code message } ... on InvalidInput { field } }
  }
`
const end = /* GraphQL */ `
  mutation ($input: EndExclusionInput!) {
    endExclusion(input: $input) { __typename ... on CaseExclusion { endReason version } ... on Refusal { code message } ... on StaleVersion { currentVersion } }
  }
`
const look = `query ($id: ID!) { case(id: $id) { status } }`

const excluding = (world: World, by: Actor, caseId: string, who: Actor, key = 'exclusion-key') =>
  world
    .send(by, exclude, { input: { idempotencyKey: key, caseId, staffId: globalId('Staff', who.id), reason: 'They are cousins.' } })
    .then((answer) => answer.data.excludeWorker)
const sees = async (world: World, who: Actor, id: string) => (await world.send(who, look, { id })).data.case !== null

describe(`exclusion from a case on ${lane}`, () => {
  test('beats assignment and oversight from the next request on', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    await world.as(world.people['programme-manager'], (tx, actor) =>
      assignWorker(tx, actor, { caseId: row.id, staffId: world.people.facilitator.id }),
    )
    for (const role of ['facilitator', 'programme-manager', 'intake-worker', 'partner-support-worker'] as const) {
      expect(await sees(world, world.people[role], row.globalId), role).toBe(true)
      expect(await excluding(world, world.people['safeguarding-lead'], row.globalId, world.people[role], `exclude-${role}`)).toMatchObject({
        __typename: 'CaseExclusion',
        version: 1,
      })
      expect(await sees(world, world.people[role], row.globalId), role).toBe(false)
    }
    expect(await sees(world, world.people['safeguarding-lead'], row.globalId)).toBe(true)
  })

  test('covers every case of the participant, one that is opened later too, and the participant', async () => {
    const world = await newWorld()
    const first = await caseIn(world)
    await excluding(world, world.people['programme-manager'], first.globalId, world.people['intake-worker'])
    const later = await caseIn(world, 'referred', { participantId: first.participantId })
    expect(await sees(world, world.people['intake-worker'], later.globalId)).toBe(false)
    const participant = await world.send(world.people['intake-worker'], `query ($id: ID!) { participant(id: $id) { id } }`, {
      id: globalId('Participant', first.participantId),
    })
    expect(participant.data.participant).toBeNull()
    expect(await sees(world, world.people['intake-worker'], (await caseIn(world)).globalId)).toBe(true)
  })

  test('is ended by somebody else with a reason; whoever is excluded is told of no such exclusion', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const [manager, lead] = [world.people['programme-manager'], world.people['safeguarding-lead']]
    const made = await excluding(world, lead, row.globalId, manager)
    const ending = (by: Actor, change: object = {}) =>
      world.send(by, end, { input: { exclusionId: made.id, reason: 'It was another family.', expectedVersion: 1, ...change } })
    expect((await ending(manager)).data.endExclusion).toMatchObject({ code: 'not-found', message: 'no such exclusion' })
    expect((await ending(world.people['intake-worker'])).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await ending(lead, { expectedVersion: 4 })).data.endExclusion).toMatchObject({ code: 'stale-version', currentVersion: 1 })
    expect((await ending(lead)).data.endExclusion).toEqual({ __typename: 'CaseExclusion', endReason: 'It was another family.', version: 2 })
    expect((await ending(lead, { expectedVersion: 2 })).data.endExclusion).toMatchObject({ code: 'invalid-move' })
    expect(await sees(world, manager, row.globalId)).toBe(true)
  })

  test('the database itself lets nobody end their own', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    await excluding(world, world.people['safeguarding-lead'], row.globalId, world.people['programme-manager'])
    const { sql } = await import('drizzle-orm')
    const own = world.as(world.people['programme-manager'], (tx, actor) =>
      tx.rows(
        sql`update case_exclusions set ended_at = ${tx.now}, ended_by = ${actor.id}, end_reason = 'none' where staff_id = ${actor.id}`,
      ),
    )
    await expect(own).rejects.toMatchObject({ sqlState: '23514' })
  })

  test('everybody may step back from a case they read; only oversight excludes others, and only the safeguarding lead people of partner support', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const partnerSupport = world.people['partner-support-worker']
    expect(await excluding(world, world.people['intake-worker'], row.globalId, world.people.facilitator)).toMatchObject({
      code: 'not-allowed',
    })
    expect(await excluding(world, world.people.facilitator, row.globalId, world.people.facilitator)).toMatchObject({ code: 'not-found' })
    expect(await excluding(world, world.people['programme-manager'], row.globalId, partnerSupport)).toMatchObject({ code: 'not-allowed' })
    expect(await excluding(world, partnerSupport, row.globalId, partnerSupport)).toMatchObject({ __typename: 'CaseExclusion' })
    const seen = async (role: Role) =>
      (await world.send(world.people[role], `query ($id: ID!) { case(id: $id) { exclusions { staff { name } } } }`, { id: row.globalId }))
        .data.case.exclusions
    expect(await seen('safeguarding-lead')).toEqual([{ staff: { name: 'Person in partner-support-worker' } }])
    expect(await seen('programme-manager')).toEqual([])
    expect(await seen('intake-worker')).toBeNull()
  })

  test('somebody who answers for every case is always left', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const [manager, lead] = [world.people['programme-manager'], world.people['safeguarding-lead']]
    await excluding(world, lead, row.globalId, manager)
    expect(await excluding(world, lead, row.globalId, lead, 'another-key')).toMatchObject({ code: 'invalid-input', field: 'staffId' })
    expect(await sees(world, lead, row.globalId)).toBe(true)
  })

  test('repeated with the same key it is the same one, also after it was ended; the same key with another payload is refused', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const manager = world.people['programme-manager']
    const made = await excluding(world, manager, row.globalId, world.people.facilitator)
    expect(await excluding(world, manager, row.globalId, world.people.facilitator)).toEqual(made)
    await world.send(manager, end, { input: { exclusionId: made.id, reason: 'A mistake.', expectedVersion: 1 } })
    expect(await excluding(world, manager, row.globalId, world.people.facilitator)).toMatchObject({ id: made.id, version: 2 })
    expect(await excluding(world, manager, row.globalId, world.people['one-to-one-worker'])).toMatchObject({
      code: 'idempotency-key-reused',
    })
  })

  test('hands the worker’s open tasks on and takes the case away; it cannot be given back while the exclusion lasts', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const { facilitator } = world.people
    const manager = world.people['programme-manager']
    const task = await world.as(manager, async (tx, actor) => {
      await assignWorker(tx, actor, { caseId: row.id, staffId: facilitator.id })
      return openTask(tx, actor, {
        kind: 'follow-up',
        title: 'Come back to this',
        about: { type: 'case', id: row.id },
        caseId: row.id,
        ownerId: facilitator.id,
        side: 'participant',
        due: { within: { amount: 1, unit: 'working-days' } },
      })
    })
    await excluding(world, facilitator, row.globalId, facilitator)
    const mine = await world.send(manager, `{ myTasks { edges { node { id dueAt } } } }`)
    expect(mine.data.myTasks.edges).toEqual([{ node: { id: globalId('Task', task.id), dueAt: task.dueAt } }])
    const again = world.as(manager, (tx, actor) => assignWorker(tx, actor, { caseId: row.id, staffId: facilitator.id }))
    await expect(again).rejects.toMatchObject({ code: 'invalid-input', field: 'staffId' })
    const workers = await world.send(manager, `query ($id: ID!) { case(id: $id) { workers { role } } }`, { id: row.globalId })
    expect(workers.data.case.workers).toEqual([])
  })

  test('a second manager who is excluded is passed over when tasks are handed on', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const [manager, lead] = [world.people['programme-manager'], world.people['safeguarding-lead']]
    const second = await world.as(manager, (tx, actor) =>
      addStaff(tx, actor, {
        name: 'Second manager',
        issuer: 'i',
        subject: 's',
        roles: ['programme-manager'],
        idempotencyKey: 'second-manager',
      }),
    )
    const owned = (ownerId: string) =>
      world.as(lead, (tx, actor) =>
        openTask(tx, actor, {
          kind: 'follow-up',
          title: 'Come back',
          about: { type: 'case', id: row.id },
          caseId: row.id,
          ownerId,
          side: 'participant',
          due: { within: { amount: 1, unit: 'days' } },
        }),
      )
    await excluding(world, lead, row.globalId, manager)
    const task = await owned(second.id)
    await excluding(world, lead, row.globalId, { ...manager, id: second.id }, 'second-key')
    const mine = await world.send(lead, `{ myTasks { edges { node { id } } } }`)
    expect(mine.data.myTasks.edges).toEqual([{ node: { id: globalId('Task', task.id) } }])
  })
})
