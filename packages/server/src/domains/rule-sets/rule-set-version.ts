import { and, eq, inArray, sql } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { loader, oneEach } from '../../platform/loader.ts'
import type { PageQuery } from '../../platform/page.ts'
import { providers } from '../providers/index.ts'
import { ruleReaders } from './access.ts'
import { ruleSetVersions } from './tables.ts'

/** A published version with its place among the others. */
export type RuleSetVersion = typeof ruleSetVersions.$inferSelect & {
  /** The day the next version of the same rule set begins; null while there is none. That day itself belongs to the next. */
  untilOn: Day | null
  /** Whether cases of this provider are decided by it; false for a document it only extends. */
  decides: boolean
}

const withPlace = (tx: Tx, actor: Actor) => {
  const next = tx.orm
    .select({
      id: sql<string>`${ruleSetVersions.id}`.as('version_row_id'),
      untilOn: sql<
        string | null
      >`(lead(${ruleSetVersions.effectiveFrom}) over (partition by ${ruleSetVersions.ruleSetId} order by ${ruleSetVersions.effectiveFrom}))::text`.as(
        'until_on',
      ),
    })
    .from(ruleSetVersions)
    .where(eq(ruleSetVersions.providerId, actor.providerId))
    .as('following')
  return tx.orm
    .select({
      version: ruleSetVersions,
      untilOn: next.untilOn,
      decides: sql<boolean>`${providers.ruleSetId} = ${ruleSetVersions.ruleSetId}`,
    })
    .from(ruleSetVersions)
    .innerJoin(providers, eq(providers.providerId, ruleSetVersions.providerId))
    .innerJoin(next, eq(next.id, ruleSetVersions.id))
    .$dynamic()
}

type Placed = { version: typeof ruleSetVersions.$inferSelect; untilOn: Day | null; decides: boolean }
const flat = ({ version, untilOn, decides }: Placed): RuleSetVersion => ({ ...version, untilOn, decides })

export const ruleSetVersionById = loader<Uuid, RuleSetVersion | null>(async (tx, actor, ids) => {
  if (!hasRole(actor, ...ruleReaders)) return ids.map(() => null)
  const rows = await withPlace(tx, actor).where(
    and(eq(ruleSetVersions.providerId, actor.providerId), inArray(ruleSetVersions.id, [...ids])),
  )
  return oneEach(ids, rows.map(flat), (row) => row.id)
})

/** What became of an approved proposal, by the proposal's id; null where nothing did, and for people who do not read rules. */
export const ruleSetVersionOfProposal = loader<Uuid, RuleSetVersion | null>(async (tx, actor, proposalIds) => {
  if (!hasRole(actor, ...ruleReaders)) return proposalIds.map(() => null)
  const rows = await withPlace(tx, actor).where(
    and(eq(ruleSetVersions.providerId, actor.providerId), inArray(ruleSetVersions.proposalId, [...proposalIds])),
  )
  return oneEach(proposalIds, rows.map(flat), (row) => row.proposalId)
})

/** The newest first; those of one day by id. */
export async function listRuleSetVersions(tx: Tx, actor: Actor, page: PageQuery, ruleSetId: string | null): Promise<RuleSetVersion[]> {
  const place = sql`(${ruleSetVersions.effectiveFrom}, ${ruleSetVersions.id})`
  const beyond = page.after && sql`${place} ${page.backwards ? sql`>` : sql`<`} (${page.after.key}::date, ${page.after.id}::uuid)`
  const rows = await withPlace(tx, actor)
    .where(
      and(
        eq(ruleSetVersions.providerId, actor.providerId),
        ruleSetId === null ? undefined : eq(ruleSetVersions.ruleSetId, ruleSetId),
        beyond ?? undefined,
      ),
    )
    .orderBy(
      page.backwards
        ? sql`${ruleSetVersions.effectiveFrom}, ${ruleSetVersions.id}`
        : sql`${ruleSetVersions.effectiveFrom} desc, ${ruleSetVersions.id} desc`,
    )
    .limit(page.limit)
  return rows.map(flat)
}
