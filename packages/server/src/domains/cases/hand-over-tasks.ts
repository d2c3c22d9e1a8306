import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { theServer, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staffWithRole, type Role } from '../providers/index.ts'
import { reassignTask, tasks } from '../tasks/index.ts'
import { caseExclusions, cases } from './tables.ts'

/** Who a side’s task falls to, the first first. */
const fallsTo: Record<'participant' | 'partner' | 'neutral', Role[]> = {
  participant: ['programme-manager', 'safeguarding-lead'],
  partner: ['safeguarding-lead', 'partner-support-worker'],
  neutral: ['safeguarding-lead'],
}

/** Gives the open tasks that somebody excluded can no longer see to somebody who can. Deadlines stay. */
export async function handOverTasks(tx: Tx, actor: Actor, participantId: Uuid, staffId: Uuid): Promise<void> {
  const theirs = tx.orm.select({ id: cases.id }).from(cases).where(and(eq(cases.providerId, actor.providerId), eq(cases.participantId, participantId)))
  const open = await tx.orm
    .select({ id: tasks.id, side: tasks.side })
    .from(tasks)
    .where(and(eq(tasks.providerId, actor.providerId), eq(tasks.ownerId, staffId), eq(tasks.status, 'open'), inArray(tasks.caseId, theirs)))
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
  if (open.length === 0) return
  const excluded = await tx.orm
    .select({ id: caseExclusions.staffId })
    .from(caseExclusions)
    .where(and(eq(caseExclusions.providerId, actor.providerId), eq(caseExclusions.participantId, participantId), isNull(caseExclusions.endedAt)))
  const keptAway = new Set(excluded.map(({ id }) => id))
  // The server does it: whoever is excluded, or excludes, may not see every one of them.
  const server = theServer(actor.providerId, 'safeguarding-lead')
  for (const { id, side } of open) {
    const ownerId = (await staffWithRole(tx, actor, ...fallsTo[side])).find((one) => !keptAway.has(one))
    if (!ownerId) throw new InvalidInput('staffId', 'nobody would be left for the open tasks of this case', 'give somebody else the role first: safeguarding-lead')
    await reassignTask(tx, server, { taskId: id, ownerId, expectedVersion: null })
  }
}
