import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assignWorker, notExcludedFrom, unassignWorker } from '../cases/index.ts'
import { groupFacilitators, places } from './tables.ts'

/** Who leads a group now. */
export async function facilitatorsOf(tx: Tx, actor: Actor, groupId: Uuid): Promise<Uuid[]> {
  const rows = await tx.orm
    .select({ id: groupFacilitators.staffId })
    .from(groupFacilitators)
    .where(
      and(eq(groupFacilitators.providerId, actor.providerId), eq(groupFacilitators.groupId, groupId), isNull(groupFacilitators.leftAt)),
    )
    .orderBy(groupFacilitators.joinedAt, groupFacilitators.id)
  return rows.map(({ id }) => id)
}

/**
 * Gives a case to everybody who leads the group it has a place in.
 * @throws InvalidInput (field `groupId`) where one of them is kept out of the case; it does not say who
 */
export async function assignFacilitators(tx: Tx, actor: Actor, groupId: Uuid, caseId: Uuid): Promise<void> {
  const leading = await facilitatorsOf(tx, actor, groupId)
  if ((await notExcludedFrom(tx, actor, leading, caseId)).length < leading.length)
    throw new InvalidInput('groupId', 'somebody who leads this group may not work with this person', 'choose another group')
  for (const staffId of leading) await assignWorker(tx, actor, { caseId, staffId, role: 'facilitator' })
}

/** Gives somebody who begins to lead a group the cases in it. @throws InvalidInput (field `staffId`) where they are kept out of one */
export async function assignCasesOfGroup(tx: Tx, actor: Actor, groupId: Uuid, staffId: Uuid): Promise<void> {
  const cases = await casesIn(tx, actor, groupId, ['open'])
  for (const caseId of cases)
    if ((await notExcludedFrom(tx, actor, [staffId], caseId)).length === 0)
      throw new InvalidInput('staffId', 'this person may not work with everybody in this group', 'choose somebody else')
  for (const caseId of cases) await assignWorker(tx, actor, { caseId, staffId, role: 'facilitator' })
}

/** Takes the cases of a group, or `only` some of them, away from somebody who leads it no more, but for those of another group they lead. */
export async function unassignCasesOfGroup(
  tx: Tx,
  actor: Actor,
  groupId: Uuid,
  staffId: Uuid,
  reason: string,
  only?: readonly Uuid[],
): Promise<void> {
  const elsewhere = await tx.orm
    .select({ caseId: places.caseId })
    .from(places)
    .innerJoin(groupFacilitators, and(eq(groupFacilitators.providerId, places.providerId), eq(groupFacilitators.groupId, places.groupId)))
    .where(
      and(
        eq(places.providerId, actor.providerId),
        eq(places.status, 'open'),
        ne(places.groupId, groupId),
        eq(groupFacilitators.staffId, staffId),
        isNull(groupFacilitators.leftAt),
      ),
    )
  const kept = new Set(elsewhere.map(({ caseId }) => caseId))
  for (const caseId of only ?? (await casesIn(tx, actor, groupId, ['open', 'ended'])))
    if (!kept.has(caseId)) await unassignWorker(tx, actor, { caseId, staffId, role: 'facilitator', reason })
}

async function casesIn(tx: Tx, actor: Actor, groupId: Uuid, statuses: ('open' | 'ended')[]): Promise<Uuid[]> {
  const rows = await tx.orm
    .selectDistinct({ caseId: places.caseId })
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.groupId, groupId), inArray(places.status, statuses)))
    .orderBy(places.caseId)
  return rows.map(({ caseId }) => caseId)
}
