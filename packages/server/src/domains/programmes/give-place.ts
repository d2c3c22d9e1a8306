import { and, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface, refusalType } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidMove } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertWorkableCase, moveCase, type Case } from '../cases/index.ts'
import { assertLeads, assertReadablePlace, lockGroup, type Group, type Place } from './access.ts'
import { assignFacilitators } from './assignments.ts'
import { assertLive } from './change-group.ts'
import { joiningDay } from './joining.ts'
import { offerFreePlace, offerTaken } from './offer-free-place.ts'
import { changePlace, keepHistory, occupancyOf, openPlaceOfCase, positionsIn } from './place.ts'
import { priorities, type Priority } from './states.ts'
import { places } from './tables.ts'

/** Every place is taken, or as many wait as are free. */
export class GroupFull extends DomainError {
  override name = 'GroupFull'
  readonly code = 'group-full'
  /** Where the case would stand on the waiting list, from 1, if it waited as usual. */
  readonly wouldBePosition: number
  constructor(wouldBePosition: number) {
    super('no place in this group is free', 'choose to wait for one, or another group')
    this.wouldBePosition = wouldBePosition
  }
}
builder.objectType(GroupFull, {
  name: 'GroupFull',
  interfaces: [RefusalInterface],
  description: 'Every place is taken, or as many people wait as places are free: the free ones are theirs.',
  fields: (t) => ({
    wouldBePosition: t.exposeInt('wouldBePosition', {
      description: 'Where it would stand on the waiting list, from 1, if it waited as usual.',
    }),
  }),
})

/** The case has a place, or waits in this group already. */
export class CaseHasPlace extends DomainError {
  override name = 'CaseHasPlace'
  readonly code = 'case-has-place'
}
refusalType(CaseHasPlace, 'CaseHasPlace', 'The case has a place already, or waits in this group already. Nobody is in two groups at once.')

export type NewPlace = {
  idempotencyKey: string
  caseId: Uuid
  groupId: Uuid
  /** The day membership begins; the next session from today on when left out. */
  joinedOn?: Day | null | undefined
  /** Waits where nothing is free. */
  orWait: boolean
  priority?: Exclude<Priority, 'restored'> | null | undefined
}

/**
 * Gives an accepted case a place in a group, or puts it on the waiting list where it chose to wait. The last place goes to one.
 * @throws NotFound, NotAllowed, InvalidMove, GroupFull, CaseHasPlace, NotAJoiningPoint, InvalidInput (fields `joinedOn`, `groupId`)
 */
export async function givePlace(tx: Tx, actor: Actor, { idempotencyKey: key, ...input }: NewPlace): Promise<Place> {
  return once(
    tx,
    actor,
    { operation: 'give-place', key, payload: input },
    () => give(tx, actor, input),
    (id) => assertReadablePlace(tx, actor, id),
  )
}

async function give(tx: Tx, actor: Actor, input: Omit<NewPlace, 'idempotencyKey'>): Promise<Place> {
  const { group, theCase } = await lockBoth(tx, actor, input)
  await assertLeads(tx, actor, group.id)
  assertAccepted(theCase)
  const { free, waiting } = await occupancyOf(tx, actor, group)
  if (free <= waiting) {
    if (!input.orWait) throw new GroupFull(waiting + 1)
    return startToWait(tx, actor, group, theCase, input.priority ?? 'usual')
  }
  const joinedOn = await joiningDay(tx, actor, group, input.joinedOn)
  const [place] = await tx.orm
    .insert(places)
    .values({ ...newPlace(tx, actor, group, theCase), status: 'open', priority: priorities.usual.number, joinedOn })
    .returning()
  await keepHistory(tx, actor, place!, null, null)
  await begin(tx, actor, group, place!)
  return place!
}

export type NewWait = Pick<NewPlace, 'idempotencyKey' | 'caseId' | 'groupId' | 'priority'>

/** Puts a case on the waiting list of a group, also where it is in another group and is to move. @throws as `givePlace`, but for GroupFull and NotAJoiningPoint */
export async function waitForPlace(tx: Tx, actor: Actor, { idempotencyKey: key, ...input }: NewWait): Promise<Place> {
  return once(
    tx,
    actor,
    { operation: 'wait-for-place', key, payload: input },
    async () => {
      const { group, theCase } = await lockBoth(tx, actor, input)
      if (theCase.status !== 'in-programme') assertAccepted(theCase)
      const place = await startToWait(tx, actor, group, theCase, input.priority ?? 'usual')
      await offerFreePlace(tx, actor, group)
      return place
    },
    (id) => assertReadablePlace(tx, actor, id),
  )
}

/** The group first, then the case: everybody who needs both locks them in this order. */
async function lockBoth(
  tx: Tx,
  actor: Actor,
  { groupId, caseId }: { groupId: Uuid; caseId: Uuid },
): Promise<{ group: Group; theCase: Case }> {
  const group = await lockGroup(tx, actor, groupId)
  const theCase = await assertWorkableCase(tx, actor, caseId)
  assertLive(group)
  const [there] = await tx.orm
    .select({ status: places.status })
    .from(places)
    .where(
      and(
        eq(places.providerId, actor.providerId),
        eq(places.groupId, groupId),
        eq(places.caseId, caseId),
        inArray(places.status, ['open', 'waiting']),
      ),
    )
  if (there)
    throw new CaseHasPlace(
      there.status === 'open' ? 'this case is in this group already' : 'this case waits for this group already',
      there.status === 'open' ? null : 'open the place that waits',
    )
  return { group, theCase }
}

function assertAccepted({ status }: Case): void {
  if (status === 'in-programme') throw new CaseHasPlace('this case is in another group', 'end that place first, or move it')
  if (status !== 'accepted') throw new InvalidMove('case', status, 'in-programme', ['accepted'])
}

const newPlace = (tx: Tx, actor: Actor, group: Group, theCase: Case) => ({
  providerId: actor.providerId,
  id: tx.newId(),
  groupId: group.id,
  caseId: theCase.id,
  createdAt: tx.now,
  createdBy: actor.id,
})

async function startToWait(tx: Tx, actor: Actor, group: Group, theCase: Case, priority: Exclude<Priority, 'restored'>): Promise<Place> {
  const [place] = await tx.orm
    .insert(places)
    .values({ ...newPlace(tx, actor, group, theCase), status: 'waiting', priority: priorities[priority].number, waitingSince: tx.now })
    .returning()
  await keepHistory(tx, actor, place!, null, null)
  await addToTimeline(tx, actor, {
    caseId: theCase.id,
    what: 'place-waiting',
    occurredAt: tx.now,
    summary: 'On the waiting list of a group',
    about: { type: 'place', id: place!.id },
  })
  await record(tx, actor, {
    action: 'place.waiting',
    subjectType: 'place',
    subjectId: place!.id,
    fields: ['groupId', 'caseId', 'priority'],
  })
  return place!
}

/** What comes with a place that was opened: the case moves on, whoever leads the group is given it, and it waits nowhere else. */
export async function begin(tx: Tx, actor: Actor, group: Group, place: Place): Promise<void> {
  await moveCase(tx, actor, place.caseId, 'in-programme', null)
  await assignFacilitators(tx, actor, group.id, place.caseId)
  await stopWaitingElsewhere(tx, actor, place)
  await addToTimeline(tx, actor, {
    caseId: place.caseId,
    what: 'place-opened',
    occurredAt: tx.now,
    summary: 'A place in a group was given',
    about: { type: 'place', id: place.id },
  })
  await offerTaken(tx, actor, group)
  await record(tx, actor, {
    action: 'place.opened',
    subjectType: 'place',
    subjectId: place.id,
    fields: ['groupId', 'caseId', 'status', 'joinedOn'],
  })
}

async function stopWaitingElsewhere(tx: Tx, actor: Actor, { caseId }: Place): Promise<void> {
  const waiting = await tx.orm
    .select()
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.caseId, caseId), eq(places.status, 'waiting')))
  for (const other of waiting) await changePlace(tx, actor, other, { status: 'withdrawn' }, 'a place in a group was given')
}

/** Refuses where the case is in a group. @throws CaseHasPlace */
export async function assertNoOpenPlace(tx: Tx, actor: Actor, caseId: Uuid): Promise<void> {
  if (await openPlaceOfCase(tx, actor, caseId)) throw new CaseHasPlace('this case is in another group', 'end that place first, or move it')
}

/** Where a place stands on its list, from 1. */
export const positionOf = async (tx: Tx, actor: Actor, place: Place): Promise<number> =>
  (await positionsIn(tx, actor, [place.groupId])).get(place.id)!
