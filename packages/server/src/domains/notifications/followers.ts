import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { Notification } from './notification.ts'

/** Of these messages, the ids of those whose matter still waits. */
export type StillWaiting = (tx: Tx, actor: Actor, messages: readonly Notification[]) => Promise<Set<Uuid>>
const subjects = new Map<string, StillWaiting>()

/** Called once by the slice that owns a type: a message about what was seen to climbs no further. */
export const followSubject = (type: string, stillWaiting: StillWaiting): void => void subjects.set(type, stillWaiting)

/** One question for each type. A type that nobody follows still waits. */
export async function waiting(tx: Tx, actor: Actor, messages: readonly Notification[]): Promise<Set<Uuid>> {
  const found = new Set<Uuid>()
  for (const type of new Set(messages.map(({ subjectType }) => subjectType))) {
    const ofType = messages.filter(({ subjectType }) => subjectType === type)
    const ids = (await subjects.get(type)?.(tx, actor, ofType)) ?? new Set(ofType.map(({ id }) => id))
    for (const id of ids) found.add(id)
  }
  return found
}

/** What else follows when the recipient of a message has acknowledged it, in the same transaction. */
export type AcknowledgementFollower = (tx: Tx, actor: Actor, subjectId: Uuid) => Promise<void>
const acknowledged = new Map<string, AcknowledgementFollower>()

/** Called once by the slice that owns a type. */
export const followAcknowledgement = (type: string, follow: AcknowledgementFollower): void => void acknowledged.set(type, follow)

export const afterAcknowledgement = async (tx: Tx, actor: Actor, { subjectType, subjectId }: Notification): Promise<void> =>
  acknowledged.get(subjectType)?.(tx, actor, subjectId)

/** Writes a message for every deadline of a slice that has passed unsaid; acts for one provider, as the server. @returns how many */
export type Watch = (tx: Tx, actor: Actor) => Promise<number>
export const watches = new Map<string, Watch>()

/** Called once by a slice with deadlines. Two servers may look at the same moment: what a watch writes carries a `onceKey`. */
export const watchDeadlines = (name: string, watch: Watch): void => void watches.set(name, watch)

/** Those of the staff who are not kept out of a case. */
export type NotExcluded = (tx: Tx, actor: Actor, staffIds: readonly Uuid[], caseId: Uuid) => Promise<Uuid[]>
let notExcluded: NotExcluded = async (_tx, _actor, staffIds) => [...staffIds]

/** Called once, by the slice that owns cases. @returns what held before */
export function registerRecipientExclusion(rule: NotExcluded): NotExcluded {
  const before = notExcluded
  notExcluded = rule
  return before
}

export const mayHear = (tx: Tx, actor: Actor, staffIds: readonly Uuid[], caseId: Uuid | null): Promise<Uuid[]> =>
  caseId === null || staffIds.length === 0 ? Promise.resolve([...staffIds]) : notExcluded(tx, actor, staffIds, caseId)
