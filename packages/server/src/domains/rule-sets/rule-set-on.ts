import { hashOf, type RuleSet } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'
import { and, desc, eq, inArray, lte } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import { providers } from '../providers/index.ts'
import { ruleSetVersions } from './tables.ts'

/** No version of the provider's rule set had begun on that day. A person decides. */
export class NoRuleSetInForce extends DomainError {
  override name = 'NoRuleSetInForce'
  readonly code = 'no-rule-set-in-force'
  constructor() {
    super('no rule set of this provider is in force on that day', 'choose a later day, or have a rule set published for it')
  }
}

/** The stored bytes of a rule set are not the ones that were published. */
export class RuleSetDamaged extends Error {
  override name = 'RuleSetDamaged'
}

export type LoadedRuleSet = { ruleSet: RuleSet; id: string; version: string; hash: string }

type Stored = Pick<typeof ruleSetVersions.$inferSelect, 'ruleSetId' | 'version' | 'hash'>
const stored = { ruleSetId: ruleSetVersions.ruleSetId, version: ruleSetVersions.version, hash: ruleSetVersions.hash }

/**
 * The version of the provider's rule set in force on a day, from `effectiveFrom` on until the next one begins.
 * @throws NoRuleSetInForce
 */
export async function ruleSetOn(tx: Tx, actor: Actor, day: Day): Promise<LoadedRuleSet> {
  const [version] = await tx.orm
    .select(stored)
    .from(ruleSetVersions)
    .innerJoin(providers, and(eq(providers.providerId, ruleSetVersions.providerId), eq(providers.ruleSetId, ruleSetVersions.ruleSetId)))
    .where(and(eq(ruleSetVersions.providerId, actor.providerId), lte(ruleSetVersions.effectiveFrom, day)))
    .orderBy(desc(ruleSetVersions.effectiveFrom))
    .limit(1)
  if (!version) throw new NoRuleSetInForce()
  const [loaded] = await loadStored(tx, actor, [version])
  return loaded!
}

/** Compiled rule sets by their hash: equal hash, equal behaviour, whichever provider it belongs to. */
const compiled = new Map<string, RuleSet>()
const greatestCache = 200

/**
 * Rule sets as they were published, each checked against its hash when it is first read in this process.
 * @throws RuleSetDamaged
 */
export async function loadStored(tx: Tx, actor: Actor, versions: readonly Stored[]): Promise<LoadedRuleSet[]> {
  const missing = [...new Set(versions.map(({ hash }) => hash).filter((hash) => !compiled.has(hash)))]
  if (missing.length > 0) {
    const rows = await tx.orm
      .select({ hash: ruleSetVersions.hash, resolvedText: ruleSetVersions.resolvedText })
      .from(ruleSetVersions)
      .where(and(eq(ruleSetVersions.providerId, actor.providerId), inArray(ruleSetVersions.hash, missing)))
    for (const { hash, resolvedText } of rows) keep(hash, await compile(hash, resolvedText))
  }
  return versions.map(({ ruleSetId, version, hash }) => {
    const ruleSet = compiled.get(hash)
    if (!ruleSet) throw new RuleSetDamaged('a stored rule set is missing')
    return { ruleSet, id: ruleSetId, version, hash }
  })
}

function keep(hash: string, ruleSet: RuleSet): void {
  const [oldest] = compiled.keys()
  if (compiled.size >= greatestCache && oldest) compiled.delete(oldest)
  compiled.set(hash, ruleSet)
}

async function compile(hash: string, resolvedText: string): Promise<RuleSet> {
  const loaded = load(resolvedText)
  if (!loaded.ok) throw new RuleSetDamaged('a stored rule set cannot be loaded')
  if ((await hashOf(loaded.ruleSet)) !== hash) throw new RuleSetDamaged('a stored rule set does not have the hash it was published with')
  return loaded.ruleSet
}
