import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { hasRole, type Actor, type Side } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { roleIds, type Role } from '../providers/index.ts'
import { tasks } from './tables.ts'

/** Everybody who can own a task. Referrers and commissioners are outside people. */
export const taskOwners: Role[] = roleIds.filter((role) => !['referrer', 'social-worker', 'commissioner', 'auditor'].includes(role))

/** The sides whose tasks a person answers for as a whole, whoever owns them. */
export function sidesOverseen(actor: Actor): Side[] {
  if (hasRole(actor, 'safeguarding-lead')) return ['participant', 'partner', 'neutral']
  return hasRole(actor, 'programme-manager') ? ['participant'] : []
}

/** An SQL condition that is true where a person is excluded from a case. */
export type Exclusion = (actor: Actor, caseId: AnyPgColumn) => SQL

let isExcluded: Exclusion = () => sql`false`

/** Says who is kept out of a case. Called once, by the slice that owns cases: an exclusion hides the case's tasks too, even one's own. @returns what held before */
export function registerTaskExclusion(exclusion: Exclusion): Exclusion {
  const before = isExcluded
  isExcluded = exclusion
  return before
}

/** Those of the staff who are not kept out of a case. The conditions are written for the table of tasks, so one row stands in for it. */
export async function notKeptOut(tx: Tx, actor: Actor, staffIds: readonly Uuid[], caseId: Uuid | null): Promise<Uuid[]> {
  if (caseId === null || staffIds.length === 0) return [...staffIds]
  const answers = sql.join(
    staffIds.map((id) => sql`${isExcluded({ ...actor, id }, tasks.caseId)}`),
    sql`, `,
  )
  const [row] = await tx.rows<{ excluded: boolean[] }>(
    sql`select array[${answers}] as excluded from (select ${caseId}::uuid as case_id) as tasks`,
  )
  return staffIds.filter((_, index) => row?.excluded[index] === false)
}

/** The rows a person may see: their own, and those of the sides they answer for; never across the wall. */
export function visibleTasks(actor: Actor): SQL {
  const overseen = sidesOverseen(actor)
  const seen = [
    eq(tasks.providerId, actor.providerId),
    actor.side === 'neutral' ? undefined : inArray(tasks.side, [actor.side, 'neutral']),
    or(eq(tasks.ownerId, actor.id), overseen.length > 0 ? inArray(tasks.side, overseen) : undefined),
    sql`(${tasks.caseId} is null or not ${isExcluded(actor, tasks.caseId)})`,
  ]
  return and(...seen)!
}
