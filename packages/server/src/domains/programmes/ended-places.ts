import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Place } from './access.ts'

/** Sees to what the end of a place leaves open, in the transaction that ends it. Whoever ends it may be allowed less than what follows needs. */
export type EndedPlaceFollower = (tx: Tx, actor: Actor, place: Place) => Promise<void>
const followers: EndedPlaceFollower[] = []

/** Called once by a later slice, when it is loaded. */
export const followEndedPlaces = (follow: EndedPlaceFollower): void => void followers.push(follow)

export async function afterEndedPlace(tx: Tx, actor: Actor, place: Place): Promise<void> {
  for (const follow of followers) await follow(tx, actor, place)
}
