import { beforeAll, describe, expect, test } from 'vitest'
import { assignWorker, excludeWorker } from '../cases/index.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { caseIn } from '../../../test/harness/cases.ts'
import { leads, partnerService, placeIn, plannedGroup, shippedIn } from '../../../test/harness/groups.ts'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import type { Role } from '../providers/index.ts'
import type { Group, Place } from './access.ts'
import { givePlace } from './give-place.ts'
import { planOneToOnes } from './plan-one-to-ones.ts'

describe(`who sees groups and places on ${lane}`, () => {
  let world: World
  let mine: Group
  let theirs: Group
  let place: Place
  beforeAll(async () => {
    world = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(world)
    mine = await plannedGroup(world, programmeId)
    theirs = await plannedGroup(world, programmeId)
    await leads(world, mine, world.people.facilitator.id)
    place = await placeIn(world, mine)
    await placeIn(world, theirs)
    await world.as(world.people['programme-manager'], async (tx, actor) => {
      await planOneToOnes(tx, actor, {
        idempotencyKey: newId(),
        placeId: place.id,
        firstOn: '2026-05-06',
        beginsAt: '10:00',
        minutes: 50,
        count: 1,
        holidays: 'skip',
      })
      for (const role of ['one-to-one-worker', 'social-worker', 'referrer'] as const)
        await assignWorker(tx, actor, { caseId: place.caseId, staffId: world.people[role].id, role })
    })
  })
  const listed = async (role: Role) => {
    const { data } = await world.send(
      world.people[role],
      '{ groups { edges { node { id places { id } sessions { id } occupancy { open } } } } }',
    )
    return data.groups.edges.map(({ node }: { node: { id: string; places: unknown[]; occupancy: { open: number } } }) =>
      [node.id === globalId('Group', mine.id) ? 'mine' : 'theirs', node.places.length, node.occupancy.open].join(' '),
    )
  }

  test.each([
    ['programme-manager', ['theirs 1 1', 'mine 1 1']],
    ['safeguarding-lead', ['theirs 1 1', 'mine 1 1']],
    ['partner-support-worker', ['theirs 1 1', 'mine 1 1']],
    // How full they are, and nobody in them: those cases are accepted and not given to intake.
    ['intake-worker', ['theirs 0 1', 'mine 0 1']],
    ['facilitator', ['mine 1 1']],
    ['one-to-one-worker', ['mine 1 1']],
  ] as const)('%s', async (role, seen) => {
    expect(await listed(role)).toEqual(seen)
  })

  test.each(['referrer', 'social-worker', 'commissioner', 'auditor', 'rules-author'] as const)('%s sees no group', async (role) => {
    expect((await world.send(world.people[role], '{ groups { edges { node { id } } } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const { data } = await world.send(world.people[role], `{ node(id: "${globalId('Group', mine.id)}") { id } }`)
    expect(data.node).toBeNull()
  })

  test('a referrer sees the place of their case without its group, its reasons and its history; a social worker with them', async () => {
    const query = `{ case(id: "${globalId('Case', place.caseId)}") { places { status joinedOn ending endReason priority group { id } oneToOnes { id } history { to } } } }`
    const ask = async (role: Role) => (await world.send(world.people[role], query)).data.case.places
    const seen = { status: 'OPEN', joinedOn: '2026-05-11', ending: null, endReason: null, priority: null, group: null, oneToOnes: [] }
    expect(await ask('referrer')).toEqual([{ ...seen, history: null }])
    expect(await ask('social-worker')).toEqual([{ ...seen, history: [{ to: 'OPEN' }] }])
  })

  test('what one may not see is answered like what does not exist, in every command', async () => {
    const other = await newWorld()
    const secret = { group: globalId('Group', theirs.id), place: globalId('Place', place.id) }
    const nothing = { group: globalId('Group', newId()), place: globalId('Place', newId()) }
    const commands = {
      givePlace: (ids: typeof secret) => ({
        idempotencyKey: newId(),
        caseId: globalId('Case', place.caseId),
        groupId: ids.group,
        orWait: true,
      }),
      waitForPlace: (ids: typeof secret) => ({ idempotencyKey: newId(), caseId: globalId('Case', place.caseId), groupId: ids.group }),
    }
    const ofAnotherProvider = {
      openPlace: (ids: typeof secret) => ({ placeId: ids.place, expectedVersion: 1 }),
      endPlace: (ids: typeof secret) => ({ placeId: ids.place, ending: 'DIED', reason: 'x', expectedVersion: 1 }),
      leaveWaitingList: (ids: typeof secret) => ({ placeId: ids.place, to: 'DECLINED', reason: 'x', expectedVersion: 1 }),
      changePlacePriority: (ids: typeof secret) => ({ placeId: ids.place, priority: 'URGENT', reason: 'x', expectedVersion: 1 }),
      movePlace: (ids: typeof secret) => ({ placeId: ids.place, toGroupId: ids.group, reason: 'x', expectedVersion: 1 }),
      startGroup: (ids: typeof secret) => ({ groupId: ids.group, expectedVersion: 1 }),
      endGroup: (ids: typeof secret) => ({ groupId: ids.group, reason: 'x', expectedVersion: 1 }),
      cancelGroup: (ids: typeof secret) => ({ groupId: ids.group, reason: 'x', expectedVersion: 1 }),
      changeGroup: (ids: typeof secret) => ({ groupId: ids.group, capacity: 3, expectedVersion: 1 }),
      planSessions: (ids: typeof secret) => ({ groupId: ids.group, count: 1, expectedVersion: 1 }),
      addFacilitator: (ids: typeof secret) => ({ idempotencyKey: newId(), groupId: ids.group, staffId: globalId('Staff', newId()) }),
    }
    const send = async (w: World, role: Role, name: string, input: unknown) => {
      const type = name === 'cancelGroup' ? 'EndGroupInput' : `${name[0]!.toUpperCase()}${name.slice(1)}Input`
      const answer = await w.send(
        w.people[role],
        `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Refusal { code message } } }`,
        { input },
      )
      return JSON.stringify([answer.data, answer.errors?.map(({ message }) => message)])
    }
    for (const [name, input] of Object.entries(commands)) {
      const answer = await send(world, 'facilitator', name, input(secret))
      expect(answer, name).toContain('"not-found"')
      expect(answer, name).toBe(await send(world, 'facilitator', name, input(nothing)))
    }
    for (const [name, input] of Object.entries(ofAnotherProvider)) {
      const answer = await send(other, 'programme-manager', name, input(secret))
      expect(answer, name).toContain('"not-found"')
      expect(answer, name).toBe(await send(other, 'programme-manager', name, input(nothing)))
    }
  })

  test('whoever is excluded sees the group is full, and not by whom', async () => {
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const group = await plannedGroup(own, programmeId, { capacity: 2 })
    const [one, hidden] = [await placeIn(own, group), await placeIn(own, group)]
    await placeIn(own, group)
    await own.as(own.people['programme-manager'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId: hidden.caseId, staffId: own.people['safeguarding-lead'].id, reason: 'is a cousin' }),
    )
    const query = `{ group(id: "${globalId('Group', group.id)}") { occupancy { open waiting free } places { id } waitingList { position } } }`
    const { data } = await own.send(own.people['safeguarding-lead'], query)
    expect(data.group).toEqual({
      occupancy: { open: 2, waiting: 1, free: 0 },
      places: [{ id: globalId('Place', one.id) }],
      waitingList: [{ position: 1 }],
    })
    const { data: node } = await own.send(own.people['safeguarding-lead'], `{ node(id: "${globalId('Place', hidden.id)}") { id } }`)
    expect(node.node).toBeNull()
  })

  test('nothing a participant-side person reads of a group depends on whether a partner is known', async () => {
    const query = `{ group(id: "${globalId('Group', mine.id)}") { occupancy { open } places { status version history { to reason } case { timeline { edges { node { what summary } } } } } } }`
    const before = JSON.stringify((await world.send(world.people.facilitator, query)).data)
    await partnerService(world)
    const { data } = await world.send(world.people['partner-support-worker'], query)
    expect(JSON.stringify(data)).toBe(before)
    expect(JSON.stringify((await world.send(world.people.facilitator, query)).data)).toBe(before)
  })

  test('every field of a place that leaves is in the audit, with the case it is of', async () => {
    const before = await readsOf(world)
    await world.send(world.people.facilitator, `{ node(id: "${globalId('Place', place.id)}") { ... on Place { status joinedOn } } }`)
    const after = await readsOf(world)
    expect(after.length - before.length).toBe(1)
    expect(after.at(-1)).toMatchObject({ subject_type: 'case', subject_id: place.caseId, fields: ['place.joinedOn', 'place.status'] })
  })

  test('a page of groups takes the same statements for one as for seven', async () => {
    const count = async (w: World) => {
      const query = `{ groups(first: 50) { edges { node { reference programme { title } facilitators { staff { name } } occupancy { free } sessions { theme { title } } places { status joinedOn position case { reference } oneToOnes { onDay } history { to } } waitingList { position priority } } } } }`
      const statements = database.statementCount()
      const answer = await w.send(w.people['programme-manager'], query)
      expect(answer.errors).toBeUndefined()
      return database.statementCount() - statements
    }
    const own = await newWorld()
    const { 'phoenix-12': programmeId } = await shippedIn(own)
    const full = async () => {
      const group = await plannedGroup(own, programmeId, { capacity: 1 })
      for (const orWait of [true, true]) {
        const { id: caseId } = await caseIn(own, 'accepted')
        await own.as(own.people['programme-manager'], (tx, actor) =>
          givePlace(tx, actor, { idempotencyKey: newId(), caseId, groupId: group.id, orWait }),
        )
      }
    }
    await full()
    const one = await count(own)
    for (let more = 0; more < 6; more += 1) await full()
    console.log(`a page of groups: ${one} statements`)
    expect(await count(own)).toBe(one)
  })
})

const readsOf = (world: World) =>
  database.asOwner((run) =>
    run(
      `select subject_type, subject_id, fields from audit_entries where provider_id = '${world.providerId}' and action = 'case.read' and subject_type = 'case' order by number`,
    ),
  ) as Promise<{ subject_type: string; subject_id: string; fields: string[] }[]>
