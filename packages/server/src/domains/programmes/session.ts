import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { nobody } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { lockGroup, readPlaces, visibleSessions, type Group, type Session } from './access.ts'
import { assertProgramme } from './programme.ts'
import { places, sessionChanges, sessions } from './tables.ts'
import { templateOf, type Template } from './template.ts'

export type SessionChange = typeof sessionChanges.$inferSelect

const readSessions = (tx: Tx, actor: Actor, where: Parameters<typeof and>[0]) =>
  tx.orm
    .select()
    .from(sessions)
    .where(and(visibleSessions(actor), where))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))

/** By id; null for what this person may not read. */
export const sessionById = loader<Uuid, Session | null>(async (tx, actor, ids) =>
  oneEach(ids, await readSessions(tx, actor, inArray(sessions.id, [...ids])), (row) => row.id),
)

/** Meetings of the whole group, the earliest first. */
export const sessionsOfGroup = loader<Uuid, Session[]>(async (tx, actor, ids) =>
  manyEach(ids, await readSessions(tx, actor, and(inArray(sessions.groupId, [...ids]), eq(sessions.kind, 'group'))), (row) => row.groupId),
)

/** One-to-ones of a place, the earliest first. */
export const oneToOnesOfPlace = loader<Uuid, Session[]>(async (tx, actor, ids) =>
  manyEach(ids, await readSessions(tx, actor, inArray(sessions.placeId, [...ids])), (row) => row.placeId!),
)

/** What a session was before, oldest first. Read through a session. */
export const changesOfSession = loader<Uuid, SessionChange[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(sessionChanges)
    .where(and(eq(sessionChanges.providerId, actor.providerId), inArray(sessionChanges.sessionId, [...ids])))
    .orderBy(asc(sessionChanges.changedAt), asc(sessionChanges.id))
  return manyEach(ids, rows, (row) => row.sessionId)
})

export type LockedSession = { session: Session; group: Group; template: Template }

/** Locks the group and then the session. @throws NotFound, StaleVersion of the session */
export async function lockSession(tx: Tx, actor: Actor, sessionId: Uuid, expectedVersion?: number): Promise<LockedSession> {
  const [known] = await tx.orm
    .select({ groupId: sessions.groupId })
    .from(sessions)
    .where(and(eq(sessions.providerId, actor.providerId), eq(sessions.id, sessionId)))
  if (!known) throw new NotFound('session')
  const group = await lockGroup(tx, actor, known.groupId).catch((error: unknown) => {
    throw error instanceof NotFound ? new NotFound('session') : error
  })
  const [session] = await readSessions(tx, actor, eq(sessions.id, sessionId))
  if (!session) throw new NotFound('session')
  if (expectedVersion !== undefined && session.version !== expectedVersion) throw new StaleVersion(session.version)
  return { session, group, template: templateOf(await assertProgramme(tx, actor, group.programmeId)) }
}

type Step = Partial<Pick<Session, 'status' | 'facilitatedBy' | 'notHeldReason' | 'onDay' | 'startsAt' | 'endsAt' | 'dayIsProvisional'>>

/** Writes a step of a session and its line of history. The group is locked by then. */
export async function changeSession(tx: Tx, actor: Actor, session: Session, step: Step, reason: string | null): Promise<Session> {
  const [changed] = await tx.orm
    .update(sessions)
    .set({ ...step, version: session.version + 1 })
    .where(and(eq(sessions.providerId, actor.providerId), eq(sessions.id, session.id)))
    .returning()
  await tx.orm.insert(sessionChanges).values({
    providerId: actor.providerId,
    id: tx.newId(),
    sessionId: session.id,
    fromStatus: session.status,
    toStatus: changed!.status,
    fromStartsAt: session.startsAt,
    toStartsAt: changed!.startsAt,
    facilitatedBy: changed!.facilitatedBy,
    reason,
    changedAt: tx.now,
    changedBy: actor.id === nobody ? null : actor.id,
  })
  return changed!
}

/** The case a one-to-one is about; null for a meeting of the group, and for a case this person may not open. */
export async function caseOfSession(tx: Tx, actor: Actor, { placeId }: Session): Promise<Uuid | null> {
  if (!placeId) return null
  const [place] = await readPlaces(tx, actor, eq(places.id, placeId))
  return place?.caseId ?? null
}
