import type { FactValue } from '@plumbline/rules'
import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Day, Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { sessions, type Place, type Session } from '../programmes/index.ts'
import { awayFrom, isAway, type Away } from './away.ts'
import { attendanceEntries } from './tables.ts'
import type { EntryOutcome } from './words.ts'

export type Entry = typeof attendanceEntries.$inferSelect

/** One session of a run, as it counts for one person. Null: it should have been recorded, and is not. */
export type RegisterItem = { session: Session; outcome: EntryOutcome | 'not-held' | null }

/** What is recorded of several places: every session of their groups and all one-to-ones, the entry that counts for each, and when they were kept from coming. */
export type Recorded = { sessions: readonly Session[]; latest: ReadonlyMap<string, Entry>; away: readonly Away[] }

const keyOf = (sessionId: Uuid, placeId: Uuid) => `${sessionId} ${placeId}`

/** The caller answers for access to the places. Three statements, however many there are. */
export async function recordedOf(tx: Tx, actor: Actor, places: readonly Place[]): Promise<Recorded> {
  if (places.length === 0) return { sessions: [], latest: new Map(), away: [] }
  const ids = places.map(({ id }) => id)
  const met = await tx.orm
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.providerId, actor.providerId),
        or(
          and(eq(sessions.kind, 'group'), inArray(sessions.groupId, [...new Set(places.map(({ groupId }) => groupId))])),
          inArray(sessions.placeId, ids),
        ),
      ),
    )
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
  const entries = await tx.orm
    .selectDistinctOn([attendanceEntries.sessionId, attendanceEntries.placeId])
    .from(attendanceEntries)
    .where(and(eq(attendanceEntries.providerId, actor.providerId), inArray(attendanceEntries.placeId, ids)))
    .orderBy(attendanceEntries.sessionId, attendanceEntries.placeId, sql`${attendanceEntries.number} desc`)
  const latest = new Map(entries.map((entry) => [keyOf(entry.sessionId, entry.placeId), entry]))
  return { sessions: met, latest, away: await awayFrom(tx, actor, ids) }
}

export const latestEntry = ({ latest }: Recorded, sessionId: Uuid, placeId: Uuid): Entry | undefined =>
  latest.get(keyOf(sessionId, placeId))

/** Takes the place of what is recorded of one session. */
export type Instead = { sessionId: Uuid; outcome: EntryOutcome | 'not-held' }

/**
 * The register of one place, in order of time: sessions of its group from the joining day to the last day of membership, and its one-to-ones.
 * A session that is over and not recorded is an item without an outcome; one that is still to come is none, and so is one while the place had ended.
 */
export function registerOf(place: Place, recorded: Recorded, now: Instant, instead?: Instead): RegisterItem[] {
  const belongs = (session: Session) => !isAway(recorded.away, place.id, session) && isOfPlace(session)
  const isOfPlace = ({ kind, groupId, placeId, onDay }: Session) =>
    (kind === 'group' ? groupId === place.groupId : placeId === place.id) &&
    place.joinedOn !== null &&
    onDay >= place.joinedOn &&
    (place.endedOn === null || onDay <= place.endedOn)
  return recorded.sessions.filter(belongs).flatMap((session): RegisterItem[] => {
    if (instead?.sessionId === session.id) return [{ session, outcome: instead.outcome }]
    if (session.status === 'not-held') return [{ session, outcome: 'not-held' }]
    if (session.status === 'held') return [{ session, outcome: latestEntry(recorded, session.id, place.id)?.outcome ?? null }]
    return session.endsAt <= now ? [{ session, outcome: null }] : []
  })
}

/** As the rules read it. */
export const asFact = (items: readonly RegisterItem[]): FactValue =>
  items.map(({ session, outcome }) => ({ session: session.id, kind: session.kind, date: session.onDay, outcome }))

/** The day the rules are asked for: that of the latest session recorded, so that recording late asks for no earlier day. */
export const dayOf = (items: readonly RegisterItem[], first: Day): Day =>
  items.reduce((day, { session, outcome }) => (outcome !== null && session.onDay > day ? session.onDay : day), first)
