import { and, asc, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotAllowed, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { Operation } from '../../platform/operation.ts'
import { cases, casesInFull, unheardCases, visibleCases } from '../cases/index.ts'
import { oversight, type Role } from '../providers/index.ts'
import { groupFacilitators, groups, placeChanges, places, sessions } from './tables.ts'

export type Group = typeof groups.$inferSelect
export type Place = typeof places.$inferSelect
export type Session = typeof sessions.$inferSelect

/** These see every group, and the people in it as far as they may open their cases. */
const seeEveryGroup: Role[] = [...oversight, 'intake-worker', 'partner-support-worker']
/** Who may look at groups at all. */
export const groupReaders: Role[] = [...seeEveryGroup, 'facilitator', 'one-to-one-worker']
/** Who plans programmes: templates, groups, who leads them. */
export const planners: Role[] = ['programme-manager']
/** Who gives places and ends them, in groups that are theirs. */
export const leaders: Role[] = ['facilitator', ...oversight]

const ledBy = (actor: Actor): SQL =>
  sql`${groups.id} in (select ${groupFacilitators.groupId} from ${groupFacilitators}
      where ${groupFacilitators.providerId} = ${actor.providerId} and ${groupFacilitators.staffId} = ${actor.id} and ${groupFacilitators.leftAt} is null)`

/** The groups in which a case they may open has a place: for one-to-one workers. */
const withCasesOf = (actor: Actor): SQL =>
  sql`${groups.id} in (select ${places.groupId} from ${places} where ${places.providerId} = ${actor.providerId} and ${places.caseId} in (${readableCaseIds(actor)}))`

const readableCaseIds = (actor: Actor): SQL => sql`select ${cases.id} from ${cases} where ${visibleCases(actor)}`

/** The access rule of groups: oversight, intake and partner support see all, a facilitator those they lead, a one-to-one worker those of their cases. */
export function visibleGroups(actor: Actor): SQL {
  const grounds = [
    ...(hasRole(actor, ...seeEveryGroup) ? [sql`true`] : []),
    ...(hasRole(actor, 'facilitator') ? [ledBy(actor)] : []),
    ...(hasRole(actor, 'one-to-one-worker') ? [withCasesOf(actor)] : []),
  ]
  return and(eq(groups.providerId, actor.providerId), grounds.length > 0 ? or(...grounds.map((one) => sql`(${one})`)) : sql`false`)!
}

/** The access rule of places: whoever may open the case. An exclusion therefore beats everything here too. */
export const visiblePlaces = (actor: Actor): SQL =>
  and(eq(places.providerId, actor.providerId), sql`${places.caseId} in (${readableCaseIds(actor)})`)!

/** A meeting of the group goes with the group, a one-to-one with the case. */
export const visibleSessions = (actor: Actor): SQL =>
  and(
    eq(sessions.providerId, actor.providerId),
    sql`${sessions.groupId} in (select ${groups.id} from ${groups} where ${visibleGroups(actor)})`,
    or(
      isNull(sessions.placeId),
      sql`${sessions.placeId} in (select ${places.id} from ${places} where ${places.providerId} = ${actor.providerId} and ${places.caseId} in (select ${cases.id} from ${cases} where ${casesInFull(actor)}))`,
    ),
  )!

/** Those who lead this group, and those who answer for all of them. One-to-one workers and intake change other things. */
const leadsGroup = (actor: Actor): SQL =>
  hasRole(actor, ...oversight) ? sql`true` : hasRole(actor, 'facilitator') ? ledBy(actor) : sql`false`

/**
 * Locks a group, so that its places are given one after the other. Locked before any case: everybody who needs both takes them in this order.
 * @throws NotFound, the same for what does not exist and what may not be seen; StaleVersion
 */
export async function lockGroup(tx: Tx, actor: Actor, groupId: Uuid, expectedVersion?: number): Promise<Group> {
  await tx.orm
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.providerId, actor.providerId), eq(groups.id, groupId)))
    .for('no key update')
  const [row] = await tx.orm
    .select()
    .from(groups)
    .where(and(visibleGroups(actor), eq(groups.id, groupId)))
  if (!row) throw new NotFound('group')
  if (expectedVersion !== undefined && row.version !== expectedVersion) throw new StaleVersion(row.version)
  return row
}

/** @throws NotAllowed for those who see the group and do not lead it */
export async function assertLeads(tx: Tx, actor: Actor, groupId: Uuid): Promise<void> {
  const [row] = await tx.orm
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.providerId, actor.providerId), eq(groups.id, groupId), leadsGroup(actor)))
  if (!row) throw new NotAllowed(`this is for the facilitators of the group and for: ${oversight.join(', ')}`)
}

/** Reads places through the access rule; each as this person is shown its case. */
export async function readPlaces(tx: Tx, actor: Actor, where: SQL): Promise<Place[]> {
  const rows = await tx.orm
    .select()
    .from(places)
    .where(and(visiblePlaces(actor), where))
    .orderBy(places.createdAt, places.id)
  return asHeard(tx, actor, rows)
}

/** The referrer sees a place as it stood before anything ended of which the partner service was not heard, and none that was asked for since. */
async function asHeard(tx: Tx, actor: Actor, rows: Place[]): Promise<Place[]> {
  const unheard = await unheardCases(
    tx,
    actor,
    rows.map(({ caseId }) => caseId),
  )
  const held = rows.filter(({ caseId }) => unheard.has(caseId)).map(({ id }) => id)
  if (held.length === 0) return rows
  const changes = await tx.orm
    .select()
    .from(placeChanges)
    .where(and(eq(placeChanges.providerId, actor.providerId), inArray(placeChanges.placeId, held)))
    .orderBy(asc(placeChanges.changedAt), asc(placeChanges.id))
  return rows.flatMap((row) => {
    const since = unheard.get(row.caseId)
    return since
      ? placeAfter(
          row,
          changes.filter(({ placeId, changedAt }) => placeId === row.id && changedAt < since),
        )
      : [row]
  })
}

/** A place after these of its changes, the oldest first; nothing where there were none yet. Its version counts them. */
function placeAfter(row: Place, changes: readonly (typeof placeChanges.$inferSelect)[]): Place[] {
  const last = changes.at(-1)
  if (!last) return []
  const { toStatus: status, joinedOn, endedOn, ending, reason } = last
  const waitingSince = changes.findLast(({ fromStatus, toStatus }) => toStatus === 'waiting' && fromStatus !== 'waiting')?.changedAt ?? null
  return [{ ...row, status, joinedOn, endedOn, ending, endReason: ending && reason, waitingSince, version: changes.length }]
}

/** @throws NotFound */
export async function assertReadablePlace(tx: Tx, actor: Actor, placeId: Uuid): Promise<Place> {
  const [row] = await readPlaces(tx, actor, inArray(places.id, [placeId]))
  if (!row) throw new NotFound('place')
  return row
}

/** @throws NotFound */
export async function assertReadableSession(tx: Tx, actor: Actor, sessionId: Uuid): Promise<Session> {
  const [row] = await tx.orm
    .select()
    .from(sessions)
    .where(and(visibleSessions(actor), eq(sessions.id, sessionId)))
  if (!row) throw new NotFound('session')
  return row
}

/** Notes that something of a case’s place was read. */
export const notePlaceRead = (operation: Operation, actor: Actor, caseId: Uuid, ...fields: string[]): void =>
  operation.noteRead({ subjectType: 'case', subjectId: caseId, fields, allowedBy: [...actor.roles].sort().join(' ') })
