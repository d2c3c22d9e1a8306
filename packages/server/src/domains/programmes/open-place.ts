import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove, NotAllowed } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertMove } from '../../platform/states.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { oversight } from '../providers/index.ts'
import { assertLeads, type Place } from './access.ts'
import { assertLive } from './change-group.ts'
import { assertNoOpenPlace, begin, GroupFull, positionOf } from './give-place.ts'
import { joiningDay } from './joining.ts'
import { changePlace, lockPlace, occupancyOf } from './place.ts'
import { placeMoves } from './states.ts'

export type OpenedPlace = {
  placeId: Uuid
  /** The day membership begins; the next session from today on when left out. A place that goes on after its end was undone keeps its day. */
  joinedOn?: Day | null | undefined
  /** Why those who are ahead are passed over; needed where there are any for whom no place is left. */
  passOverReason?: string | null | undefined
  expectedVersion: number
}

/**
 * Opens a place that waits. The head of the list comes first; passing somebody over takes a reason and those who answer for every case.
 * @throws NotFound, StaleVersion, NotAllowed, InvalidMove, GroupFull, CaseHasPlace, NotAJoiningPoint, InvalidInput (field `joinedOn`)
 */
export async function openPlace(tx: Tx, actor: Actor, input: OpenedPlace): Promise<Place> {
  const { place, group } = await lockPlace(tx, actor, input.placeId, input.expectedVersion)
  const theCase = await assertWorkableCase(tx, actor, place.caseId)
  await assertLeads(tx, actor, group.id)
  assertLive(group)
  assertMove('place', placeMoves, actor, place.status, 'open')
  await assertNoOpenPlace(tx, actor, place.caseId)
  if (theCase.status !== 'accepted') throw new InvalidMove('case', theCase.status, 'in-programme', ['accepted'])
  const { free } = await occupancyOf(tx, actor, group)
  const position = await positionOf(tx, actor, place)
  if (free === 0) throw new GroupFull(position)
  const passesOver = position > free
  if (passesOver) assertMayPassOver(actor, input.passOverReason)
  const joinedOn = place.joinedOn ?? (await joiningDay(tx, actor, group, input.joinedOn))
  const opened = await changePlace(tx, actor, place, { status: 'open', joinedOn }, passesOver ? input.passOverReason! : null)
  await begin(tx, actor, group, opened)
  return opened
}

function assertMayPassOver(actor: Actor, reason: string | null | undefined): void {
  if (!hasRole(actor, ...oversight))
    throw new NotAllowed(
      'others wait longer or are more urgent',
      `give the place to the head of the list; passing over is for: ${oversight.join(', ')}`,
    )
  if (!reason?.trim()) throw new NotAllowed('others wait longer or are more urgent', 'say in `passOverReason` why they are passed over')
}
