import { canonicalJson, hashOf, type Issue, type RuleSet } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'
import { eq } from 'drizzle-orm'
import { nobody, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import { record } from '../audit/index.ts'
import { providers } from '../providers/index.ts'
import { shippedLineage } from './shipped.ts'
import { ruleSetVersions } from './tables.ts'

/** The provider names a rule set that is not there, or one that cannot be loaded. */
export class RuleSetUnusable extends DomainError {
  override name = 'RuleSetUnusable'
  readonly code = 'rule-set-unusable'
}

/** Stores the documents that ship with the rules package: the one the provider decides by, and those it extends. What is there already stays as it is. */
export async function publishShippedRuleSets(tx: Tx, actor: Actor): Promise<void> {
  const [provider] = await tx.orm
    .select({ ruleSetId: providers.ruleSetId })
    .from(providers)
    .where(eq(providers.providerId, actor.providerId))
  const documents = await shipped(provider?.ruleSetId ?? 'core')
  const added = await tx.orm
    .insert(ruleSetVersions)
    .values(
      documents.map((document) => ({
        providerId: actor.providerId,
        id: tx.newId(),
        ...document,
        publishedAt: tx.now,
        publishedBy: actor.id === nobody ? null : actor.id,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: ruleSetVersions.id })
  await record(
    tx,
    actor,
    ...added.map(({ id }) => ({ action: 'rule-set.published', subjectType: 'rule-set-version', subjectId: id, fields: ['documentText'] })),
  )
}

type Publishable = Pick<
  typeof ruleSetVersions.$inferInsert,
  'ruleSetId' | 'version' | 'title' | 'effectiveFrom' | 'documentText' | 'resolvedText' | 'hash'
>

/** Loading takes some milliseconds and the files do not change while the process runs. */
const known = new Map<string, Promise<Publishable[]>>()

/** A shipped document and those it extends. @throws RuleSetUnusable */
function shipped(ruleSetId: string): Promise<Publishable[]> {
  let found = known.get(ruleSetId)
  if (!found) {
    const lineage = shippedLineage(ruleSetId)
    if (lineage.length === 0)
      throw new RuleSetUnusable(
        `no rule set "${ruleSetId}" ships with this version`,
        'name one that does, such as cdars-phoenix or step-by-step',
      )
    found = Promise.all(lineage.map((text, index) => publishable(text, lineage.slice(index + 1))))
    known.set(ruleSetId, found)
  }
  return found
}

async function publishable(documentText: string, parents: readonly string[]): Promise<Publishable> {
  const loaded = load(documentText, parents)
  if (!loaded.ok) throw new RuleSetUnusable(`a rule set that ships with this version cannot be loaded: ${inOneLine(loaded.issues)}`)
  return {
    ...headOf(loaded.ruleSet),
    documentText,
    resolvedText: canonicalJson(loaded.ruleSet.document),
    hash: await hashOf(loaded.ruleSet),
  }
}

const headOf = ({ id, version, title, effectiveFrom }: RuleSet) => ({ ruleSetId: id, version, title, effectiveFrom })
const inOneLine = (issues: readonly Issue[]) =>
  issues
    .slice(0, 3)
    .map(({ at, message }) => `${at}: ${message}`)
    .join('; ')
