import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { visibleParticipants } from './access.ts'
import { participantCorrections, participants } from './tables.ts'

export type Participant = typeof participants.$inferSelect
export type ParticipantCorrection = typeof participantCorrections.$inferSelect

/** By id; null for whom this person may not see. */
export const participantById = loader<Uuid, Participant | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(participants)
      .where(and(visibleParticipants(actor), inArray(participants.id, [...ids]))),
    (row) => row.id,
  ),
)

/** Oldest first. Read through a participant, so it asks for no access of its own. */
export const correctionsOfParticipant = loader<Uuid, ParticipantCorrection[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(participantCorrections)
    .where(and(eq(participantCorrections.providerId, actor.providerId), inArray(participantCorrections.participantId, [...ids])))
    .orderBy(asc(participantCorrections.correctedAt), asc(participantCorrections.id))
  return manyEach(ids, rows, (row) => row.participantId)
})

/** @throws NotFound also for whom this person may not see */
export async function assertReadableParticipant(tx: Tx, actor: Actor, id: Uuid): Promise<Participant> {
  const [row] = await tx.orm
    .select()
    .from(participants)
    .where(and(visibleParticipants(actor), eq(participants.id, id)))
  if (!row) throw new NotFound('participant')
  return row
}

/** Locks a participant that is about to change. @throws NotFound, StaleVersion */
export async function lockParticipant(tx: Tx, actor: Actor, id: Uuid, expectedVersion: number): Promise<Participant> {
  const [row] = await tx.orm
    .select()
    .from(participants)
    .where(and(visibleParticipants(actor), eq(participants.id, id)))
    .for('no key update')
  if (!row) throw new NotFound('participant')
  if (row.version !== expectedVersion) throw new StaleVersion(row.version)
  return row
}
