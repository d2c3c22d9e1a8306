import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Place } from '../programmes/index.ts'

/** Looks at what a register means beyond attendance, in the transaction that records it. The places are as they were before. */
export type RegisterFollower = (tx: Tx, actor: Actor, places: readonly Place[]) => Promise<void>
const followers: RegisterFollower[] = []

/** Called once by a later slice, when it is loaded. */
export const followRegisters = (follow: RegisterFollower): void => void followers.push(follow)

export async function afterRegister(tx: Tx, actor: Actor, places: readonly Place[]): Promise<void> {
  for (const follow of followers) await follow(tx, actor, places)
}
