import { eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { providers } from '../providers/index.ts'
import { loadStored, NoRuleSetInForce, type LoadedRuleSet } from './rule-set-on.ts'
import { ruleSetVersions } from './tables.ts'

/** What a provider has published, as a new version finds it. */
export type Shelf = {
  /** The id of the rule set that decides here: the only one of which a version may be proposed. */
  ruleSetId: string
  /** Published versions of it, the first to begin first. */
  versions: { version: string; effectiveFrom: string }[]
  /** The one that begins last, perhaps on a day to come: what a new version is compared with. */
  latest: LoadedRuleSet
  /** Texts of all that is published here: what a new version may extend. */
  texts: string[]
}

/** @throws NoRuleSetInForce where nothing was ever published */
export async function shelfOf(tx: Tx, actor: Actor): Promise<Shelf> {
  const rows = await tx.orm
    .select({ row: ruleSetVersions, decidesBy: providers.ruleSetId })
    .from(ruleSetVersions)
    .innerJoin(providers, eq(providers.providerId, ruleSetVersions.providerId))
    .where(eq(ruleSetVersions.providerId, actor.providerId))
    .orderBy(ruleSetVersions.effectiveFrom)
  const own = rows.filter(({ row, decidesBy }) => row.ruleSetId === decidesBy).map(({ row }) => row)
  const last = own.at(-1)
  if (!last) throw new NoRuleSetInForce()
  const [latest] = await loadStored(tx, actor, [last])
  return {
    ruleSetId: last.ruleSetId,
    versions: own.map(({ version, effectiveFrom }) => ({ version, effectiveFrom })),
    latest: latest!,
    texts: rows.map(({ row }) => row.documentText),
  }
}
