import { afterEach, describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { endingsIn, goOn, hearEndings, naming } from '../../../test/harness/endings.ts'
import { leads, plannedGroup, shippedIn } from '../../../test/harness/groups.ts'
import { referred } from '../../../test/harness/referred.ts'
import { clock, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'
import { globalId, localId, newId, type Uuid } from '../../platform/ids.ts'
import { acknowledgeEnding, assignWorker, moveCase, unassignWorker, type CaseStatus } from '../cases/index.ts'
import { grantRole } from '../providers/index.ts'
import { withdrawReferral } from '../referrals/index.ts'
import type { Place } from './access.ts'
import { endPlace } from './end-place.ts'
import { givePlace } from './give-place.ts'
import { leaveWaitingList } from './leave-waiting-list.ts'
import { reopenPlace } from './reopen-place.ts'

const shown = /* GraphQL */ `
  fragment shown on Case {
    reference status statusChangedAt closedAt version
    workers { id role version endedAt }
    statusHistory { to }
    timeline { edges { node { what } } }
    endings { what }
    places { ...held }
  }
  fragment held on Place { id status joinedOn endedOn ending endReason waitingSince position version history { to } }
`
const onCase = /* GraphQL */ `query ($id: ID!) { case(id: $id) { ...shown } } ${shown}`
const screen = /* GraphQL */ `
  query ($id: ID!, $placeId: ID!, $referralId: ID!) {
    cases(orderBy: { field: STATUS_CHANGED_AT }) { edges { cursor node { ...shown } } }
    over: cases(filter: { status: [ACCEPTED, CLOSED, REFUSED, WITHDRAWN] }) { edges { cursor node { reference } } }
    running: cases(filter: { status: [REFERRED, INTAKE, IN_PROGRAMME] }) { edges { cursor node { reference } } }
    case(id: $id) { ...shown participant { cases { ...shown } } }
    node(id: $id) { ... on Case { ...shown } }
    place: node(id: $placeId) { ... on Place { ...held case { ...shown } } }
    myReferrals { edges { node { standing withdrawnBecause version case { ...shown } } } }
    referral(id: $referralId) { standing version case { ...shown } }
  }
  ${shown}
`
type Shown = { status: string; version: number; closedAt: string | null; places: { status: string; ending: string | null }[] }

/** A case that a referrer sent and is assigned to, which has gone some way, with a place where it has one; and an older case of theirs. */
async function caseOfReferrer(steps: readonly CaseStatus[], place?: 'open' | 'waiting') {
  const world = await newWorld()
  const { referrer } = world.people
  const manager = world.people['programme-manager']
  const as = <Result>(work: Parameters<typeof world.as<Result>>[1]) => world.as(manager, work)
  const assign = (caseId: Uuid) => as((tx, actor) => assignWorker(tx, actor, { caseId, staffId: referrer.id, role: 'referrer' }))
  clock.moveTo('2026-05-01T10:00:00.000Z')
  await assign((await caseIn(world, 'deferred')).id)
  const { id: referralId } = await referred(world, {}, referrer)
  const known = await world.send(manager, `query ($id: ID!) { referral(id: $id) { case { id } } }`, { id: referralId })
  const caseGlobalId: string = known.data.referral.case.id
  const caseId = localId('Case', caseGlobalId)!
  await assign(caseId)
  clock.moveTo('2026-05-01T11:00:00.000Z')
  for (const to of steps) await as((tx, actor) => moveCase(tx, actor, caseId, to, 'so that a test can begin'))
  const given = place ? await placed(world, caseId, place) : undefined
  const look = () => world.send(referrer, screen, { id: caseGlobalId, placeId: globalId('Place', given?.id ?? newId()), referralId })
  const asItStands = (by: Actor) => world.send(by, onCase, { id: caseGlobalId })
  clock.moveTo('2026-05-02T09:00:00.000Z')
  return { world, as, manager, referrer, caseId, referralId: localId('Referral', referralId)!, place: given!, look, asItStands }
}
type Made = Awaited<ReturnType<typeof caseOfReferrer>>

async function placed(world: World, caseId: Uuid, status: 'open' | 'waiting'): Promise<Place> {
  const { 'step-by-step-rolling-nine': programmeId } = await shippedIn(world)
  const group = await plannedGroup(world, programmeId, { capacity: 1 })
  await leads(world, group, world.people.facilitator.id)
  const give = (id: Uuid) =>
    world.as(world.people['programme-manager'], (tx, actor) =>
      givePlace(tx, actor, { idempotencyKey: newId(), caseId: id, groupId: group.id, orWait: true }),
    )
  if (status === 'waiting') for (const { id } of [await caseIn(world, 'accepted'), await caseIn(world, 'accepted')]) await give(id)
  return give(caseId)
}

const moved =
  (to: CaseStatus, by: 'programme-manager' | 'intake-worker' = 'programme-manager') =>
  (made: Made) =>
    made.world.as(made.world.people[by], (tx, actor) => moveCase(tx, actor, made.caseId, to, 'a reason'))
const ended = (ending: 'removed' | 'dropped-out') => (made: Made) =>
  made.as((tx, actor) => endPlace(tx, actor, { placeId: made.place.id, ending, reason: 'a reason' }))
const later = (at: string) => async () => clock.moveTo(`2026-05-02T${at}:00.000Z`)

type Way = {
  name: string
  steps: CaseStatus[]
  place?: 'open' | 'waiting'
  happens: ((made: Made) => Promise<unknown>)[]
  becomes: { status: string; places?: { status: string; ending: string | null }[] }
}
/** Each way in which something ends, and what the referrer sees of it once it was heard. */
const ways: Way[] = [
  {
    name: 'refused, and a worker comes',
    steps: ['intake'],
    happens: [
      moved('refused', 'intake-worker'),
      later('09:30'),
      ({ as, caseId, world }) =>
        as((tx, actor) => assignWorker(tx, actor, { caseId, staffId: world.people['social-worker'].id, role: 'social-worker' })),
    ],
    becomes: { status: 'REFUSED' },
  },
  {
    name: 'withdrawn',
    steps: [],
    happens: [
      ({ as, referralId }) =>
        as((tx, actor) => withdrawReferral(tx, actor, { referralId, reason: 'she asked for it', expectedVersion: 1 })),
    ],
    becomes: { status: 'WITHDRAWN' },
  },
  {
    name: 'closed while it waited for a place, and off the list afterwards',
    steps: ['intake', 'accepted'],
    place: 'waiting',
    happens: [
      moved('closed'),
      later('09:30'),
      ({ as, place }) =>
        as((tx, actor) =>
          leaveWaitingList(tx, actor, { placeId: place.id, to: 'withdrawn', reason: 'a reason', expectedVersion: place.version }),
        ),
    ],
    becomes: { status: 'CLOSED', places: [{ status: 'WITHDRAWN', ending: null }] },
  },
  {
    name: 'removed, and a worker goes',
    steps: ['intake', 'accepted'],
    place: 'open',
    happens: [
      ended('removed'),
      later('09:30'),
      ({ as, caseId, world }) =>
        as((tx, actor) => unassignWorker(tx, actor, { caseId, staffId: world.people.facilitator.id, reason: 'the place ended' })),
    ],
    becomes: { status: 'ACCEPTED', places: [{ status: 'ENDED', ending: 'REMOVED' }] },
  },
  {
    name: 'dropped out, then closed',
    steps: ['intake', 'accepted'],
    place: 'open',
    happens: [ended('dropped-out'), later('09:30'), moved('closed')],
    becomes: { status: 'CLOSED', places: [{ status: 'ENDED', ending: 'DROPPED_OUT' }] },
  },
  {
    name: 'removed, and the removal taken back before anybody heard',
    steps: ['intake', 'accepted'],
    place: 'open',
    happens: [
      ended('removed'),
      later('09:30'),
      ({ as, place }) => as((tx, actor) => reopenPlace(tx, actor, { placeId: place.id, reason: 'the register was wrong' })),
    ],
    becomes: { status: 'IN_PROGRAMME', places: [{ status: 'OPEN', ending: null }] },
  },
]

describe(`what a referrer reads of an ending on ${lane}`, () => {
  afterEach(() => clock.moveTo(start))

  test.each(ways)('$name: nothing moves on the referrer’s screen until the partner service was heard', async (way) => {
    const made = await caseOfReferrer(way.steps, way.place)
    const before = await made.look()
    expect(before.errors).toBeUndefined()
    expect(before.data.cases.edges).toHaveLength(2)
    for (const happens of way.happens) {
      await happens(made)
      expect(JSON.stringify(await made.look())).toBe(JSON.stringify(before))
    }
    const all: Shown = (await made.asItStands(made.manager)).data.case
    expect(all).toMatchObject(way.becomes)
    await hearEndings(made.world, made.caseId)
    const after = await made.look()
    const { status, version, closedAt, places } = all
    for (const seen of [after.data.case, after.data.node, after.data.case.participant.cases[0]])
      expect(seen).toMatchObject({ ...way.becomes, status, version, closedAt, statusHistory: null, endings: null })
    expect(after.data.case.places).toHaveLength(places.length)
    expect(after.data.cases.edges.map(({ node }: { node: Shown }) => node.status)).toContain(status)
  })

  test('of two endings the referrer hears one after the other', async () => {
    const made = await caseOfReferrer(['intake', 'accepted'], 'open')
    await ended('removed')(made)
    await later('09:30')()
    await moved('closed')(made)
    const [first, second] = await endingsIn(made.world, made.caseId)
    const hear = ({ id }: { id: Uuid }) =>
      made.world.as(made.world.people['partner-support-worker'], (tx, actor) =>
        acknowledgeEnding(tx, actor, { endingId: id, expectedVersion: null }),
      )
    const shown = async () => (await made.look()).data.case
    await hear(first!)
    expect(await shown()).toMatchObject({ status: 'ACCEPTED', closedAt: null, places: [{ ending: 'REMOVED' }] })
    await hear(second!)
    expect(await shown()).toMatchObject({ status: 'CLOSED', closedAt: '2026-05-02T09:30:00.000Z' })

    const other = await caseOfReferrer(['intake', 'accepted'], 'open')
    await ended('removed')(other)
    await later('09:30')()
    await moved('closed')(other)
    const before = await other.look()
    expect(before.data.case).toMatchObject({ status: 'IN_PROGRAMME', places: [{ status: 'OPEN' }] })
    const [, closing] = await endingsIn(other.world, other.caseId)
    await other.world.as(other.world.people['partner-support-worker'], (tx, actor) =>
      acknowledgeEnding(tx, actor, { endingId: closing!.id, expectedVersion: null }),
    )
    expect(JSON.stringify(await other.look())).toBe(JSON.stringify(before))
  })

  test('a refusal they were told of stays one until its taking back was heard', async () => {
    const made = await caseOfReferrer(['intake'])
    await moved('refused')(made)
    await hearEndings(made.world, made.caseId)
    await later('10:00')()
    const before = await made.look()
    expect(before.data.case).toMatchObject({ status: 'REFUSED', closedAt: '2026-05-02T09:00:00.000Z' })
    await moved('intake')(made)
    expect(JSON.stringify(await made.look())).toBe(JSON.stringify(before))
    await hearEndings(made.world, made.caseId)
    expect((await made.look()).data.case).toMatchObject({ status: 'INTAKE', closedAt: null, statusChangedAt: '2026-05-02T10:00:00.000Z' })
  })

  test('where the safeguarding lead goes on without the partner service, the referrer reads it', async () => {
    const made = await caseOfReferrer(['intake'])
    await moved('refused')(made)
    const [ending] = await endingsIn(made.world, made.caseId)
    await made.world.send(made.world.people['safeguarding-lead'], goOn, naming(ending!, { reason: 'The court sits this afternoon.' }))
    expect((await made.look()).data.case).toMatchObject({ status: 'REFUSED', closedAt: '2026-05-02T09:00:00.000Z' })
  })

  test('the ground decides, not the roles somebody has beside it', async () => {
    const made = await caseOfReferrer(['intake', 'accepted'], 'open')
    await ended('removed')(made)
    const { id: staffId } = made.referrer
    await made.as((tx, actor) => grantRole(tx, actor, { staffId, role: 'social-worker', expectedVersion: 1 }))
    expect((await made.asItStands(made.referrer)).data.case).toMatchObject({
      status: 'IN_PROGRAMME',
      statusHistory: null,
      timeline: null,
      endings: null,
      places: [{ status: 'OPEN', endReason: null, history: null }],
    })
    await made.as((tx, actor) => assignWorker(tx, actor, { caseId: made.caseId, staffId, role: 'social-worker' }))
    const worksWithIt = (await made.asItStands(made.referrer)).data.case
    expect(worksWithIt).toMatchObject({
      status: 'ACCEPTED',
      endings: [{ what: 'PLACE_ENDED' }],
      places: [{ status: 'ENDED', endReason: 'a reason' }],
    })
    expect(worksWithIt.statusHistory.at(-1)).toEqual({ to: 'ACCEPTED' })
  })

  test('a page turned by the order a referrer is shown loses no case and repeats none', async () => {
    const made = await caseOfReferrer(['intake'])
    await moved('refused')(made)
    const page = `query ($after: String) { cases(first: 1, after: $after, orderBy: { field: STATUS_CHANGED_AT, direction: ASC }) { edges { node { status } } pageInfo { endCursor } } }`
    const first = (await made.world.send(made.referrer, page)).data.cases
    const second = (await made.world.send(made.referrer, page, { after: first.pageInfo.endCursor })).data.cases
    expect([...first.edges, ...second.edges].map(({ node }) => node.status)).toEqual(['DEFERRED', 'INTAKE'])
  })
})
