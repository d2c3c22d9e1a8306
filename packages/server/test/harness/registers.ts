import { createHash } from 'node:crypto'
import type { Actor } from '../../src/platform/actor.ts'
import { dayIn } from '../../src/platform/clock.ts'
import { globalId, newId, type Uuid } from '../../src/platform/ids.ts'
import { nextReference } from '../../src/platform/reference.ts'
import {
  recordRegister,
  removalsOfCase,
  consequencesOfCase,
  type EntryOutcome,
  type RecordedRegister,
  type Register,
} from '../../src/domains/attendance/index.ts'
import { assignWorker, moveCase, type Case } from '../../src/domains/cases/index.ts'
import { groupFacilitators, groups, places, programmes, sessions } from '../../src/domains/programmes/tables.ts'
import type { Place, Session, Template } from '../../src/domains/programmes/index.ts'
import { sessionById } from '../../src/domains/programmes/index.ts'
import { namePartnerService } from '../../src/domains/providers/index.ts'
import { caseIn } from './cases.ts'
import { clock, database, type World } from './world.ts'
import { tasks } from '../../src/domains/tasks/index.ts'
import { and, asc, eq } from 'drizzle-orm'
import { scopeOf } from '../../src/platform/db/database.ts'
import { theServer } from '../../src/platform/actor.ts'

const template: Template = {
  id: 'for-tests',
  version: '1.0.0',
  title: 'A programme for tests',
  source: 'invented',
  model: 'none',
  sessions: { count: 12, minutes: 120 },
  themes: [],
  steps: [],
  themeOrder: { order: 'rolling' },
  capacity: { least: 1, most: 12 },
  facilitators: 1,
  joining: { at: 'any-session' },
  oneToOnes: { offered: 'weekly' },
}

export type Running = {
  world: World
  groupId: Uuid
  /** The meetings of the group, weekly from the first day, 18:00 to 20:00 in UTC. */
  met: Session[]
  members: (Place & { globalId: string })[]
  facilitator: Actor
}

/**
 * A group that runs, with weekly meetings from the first day on, led by the world's facilitator, and so many people in it from a joining day.
 * The clock is moved to the evening of the last meeting that is asked for.
 */
export async function runningGroup(
  world: World,
  options: { people?: number; meetings?: number; firstOn?: string; joinedOn?: string; capacity?: number; cases?: Case[] } = {},
): Promise<Running> {
  const { people: count = 1, meetings = 4, firstOn = '2026-05-05', joinedOn = firstOn, capacity = 12 } = options
  const manager = world.people['programme-manager']
  const { facilitator } = world.people
  const documentText = JSON.stringify(template)
  const common = { providerId: world.providerId }
  const [programmeId, groupId] = [newId(), newId()]
  const met: Session[] = []
  const members: Running['members'] = []
  await world.as(manager, async (tx, actor) => {
    const { id: partnerArrangementId } = await namePartnerService(tx, actor, {
      idempotencyKey: newId(),
      serviceName: 'A partner service',
      fromOn: tx.today,
    })
    await tx.orm.insert(programmes).values({
      ...common,
      id: programmeId,
      templateId: template.id,
      templateVersion: newId(),
      title: template.title,
      documentText,
      hash: createHash('sha256').update(documentText).digest('hex'),
      publishedAt: tx.now,
    })
    const by = { startedAt: tx.now, startedBy: actor.id, createdAt: tx.now, createdBy: actor.id, partnerArrangementId }
    await tx.orm.insert(groups).values({
      ...common,
      ...by,
      id: groupId,
      reference: await nextReference(tx, actor, 'G'),
      programmeId,
      status: 'running',
      firstOn,
      beginsAt: '19:00',
      minutes: 120,
      holidays: 'hold',
      capacity,
    })
    await tx.orm.insert(groupFacilitators).values({
      ...common,
      id: newId(),
      groupId,
      staffId: facilitator.id,
      staffSide: 'participant',
      joinedAt: tx.now,
      joinedBy: actor.id,
    })
    for (let number = 1; number <= meetings; number += 1)
      met.push(await addSession(tx, { ...common, groupId, number, firstOn, themeId: `theme-${((number - 1) % 9) + 1}` }))
  })
  for (let number = 0; number < count; number += 1) {
    const opened = options.cases?.[number] ?? (await caseIn(world, 'accepted'))
    members.push(
      await world.as(manager, (tx, actor) => join(tx, actor, { groupId, caseId: opened.id, joinedOn, facilitatorId: facilitator.id })),
    )
  }
  clock.moveTo(met.at(-1)!.endsAt)
  return { world, groupId, met, members, facilitator }
}

type Tx = Parameters<Parameters<World['as']>[1]>[0]

async function addSession(
  tx: Tx,
  input: { providerId: Uuid; groupId: Uuid; number: number; firstOn: string; themeId: string | null; placeId?: Uuid },
): Promise<Session> {
  const { firstOn, number, placeId = null, themeId, ...rest } = input
  const startsAt = new Date(Date.parse(`${firstOn}T18:00:00.000Z`) + (number - 1) * 7 * 86_400_000).toISOString()
  const [row] = await tx.orm
    .insert(sessions)
    .values({
      ...rest,
      id: newId(),
      kind: placeId ? 'one-to-one' : 'group',
      placeId,
      number,
      themeId: placeId ? null : themeId,
      oneToOneReason: placeId ? 'part-of-the-programme' : null,
      onDay: dayIn(startsAt),
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + 7_200_000).toISOString(),
      dayIsProvisional: false,
      status: 'planned',
      facilitatedBy: [],
    })
    .returning()
  return row!
}

export const oneToOneWith = (running: Running, place: Place, firstOn: string): Promise<Session> =>
  running.world.as(running.world.people['programme-manager'], (tx) =>
    addSession(tx, { providerId: place.providerId, groupId: place.groupId, number: 1, firstOn, themeId: null, placeId: place.id }),
  )

/** Puts a case into a group as if it had been given the place on its joining day. */
export async function join(
  tx: Tx,
  actor: Actor,
  { groupId, caseId, joinedOn, facilitatorId }: { groupId: Uuid; caseId: Uuid; joinedOn: string; facilitatorId: Uuid },
): Promise<Place & { globalId: string }> {
  const [place] = await tx.orm
    .insert(places)
    .values({
      providerId: actor.providerId,
      id: newId(),
      groupId,
      caseId,
      status: 'open',
      priority: 2,
      joinedOn,
      createdAt: tx.now,
      createdBy: actor.id,
    })
    .returning()
  await moveCase(tx, actor, caseId, 'in-programme', null)
  await assignWorker(tx, actor, { caseId, staffId: facilitatorId, role: 'facilitator' })
  return { ...place!, globalId: globalId('Place', place!.id) }
}

export const sessionNow = (running: Running, id: Uuid): Promise<Session> =>
  running.world.as(running.world.people['programme-manager'], async (tx, actor) => (await sessionById.batch(tx, actor, [id]))[0]!)

/** What a register of a session is: one outcome for each member in their order, or why it was not held. */
export async function registerFor(
  running: Running,
  session: Session,
  outcomes: EntryOutcome[] | string,
  more: Partial<RecordedRegister> = {},
): Promise<RecordedRegister> {
  const { version } = await sessionNow(running, session.id)
  const about = session.placeId ? running.members.filter(({ id }) => id === session.placeId) : running.members
  return {
    sessionId: session.id,
    outcome:
      typeof outcomes === 'string'
        ? { notHeldBecause: outcomes }
        : { facilitatedBy: [running.facilitator.id], entries: about.map((place, at) => ({ placeId: place.id, outcome: outcomes[at]! })) },
    correctionReason: version > 1 ? 'the sheet of another evening' : null,
    expectedVersion: version,
    idempotencyKey: newId(),
    ...more,
  }
}

/** Records it as the facilitator does. */
export async function recorded(
  running: Running,
  session: Session,
  outcomes: EntryOutcome[] | string,
  more: Partial<RecordedRegister> = {},
  by: Actor = running.facilitator,
): Promise<Register> {
  const input = await registerFor(running, session, outcomes, more)
  return running.world.as(by, (tx, actor) => recordRegister(tx, actor, input))
}

/** As the API takes it. */
export const asInput = ({ sessionId, outcome }: RecordedRegister) => ({
  sessionId: globalId('Session', sessionId),
  ...('notHeldBecause' in outcome
    ? outcome
    : {
        facilitatedBy: outcome.facilitatedBy.map((id) => globalId('Staff', id)),
        entries: outcome.entries.map((entry) => ({
          placeId: globalId('Place', entry.placeId),
          outcome: entry.outcome.toUpperCase().replaceAll('-', '_'),
        })),
      }),
})

/** What stands of a place: `contact 2026-05-06T08:00`, the oldest first. */
export async function standing(running: Running, place: Place): Promise<string[]> {
  const all = await running.world.as(
    running.world.people['programme-manager'],
    async (tx, actor) => (await consequencesOfCase.batch(tx, actor, [place.caseId]))[0]!,
  )
  return all
    .filter(({ undoneAt, placeId }) => undoneAt === null && placeId === place.id)
    .map(({ type, dueAt }) => `${type} ${dueAt.slice(0, 16)}`)
}

export const removalsOf = async (running: Running, place: Place) =>
  running.world.as(
    running.world.people['programme-manager'],
    async (tx, actor) => (await removalsOfCase.batch(tx, actor, [place.caseId]))[0]!,
  )

/** Every task of this world, as the server sees them, by deadline. */
export const allTasks = (world: World) =>
  database.transaction(scopeOf(theServer(world.providerId)), 'read', (tx) =>
    tx.orm
      .select()
      .from(tasks)
      .where(and(eq(tasks.providerId, world.providerId)))
      .orderBy(asc(tasks.dueAt), asc(tasks.id)),
  )

const refusal =
  '__typename ... on Refusal { code message help } ... on StaleVersion { currentVersion } ... on InvalidMove { allowed } ... on InvalidInput { field }'
export const people =
  'people { placeId outcome standing counts { held attended missed unrecorded } follows { type description rules label sessionId tell dueAt level what } undone { type description rules sessionId } }'
export const preview = /* GraphQL */ `query ($input: RegisterInput!) { previewRegister(input: $input) { __typename ... on RegisterResult { version ${people} } ... on Refusal { code message help } ... on InvalidInput { field } } }`
export const record = /* GraphQL */ `mutation ($input: RecordRegisterInput!) { recordRegister(input: $input) { ... on RegisterResult { version ${people} } ${refusal} } }`
export const confirm = /* GraphQL */ `mutation ($input: ConfirmRemovalInput!) { confirmRemoval(input: $input) { ... on Removal { status decidedBy { name } reason version } ${refusal} } }`
export const decline = /* GraphQL */ `mutation ($input: DeclineRemovalInput!) { declineRemoval(input: $input) { ... on Removal { status reason version } ${refusal} } }`
export const ofCase = /* GraphQL */ `
  query ($id: ID!) {
    case(id: $id) {
      status
      attendance { sessionId outcome number isCurrent correctionReason occurredAt recordedAt recordedBy { name } }
      attendanceConsequences { type rules undoneAt task { kind status } concern { level } }
      removals { id status reason undoneReason version }
    }
  }
`
