import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { theServer } from '../../platform/actor.ts'
import { scopeOf } from '../../platform/db/database.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { dispatch, messagesOf, recordingSink, say } from '../../../test/harness/notifications.ts'
import { clock, database, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { providers } from '../providers/index.ts'
import { escalate, registerRecipientExclusion, type NotExcluded, type Notification } from './index.ts'

const mine = /* GraphQL */ `
  query ($filter: NotificationFilter! = UNACKNOWLEDGED, $first: Int, $after: String) {
    myNotifications(filter: $filter, first: $first, after: $after) {
      edges { node { id kind about { type id } createdAt acknowledgeBy acknowledgedAt isEscalation deliveredAt version } }
      pageInfo { hasNextPage endCursor }
    }
  }
`
const acknowledge = /* GraphQL */ `
  mutation ($input: AcknowledgeNotificationInput!) {
    acknowledgeNotification(input: $input) { __typename ... on Notification { acknowledgedAt version } ... on Refusal { code } ... on StaleVersion { currentVersion } }
  }
`
const taken = ({ id, version }: Notification, expectedVersion = version) => ({
  input: { notificationId: globalId('Notification', id), expectedVersion },
})
const list = async (world: World, by: keyof World['people'], variables = {}) =>
  (await world.send(world.people[by], mine, variables)).data.myNotifications
const climb = (world: World) =>
  database.transaction(scopeOf(theServer(world.providerId)), 'write', (tx) => escalate(tx, theServer(world.providerId)))

let before: NotExcluded | undefined
afterEach(() => {
  if (before) registerRecipientExclusion(before)
  before = undefined
})

describe(`notifications on ${lane}`, () => {
  test('a person reads their own messages, page after page, and nobody else’s; each is a reference and nothing more', async () => {
    const world = await newWorld()
    const ids = [newId(), newId(), newId()]
    for (const id of ids) {
      await say(world, world.people.facilitator, { about: { type: 'Thing', id } })
      clock.moveTo(new Date(Date.parse(clock.now()) + 60_000).toISOString())
    }
    const first = await list(world, 'facilitator', { first: 2 })
    expect(first.edges.map((edge: { node: { about: { id: string } } }) => edge.node.about.id)).toEqual(
      [ids[2], ids[1]].map((id) => globalId('Thing', id!)),
    )
    const last = await list(world, 'facilitator', { first: 2, after: first.pageInfo.endCursor })
    expect(last.pageInfo.hasNextPage).toBe(false)
    expect(last.edges).toMatchObject([
      {
        node: {
          kind: 'CONCERN_RAISED',
          about: { type: 'Thing', id: globalId('Thing', ids[0]!) },
          createdAt: start,
          acknowledgeBy: '2026-05-01T11:00:00.000Z',
          acknowledgedAt: null,
          isEscalation: false,
          deliveredAt: null,
          version: 1,
        },
      },
    ])
    for (const other of ['programme-manager', 'safeguarding-lead', 'intake-worker', 'auditor'] as const)
      expect((await list(world, other)).edges, other).toEqual([])
    const [message] = await messagesOf(world)
    const node = /* GraphQL */ 'query ($id: ID!) { node(id: $id) { __typename id } }'
    const id = globalId('Notification', message!.id)
    expect((await world.send(world.people.facilitator, node, { id })).data.node).toEqual({ __typename: 'Notification', id })
    expect((await world.send(world.people['safeguarding-lead'], node, { id })).data.node).toBeNull()
  })

  test('only its recipient acknowledges it; another person’s, another provider’s and none are answered alike', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    await say(world, world.people.facilitator)
    const [message] = await messagesOf(world)
    const missing = await world.send(world.people.facilitator, acknowledge, taken({ ...message!, id: newId() }))
    expect(missing.data.acknowledgeNotification).toMatchObject({ code: 'not-found' })
    expect(await world.send(world.people['safeguarding-lead'], acknowledge, taken(message!))).toEqual(missing)
    expect(await other.send(other.people.facilitator, acknowledge, taken(message!))).toEqual(missing)
    expect(await world.send(world.people.facilitator, acknowledge, { input: { notificationId: 'no id', expectedVersion: 1 } })).toEqual(
      missing,
    )
    expect((await world.send(world.people.facilitator, acknowledge, taken(message!, 7))).data.acknowledgeNotification).toMatchObject({
      __typename: 'StaleVersion',
      currentVersion: 1,
    })
    const done = { __typename: 'Notification', acknowledgedAt: start, version: 2 }
    expect((await world.send(world.people.facilitator, acknowledge, taken(message!))).data.acknowledgeNotification).toEqual(done)
    clock.moveTo('2026-05-01T10:00:00.000Z')
    expect((await world.send(world.people.facilitator, acknowledge, taken(message!))).data.acknowledgeNotification).toEqual(done)
    expect((await list(world, 'facilitator')).edges).toEqual([])
    expect((await list(world, 'facilitator', { filter: 'ALL' })).edges).toHaveLength(1)
  })

  test('a message stays as it was written: the database refuses another recipient, and a delete', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator)
    const lead = world.people['safeguarding-lead']
    await expect(world.as(lead, (tx) => tx.rows(sql`update notifications set kind = 'task-overdue'`))).rejects.toMatchObject({
      sqlState: '23001',
    })
    await expect(world.as(lead, (tx) => tx.rows(sql`delete from notifications`))).rejects.toMatchObject({ sqlState: '42501' })
  })
})

describe(`the ladder on ${lane}`, () => {
  const recipients = async (world: World) => {
    const names = new Map(Object.entries(world.people).map(([role, { id }]) => [id, role]))
    return (await messagesOf(world)).map(({ recipientId, createdAt, acknowledgeBy }) => [names.get(recipientId), createdAt, acknowledgeBy])
  }

  test('goes to the next person when the time has passed, from stored instants: the lead, the manager, and round again', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator)
    const steps: unknown[] = [['facilitator', start, '2026-05-01T11:00:00.000Z']]
    clock.moveTo('2026-05-01T11:00:00.000Z')
    await climb(world)
    expect(await recipients(world)).toEqual(steps)
    // The server was away all night: whoever hears next still has the whole two hours.
    for (const [role, at, until] of [
      ['safeguarding-lead', '2026-05-02T07:30:00.000Z', '2026-05-02T09:30:00.000Z'],
      ['programme-manager', '2026-05-02T09:30:00.001Z', '2026-05-02T11:30:00.001Z'],
      ['safeguarding-lead', '2026-05-02T12:00:00.000Z', '2026-05-02T14:00:00.000Z'],
    ] as const) {
      clock.moveTo(at)
      await Promise.all([climb(world), climb(world)])
      await climb(world)
      steps.push([role, at, until])
      expect(await recipients(world)).toEqual(steps)
    }
    expect((await list(world, 'programme-manager')).edges).toMatchObject([{ node: { isEscalation: true } }])
  })

  test('ends when anybody on it acknowledges', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator)
    clock.moveTo('2026-05-01T12:00:00.000Z')
    await climb(world)
    const [first] = await messagesOf(world)
    await world.send(world.people.facilitator, acknowledge, taken(first!))
    clock.moveTo('2026-05-03T12:00:00.000Z')
    await climb(world)
    const both = await messagesOf(world)
    expect(both.map(({ acknowledgedAt, settledAt }) => [acknowledgedAt, settledAt])).toEqual([
      ['2026-05-01T12:00:00.000Z', null],
      [null, '2026-05-03T12:00:00.000Z'],
    ])
    clock.moveTo('2026-05-09T12:00:00.000Z')
    await climb(world)
    expect(await messagesOf(world)).toHaveLength(2)
  })

  test('a message that was acknowledged in time, or that asks for nothing, climbs never', async () => {
    const world = await newWorld()
    await say(world, world.people.facilitator)
    await say(world, world.people['intake-worker'], { patience: null })
    const [first] = await messagesOf(world)
    await world.send(world.people.facilitator, acknowledge, taken(first!))
    clock.moveTo('2026-06-01T12:00:00.000Z')
    await climb(world)
    expect(await messagesOf(world)).toHaveLength(2)
  })

  test('what lies on the partner’s side reaches nobody of the participant’s: not by the ladder, not by name, not by the database', async () => {
    const world = await newWorld()
    const { people } = world
    await say(world, people['partner-support-worker'], { side: 'partner' }, people['partner-support-worker'])
    for (let day = 2; day < 7; day += 1) {
      clock.moveTo(`2026-05-0${day}T12:00:00.000Z`)
      await climb(world)
    }
    expect([...new Set((await recipients(world)).map(([role]) => role))]).toEqual(['partner-support-worker', 'safeguarding-lead'])
    await expect(say(world, people.facilitator, { side: 'partner' })).rejects.toMatchObject({ code: 'invalid-input', field: 'recipientId' })
    const forged = sql`insert into notifications (provider_id, id, kind, subject_type, subject_id, recipient_id, recipient_side, side, created_at, ladder_id, next_attempt_at)
      values (${world.providerId}, ${newId()}, 'concern-raised', 'Thing', ${newId()}, ${people.facilitator.id}, 'participant', 'partner', now(), ${newId()}, now())`
    await expect(world.as(people['safeguarding-lead'], (tx) => tx.rows(forged))).rejects.toMatchObject({ constraint: 'notifications_wall' })
    for (const role of ['programme-manager', 'facilitator', 'intake-worker'] as const)
      expect(await world.as(people[role], (tx) => tx.rows(sql`select id from notifications`)), role).toEqual([])
  })

  test('a participant-side command tells partner support without being able to read that it did', async () => {
    const world = await newWorld()
    await say(world, world.people['partner-support-worker'])
    expect((await list(world, 'partner-support-worker')).edges).toHaveLength(1)
    expect(await world.as(world.people['intake-worker'], (tx) => tx.rows(sql`select id from notifications`))).toEqual([])
  })

  test('whoever is excluded from the case hears nothing of it, at any step', async () => {
    const world = await newWorld()
    const caseId = newId()
    const excluded = [world.people.facilitator.id, world.people['safeguarding-lead'].id]
    before = registerRecipientExclusion(async (_tx, _actor, ids, about) =>
      about === caseId ? ids.filter((id) => !excluded.includes(id)) : [...ids],
    )
    await say(world, world.people.facilitator, { caseId })
    clock.moveTo('2026-05-02T12:00:00.000Z')
    await climb(world)
    expect((await recipients(world)).map(([role]) => role)).toEqual(['programme-manager', 'programme-manager'])
  })
})

describe(`what the dispatcher sees on ${lane}`, () => {
  test('of other providers is that they are there, and nothing of theirs', async () => {
    const [one, other] = [await newWorld(), await newWorld()]
    await say(one, one.people.facilitator)
    const seen = await database.transaction({ everyProvider: true }, 'read', async (tx) => ({
      providers: (await tx.orm.select({ id: providers.providerId }).from(providers)).map(({ id }) => id),
      messages: await tx.rows(sql`select id from notifications`),
      staff: await tx.rows(sql`select id from staff`),
    }))
    expect(seen.providers).toEqual(expect.arrayContaining([one.providerId, other.providerId]))
    expect([seen.messages, seen.staff]).toEqual([[], []])
    const sink = recordingSink()
    await dispatch(other, sink)
    expect(sink.sent).toEqual([])
  })
})
