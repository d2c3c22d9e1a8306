import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'

/** What else follows when somebody is kept out of a participant's cases, in the same transaction. */
export type AfterExclusion = (exclusion: { tx: Tx; actor: Actor; staffId: Uuid; participantId: Uuid }) => Promise<void>
const following: AfterExclusion[] = []

/** Called once by each slice downstream that gives people something to own. */
export const registerAfterExclusion = (follow: AfterExclusion): void => void following.push(follow)

export const followExclusion: AfterExclusion = async (exclusion) => {
  for (const follow of following) await follow(exclusion)
}
