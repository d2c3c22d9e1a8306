import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { caseIn } from '../../../test/harness/cases.ts'
import { acknowledge, close, closing, globalIds, idsOf, listed, ofCase, raise, raised, taken } from '../../../test/harness/concerns.ts'
import { ofCase as ending } from '../../../test/harness/endings.ts'
import { dispatch, messagesOf, recordingSink } from '../../../test/harness/notifications.ts'
import { give } from '../../../test/harness/tasks.ts'
import { clock, database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { assignWorker, excludeWorker } from '../cases/index.ts'
import { addStaff, endStaff, staffById } from '../providers/index.ts'
import { acknowledgeConcern, closeConcern, concernById } from './index.ts'

const mineAndOthers = /* GraphQL */ '{ tasks { edges { node { id kind title dueAt version } } } myTasks { edges { node { id kind } } } }'
const triage = /* GraphQL */ `mutation ($input: TriageCallerInput!) { triageCaller(input: $input) { __typename } }`
const caller = { idempotencyKey: newId(), situation: 'IS_HARMED', isInDangerNow: false, codeName: 'Robin', leaveNoMessage: true }
const node = /* GraphQL */ 'query ($id: ID!) { node(id: $id) { __typename id } }'
const seenBy = async (world: World, role: keyof World['people']) =>
  idsOf((await world.send(world.people[role], listed)).data.concerns).sort()

async function threeSides() {
  const world = await newWorld()
  const row = await caseIn(world, 'accepted')
  const [his, hers, neither] = [
    await raised(world, row.id),
    await raised(world, row.id, { side: 'partner' }, world.people['partner-support-worker']),
    await raised(world, row.id, { side: 'neutral' }, world.people['safeguarding-lead']),
  ]
  return { world, row, his, hers, neither }
}

describe(`who sees a concern on ${lane}`, () => {
  test('each side its own; partner support the participant’s too; the lead all; and the database says the same', async () => {
    const { world, his, hers, neither } = await threeSides()
    expect(await seenBy(world, 'programme-manager')).toEqual(globalIds(his))
    expect(await seenBy(world, 'partner-support-worker')).toEqual(globalIds(his, hers).sort())
    expect(await seenBy(world, 'safeguarding-lead')).toEqual(globalIds(his, hers, neither).sort())
    for (const [role, there] of [
      ['programme-manager', 1],
      ['facilitator', 1],
      ['partner-support-worker', 2],
      ['safeguarding-lead', 3],
    ] as const)
      expect(await world.as(world.people[role], (tx) => tx.rows(sql`select id from concerns`)), role).toHaveLength(there)
    for (const role of ['referrer', 'commissioner', 'auditor', 'rules-author'] as const)
      expect((await world.send(world.people[role], listed)).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
  })

  test('a case answers a participant-side person byte for byte the same with and without concerns on the partner’s side', async () => {
    const world = await newWorld()
    const [row, over] = [await caseIn(world, 'accepted'), await caseIn(world, 'withdrawn')]
    await raised(world, row.id)
    const { people } = world
    const everything = async () => [
      await world.send(people['programme-manager'], ofCase, { id: row.globalId }),
      await world.send(people['programme-manager'], listed),
      await world.send(
        people['programme-manager'],
        /* GraphQL */ '{ cases(first: 5) { edges { cursor node { id version statusChangedAt openConcerns { id } } } } }',
      ),
      // What has ended, with the step that every ending has, and the tasks that follow from it.
      await world.send(people['programme-manager'], ending, { id: over.globalId }),
      await world.send(people['programme-manager'], mineAndOthers),
    ]
    const before = JSON.stringify(await everything())
    const first = await raised(world, row.id, { side: 'partner', level: 'emergency' }, people['partner-support-worker'])
    const second = await raised(world, row.id, { side: 'partner' }, people['partner-support-worker'])
    await raised(world, row.id, { side: 'neutral' }, people['safeguarding-lead'])
    await raised(world, over.id, { side: 'partner' }, people['partner-support-worker'])
    await give(world, people['partner-support-worker'], { kind: 'follow-up', caseId: over.id }, people['partner-support-worker'])
    expect((await world.send(people['intake-worker'], triage, { input: caller })).data.triageCaller.__typename).not.toMatch(/Invalid|Not/)
    expect(JSON.stringify(await everything())).toBe(before)
    await world.as(people['safeguarding-lead'], (tx, actor) => acknowledgeConcern(tx, actor, { concernId: first.id, expectedVersion: 1 }))
    await world.as(people['safeguarding-lead'], (tx, actor) =>
      closeConcern(tx, actor, { concernId: second.id, action: 'done', told: ['nobody-else'], expectedVersion: 1 }),
    )
    clock.moveTo('2026-05-01T12:00:00.000Z')
    await dispatch(world, recordingSink())
    expect(JSON.stringify(await everything())).toBe(before)
  })

  test('what may not be seen is answered like what is not there: listed, fetched again, acted on', async () => {
    const { world, hers, neither } = await threeSides()
    const other = await newWorld()
    const manager = world.people['programme-manager']
    const missing = await world.send(manager, acknowledge, taken({ ...hers, id: newId() }))
    expect(missing.data.acknowledgeConcern.code).toBe('not-found')
    for (const hidden of [hers, neither]) {
      expect(await world.send(manager, acknowledge, taken(hidden))).toEqual(missing)
      expect(await world.send(manager, acknowledge, taken(hidden, 9))).toEqual(missing)
      expect((await world.send(manager, node, { id: globalId('Concern', hidden.id) })).data.node).toBeNull()
    }
    expect(await other.send(other.people['safeguarding-lead'], acknowledge, taken(hers))).toEqual(missing)
    const id = globalId('Concern', hers.id)
    expect((await world.send(world.people['partner-support-worker'], node, { id })).data.node).toEqual({ __typename: 'Concern', id })
  })

  test('a worker sees and raises where they are assigned, and acts on none but their own; excluded they see nothing', async () => {
    const { world, row, his } = await threeSides()
    const { people } = world
    const raising = () =>
      world.send(people.facilitator, raise, {
        input: { caseId: row.globalId, level: 'EMERGENCY', what: ['OTHER'], details: 'x', idempotencyKey: newId() },
      })
    expect(await seenBy(world, 'facilitator')).toEqual([])
    expect((await raising()).data.raiseConcern.code).toBe('not-found')
    await world.as(people['programme-manager'], (tx, actor) => assignWorker(tx, actor, { caseId: row.id, staffId: people.facilitator.id }))
    expect(await seenBy(world, 'facilitator')).toEqual(globalIds(his))
    expect((await raising()).data.raiseConcern.__typename).toBe('Concern')
    for (const [mutation, input] of [
      [acknowledge, taken(his)],
      [close, closing(his)],
    ] as const)
      expect(Object.values((await world.send(people.facilitator, mutation, input)).data)[0]).toMatchObject({ code: 'not-allowed' })
    await world.as(people['programme-manager'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId: row.id, staffId: people.facilitator.id, reason: 'a cousin' }),
    )
    expect(await seenBy(world, 'facilitator')).toEqual([])
  })

  test('everybody raises on their own side; only the lead, who serves neither, chooses', async () => {
    const world = await newWorld()
    const row = await caseIn(world, 'accepted')
    const send = async (role: keyof World['people'], side: string | null) => {
      const input = { caseId: row.globalId, level: 'SAME_DAY', what: ['OTHER'], details: 'x', idempotencyKey: newId(), side }
      return (await world.send(world.people[role], raise, { input })).data.raiseConcern
    }
    expect(await send('programme-manager', null)).toMatchObject({ side: 'PARTICIPANT' })
    expect(await send('partner-support-worker', null)).toMatchObject({ side: 'PARTNER' })
    expect(await send('safeguarding-lead', null)).toMatchObject({ side: 'PARTICIPANT' })
    expect(await send('safeguarding-lead', 'PARTNER')).toMatchObject({ side: 'PARTNER' })
    expect(await send('programme-manager', 'PARTNER')).toMatchObject({ code: 'invalid-input', field: 'side' })
    expect(await send('partner-support-worker', 'PARTICIPANT')).toMatchObject({ code: 'invalid-input', field: 'side' })
  })

  test('the open concerns of a page of cases take one statement, however many cases', async () => {
    const world = await newWorld()
    for (let number = 0; number < 12; number += 1) await raised(world, (await caseIn(world)).id)
    const query =
      /* GraphQL */ 'query ($first: Int!) { cases(first: $first) { edges { node { id openConcerns { id what owner { name } } } } } }'
    const statements = async (first: number) => {
      const before = database.statementCount()
      const { data } = await world.send(world.people['programme-manager'], query, { first })
      expect(data.cases.edges.every((edge: { node: { openConcerns: unknown[] } }) => edge.node.openConcerns.length === 1)).toBe(true)
      return database.statementCount() - before
    }
    await statements(1)
    expect(await statements(12)).toBe(await statements(2))
  })
})

describe(`deadlines of concerns on ${lane}`, () => {
  const heard = async (world: World) => {
    const names = new Map(Object.entries(world.people).map(([role, { id }]) => [id, role]))
    return (await messagesOf(world)).map(({ kind, recipientId }) => `${kind} ${names.get(recipientId)}`)
  }

  test('an unacknowledged concern goes to the manager, then round; overdue, its owner hears; taken on and closed, nobody does', async () => {
    const world = await newWorld()
    const concern = await raised(world, (await caseIn(world)).id)
    const sink = recordingSink()
    const at = async (instant: string) => {
      clock.moveTo(instant)
      await Promise.all([dispatch(world, sink), dispatch(world, sink)])
      await dispatch(world, sink)
      return heard(world)
    }
    const said = ['concern-raised safeguarding-lead']
    expect(await at('2026-05-01T10:00:00.000Z')).toEqual(said)
    expect(await at('2026-05-01T10:00:00.001Z')).toEqual([...said, 'concern-unacknowledged programme-manager'])
    expect(await at('2026-05-01T11:00:00.002Z')).toEqual([
      ...said,
      'concern-unacknowledged programme-manager',
      'concern-unacknowledged safeguarding-lead',
    ])
    await world.send(world.people['programme-manager'], acknowledge, taken(concern))
    const after = [...said, 'concern-unacknowledged programme-manager', 'concern-unacknowledged safeguarding-lead']
    expect(await at('2026-05-01T12:30:00.000Z')).toEqual(after)
    // Due at 13:00.
    expect(await at('2026-05-01T13:00:00.001Z')).toEqual([...after, 'concern-overdue safeguarding-lead'])
    expect(await at('2026-05-01T14:00:00.002Z')).toEqual([
      ...after,
      'concern-overdue safeguarding-lead',
      'concern-overdue programme-manager',
    ])
    await world.send(world.people['safeguarding-lead'], close, closing({ ...concern, version: 2 }))
    expect(await at('2026-05-09T09:00:00.000Z')).toHaveLength(after.length + 2)
    expect(new Set(sink.sent.map(({ id }) => id)).size).toBe(sink.sent.length)
    expect(JSON.stringify(sink.sent)).not.toMatch(/knife|Ada|weapon/i)
  })

  test('on the partner’s side the programme manager never hears', async () => {
    const world = await newWorld()
    const { id } = await caseIn(world, 'accepted')
    await raised(world, id, { side: 'partner' }, world.people['partner-support-worker'])
    for (let day = 2; day < 8; day += 1) {
      clock.moveTo(`2026-05-0${day}T12:00:00.000Z`)
      await dispatch(world, recordingSink())
    }
    const people = new Set((await heard(world)).map((line) => line.split(' ')[1]))
    expect([...people].sort()).toEqual(['partner-support-worker', 'safeguarding-lead'])
  })

  test('what somebody owned falls to another when they leave or are excluded, who is told; also what the one who ended it could not see', async () => {
    const world = await newWorld()
    const { people } = world
    const row = await caseIn(world, 'accepted')
    const second = await world.as(people['programme-manager'], (tx, actor) =>
      addStaff(tx, actor, {
        name: 'A second lead',
        issuer: 'i',
        subject: `s-${newId()}`,
        roles: ['safeguarding-lead'],
        idempotencyKey: newId(),
      }),
    )
    const [his, hers] = [await raised(world, row.id), await raised(world, row.id, { side: 'partner' }, people['partner-support-worker'])]
    const lead = people['safeguarding-lead']
    expect([his.ownerId, hers.ownerId]).toEqual([lead.id, lead.id])
    await world.as(people['programme-manager'], async (tx, actor) => {
      const [person] = await staffById.batch(tx, actor, [lead.id])
      await endStaff(tx, actor, { staffId: lead.id, reason: 'moved away', expectedVersion: person!.version })
    })
    const asSecond = { ...lead, id: second.id }
    const owners = async () =>
      (await world.as(asSecond, (tx, actor) => concernById.batch(tx, actor, [his.id, hers.id]))).map((one) => one?.ownerId)
    expect(await owners()).toEqual([second.id, lead.id])
    await dispatch(world, recordingSink())
    expect(await owners()).toEqual([second.id, second.id])
    await world.as(people['programme-manager'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId: row.id, staffId: second.id, reason: 'a cousin' }),
    )
    const [mine] = await world.as(people['programme-manager'], (tx, actor) => concernById.batch(tx, actor, [his.id]))
    expect(mine?.ownerId).toBe(people['programme-manager'].id)
  })
})
