import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { FeedbackOccasion } from './words.ts'

/** Looks at what it means that the referrer of a case was told, in the transaction that records it. */
export type TellingFollower = (tx: Tx, actor: Actor, caseId: Uuid, occasion: FeedbackOccasion) => Promise<void>
const followers: TellingFollower[] = []

/** Called once by a later slice, when it is loaded. */
export const followTelling = (follow: TellingFollower): void => void followers.push(follow)

export async function wasTold(tx: Tx, actor: Actor, caseId: Uuid, occasion: FeedbackOccasion): Promise<void> {
  for (const follow of followers) await follow(tx, actor, caseId, occasion)
}
