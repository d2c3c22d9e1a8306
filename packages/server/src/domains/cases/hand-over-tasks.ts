import { and, asc, eq, inArray } from 'drizzle-orm'
import { theServer, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staffWithRole, type Role } from '../providers/index.ts'
import { reassignTask, tasks } from '../tasks/index.ts'
import { cases } from './tables.ts'

/** Who a side’s task falls to, the first first. */
const fallsTo: Record<'participant' | 'partner' | 'neutral', Role[]> = {
  participant: ['programme-manager', 'safeguarding-lead'],
  partner: ['safeguarding-lead', 'partner-support-worker'],
  neutral: ['safeguarding-lead'],
}

/**
 * Gives somebody’s open tasks to those who answer for them: all of them when they leave, those about one participant when they are excluded.
 * Deadlines stay. The server does it, because whoever is excluded, or excludes, may not see every one of them.
 * @throws InvalidInput when nobody is left for one of them
 */
export async function handOverTasks(tx: Tx, actor: Actor, staffId: Uuid, participantId: Uuid | null): Promise<void> {
  const theirs = participantId
    ? inArray(
        tasks.caseId,
        tx.orm
          .select({ id: cases.id })
          .from(cases)
          .where(and(eq(cases.providerId, actor.providerId), eq(cases.participantId, participantId))),
      )
    : undefined
  const open = await tx.orm
    .select({ id: tasks.id, side: tasks.side })
    .from(tasks)
    .where(and(eq(tasks.providerId, actor.providerId), eq(tasks.ownerId, staffId), eq(tasks.status, 'open'), theirs))
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
  for (const { id, side } of open)
    await handOver(tx, id, await staffWithRole(tx, actor, ...fallsTo[side]), theServer(actor.providerId, 'safeguarding-lead'), staffId)
}

/** The first candidate who may have it. */
async function handOver(tx: Tx, taskId: Uuid, candidates: readonly Uuid[], server: Actor, leaving: Uuid): Promise<void> {
  for (const ownerId of candidates.filter((id) => id !== leaving)) {
    try {
      await reassignTask(tx, server, { taskId, ownerId, expectedVersion: null })
      return
    } catch (error) {
      // Excluded from the case as well: the next one. Refused before anything was written.
      if (!(error instanceof InvalidInput)) throw error
    }
  }
  throw new InvalidInput(
    'staffId',
    'nobody would be left for an open task of theirs',
    'close it, or give somebody else the role first: safeguarding-lead',
  )
}
