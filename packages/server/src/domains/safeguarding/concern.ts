import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import type { PageQuery } from '../../platform/page.ts'
import { visibleConcerns } from './access.ts'
import type { ConcernLevel } from './matters.ts'
import { openStatuses, type ConcernStatus } from './states.ts'
import { concerns } from './tables.ts'

export type Concern = typeof concerns.$inferSelect

/** Computed at the moment of asking, never stored. Due at this very instant is not overdue yet. */
export const isOverdue = ({ status, dueAt }: Pick<Concern, 'status' | 'dueAt'>, now: Instant): boolean => status !== 'closed' && dueAt < now

/** By id; null for what this person may not see. */
export const concernById = loader<Uuid, Concern | null>(async (tx, actor, ids) =>
  oneEach(
    ids,
    await tx.orm
      .select()
      .from(concerns)
      .where(and(visibleConcerns(actor), inArray(concerns.id, [...ids]))),
    (row) => row.id,
  ),
)

/** What is open in each case, of what this person may see, the most urgent first. */
export const openConcernsOfCase = loader<Uuid, Concern[]>(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select()
    .from(concerns)
    .where(and(visibleConcerns(actor), inArray(concerns.caseId, [...caseIds]), inArray(concerns.status, [...openStatuses])))
    .orderBy(asc(concerns.dueAt), asc(concerns.id))
  return manyEach(caseIds, rows, (row) => row.caseId)
})

/** @throws NotFound, the same for what does not exist and what this person may not see */
export async function assertReadableConcern(tx: Tx, actor: Actor, id: Uuid): Promise<Concern> {
  const [concern] = await concernById.batch(tx, actor, [id])
  if (!concern) throw new NotFound('concern')
  return concern
}

/** Locks a concern that is about to change. @throws NotFound also for what this person may not see, StaleVersion */
export async function lockConcern(tx: Tx, actor: Actor, id: Uuid, expectedVersion: number): Promise<Concern> {
  const [concern] = await tx.orm
    .select()
    .from(concerns)
    .where(and(visibleConcerns(actor), eq(concerns.id, id)))
    .for('update')
  if (!concern) throw new NotFound('concern')
  if (concern.version !== expectedVersion) throw new StaleVersion(concern.version)
  return concern
}

/** Writes the change and counts it. The row is locked, so nobody came between. */
export async function changeConcern(
  tx: Tx,
  actor: Actor,
  concern: Concern,
  change: Partial<typeof concerns.$inferInsert>,
): Promise<Concern> {
  const version = concern.version + 1
  // Nothing is read back: whoever gives a concern away may not see it any more.
  await tx.orm
    .update(concerns)
    .set({ ...change, version })
    .where(and(eq(concerns.providerId, actor.providerId), eq(concerns.id, concern.id)))
  return { ...concern, ...change, version } as Concern
}

export type ConcernFilter = {
  status?: readonly ConcernStatus[] | null | undefined
  level?: readonly ConcernLevel[] | null | undefined
  overdue?: boolean | null | undefined
  ownedByMe?: boolean | null | undefined
}

/** In the order of the deadline, the most urgent first; those due at one instant by id. */
export function listConcerns(tx: Tx, actor: Actor, page: PageQuery, filter: ConcernFilter): Promise<Concern[]> {
  const beyond =
    page.after &&
    sql`(${concerns.dueAt}, ${concerns.id}) ${page.backwards ? sql`<` : sql`>`} (${page.after.key}::timestamptz, ${page.after.id}::uuid)`
  const order = page.backwards ? desc : asc
  const isLate = sql`(${concerns.status} <> 'closed' and ${concerns.dueAt} < ${tx.now}::timestamptz)`
  return tx.orm
    .select()
    .from(concerns)
    .where(
      and(
        visibleConcerns(actor),
        inArray(concerns.status, [...(filter.status ?? openStatuses)]),
        filter.level ? inArray(concerns.level, [...filter.level]) : undefined,
        filter.overdue == null ? undefined : filter.overdue ? isLate : sql`not ${isLate}`,
        filter.ownedByMe ? eq(concerns.ownerId, actor.id) : undefined,
        beyond ?? undefined,
      ),
    )
    .orderBy(order(concerns.dueAt), order(concerns.id))
    .limit(page.limit)
}
