import { beforeAll, describe, expect, test } from 'vitest'
import { excludeWorker } from '../cases/index.ts'
import { recordPartnerServiceException, revokeRole } from '../providers/index.ts'
import { globalId, newId } from '../../platform/ids.ts'
import {
  anotherFacilitator,
  leads,
  partnerService,
  placeIn,
  plannedGroup,
  runningGroup,
  shippedIn,
  type ShippedId,
} from '../../../test/harness/groups.ts'
import { caseIn } from '../../../test/harness/cases.ts'
import { clock, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { changeGroup } from './change-group.ts'
import { createGroup } from './create-group.ts'
import { endGroup } from './end-group.ts'
import { moveSession } from './move-session.ts'
import { planSessions } from './plan-sessions.ts'
import { removeFacilitator } from './remove-facilitator.ts'
import { retireProgramme } from './retire-programme.ts'
import { settleSession } from './settle-session.ts'
import { startGroup } from './start-group.ts'
import { evenings } from '../../../test/harness/groups.ts'

const create = /* GraphQL */ `
  mutation ($input: CreateGroupInput!) {
    createGroup(input: $input) {
      __typename
      ... on Group {
        id reference status capacity minutes venue version
        programme { templateId templateVersion }
        occupancy { open waiting free }
        sessions { number onDay startsAt endsAt status theme { themeId } }
      }
      ... on Refusal { code message help }
      ... on InvalidInput { field }
    }
  }
`

describe(`groups on ${lane}`, () => {
  let world: World
  let shipped: Record<ShippedId, string>
  beforeAll(async () => {
    world = await newWorld()
    shipped = await shippedIn(world)
  })
  const manager = () => world.people['programme-manager']
  const input = (id: ShippedId, changes: Record<string, unknown> = {}) => ({
    idempotencyKey: newId(),
    programmeId: globalId('Programme', shipped[id]),
    firstOn: '2026-05-04',
    beginsAt: '18:30',
    ...changes,
  })
  const created = async (id: ShippedId, changes: Record<string, unknown> = {}) =>
    (await world.send(manager(), create, { input: input(id, changes) })).data.createGroup

  test('a group is planned with the sessions and themes of its programme, over bank holidays', async () => {
    const group = await created('phoenix-12', { venue: 'Town hall, room 2' })
    expect(group).toMatchObject({
      status: 'PLANNED',
      capacity: 12,
      minutes: 120,
      programme: { templateId: 'phoenix-12', templateVersion: '1.0.0' },
    })
    expect(group.reference).toMatch(/^G-2026-\d{4}$/)
    expect(group.occupancy).toEqual({ open: 0, waiting: 0, free: 12 })
    expect(group.sessions.length).toBe(12)
    expect(group.sessions[0]).toEqual({
      number: 1,
      onDay: '2026-05-11',
      startsAt: '2026-05-11T17:30:00.000Z',
      endsAt: '2026-05-11T19:30:00.000Z',
      status: 'PLANNED',
      theme: { themeId: 'harm-to-partner-and-children' },
    })
    expect(group.sessions.map(({ theme }: { theme: { themeId: string } }) => theme.themeId).slice(1, 3)).toEqual([
      'harm-to-partner-and-children',
      'attitudes-and-beliefs',
    ])
  })

  test('a rolling one begins with any theme and goes round', async () => {
    const group = await created('step-by-step-rolling-nine', { firstTheme: 'wider-impact', sessionCount: 10 })
    expect(group.sessions.map(({ theme }: { theme: { themeId: string } }) => theme.themeId)).toEqual([
      'wider-impact',
      'equal-partnership',
      'power-and-control',
      'incident-deconstruction',
      'force-threats-fear',
      'minimising-denial-blame',
      'empathy',
      'children-and-parenting',
      'sexual-abuse-and-respect',
      'wider-impact',
    ])
  })

  test('where the source does not say how themes fill the weeks, each group says it', async () => {
    const themes = Array<string>(11).fill('empathy')
    expect(await created('step-by-step-11')).toMatchObject({ code: 'invalid-input', field: 'themes' })
    expect(await created('step-by-step-11', { themes: themes.slice(1) })).toMatchObject({ field: 'themes' })
    expect(await created('step-by-step-11', { themes: [...themes.slice(1), 'emapthy'] })).toMatchObject({ field: 'themes.10' })
    expect((await created('step-by-step-11', { themes })).sessions.length).toBe(11)
  })

  test.each([
    ['beginsAt', { beginsAt: '6 pm' }],
    ['beginsAt', { beginsAt: '24:00' }],
    ['firstOn', { firstOn: '2031-01-01' }],
    ['minutes', { minutes: 14 }],
    ['minutes', { minutes: 481 }],
    ['capacity', { capacity: 0 }],
    ['capacity', { capacity: 13 }],
    ['sessionCount', { sessionCount: 11 }],
    ['firstTheme', { firstTheme: 'wanting-change' }],
    ['themes', { themes: ['wanting-change'] }],
  ])('%s is refused with what is allowed: %j', async (field, changes) => {
    expect(await created('phoenix-12', changes)).toMatchObject({ code: 'invalid-input', field })
  })

  test('the same key creates once; no group begins with what is out of use, and one that has goes on', async () => {
    const once = input('phoenix-12')
    const first = (await world.send(manager(), create, { input: once })).data.createGroup
    expect((await world.send(manager(), create, { input: once })).data.createGroup.id).toBe(first.id)
    const other = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(other)
    const before = await plannedGroup(other, programmeId)
    await other.as(other.people['programme-manager'], (tx, actor) =>
      retireProgramme(tx, actor, { programmeId, reason: 'no more', expectedVersion: 1 }),
    )
    await expect(plannedGroup(other, programmeId)).rejects.toMatchObject({ field: 'programmeId' })
    const changed = await other.as(other.people['programme-manager'], (tx, actor) =>
      changeGroup(tx, actor, { groupId: before.id, venue: 'elsewhere', expectedVersion: 1 }),
    )
    expect(changed).toMatchObject({ programmeId, venue: 'elsewhere', version: 2 })
  })

  test('a group starts with two facilitators and a partner service or an exception, which it keeps', async () => {
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const group = await plannedGroup(own, programmeId)
    const starts = () =>
      own.as(own.people['programme-manager'], (tx, actor) => startGroup(tx, actor, { groupId: group.id, expectedVersion: group.version }))
    await expect(starts()).rejects.toMatchObject({ code: 'too-few-facilitators' })
    await leads(own, group, own.people.facilitator.id)
    await expect(starts()).rejects.toMatchObject({ code: 'too-few-facilitators' })
    await leads(own, group, (await anotherFacilitator(own)).id)
    await expect(starts()).rejects.toMatchObject({ code: 'no-partner-service' })
    const exception = await own.as(own.people['safeguarding-lead'], (tx, actor) =>
      recordPartnerServiceException(tx, actor, {
        idempotencyKey: newId(),
        reason: 'the service closed; a new one is being found',
        fromOn: tx.today,
        untilOn: '2026-05-02',
      }),
    )
    clock.moveTo('2026-05-03T09:00:00.000Z')
    await expect(starts(), 'the exception has run out').rejects.toMatchObject({ code: 'no-partner-service' })
    clock.moveTo(start)
    expect(await starts()).toMatchObject({
      status: 'running',
      partnerArrangementId: exception.id,
      startedBy: own.people['programme-manager'].id,
    })
    await expect(starts()).rejects.toMatchObject({ code: 'stale-version' })
  })

  test('two managers with the same version: one starts it, the other is told', async () => {
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const group = await plannedGroup(own, programmeId)
    await leads(own, group, own.people.facilitator.id)
    await leads(own, group, (await anotherFacilitator(own)).id)
    await partnerService(own)
    const both = await Promise.allSettled(
      [1, 2].map(() =>
        own.as(own.people['programme-manager'], (tx, actor) => startGroup(tx, actor, { groupId: group.id, expectedVersion: 1 })),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'stale-version', currentVersion: 2 } })
  })

  test('somebody without the role leads no group, and whoever leads it twice leads it once', async () => {
    const group = await plannedGroup(world, shipped['phoenix-12'])
    await expect(leads(world, group, world.people['intake-worker'].id)).rejects.toMatchObject({ field: 'staffId' })
    const once = await leads(world, group, world.people.facilitator.id)
    expect((await leads(world, group, world.people.facilitator.id)).id).toBe(once.id)
  })

  test('whoever leaves a group, or loses the role, loses its cases, and a manager is asked for another', async () => {
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const { group, other } = await runningGroup(own, programmeId)
    const place = await placeIn(own, group)
    const reads = async (who: typeof other) =>
      (await own.as(who, async (tx, actor) => (await import('./access.ts')).readPlaces(tx, actor, (await import('drizzle-orm')).sql`true`)))
        .length
    expect([await reads(own.people.facilitator), await reads(other)]).toEqual([1, 1])

    const one = (
      await own.as(own.people['programme-manager'], async (tx, actor) =>
        (await import('./group.ts')).facilitatorsOfGroup.batch(tx, actor, [group.id]),
      )
    )[0]!
    await own.as(own.people['programme-manager'], (tx, actor) =>
      removeFacilitator(tx, actor, {
        facilitatorId: one.find(({ staffId }) => staffId === other.id)!.id,
        reason: 'a new job',
        expectedVersion: 1,
      }),
    )
    expect([await reads(own.people.facilitator), await reads(other)]).toEqual([1, 0])
    await own.as(own.people['programme-manager'], (tx, actor) =>
      revokeRole(tx, actor, { staffId: own.people.facilitator.id, role: 'facilitator', expectedVersion: 1 }),
    )
    const left = await own.as(own.people['programme-manager'], async (tx, actor) =>
      (await import('./assignments.ts')).facilitatorsOf(tx, actor, group.id),
    )
    expect(left).toEqual([])
    const { data } = await own.send(
      own.people['programme-manager'],
      '{ tasks(filter: OPEN) { edges { node { title subjectType subjectId } } } }',
    )
    const asked = data.tasks.edges.filter(({ node }: { node: { title: string } }) => node.title.startsWith('Too few lead'))
    expect(asked.map(({ node }: { node: { subjectId: string } }) => node.subjectId)).toEqual([group.id, group.id])
    expect(place.status).toBe('open')
  })

  test('nobody leads a group with somebody they are kept away from: before, and when it comes out later', async () => {
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const group = await plannedGroup(own, programmeId)
    const { id: caseId } = await caseIn(own, 'accepted')
    await leads(own, group, own.people.facilitator.id)
    const exclude = (staffId: string) =>
      own.as(own.people['programme-manager'], (tx, actor) => excludeWorker(tx, actor, { caseId, staffId, reason: 'is a neighbour' }))
    const { givePlace } = await import('./give-place.ts')
    const give = () =>
      own.as(own.people['programme-manager'], (tx, actor) =>
        givePlace(tx, actor, { idempotencyKey: newId(), caseId, groupId: group.id, orWait: false }),
      )
    const kept = await anotherFacilitator(own)
    await exclude(kept.id)
    await give()
    await expect(leads(own, group, kept.id)).rejects.toMatchObject({ field: 'staffId', code: 'invalid-input' })

    await exclude(own.people.facilitator.id)
    const { data } = await own.send(own.people['programme-manager'], '{ tasks(filter: OPEN) { edges { node { title } } } }')
    expect(data.tasks.edges.map(({ node }: { node: { title: string } }) => node.title)).toContain(
      'A facilitator of a group may not work with somebody in it: decide who goes where',
    )
  })

  test('a facilitator who is kept away from somebody keeps them out of the group, and is not named', async () => {
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const group = await plannedGroup(own, programmeId)
    const { id: caseId } = await caseIn(own, 'accepted')
    await leads(own, group, own.people.facilitator.id)
    await own.as(own.people['programme-manager'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId, staffId: own.people.facilitator.id, reason: 'is a neighbour' }),
    )
    const { givePlace } = await import('./give-place.ts')
    await expect(
      own.as(own.people['programme-manager'], (tx, actor) =>
        givePlace(tx, actor, { idempotencyKey: newId(), caseId, groupId: group.id, orWait: false }),
      ),
    ).rejects.toMatchObject({ field: 'groupId', message: 'somebody who leads this group may not work with this person' })
  })

  test('a session is held with two facilitators, not held with fewer, and put right with a reason; both stay', async () => {
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const { group, other } = await runningGroup(own, programmeId)
    const me = own.people.facilitator
    const { sessionsOfGroup, changesOfSession } = await import('./session.ts')
    const [sessions] = await own.as(me, (tx, actor) => sessionsOfGroup.batch(tx, actor, [group.id]))
    const sessionId = sessions![0]!.id
    const settle = (more: Partial<Parameters<typeof settleSession>[2]>) =>
      own.as(me, (tx, actor) => settleSession(tx, actor, { sessionId, outcome: { facilitatedBy: [me.id, other.id] }, ...more }))
    await expect(settle({}), 'it has not begun').rejects.toMatchObject({ field: 'sessionId' })
    clock.moveTo('2026-05-11T20:00:00.000Z')
    await expect(settle({ outcome: { facilitatedBy: [me.id, me.id] } }), 'one person is not two').rejects.toMatchObject({
      code: 'too-few-facilitators',
    })
    await expect(settle({ outcome: { facilitatedBy: [me.id, own.people['intake-worker'].id] } })).rejects.toMatchObject({
      field: 'facilitatedBy',
    })
    expect(await settle({ outcome: { notHeldBecause: 'one of us was ill' } })).toMatchObject({
      status: 'not-held',
      facilitatedBy: [],
      version: 2,
    })
    await expect(settle({}), 'a correction says why').rejects.toMatchObject({ field: 'reason' })
    expect(await settle({ correction: 'a colleague stepped in', expectedVersion: 2 })).toMatchObject({
      status: 'held',
      notHeldReason: null,
      version: 3,
    })
    const [history] = await own.as(me, (tx, actor) => changesOfSession.batch(tx, actor, [sessionId]))
    expect(history!.map(({ fromStatus, toStatus, reason }) => [fromStatus, toStatus, reason])).toEqual([
      ['planned', 'not-held', 'one of us was ill'],
      ['not-held', 'held', 'a colleague stepped in'],
    ])
    clock.moveTo(start)
  })

  test('one session moves and those after it stay; further ones follow after the last', async () => {
    const group = await plannedGroup(world, shipped['phoenix-12'])
    const { sessionsOfGroup } = await import('./session.ts')
    const read = async () => (await world.as(manager(), (tx, actor) => sessionsOfGroup.batch(tx, actor, [group.id])))[0]!
    const [first] = await read()
    const moved = await world.as(manager(), (tx, actor) =>
      moveSession(tx, actor, {
        sessionId: first!.id,
        onDay: '2026-05-13',
        beginsAt: '10:00',
        reason: 'the room was taken',
        expectedVersion: 1,
      }),
    )
    expect(moved).toMatchObject({
      onDay: '2026-05-13',
      startsAt: '2026-05-13T09:00:00.000Z',
      endsAt: '2026-05-13T11:00:00.000Z',
      version: 2,
    })
    expect((await read())[1]!.onDay).toBe('2026-05-18')
    const further = { groupId: group.id, count: 2, themes: ['wanting-change', 'wanting-change'] }
    await expect(
      world.as(manager(), (tx, actor) => planSessions(tx, actor, { ...further, themes: undefined, expectedVersion: 1 })),
    ).rejects.toMatchObject({ field: 'themes' })
    await world.as(manager(), (tx, actor) => planSessions(tx, actor, { ...further, expectedVersion: 1 }))
    const all = await read()
    expect(all.slice(-3).map(({ number, onDay }) => [number, onDay])).toEqual([
      [12, '2026-08-03'],
      [13, '2026-08-10'],
      [14, '2026-08-17'],
    ])
  })

  test('a group ends when nobody is in it and every past session has its record; then it stays as it is', async () => {
    const own = await newWorld()
    const { 'step-by-step-rolling-nine': programmeId } = await shippedIn(own)
    const { group, other } = await runningGroup(own, programmeId, { capacity: 1 })
    const manages = own.people['programme-manager']
    const place = await placeIn(own, group)
    const waits = await placeIn(own, group)
    const end = () =>
      own.as(manages, (tx, actor) =>
        endGroup(tx, actor, { groupId: group.id, to: 'ended', reason: 'the round is over', expectedVersion: group.version }),
      )
    await expect(end()).rejects.toMatchObject({ code: 'group-not-finished', message: '1 person is still in this group' })
    const { endPlaceByHand } = await import('./end-place-field.ts')
    await own.as(manages, (tx, actor) =>
      endPlaceByHand(tx, actor, { placeId: place.id, ending: 'dropped-out', reason: 'stopped coming', expectedVersion: 1 }),
    )
    clock.moveTo('2026-05-12T09:00:00.000Z')
    await expect(end()).rejects.toMatchObject({ code: 'group-not-finished', message: '1 past session has no register' })
    const { sessionsOfGroup } = await import('./session.ts')
    const [sessions] = await own.as(manages, (tx, actor) => sessionsOfGroup.batch(tx, actor, [group.id]))
    await own.as(manages, (tx, actor) =>
      settleSession(tx, actor, { sessionId: sessions![0]!.id, outcome: { facilitatedBy: [own.people.facilitator.id, other.id] } }),
    )
    expect(await end()).toMatchObject({ status: 'ended', endReason: 'the round is over' })
    const { placeById } = await import('./place.ts')
    const [waited] = await own.as(manages, (tx, actor) => placeById.batch(tx, actor, [waits.id]))
    expect(waited!.status).toBe('withdrawn')
    const { data } = await own.send(manages, `{ tasks(filter: OPEN) { edges { node { kind } } } }`)
    expect(data.tasks.edges.map(({ node }: { node: { kind: string } }) => node.kind)).not.toContain('OFFER_PLACE')
    await expect(
      own.as(manages, (tx, actor) => changeGroup(tx, actor, { groupId: group.id, capacity: 2, expectedVersion: 3 })),
    ).rejects.toMatchObject({ code: 'invalid-move' })
    const { sql } = await import('drizzle-orm')
    await expect(own.as(manages, (tx) => tx.rows(sql`update groups set venue = 'x' where id = ${group.id}`))).rejects.toMatchObject({
      sqlState: '23001',
    })
    clock.moveTo(start)
  })

  test('one that was planned is cancelled with a reason, and one that runs is not', async () => {
    const group = await plannedGroup(world, shipped['phoenix-12'])
    const cancel = (reason: string) =>
      world.as(manager(), (tx, actor) => endGroup(tx, actor, { groupId: group.id, to: 'cancelled', reason, expectedVersion: 1 }))
    await expect(cancel(' ')).rejects.toMatchObject({ field: 'reason' })
    expect(await cancel('too few people')).toMatchObject({ status: 'cancelled', startedAt: null })
    await expect(
      world.as(manager(), (tx, actor) => createGroup(tx, actor, evenings(newId()))),
      'of what does not exist',
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})
