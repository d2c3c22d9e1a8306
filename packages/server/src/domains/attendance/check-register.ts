import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { membersOn, placeById, type Place, type Session } from '../programmes/index.ts'
import { awayFrom, isAway } from './away.ts'
import type { Planned } from './plan.ts'
import type { EntryOutcome } from './words.ts'

export type NewEntry = { placeId: Uuid; outcome: EntryOutcome }

/** What is recorded of a session: who was there to lead it and what happened to each person, or why it was not held. */
export type RegisterOutcome = { facilitatedBy: readonly Uuid[]; entries: readonly NewEntry[] } | { notHeldBecause: string }

/**
 * One entry for everybody who belonged to the group on that day, and for nobody else.
 * @throws InvalidInput (fields `entries`, `facilitatedBy`, `notHeldBecause`)
 */
export async function plannedFor(tx: Tx, actor: Actor, session: Session, outcome: RegisterOutcome): Promise<Planned[]> {
  const members = await whomItIsAbout(tx, actor, session)
  if ('notHeldBecause' in outcome) return members.map((place) => ({ place, outcome: 'not-held' }))
  const given = new Map(outcome.entries.map((entry) => [entry.placeId, entry.outcome]))
  if (given.size < outcome.entries.length) throw new InvalidInput('entries', 'somebody is named twice', 'one entry for each person')
  const known = new Set(members.map(({ id }) => id))
  const others = outcome.entries.findIndex(({ placeId }) => !known.has(placeId))
  if (others >= 0)
    throw new InvalidInput(`entries.${others}.placeId`, 'this place did not belong to the group on that day', 'leave the entry out')
  const missing = members.filter(({ id }) => !given.has(id)).length
  if (missing > 0)
    throw new InvalidInput(
      'entries',
      `${missing} of ${members.length} people are missing`,
      'a register is about everybody who belonged to the group on that day',
    )
  return members.map((place) => ({ place, outcome: given.get(place.id)! }))
}

/** Everybody who belonged to the group on the day of the session, and was not kept from it; of a one-to-one, the person it is with. */
export async function whomItIsAbout(tx: Tx, actor: Actor, session: Session): Promise<Place[]> {
  if (session.placeId === null) {
    const members = await membersOn(tx, actor, session.groupId, session.onDay)
    const away = await awayFrom(
      tx,
      actor,
      members.map(({ id }) => id),
    )
    return members.filter(({ id }) => !isAway(away, id, session))
  }
  const [place] = await placeById.batch(tx, actor, [session.placeId])
  return place ? [place] : []
}
