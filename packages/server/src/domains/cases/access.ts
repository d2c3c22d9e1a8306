import { and, eq, getTableColumns, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotAllowed, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { registerCaseLink } from '../participants/index.ts'
import { caseReaders, oversight, type Role } from '../providers/index.ts'
import { registerDecisionAccess } from '../rule-sets/index.ts'
import { registerTaskExclusion } from '../tasks/index.ts'
import { caseBefore, firstUnheard } from './as-heard.ts'
import { assignableRoles, caseWorkers } from './roles.ts'
import { beforeAcceptance } from './states.ts'
import { caseAssignments, caseExclusions, cases } from './tables.ts'

/** One row of `cases`; read through the access rule it also says on what ground, and is as that ground shows it. */
export type Case = typeof cases.$inferSelect & { allowedBy?: string }

/** Why a person may open a case: in words for the audit, and as a condition on `cases`. */
type Ground = { name: string; works: boolean; holds: SQL }

/** The ground of those who hear of an ending after the partner service. */
const asReferrer = 'assigned: referrer'

/**
 * The grounds on which this person opens cases. All of the rule stands here:
 * - programme managers and safeguarding leads answer for every case;
 * - partner-support workers read every case and change none. Which case has a partner who is supported is known behind the wall only,
 *   so no row on this side may say whose cases they need;
 * - intake workers share the cases that are not yet accepted;
 * - everybody else needs to be assigned, in a role they still have: role and assignment together. The referrer comes last, because it shows least.
 */
function groundsOf(actor: Actor): Ground[] {
  const grounds: Ground[] = oversight
    .filter((role) => hasRole(actor, role))
    .map((role) => ({ name: `oversight: ${role}`, works: true, holds: sql`true` }))
  if (hasRole(actor, 'partner-support-worker')) grounds.push({ name: 'partner support', works: false, holds: sql`true` })
  const assigned = (role: Role): Ground => ({
    name: `assigned: ${role}`,
    works: caseWorkers.includes(role),
    holds: sql`${cases.id} in (${assignedTo(actor, role)})`,
  })
  grounds.push(...assignableRoles.filter((role) => role !== 'referrer' && hasRole(actor, role)).map(assigned))
  if (hasRole(actor, 'intake-worker'))
    grounds.push({ name: 'not yet accepted: intake-worker', works: true, holds: inArray(cases.status, [...beforeAcceptance]) })
  if (hasRole(actor, 'referrer')) grounds.push(assigned('referrer'))
  return grounds
}

const assignedTo = (actor: Actor, role: string) =>
  sql`select ${caseAssignments.caseId} from ${caseAssignments}
      where ${caseAssignments.providerId} = ${actor.providerId} and ${caseAssignments.staffId} = ${actor.id} and ${caseAssignments.role} = ${role} and ${caseAssignments.endedAt} is null`

/** True where a case is given to this person, in whatever role they still have. */
export const isAssignedTo = (actor: Actor): SQL => {
  const held = assignableRoles.filter((role) => hasRole(actor, role))
  return held.length > 0 ? or(...held.map((role) => sql`${cases.id} in (${assignedTo(actor, role)})`))! : sql`false`
}

/** Participants this person is kept away from. */
const excludedFrom = (actor: Actor) =>
  sql`select ${caseExclusions.participantId} from ${caseExclusions}
      where ${caseExclusions.providerId} = ${actor.providerId} and ${caseExclusions.staffId} = ${actor.id} and ${caseExclusions.endedAt} is null`

export const isNotExcluded = (actor: Actor): SQL => sql`${cases.participantId} not in (${excludedFrom(actor)})`

const onGround = (actor: Actor, grounds: readonly Ground[]): SQL =>
  and(
    eq(cases.providerId, actor.providerId),
    isNotExcluded(actor),
    grounds.length > 0 ? or(...grounds.map(({ holds }) => sql`(${holds})`)) : sql`false`,
  )!

/** The access rule: the cases this person may read. Lists, loaders, `node(id)` and commands all use this one condition. */
export const visibleCases = (actor: Actor): SQL => onGround(actor, groundsOf(actor))

/** The same rule, for changes: grounds that let a person work and not only read. */
const workableCases = (actor: Actor): SQL =>
  onGround(
    actor,
    groundsOf(actor).filter(({ works }) => works),
  )

/** The first ground that holds, as a column of the row read. */
export function groundOf(actor: Actor): SQL<string> {
  const grounds = groundsOf(actor)
  if (grounds.length === 0) return sql<string>`''`
  return sql<string>`case ${sql.join(
    grounds.map(({ name, holds }) => sql`when ${holds} then ${name}::text`),
    sql` `,
  )} else '' end`
}

/** The cases this person reads in full: on a ground beside that of the referrer, who is told what they are told and reads none of what hangs below. */
export const casesInFull = (actor: Actor): SQL =>
  onGround(
    actor,
    groundsOf(actor).filter(({ name }) => name !== asReferrer),
  )

/** The same for a case that was read: whatever this person is elsewhere, the ground on which they open this one decides. */
export const readsInFull = (actor: Actor, { allowedBy }: Case): boolean => hasRole(actor, ...caseReaders) && allowedBy !== asReferrer

/**
 * From when on nothing of a case is shown to this person, because something ended of which the partner service was not heard yet: an instant for
 * cases they open as the referrer only, null for all others. Null altogether for those who open none in that way.
 */
function unheardSince(actor: Actor): SQL | null {
  if (!hasRole(actor, 'referrer')) return null
  const others = groundsOf(actor).filter(({ name }) => name !== asReferrer)
  return others.length === 0
    ? firstUnheard
    : sql`case when ${or(...others.map(({ holds }) => sql`(${holds})`))} then null else ${firstUnheard} end`
}

/** The columns of a case as this person is shown them. Lists, loaders, filters and orders all use these, so that nothing moves before it was heard. */
export function shownCase(actor: Actor) {
  const since = unheardSince(actor)
  return since ? caseBefore(since) : getTableColumns(cases)
}

/** Of these cases the ones that are not shown to this person as they stand, each with the instant before which it is. For what hangs below a case. */
export async function unheardCases(tx: Tx, actor: Actor, caseIds: readonly Uuid[]): Promise<Map<Uuid, Instant>> {
  const since = unheardSince(actor)
  if (!since || caseIds.length === 0) return new Map()
  const rows = await tx.orm
    .select({ id: cases.id, since: sql`${since}`.mapWith(cases.statusChangedAt) })
    .from(cases)
    .where(and(eq(cases.providerId, actor.providerId), inArray(cases.id, [...new Set(caseIds)]), isNotNull(since)))
  return new Map(rows.map((row) => [row.id, row.since]))
}

/** Reads cases through the access rule. */
export async function readCases(tx: Tx, actor: Actor, where: SQL): Promise<Case[]> {
  const rows = await tx.orm
    .select({ row: shownCase(actor), allowedBy: groundOf(actor) })
    .from(cases)
    .where(and(visibleCases(actor), where))
  return rows.map(({ row, allowedBy }) => ({ ...row, allowedBy }))
}

/** @throws NotFound, the same for a case that does not exist and one that this person may not read */
export async function assertReadableCase(tx: Tx, actor: Actor, caseId: Uuid): Promise<Case> {
  const [row] = await readCases(tx, actor, eq(cases.id, caseId))
  if (!row) throw new NotFound('case')
  return row
}

/**
 * Reads a case after locking it, in two statements, so that an exclusion that committed a moment ago is always seen.
 * @throws NotFound
 */
export async function lockReadableCase(tx: Tx, actor: Actor, caseId: Uuid, what = 'case'): Promise<Case> {
  await tx.orm
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.providerId, actor.providerId), eq(cases.id, caseId)))
    .for('no key update')
  const [row] = await readCases(tx, actor, eq(cases.id, caseId))
  if (!row) throw new NotFound(what)
  return row
}

/**
 * Locks a case in which something is about to change.
 * @throws NotFound for what may not be read, NotAllowed for those who only read, StaleVersion
 */
export async function assertWorkableCase(tx: Tx, actor: Actor, caseId: Uuid, expectedVersion?: number): Promise<Case> {
  const row = await lockReadableCase(tx, actor, caseId)
  const [workable] = await tx.orm
    .select({ id: cases.id })
    .from(cases)
    .where(and(workableCases(actor), eq(cases.id, caseId)))
  if (!workable) throw new NotAllowed('you may read this case and change nothing in it')
  if (expectedVersion !== undefined && row.version !== expectedVersion) throw new StaleVersion(row.version)
  return row
}

/** Exclusions and case links for the slices upstream, which know no case. */
registerDecisionAccess(async (tx, actor, caseIds) => {
  const rows = await tx.orm
    .select({ id: cases.id })
    .from(cases)
    .where(and(casesInFull(actor), inArray(cases.id, [...caseIds])))
  return new Set(rows.map(({ id }) => id))
})

registerTaskExclusion(
  (actor, caseId: AnyPgColumn) =>
    sql`${caseId} in (select ${cases.id} from ${cases} where ${cases.providerId} = ${actor.providerId} and ${cases.participantId} in (${excludedFrom(actor)}))`,
)

registerCaseLink({
  readsACase: (actor, participantId) => sql`${participantId} in (select ${cases.participantId} from ${cases} where ${visibleCases(actor)})`,
  isExcluded: (actor, participantId) => sql`${participantId} in (${excludedFrom(actor)})`,
  async participantOf(tx, actor, caseId) {
    const [row] = await tx.orm
      .select({ id: cases.participantId })
      .from(cases)
      .where(and(eq(cases.providerId, actor.providerId), eq(cases.id, caseId)))
    return row?.id ?? null
  },
})
