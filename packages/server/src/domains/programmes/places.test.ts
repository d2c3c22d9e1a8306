import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { endingsIn } from '../../../test/harness/endings.ts'
import { leads, placeIn, plannedGroup, runningGroup, shippedIn, type ShippedId } from '../../../test/harness/groups.ts'
import { clock, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { globalId, newId, type Uuid } from '../../platform/ids.ts'
import type { Group, Place } from './access.ts'
import { changeGroup } from './change-group.ts'
import { endPlace } from './end-place.ts'
import { endPlaceByHand } from './end-place-field.ts'
import { givePlace, waitForPlace, type NewPlace } from './give-place.ts'
import { whereToJoin } from './joining.ts'
import { changePriority, leaveWaitingList } from './leave-waiting-list.ts'
import { movePlace } from './move-place.ts'
import { openPlace } from './open-place.ts'
import { openPlaceOfCase, waitingListOfGroup } from './place.ts'
import { planOneToOnes } from './plan-one-to-ones.ts'
import { reopenPlace } from './reopen-place.ts'
import { endingIds, type PlaceEnding } from './states.ts'

describe(`places on ${lane}`, () => {
  let world: World
  let shipped: Record<ShippedId, Uuid>
  let group: Group
  beforeEach(async () => {
    world = await newWorld()
    shipped = await shippedIn(world)
    group = await plannedGroup(world, shipped['step-by-step-rolling-nine'], { capacity: 2 })
    return () => clock.moveTo(start)
  })
  const manager = () => world.people['programme-manager']
  const asManager = <Result>(work: Parameters<typeof world.as<Result>>[1]) => world.as(manager(), work)
  const give = (caseId: Uuid, changes: Partial<NewPlace> = {}) =>
    asManager((tx, actor) => givePlace(tx, actor, { idempotencyKey: newId(), caseId, groupId: group.id, orWait: false, ...changes }))
  const statusOf = async (caseId: Uuid) =>
    (await world.send(manager(), `{ case(id: "${globalId('Case', caseId)}") { status } }`)).data.case.status
  const waiting = async () => (await asManager((tx, actor) => waitingListOfGroup.batch(tx, actor, [group.id])))[0]!.map(({ id }) => id)
  const end = (place: Place, ending: PlaceEnding = 'removed') =>
    asManager((tx, actor) => endPlace(tx, actor, { placeId: place.id, ending, reason: 'so that a test goes on' }))
  const open = (place: Place, passOverReason?: string) =>
    asManager((tx, actor) => openPlace(tx, actor, { placeId: place.id, passOverReason, expectedVersion: place.version }))
  const openTasks = async (kind: string) =>
    (await world.send(manager(), `{ tasks(filter: OPEN) { edges { node { kind title subjectId } } } }`)).data.tasks.edges
      .map(({ node }: { node: { kind: string } }) => node)
      .filter((task: { kind: string }) => task.kind === kind)

  test('an accepted case gets a place from the next session on, moves on, and is given to who leads the group', async () => {
    await leads(world, group, world.people.facilitator.id)
    const { id: caseId, globalId: caseGlobalId } = await caseIn(world, 'accepted')
    expect((await world.send(world.people.facilitator, `{ case(id: "${caseGlobalId}") { id } }`)).data.case).toBeNull()
    expect(await give(caseId)).toMatchObject({ status: 'open', joinedOn: '2026-05-11', waitingSince: null })
    const { data } = await world.send(
      world.people.facilitator,
      `{ case(id: "${caseGlobalId}") { status workers { role } places { status joinedOn group { reference } history { from to } } timeline { edges { node { what } } } } }`,
    )
    expect(data.case).toMatchObject({
      status: 'IN_PROGRAMME',
      workers: [{ role: 'FACILITATOR' }],
      places: [{ status: 'OPEN', joinedOn: '2026-05-11', group: { reference: group.reference }, history: [{ from: null, to: 'OPEN' }] }],
    })
    expect(data.case.timeline.edges.map(({ node }: { node: { what: string } }) => node.what)).toContain('place-opened')
  })

  test('a case that is not accepted gets none, and nobody has two', async () => {
    for (const status of ['intake', 'closed', 'completed'] as const)
      await expect(give((await caseIn(world, status)).id), status).rejects.toMatchObject({ code: 'invalid-move', allowed: ['accepted'] })
    const { id: caseId } = await caseIn(world, 'accepted')
    await give(caseId)
    await expect(give(caseId)).rejects.toMatchObject({ code: 'case-has-place', message: 'this case is in this group already' })
    const other = await plannedGroup(world, shipped['step-by-step-rolling-nine'])
    await expect(give(caseId, { groupId: other.id })).rejects.toMatchObject({
      code: 'case-has-place',
      message: 'this case is in another group',
    })
  })

  test('the same key gives one place; the same key for another case is refused', async () => {
    const [one, other] = [await caseIn(world, 'accepted'), await caseIn(world, 'accepted')]
    const idempotencyKey = newId()
    const first = await give(one.id, { idempotencyKey })
    expect((await give(one.id, { idempotencyKey })).id).toBe(first.id)
    await expect(give(other.id, { idempotencyKey })).rejects.toMatchObject({ code: 'idempotency-key-reused' })
  })

  test('when it is full one is refused, or waits where one chose to', async () => {
    await placeIn(world, group)
    await placeIn(world, group)
    const { id: caseId } = await caseIn(world, 'accepted')
    await expect(give(caseId)).rejects.toMatchObject({ code: 'group-full', wouldBePosition: 1 })
    expect(await give(caseId, { orWait: true })).toMatchObject({ status: 'waiting', joinedOn: null, waitingSince: start })
    await expect(give(caseId, { orWait: true })).rejects.toMatchObject({
      code: 'case-has-place',
      message: 'this case waits for this group already',
    })
    expect(await statusOf(caseId)).toBe('ACCEPTED')
    await expect(give((await caseIn(world, 'accepted')).id)).rejects.toMatchObject({ code: 'group-full', wouldBePosition: 2 })
  })

  test('the list goes by urgency, then by who waits longest; a free place is offered once, and is theirs', async () => {
    const [first] = [await placeIn(world, group), await placeIn(world, group)]
    const usual = await placeIn(world, group)
    clock.moveTo('2026-05-01T10:00:00.000Z')
    const later = await placeIn(world, group)
    const { id: caseId } = await caseIn(world, 'accepted')
    const soonest = await give(caseId, { orWait: true, priority: 'urgent' })
    expect(await waiting()).toEqual([soonest.id, usual.id, later.id])
    expect(await openTasks('OFFER_PLACE')).toEqual([])

    await end(first)
    expect(await openTasks('OFFER_PLACE')).toMatchObject([
      { title: 'A place in a group is free: offer it to the head of the waiting list', subjectId: group.id },
    ])
    await expect(give((await caseIn(world, 'accepted')).id), 'it is for those who wait').rejects.toMatchObject({
      code: 'group-full',
      wouldBePosition: 4,
    })
    await expect(open(usual), 'others come first').rejects.toMatchObject({ code: 'not-allowed' })
    expect(await open(soonest)).toMatchObject({ status: 'open', joinedOn: '2026-05-11' })
    expect(await openTasks('OFFER_PLACE')).toEqual([])
    await expect(open(usual)).rejects.toMatchObject({ code: 'group-full', wouldBePosition: 1 })
  })

  test('whoever answers for every case passes others over with a reason, and it stays on record', async () => {
    const [first] = [await placeIn(world, group), await placeIn(world, group)]
    const [head, second] = [await placeIn(world, group), await placeIn(world, group)]
    await end(first)
    await expect(open(second)).rejects.toMatchObject({ code: 'not-allowed' })
    await open(second, 'the court asks for it')
    const { data } = await world.send(
      manager(),
      `{ node(id: "${globalId('Place', second.id)}") { ... on Place { position history { from to reason } } } }`,
    )
    expect(data.node).toEqual({
      position: null,
      history: [
        { from: null, to: 'WAITING', reason: null },
        { from: 'WAITING', to: 'OPEN', reason: 'the court asks for it' },
      ],
    })
    expect(await waiting()).toEqual([head.id])
  })

  test('more room asks for the head of the list; less than are in it is refused', async () => {
    await placeIn(world, group)
    await placeIn(world, group)
    await placeIn(world, group)
    const change = (capacity: number, expectedVersion: number) =>
      asManager((tx, actor) => changeGroup(tx, actor, { groupId: group.id, capacity, expectedVersion }))
    await expect(change(1, 1)).rejects.toMatchObject({ field: 'capacity', message: '2 are in this group already' })
    await expect(change(13, 1)).rejects.toMatchObject({ field: 'capacity' })
    await change(3, 1)
    expect((await openTasks('OFFER_PLACE')).length).toBe(1)
    await expect(
      asManager((tx) => tx.rows(sql`update groups set capacity = 1 where id = ${group.id}`)),
      'the database counts too',
    ).rejects.toMatchObject({ sqlState: '23001' })
  })

  test('whoever waits can decline, come sooner, or be taken off; versions are kept', async () => {
    await placeIn(world, group)
    await placeIn(world, group)
    const [one, other] = [await placeIn(world, group), await placeIn(world, group)]
    await asManager((tx, actor) =>
      changePriority(tx, actor, { placeId: other.id, priority: 'urgent', reason: 'a court date', expectedVersion: 1 }),
    )
    expect(await waiting()).toEqual([other.id, one.id])
    const leave = (place: Place, expectedVersion: number) =>
      asManager((tx, actor) =>
        leaveWaitingList(tx, actor, { placeId: place.id, to: 'declined', reason: 'works nights now', expectedVersion }),
      )
    await expect(leave(other, 1)).rejects.toMatchObject({ code: 'stale-version', currentVersion: 2 })
    expect(await leave(other, 2)).toMatchObject({ status: 'declined', version: 3 })
    await expect(leave(other, 3)).rejects.toMatchObject({ code: 'invalid-move', allowed: [] })
    expect(await waiting()).toEqual([one.id])
  })

  test('somebody who is in one group may wait for another, and moves there in one step', async () => {
    await leads(world, group, world.people.facilitator.id)
    const here = await placeIn(world, group)
    const there = await plannedGroup(world, shipped['step-by-step-rolling-nine'], { capacity: 1 })
    const wait = await asManager((tx, actor) =>
      waitForPlace(tx, actor, { idempotencyKey: newId(), caseId: here.caseId, groupId: there.id }),
    )
    const moved = await asManager((tx, actor) =>
      movePlace(tx, actor, { placeId: here.id, toGroupId: there.id, reason: 'nearer to home', expectedVersion: 1 }),
    )
    expect(moved).toMatchObject({ id: wait.id, groupId: there.id, status: 'open' })
    expect(await statusOf(here.caseId)).toBe('IN_PROGRAMME')
    expect(await openTasks('REVIEW_RISK'), 'nothing has ended').toEqual([])
    expect((await world.send(world.people.facilitator, `{ case(id: "${globalId('Case', here.caseId)}") { id } }`)).data.case).toBeNull()

    const another = await placeIn(world, group)
    await expect(
      asManager((tx, actor) => movePlace(tx, actor, { placeId: another.id, toGroupId: there.id, reason: 'nearer', expectedVersion: 1 })),
    ).rejects.toMatchObject({ code: 'group-full' })
    expect(await asManager((tx, actor) => openPlaceOfCase(tx, actor, another.caseId)), 'nothing of it was done').toMatchObject({
      groupId: group.id,
    })
  })

  const caseBecomes: Record<PlaceEnding, string> = {
    completed: 'COMPLETED',
    removed: 'ACCEPTED',
    'de-selected': 'ACCEPTED',
    'dropped-out': 'ACCEPTED',
    transferred: 'CLOSED',
    died: 'CLOSED',
    'moved-to-other-group': 'ACCEPTED',
  }

  test('each ending moves the case on; what nobody planned is an ending of the case, which the partner service hears of first', async () => {
    const followed: Partial<Record<PlaceEnding, string[]>> = {}
    for (const ending of endingIds) {
      const place = await placeIn(world, group)
      expect(await end(place, ending), ending).toMatchObject({ status: 'ended', ending, endedOn: place.joinedOn })
      expect(await statusOf(place.caseId), ending).toBe(caseBecomes[ending])
      followed[ending] = (await endingsIn(world, place.caseId)).map(({ what }) => what)
    }
    expect(followed).toEqual({
      completed: [],
      removed: ['place-ended'],
      'de-selected': ['place-ended'],
      'dropped-out': ['place-ended'],
      transferred: ['closed-before-completion'],
      died: ['closed-before-completion'],
      'moved-to-other-group': [],
    })
    expect((await openTasks('REVIEW_RISK')).length).toBe(5)
  })

  test('by hand a place ends only in the ways that are a person’s, and some are for those who answer for every case', async () => {
    await leads(world, group, world.people.facilitator.id)
    const place = await placeIn(world, group)
    const byHand = `mutation ($input: EndPlaceInput!) { endPlace(input: $input) { __typename ... on Place { ending endReason } ... on Refusal { code } } }`
    const send = (ending: string) =>
      world.send(world.people.facilitator, byHand, {
        input: { placeId: globalId('Place', place.id), ending, reason: 'will not take part', expectedVersion: 1 },
      })
    for (const proposed of ['REMOVED', 'COMPLETED']) expect((await send(proposed)).errors?.[0]?.extensions.code, proposed).toBe('BAD_INPUT')
    expect((await send('DIED')).data.endPlace).toEqual({ __typename: 'NotAllowed', code: 'not-allowed' })
    expect((await send('DE_SELECTED')).data.endPlace).toEqual({
      __typename: 'Place',
      ending: 'DE_SELECTED',
      endReason: 'will not take part',
    })
    expect((await send('DE_SELECTED')).data.endPlace.code).toBe('stale-version')
  })

  test.each([
    ['a day to come', '2026-05-02'],
    ['a day before it began', '2026-04-01'],
  ])('a place does not end on %s', async (_, endedOn) => {
    const place = await placeIn(world, await plannedGroup(world, shipped['step-by-step-rolling-nine'], { firstOn: '2026-04-20' }), {
      joinedOn: '2026-04-20',
    })
    await expect(
      asManager((tx, actor) =>
        endPlaceByHand(tx, actor, { placeId: place.id, ending: 'dropped-out', reason: 'gone', endedOn, expectedVersion: 1 }),
      ),
    ).rejects.toMatchObject({ field: 'endedOn' })
  })

  test('a removal that does not hold puts him back as if nothing had been: the joining day stays, the ending is taken back', async () => {
    const place = await placeIn(world, group)
    await end(place)
    clock.moveTo('2026-05-20T09:00:00.000Z')
    const { place: back, became } = await asManager((tx, actor) =>
      reopenPlace(tx, actor, { placeId: place.id, reason: 'the register was wrong' }),
    )
    expect(became).toBe('open')
    expect(back).toMatchObject({ status: 'open', joinedOn: '2026-05-11', endedOn: null, ending: null, endReason: null, version: 3 })
    expect(await statusOf(place.caseId)).toBe('IN_PROGRAMME')
    expect((await endingsIn(world, place.caseId)).map(({ what }) => what)).toEqual(['place-ended', 'taken-back'])
    const { data } = await world.send(
      manager(),
      `{ node(id: "${globalId('Place', place.id)}") { ... on Place { history { to ending reason } } } }`,
    )
    expect(data.node.history.map(({ to, ending }: { to: string; ending: string }) => [to, ending])).toEqual([
      ['OPEN', null],
      ['ENDED', 'REMOVED'],
      ['OPEN', null],
    ])
  })

  test('where his place is gone he is at the head of the list, before the urgent, and keeps his joining day', async () => {
    const place = await placeIn(world, group)
    await placeIn(world, group)
    await end(place)
    await placeIn(world, group)
    const urgent = await give((await caseIn(world, 'accepted')).id, { orWait: true, priority: 'urgent' })
    clock.moveTo('2026-05-12T09:00:00.000Z')
    const { place: waits, became } = await asManager((tx, actor) =>
      reopenPlace(tx, actor, { placeId: place.id, reason: 'the register was wrong' }),
    )
    expect(became).toBe('waiting')
    expect(await waiting()).toEqual([waits.id, urgent.id])
    expect(await statusOf(place.caseId)).toBe('ACCEPTED')
    await asManager((tx, actor) => changeGroup(tx, actor, { groupId: group.id, capacity: 3, expectedVersion: 1 }))
    expect(await open(waits)).toMatchObject({ status: 'open', joinedOn: '2026-05-11' })
  })

  test('a completion that does not hold is undone the same way', async () => {
    const place = await placeIn(world, group)
    await end(place, 'completed')
    expect(await asManager((tx, actor) => reopenPlace(tx, actor, { placeId: place.id, reason: 'one session was not his' }))).toMatchObject({
      became: 'open',
    })
    expect(await statusOf(place.caseId)).toBe('IN_PROGRAMME')
  })

  test('what cannot be undone stays ended, and the answer says why', async () => {
    const place = await placeIn(world, group)
    await expect(asManager((tx, actor) => reopenPlace(tx, actor, { placeId: place.id, reason: 'x' }))).rejects.toMatchObject({
      code: 'invalid-move',
    })
    await end(place)
    const other = await plannedGroup(world, shipped['step-by-step-rolling-nine'])
    const second = await give(place.caseId, { groupId: other.id })
    const reopened = () => asManager((tx, actor) => reopenPlace(tx, actor, { placeId: place.id, reason: 'the register was wrong' }))
    expect(await reopened()).toMatchObject({ became: 'stays-ended', because: 'another-place' })
    await end(second, 'died')
    expect(await reopened()).toMatchObject({ became: 'stays-ended', because: 'case-over' })
    expect(await asManager((tx, actor) => openPlaceOfCase(tx, actor, place.caseId))).toBeNull()
  })

  test('one-to-ones stand beside the group: for everybody, or for a reason the programme names', async () => {
    const series = { firstOn: '2026-05-06', beginsAt: '10:00', minutes: 50, count: 3, holidays: 'skip' as const }
    const plan = (placeId: Uuid, reason?: 'language' | 'part-of-the-programme') =>
      asManager((tx, actor) => planOneToOnes(tx, actor, { idempotencyKey: newId(), placeId, ...series, reason }))
    const place = await placeIn(world, group)
    for (const reason of [undefined, 'part-of-the-programme'] as const)
      await expect(plan(place.id, reason)).rejects.toMatchObject({ field: 'reason' })
    await plan(place.id, 'language')
    await plan(place.id, 'language')
    const phoenix = await placeIn(world, await plannedGroup(world, shipped['phoenix-12']))
    await plan(phoenix.id)
    const read = async (id: Uuid) =>
      (
        await world.send(
          manager(),
          `{ node(id: "${globalId('Place', id)}") { ... on Place { oneToOnes { number onDay kind oneToOneReason startsAt theme { title } } } } }`,
        )
      ).data.node.oneToOnes
    expect((await read(place.id)).map(({ number, onDay }: { number: number; onDay: string }) => [number, onDay])).toEqual([
      [1, '2026-05-06'],
      [4, '2026-05-06'],
      [2, '2026-05-13'],
      [5, '2026-05-13'],
      [3, '2026-05-20'],
      [6, '2026-05-20'],
    ])
    expect((await read(phoenix.id))[0]).toMatchObject({
      kind: 'ONE_TO_ONE',
      oneToOneReason: 'PART_OF_THE_PROGRAMME',
      startsAt: '2026-05-06T09:00:00.000Z',
      theme: null,
    })
  })

  test('the database keeps a group from overflowing and a place from changing hands, whoever asks', async () => {
    const full = await plannedGroup(world, shipped['step-by-step-rolling-nine'], { capacity: 1 })
    const [inside, outside] = [await placeIn(world, full), await placeIn(world, full)]
    const attempts = [
      sql`update places set status = 'open', joined_on = '2026-05-11' where id = ${outside.id}`,
      sql`update places set case_id = ${outside.caseId} where id = ${inside.id}`,
      sql`update places set group_id = ${group.id} where id = ${inside.id}`,
    ]
    for (const attempt of attempts) await expect(asManager((tx) => tx.rows(attempt))).rejects.toMatchObject({ sqlState: '23001' })
    await expect(asManager((tx) => tx.rows(sql`update place_changes set reason = 'x'`))).rejects.toMatchObject({ sqlState: '42501' })
  })

  test('a running group takes people in, one that is over does not', async () => {
    const { group: running } = await runningGroup(world, shipped['step-by-step-rolling-nine'])
    expect(await placeIn(world, running)).toMatchObject({ status: 'open' })
    await expect(
      asManager((tx) => tx.rows(sql`update groups set status = 'ended', ended_at = now() where id = ${running.id}`)),
      'somebody is in it',
    ).rejects.toMatchObject({ sqlState: '23001' })
  })
})

describe('joining', () => {
  const meetings = [1, 2, 3, 4].map((number) => ({ number, onDay: `2026-05-${String(number * 7).padStart(2, '0')}` }))
  const points = { at: 'set-points', sessions: [1, 3] } as const
  test.each([
    ['at the start, before the first session', { at: 'start' }, '2026-05-01', true],
    ['at the start, on the day of the first session', { at: 'start' }, '2026-05-07', true],
    ['at the start, the day after the first session', { at: 'start' }, '2026-05-08', false],
    ['anywhere, at the last session', { at: 'any-session' }, '2026-05-28', true],
    ['anywhere, after the last session', { at: 'any-session' }, '2026-05-29', false],
    ['at set points, at the third', points, '2026-05-21', true],
    ['at set points, in the week before the third', points, '2026-05-15', true],
    ['at set points, at the second', points, '2026-05-14', false],
    ['at set points, at the fourth', points, '2026-05-22', false],
  ] as const)('%s', (_, joining, on, allowed) => {
    expect(whereToJoin(joining, 12, meetings, on) === undefined).toBe(allowed)
  })

  test('set points come round with every round', () => {
    const round = Array.from({ length: 8 }, (_, index) => ({ number: index + 1, onDay: `2026-05-${10 + index}` }))
    expect(round.filter(({ onDay }) => whereToJoin(points, 4, round, onDay) === undefined).map(({ number }) => number)).toEqual([
      1, 3, 5, 7,
    ])
  })
})
