import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { hasRole, theServer, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { caseExclusions, cases, registerAfterExclusion } from '../cases/index.ts'
import { watchDeadlines } from '../notifications/index.ts'
import { caseReaders, registerRoleLoss, rolesHeldBy, staff } from '../providers/index.ts'
import { chooseOwner } from './owner.ts'
import { giveTo } from './reassign-concern.ts'
import { openStatuses } from './states.ts'
import { concerns } from './tables.ts'

/** A concern that nobody acts on is worse than none: what somebody owned falls to the safeguarding lead when they leave, lose their roles, or are excluded. */
async function handOver(tx: Tx, actor: Actor, staffId: Uuid, participantId: Uuid | null): Promise<void> {
  const theirs = participantId
    ? inArray(
        concerns.caseId,
        tx.orm
          .select({ id: cases.id })
          .from(cases)
          .where(and(eq(cases.providerId, actor.providerId), eq(cases.participantId, participantId))),
      )
    : undefined
  const open = await tx.orm
    .select()
    .from(concerns)
    .where(
      and(eq(concerns.providerId, actor.providerId), eq(concerns.ownerId, staffId), inArray(concerns.status, [...openStatuses]), theirs),
    )
    .orderBy(asc(concerns.dueAt), asc(concerns.id))
    .for('update')
  const server = theServer(actor.providerId, 'safeguarding-lead')
  for (const concern of open) await giveTo(tx, server, concern, await chooseOwner(tx, server, concern, staffId), 'hand-over')
}

/** What a command could not hand over, because whoever gave it sees one side of the wall only. The server sees both. */
watchDeadlines('concerns without an owner', async (tx, actor) => {
  const excluded = tx.orm
    .select({ there: sql`1` })
    .from(caseExclusions)
    .innerJoin(cases, and(eq(cases.providerId, caseExclusions.providerId), eq(cases.participantId, caseExclusions.participantId)))
    .where(
      and(
        eq(caseExclusions.providerId, actor.providerId),
        eq(cases.id, concerns.caseId),
        eq(caseExclusions.staffId, concerns.ownerId),
        isNull(caseExclusions.endedAt),
      ),
    )
  const lost = await tx.orm
    .select({ concern: concerns })
    .from(concerns)
    .innerJoin(staff, and(eq(staff.providerId, concerns.providerId), eq(staff.id, concerns.ownerId)))
    .where(
      and(
        eq(concerns.providerId, actor.providerId),
        inArray(concerns.status, [...openStatuses]),
        sql`(${staff.endedAt} is not null or exists ${excluded})`,
      ),
    )
    .limit(50)
    .for('update', { of: concerns, skipLocked: true })
  for (const { concern } of lost) await giveTo(tx, actor, concern, await chooseOwner(tx, actor, concern, concern.ownerId), 'hand-over')
  return lost.length
})

registerRoleLoss(async (tx, actor, { staffId, hasLeft }) => {
  const roles = new Set<string>(hasLeft ? [] : await rolesHeldBy(tx, actor, staffId))
  if (!hasRole({ ...actor, roles }, ...caseReaders)) await handOver(tx, actor, staffId, null)
})
registerAfterExclusion(({ tx, actor, staffId, participantId }) => handOver(tx, actor, staffId, participantId))
