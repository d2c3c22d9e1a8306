import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { caseIn } from '../../../test/harness/cases.ts'
import { acknowledge, close, closing, globalIds, idsOf, listed, raise, raised, reassign, taken } from '../../../test/harness/concerns.ts'
import { crashEverywhere, messagesOf } from '../../../test/harness/notifications.ts'
import { clock, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { matterIds, raiseConcern, type Concern } from './index.ts'

const timeline = /* GraphQL */ 'query ($id: ID!) { case(id: $id) { timeline { edges { node { what } } } } }'
const happened = async (world: World, id: string) =>
  (await world.send(world.people['programme-manager'], timeline, { id })).data.case.timeline.edges.map(
    (edge: { node: { what: string } }) => edge.node.what,
  )
const saw = { level: 'SAME_DAY', what: ['WEAPON_TO_HAND'], details: 'a knife was seen' }
const everyConcern = (world: World): Promise<Concern[]> =>
  world.as(world.people['safeguarding-lead'], (tx) => tx.rows<Concern>(sql`select * from concerns where provider_id = ${world.providerId}`))

describe(`a concern on ${lane}`, () => {
  test('is about one of the triggers of the shipped rule sets, or something else', () => {
    for (const id of ['core', 'cdars-phoenix', 'step-by-step']) {
      const document = JSON.parse(readFileSync(new URL(`../../../../rules/rule-sets/${id}.json`, import.meta.url), 'utf8')) as {
        safeguarding?: Record<string, unknown>
      }
      expect(
        Object.keys(document.safeguarding ?? {}).filter((rule) => !(matterIds as string[]).includes(rule)),
        id,
      ).toEqual([])
      if (id === 'core') expect([...Object.keys(document.safeguarding!), 'other'].toSorted()).toEqual(matterIds.toSorted())
    }
  })

  test('raised by hand belongs to the safeguarding lead, who is told, and stands on the timeline', async () => {
    const world = await newWorld()
    const row = await caseIn(world, 'intake')
    const input = { ...saw, caseId: row.globalId, idempotencyKey: 'the-first-one' }
    const { data } = await world.send(world.people['intake-worker'], raise, { input })
    expect(data.raiseConcern).toMatchObject({
      __typename: 'Concern',
      side: 'PARTICIPANT',
      level: 'SAME_DAY',
      what: ['WEAPON_TO_HAND'],
      details: 'a knife was seen',
      status: 'RAISED',
      dueAt: '2026-05-01T13:00:00.000Z',
      acknowledgeBy: '2026-05-01T10:00:00.000Z',
      owner: { name: 'Person in safeguarding-lead' },
      raisedBy: { name: 'Person in intake-worker' },
      version: 1,
    })
    expect((await messagesOf(world)).map(({ kind, subjectType, recipientId }) => [kind, subjectType, recipientId])).toEqual([
      ['concern-raised', 'Concern', world.people['safeguarding-lead'].id],
    ])
    expect(await happened(world, row.globalId)).toContain('concern-raised')
    const again = await world.send(world.people['intake-worker'], raise, { input })
    expect(again.data).toEqual(data)
    const other = await world.send(world.people['intake-worker'], raise, { input: { ...input, details: 'something else' } })
    expect(other.data.raiseConcern.code).toBe('idempotency-key-reused')
    expect(await everyConcern(world)).toHaveLength(1)
  })

  test('is due in clock hours or working days from when it became known; recorded late it is late at once', async () => {
    const world = await newWorld()
    const { id, globalId: caseId } = await caseIn(world)
    // Friday 1 May 2026, 10:00 in London; Monday is a bank holiday.
    expect(await raised(world, id, { level: 'emergency' })).toMatchObject({
      dueAt: '2026-05-01T10:00:00.000Z',
      acknowledgeBy: '2026-05-01T09:15:00.000Z',
    })
    expect(await raised(world, id, { level: 'next-working-day' })).toMatchObject({
      dueAt: '2026-05-05T16:00:00.000Z',
      acknowledgeBy: '2026-05-05T16:00:00.000Z',
    })
    expect(await raised(world, id, { due: { within: { amount: 2, unit: 'hours' } } })).toMatchObject({ dueAt: '2026-05-01T11:00:00.000Z' })
    const late = { ...saw, caseId, knownSince: '2026-04-30T20:00:00.000Z', idempotencyKey: 'known-since-yesterday' }
    expect((await world.send(world.people['intake-worker'], raise, { input: late })).data.raiseConcern).toMatchObject({
      runsFrom: '2026-04-30T20:00:00.000Z',
      dueAt: '2026-05-01T00:00:00.000Z',
      acknowledgeBy: start,
    })
  })

  test('about nothing, known from tomorrow on, or in somebody else’s case is refused; bad input changes nothing', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const [row, foreign] = [await caseIn(world), await caseIn(other)]
    const send = async (more: Record<string, unknown>) =>
      (
        await world.send(world.people['intake-worker'], raise, {
          input: { ...saw, caseId: row.globalId, idempotencyKey: newId(), ...more },
        })
      ).data?.raiseConcern
    expect(await send({ what: [] })).toMatchObject({ code: 'invalid-input', field: 'what' })
    expect(await send({ knownSince: '2026-05-01T09:00:00.001Z' })).toMatchObject({ code: 'invalid-input', field: 'knownSince' })
    const missing = await send({ caseId: globalId('Case', newId()) })
    expect(missing).toMatchObject({ code: 'not-found' })
    expect(await send({ caseId: foreign.globalId })).toEqual(missing)
    expect(await send({ caseId: 'no id' })).toEqual(missing)
    for (const bad of [{ what: ['NOTHING'] }, { level: 'LOW' }, { details: '  ' }, { details: 'x'.repeat(4_001) }])
      expect(await send(bad)).toBeUndefined()
    expect(await everyConcern(world)).toEqual([])
  })

  test('acknowledged, reassigned and closed by its owner; each step is checked, told and kept', async () => {
    const world = await newWorld()
    const { people, send } = world
    const row = await caseIn(world)
    const concern = await raised(world, row.id)
    const lead = people['safeguarding-lead']
    expect((await send(lead, acknowledge, taken(concern, 9))).data.acknowledgeConcern).toMatchObject({
      code: 'stale-version',
      currentVersion: 1,
    })
    clock.moveTo('2026-05-01T09:30:00.000Z')
    expect((await send(lead, acknowledge, taken(concern))).data.acknowledgeConcern).toMatchObject({
      status: 'ACKNOWLEDGED',
      acknowledgedAt: '2026-05-01T09:30:00.000Z',
      acknowledgedBy: { name: 'Person in safeguarding-lead' },
      version: 2,
    })
    expect((await messagesOf(world))[0]).toMatchObject({ acknowledgedAt: '2026-05-01T09:30:00.000Z' })
    expect((await send(lead, acknowledge, taken(concern, 2))).data.acknowledgeConcern).toMatchObject({
      code: 'invalid-move',
      allowed: ['closed'],
    })

    const to = (ownerId: string, expectedVersion: number) => ({
      input: { ...taken(concern, expectedVersion).input, ownerId: globalId('Staff', ownerId) },
    })
    expect((await send(lead, reassign, to(people['programme-manager'].id, 2))).data.reassignConcern).toMatchObject({
      owner: { name: 'Person in programme-manager' },
      dueAt: concern.dueAt,
      version: 3,
    })
    expect((await messagesOf(world)).at(-1)).toMatchObject({ kind: 'concern-assigned', recipientId: people['programme-manager'].id })
    for (const role of ['partner-support-worker', 'commissioner', 'referrer', 'auditor'] as const)
      expect((await send(lead, reassign, to(people[role].id, 3))).data.reassignConcern, role).toMatchObject({
        code: 'invalid-input',
        field: 'ownerId',
      })
    expect((await send(lead, reassign, to(newId(), 3))).data.reassignConcern.code).toBe('not-found')

    expect((await send(people['programme-manager'], close, closing({ ...concern, version: 3 }))).data.closeConcern).toMatchObject({
      status: 'CLOSED',
      action: 'Rang the police; they hold the knife',
      told: ['POLICE'],
      whyNotTold: null,
      closedBy: { name: 'Person in programme-manager' },
      version: 4,
    })
    for (const [mutation, input] of [
      [close, closing({ ...concern, version: 4 })],
      [acknowledge, taken(concern, 4)],
      [reassign, to(lead.id, 4)],
    ] as const)
      expect(Object.values((await send(lead, mutation, input)).data)[0]).toMatchObject({ code: 'invalid-move', allowed: [] })
    expect(await happened(world, row.globalId)).toEqual(
      expect.arrayContaining(['concern-raised', 'concern-acknowledged', 'concern-closed']),
    )
    const actions = await world.as(lead, (tx) =>
      tx.rows<{ action: string }>(
        sql`select action from audit_entries where subject_id = ${concern.id} and action not like '%.read' order by number`,
      ),
    )
    expect(actions.map(({ action }) => action)).toEqual(['concern.raised', 'concern.acknowledged', 'concern.reassigned', 'concern.closed'])
  })

  test('is closed only with what was done and who was told; whom the rules name, or why not', async () => {
    const world = await newWorld()
    const { send } = world
    const lead = world.people['safeguarding-lead']
    const { id } = await caseIn(world)
    const decisionId = await aDecision(world, id)
    const concern = await raised(world, id, {
      source: { decisionId, rules: ['weapon-to-hand'], tell: ['police', 'partner-service', 'safeguarding-lead'] },
    })
    expect((await send(lead, close, closing(concern, { action: '  ' }))).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    expect((await send(lead, close, closing(concern, { told: [] }))).data.closeConcern).toMatchObject({
      code: 'invalid-input',
      field: 'told',
    })
    expect((await send(lead, close, closing(concern, { told: ['NOBODY_ELSE', 'POLICE'] }))).data.closeConcern).toMatchObject({
      field: 'told',
    })
    expect((await send(lead, close, closing(concern))).data.closeConcern).toMatchObject({
      field: 'whyNotTold',
      message: 'the rules say to tell: partner-service',
    })
    // Closing what nobody had acknowledged acknowledges it.
    expect((await send(lead, close, closing(concern, { whyNotTold: 'she was with me' }))).data.closeConcern).toMatchObject({
      status: 'CLOSED',
      whyNotTold: 'she was with me',
      acknowledgedAt: start,
    })
    const change = (set: string) => world.as(lead, (tx) => tx.rows(sql.raw(`update concerns set ${set} where id = '${concern.id}'`)))
    await expect(change(`action = 'nothing'`)).rejects.toMatchObject({ sqlState: '23001' })
    const open = await raised(world, id)
    const changeOpen = (set: string) => world.as(lead, (tx) => tx.rows(sql.raw(`update concerns set ${set} where id = '${open.id}'`)))
    await expect(changeOpen(`level = 'next-working-day'`)).rejects.toMatchObject({ sqlState: '23001' })
    await expect(
      changeOpen(`status = 'closed', acknowledged_at = now(), closed_at = now(), action = '', told = '{police}'`),
    ).rejects.toMatchObject({ constraint: 'concerns_closed_with_action' })
    await expect(world.as(lead, (tx) => tx.rows(sql`delete from concerns`))).rejects.toMatchObject({ sqlState: '42501' })
  })

  test('of two who take it on at once one does, and the other is told', async () => {
    const world = await newWorld()
    const concern = await raised(world, (await caseIn(world)).id)
    const both = await Promise.all(
      (['safeguarding-lead', 'programme-manager'] as const).map((role) => world.send(world.people[role], acknowledge, taken(concern))),
    )
    expect(both.map(({ data }) => data.acknowledgeConcern.__typename).sort()).toEqual(['Concern', 'StaleVersion'])
  })

  test('a crash before any statement leaves neither a concern, nor a message, nor a line on the timeline', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const before = await happened(world, row.globalId)
    const crashes = await crashEverywhere(
      world,
      world.people['programme-manager'],
      (tx, actor) =>
        raiseConcern(tx, actor, { caseId: row.id, side: 'participant', level: 'emergency', what: ['other'], source: { details: 'x' } }),
      async () => expect([await everyConcern(world), await messagesOf(world)]).toEqual([[], []]),
    )
    console.log(`crashes before a statement of a concern: ${crashes}`)
    expect(crashes).toBeGreaterThan(8)
    expect([(await everyConcern(world)).length, (await messagesOf(world)).length, (await happened(world, row.globalId)).length]).toEqual([
      1,
      1,
      before.length + 1,
    ])
  })
})

describe(`the list of concerns on ${lane}`, () => {
  test('comes in the order of the deadline, page after page, and narrows by what is asked', async () => {
    const world = await newWorld()
    const { id } = await caseIn(world)
    const lead = world.people['safeguarding-lead']
    const hours = [5, 1, 3, 3, 2]
    const all: Concern[] = []
    for (const amount of hours)
      all.push(await raised(world, id, { due: { within: { amount, unit: 'hours' } }, level: amount === 1 ? 'emergency' : 'same-day' }))
    const inOrder = globalIds(...all.toSorted((one, other) => (`${one.dueAt}${one.id}` < `${other.dueAt}${other.id}` ? -1 : 1)))
    const ask = async (variables: Record<string, unknown>) => (await world.send(lead, listed, variables)).data.concerns
    const seen: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await ask({ first: 2, ...(after ? { after } : {}) })
      seen.push(...idsOf(page))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(seen).toEqual(inOrder)
    expect(idsOf(await ask({ last: 2 }))).toEqual(inOrder.slice(-2))
    expect(idsOf(await ask({ filter: { level: ['EMERGENCY'] } }))).toEqual(inOrder.slice(0, 1))
    await world.send(lead, close, closing(all[1]!))
    expect(idsOf(await ask({}))).toEqual(inOrder.slice(1))
    expect(idsOf(await ask({ filter: { status: ['CLOSED'] } }))).toEqual(inOrder.slice(0, 1))
    clock.moveTo('2026-05-01T11:00:00.000Z')
    expect(idsOf(await ask({ filter: { overdue: true } }))).toEqual([])
    clock.moveTo('2026-05-01T11:00:00.001Z')
    expect(idsOf(await ask({ filter: { overdue: true } }))).toEqual([inOrder[1]])
    expect(idsOf(await ask({ filter: { overdue: false } }))).toEqual(inOrder.slice(2))
    expect(idsOf(await ask({ filter: { ownedByMe: true } }))).toEqual(inOrder.slice(1))
    expect((await world.send(lead, listed, { after: 'nonsense' })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
  })
})

/** Any stored safeguarding decision of a case. */
async function aDecision(world: World, caseId: string): Promise<string> {
  const { decide } = await import('../rule-sets/index.ts')
  const stored = await world.as(world.people['programme-manager'], (tx, actor) =>
    decide(tx, actor, {
      kind: 'safeguarding',
      inForceOn: '2026-05-01',
      asOf: '2026-05-01',
      facts: {},
      about: { type: 'case', id: caseId },
      caseId,
    }),
  )
  return stored.id
}
