import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, moveCase, type CaseStatus } from '../cases/index.ts'
import type { Place } from './access.ts'
import { afterEndedPlace } from './ended-places.ts'
import { offerFreePlace } from './offer-free-place.ts'
import { changePlace, lockPlace } from './place.ts'
import { endings, placeMoves, type PlaceEnding } from './states.ts'

export type EndedPlace = {
  placeId: Uuid
  ending: PlaceEnding
  reason: string
  /** The last day of membership, itself included; today when left out. */
  endedOn?: Day | undefined
  /** Left out by commands that hold no version of the place. */
  expectedVersion?: number | undefined
}

/**
 * Ends a place, moves the case on and offers the free place to the head of the waiting list, in the caller’s transaction.
 * Slices downstream close what hangs on it (`followEndedPlaces`). After an ending that nobody planned the partner service, the risk and the referrer are seen to, in that order.
 * The caller answers for who may end it so; what the rules propose is confirmed downstream.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed, InvalidInput (fields `reason`, `endedOn`)
 */
export async function endPlace(tx: Tx, actor: Actor, input: EndedPlace): Promise<Place> {
  const { place, group } = await lockPlace(tx, actor, input.placeId, input.expectedVersion)
  assertMove('place', placeMoves, actor, place.status, 'ended', input.reason)
  const endedOn = input.endedOn ?? tx.today
  if (endedOn > tx.today) throw new InvalidInput('endedOn', 'a place ends today or earlier', 'end it when the day has come')
  if (input.endedOn && input.endedOn < place.joinedOn!)
    throw new InvalidInput('endedOn', 'a place cannot end before the day it began', `it began on ${place.joinedOn}`)

  const { caseBecomes, unplanned }: { caseBecomes: CaseStatus; unplanned: boolean } = endings[input.ending]
  const ended = await changePlace(
    tx,
    actor,
    place,
    // A place given for a day to come, and ended before it.
    { status: 'ended', endedOn: endedOn < place.joinedOn! ? place.joinedOn : endedOn, ending: input.ending, endReason: input.reason },
    input.reason,
  )
  const about = { type: 'place', id: place.id }
  await addToTimeline(tx, actor, {
    caseId: place.caseId,
    what: `place-${input.ending}`,
    occurredAt: tx.now,
    summary: 'A place ended',
    about,
  })
  const goesOn = !unplanned && caseBecomes === 'accepted'
  await moveCase(tx, actor, place.caseId, caseBecomes, input.reason, undefined, goesOn ? 'in-another-group' : undefined)
  await afterEndedPlace(tx, actor, ended)
  await offerFreePlace(tx, actor, group)
  await record(tx, actor, {
    action: 'place.ended',
    subjectType: 'place',
    subjectId: place.id,
    fields: ['status', 'ending', 'endedOn', 'endReason'],
  })
  return ended
}
