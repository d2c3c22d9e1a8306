import { addStaff, namePartnerService } from '../../src/domains/providers/index.ts'
import {
  addFacilitator,
  createGroup,
  givePlace,
  publishShippedProgrammes,
  startGroup,
  type Group,
  type NewGroup,
  type Place,
} from '../../src/domains/programmes/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { newId, type Uuid } from '../../src/platform/ids.ts'
import { caseIn } from './cases.ts'
import type { World } from './world.ts'

export type ShippedId = 'phoenix-12' | 'step-by-step-rolling-nine' | 'step-by-step-24' | 'step-by-step-11'

/** The templates that ship, published for this world. @returns their ids by template */
export async function shippedIn(world: World): Promise<Record<ShippedId, Uuid>> {
  const rows = await world.as(world.people['programme-manager'], (tx, actor) => publishShippedProgrammes(tx, actor))
  return Object.fromEntries(rows.map(({ templateId, id }) => [templateId, id])) as Record<ShippedId, Uuid>
}

/** Mondays at 18:30 from 4 May 2026, a bank holiday: the first session is on 11 May. */
export const evenings = (programmeId: Uuid, changes: Partial<NewGroup> = {}): NewGroup => ({
  idempotencyKey: newId(),
  programmeId,
  firstOn: '2026-05-04',
  beginsAt: '18:30',
  holidays: 'skip',
  ...changes,
})

export const plannedGroup = (world: World, programmeId: Uuid, changes: Partial<NewGroup> = {}): Promise<Group> =>
  world.as(world.people['programme-manager'], (tx, actor) => createGroup(tx, actor, evenings(programmeId, changes)))

/** Another person with the role of a facilitator. */
export async function anotherFacilitator(world: World, name = 'Person who leads too'): Promise<Actor> {
  const person = await world.as(world.people['programme-manager'], (tx, actor) =>
    addStaff(tx, actor, {
      name,
      issuer: 'https://issuer.example',
      subject: `${newId()}@example.org`,
      roles: ['facilitator'],
      idempotencyKey: newId(),
    }),
  )
  return { providerId: world.providerId, id: person.id, side: person.side, roles: new Set(['facilitator']) }
}

export const leads = (world: World, group: Group, staffId: Uuid) =>
  world.as(world.people['programme-manager'], (tx, actor) =>
    addFacilitator(tx, actor, { idempotencyKey: newId(), groupId: group.id, staffId }),
  )

export const partnerService = (world: World) =>
  world.as(world.people['programme-manager'], (tx, actor) =>
    namePartnerService(tx, actor, { idempotencyKey: newId(), serviceName: 'A partner service', fromOn: tx.today }),
  )

/** A group that runs, led by the world's facilitator and another, with a partner service named. */
export async function runningGroup(
  world: World,
  programmeId: Uuid,
  changes: Partial<NewGroup> = {},
): Promise<{ group: Group; other: Actor }> {
  const planned = await plannedGroup(world, programmeId, changes)
  const other = await anotherFacilitator(world)
  await leads(world, planned, world.people.facilitator.id)
  await leads(world, planned, other.id)
  await partnerService(world)
  const group = await world.as(world.people['programme-manager'], (tx, actor) =>
    startGroup(tx, actor, { groupId: planned.id, expectedVersion: planned.version }),
  )
  return { group, other }
}

/** A place for a new accepted case, given by the programme manager; waiting where nothing is free. */
export async function placeIn(world: World, group: Pick<Group, 'id'>, changes: { joinedOn?: string } = {}): Promise<Place> {
  const { id: caseId } = await caseIn(world, 'accepted')
  return world.as(world.people['programme-manager'], (tx, actor) =>
    givePlace(tx, actor, { idempotencyKey: newId(), caseId, groupId: group.id, orWait: true, ...changes }),
  )
}
