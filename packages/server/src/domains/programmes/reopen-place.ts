import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertReadableCase, moveCase, takeBackEnding } from '../cases/index.ts'
import type { Group, Place } from './access.ts'
import { assignFacilitators } from './assignments.ts'
import { offerFreePlace } from './offer-free-place.ts'
import { changePlace, lockPlace, occupancyOf, openPlaceOfCase } from './place.ts'
import { endings, liveGroups, placeMoves, priorities } from './states.ts'

export type ReopenedPlace = {
  placeId: Uuid
  /** Why what ended it does not hold. */
  reason: string
}

/** What became of a place whose ending turned out not to hold. */
export type Reopened =
  /** Back in the place, as if it had not ended: the joining day and the rules of that day stay. */
  | { place: Place; became: 'open' }
  /** The place is gone meanwhile: at the head of the waiting list. */
  | { place: Place; became: 'waiting' }
  /** The group is over, the case has another place, or it was closed meanwhile: a person decides what follows. */
  | { place: Place; became: 'stays-ended'; because: 'group-over' | 'another-place' | 'case-over' }

/**
 * Undoes the end of a place in the caller’s transaction: back in the group where there is room, else at the head of its waiting list.
 * The case follows; after an ending that nobody planned whoever was told of it is told again, the partner service first. Nothing is refused because the world moved on meanwhile; the answer says what was possible.
 * @throws NotFound, InvalidMove for a place that has not ended, NotAllowed, InvalidInput (field `reason`)
 */
export async function reopenPlace(tx: Tx, actor: Actor, input: ReopenedPlace): Promise<Reopened> {
  const { place, group } = await lockPlace(tx, actor, input.placeId)
  assertMove('place', placeMoves, actor, place.status, 'open', input.reason)
  const because = await whatStandsInTheWay(tx, actor, place, group)
  if (because) return { place, became: 'stays-ended', because }

  const { free } = await occupancyOf(tx, actor, group)
  const became = free > 0 ? 'open' : 'waiting'
  const { status } = await assertReadableCase(tx, actor, place.caseId)
  if (became === 'open') await moveCase(tx, actor, place.caseId, 'in-programme', input.reason)
  else if (status === 'completed') await backToAccepted(tx, actor, place.caseId, input.reason)

  if (endings[place.ending!].unplanned) await takeBackEnding(tx, actor, place.caseId)

  const undone = { endedOn: null, ending: null, endReason: null }
  const reopened = await changePlace(
    tx,
    actor,
    place,
    became === 'open'
      ? { ...undone, status: 'open' }
      : { ...undone, status: 'waiting', priority: priorities.restored.number, waitingSince: tx.now },
    input.reason,
  )
  if (became === 'open') await assignFacilitators(tx, actor, group.id, place.caseId)
  await offerFreePlace(tx, actor, group)
  await addToTimeline(tx, actor, {
    caseId: place.caseId,
    what: `place-${became === 'open' ? 'reopened' : 'restored-to-waiting-list'}`,
    occurredAt: tx.now,
    summary:
      became === 'open'
        ? 'A place goes on: what ended it did not hold'
        : 'At the head of a waiting list: what ended the place did not hold',
    about: { type: 'place', id: place.id },
  })
  await record(tx, actor, { action: 'place.reopened', subjectType: 'place', subjectId: place.id, fields: ['status', 'ending', 'endedOn'] })
  return { place: reopened, became }
}

async function whatStandsInTheWay(
  tx: Tx,
  actor: Actor,
  place: Place,
  group: Group,
): Promise<'group-over' | 'another-place' | 'case-over' | undefined> {
  if (!(liveGroups as readonly string[]).includes(group.status)) return 'group-over'
  if (await openPlaceOfCase(tx, actor, place.caseId)) return 'another-place'
  const { status } = await assertReadableCase(tx, actor, place.caseId)
  return status === 'accepted' || status === 'completed' ? undefined : 'case-over'
}

/** A completion that does not hold, and no room: the case waits like any that was accepted. */
async function backToAccepted(tx: Tx, actor: Actor, caseId: Uuid, reason: string): Promise<void> {
  await moveCase(tx, actor, caseId, 'in-programme', reason)
  await moveCase(tx, actor, caseId, 'accepted', reason)
}
