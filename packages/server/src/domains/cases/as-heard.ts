import { getTableColumns, sql, type SQL } from 'drizzle-orm'
import { alias, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { ended } from './states.ts'
import { caseEndings, cases, caseStatusChanges } from './tables.ts'

const takingBack = alias(caseEndings, 'taking_back')
const isHeard = ({ acknowledgedAt, wentOnAt }: { acknowledgedAt: AnyPgColumn; wentOnAt: AnyPgColumn }): SQL =>
  sql`coalesce(${acknowledgedAt}, ${wentOnAt}) is not null`

/**
 * When the first thing ended in a case of which the partner service was not heard yet; null where it was heard of all.
 * What was taken back unheard counts until its taking back was heard: before that nobody outside knew that anything had ended.
 */
export const firstUnheard: SQL = sql`(select min(${caseEndings.endedAt}) from ${caseEndings}
  where ${caseEndings.providerId} = ${cases.providerId} and ${caseEndings.caseId} = ${cases.id} and not (${isHeard(caseEndings)})
    and not exists (select from ${caseEndings} ${takingBack}
      where ${takingBack.providerId} = ${caseEndings.providerId} and ${takingBack.takesBackId} = ${caseEndings.id} and ${isHeard(takingBack)}))`

/** The steps of a case before an instant. */
const stepsBefore = (instant: SQL): SQL =>
  sql`from ${caseStatusChanges} where ${caseStatusChanges.providerId} = ${cases.providerId} and ${caseStatusChanges.caseId} = ${cases.id} and ${caseStatusChanges.changedAt} < ${instant}`

/**
 * The columns of a case as it stood just before an instant; as it stands where the instant is null.
 * A case that was opened in the very moment stands as it was opened. Its version counts its steps.
 */
export function caseBefore(instant: SQL) {
  const steps = stepsBefore(instant)
  const status = sql`coalesce((select ${caseStatusChanges.toStatus} ${steps} order by ${caseStatusChanges.changedAt} desc, ${caseStatusChanges.id} desc limit 1), 'referred')`
  const since = sql`coalesce((select max(${caseStatusChanges.changedAt}) ${steps}), ${cases.openedAt})`
  const over = sql`${status} in (${sql.join(
    ended.map((one) => sql`${one}`),
    sql`, `,
  )})`
  const either = (before: SQL, now: SQL): SQL => sql`case when ${instant} is null then ${now} else ${before} end`
  return {
    ...getTableColumns(cases),
    status: sql<typeof cases.$inferSelect.status>`${either(status, sql`${cases.status}`)}`,
    statusChangedAt: sql`${either(since, sql`${cases.statusChangedAt}`)}`.mapWith(cases.statusChangedAt),
    closedAt: sql<string | null>`${either(sql`case when ${over} then ${since} end`, sql`${cases.closedAt}`)}`.mapWith(cases.closedAt),
    version: sql`${either(sql`greatest(1, (select count(*)::int ${steps}))`, sql`${cases.version}`)}`.mapWith(cases.version),
  }
}
