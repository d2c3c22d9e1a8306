import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { hasRole, type Actor, type Side } from '../../platform/actor.ts'
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
