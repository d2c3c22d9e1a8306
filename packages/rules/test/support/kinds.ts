import { readFileSync } from 'node:fs'
import type { Outcomes } from '../../src/kinds/index.ts'
import type { RuleTrace } from '../../src/kinds/kind.ts'
import type { Issue } from '../../src/issue.ts'
import type { DecisionInput } from '../../src/language/facts.ts'
import type { Document, KindId, ResolvedDocument } from '../../src/rule-set/document.ts'
import { load } from '../../src/rule-set/load.ts'

/** A loaded rule set as the tests of the kinds ask it. */
export type Asked = {
  document: ResolvedDocument
  decide<Id extends KindId>(kind: Id, input: DecisionInput): Outcomes[Id]
  explain(kind: KindId, input: DecisionInput): RuleTrace[]
}

export const shipped = (id: string): Document =>
  JSON.parse(readFileSync(new URL(`../../rule-sets/${id}.json`, import.meta.url), 'utf8')) as Document

const known = new Map<string, Asked>()

/** Loads the last document; those before it are what it extends. */
export function loaded(...documents: readonly Document[]): Asked {
  const texts = documents.map((document) => JSON.stringify(document))
  const key = texts.join('\n')
  const asked = known.get(key) ?? loadedAnew(texts)
  known.set(key, asked)
  return asked
}

function loadedAnew(texts: readonly string[]): Asked {
  const result = load(texts.at(-1) ?? '', texts.slice(0, -1))
  if (!result.ok) throw new Error(result.issues.map(({ at, message }) => `${at}: ${message}`).join('\n'))
  const { kinds, document } = result.ruleSet
  return { document, decide: (kind, input) => kinds[kind].decide(input), explain: (kind, input) => kinds[kind].rules(input) }
}

/** What is wrong with a document that does not load. */
export function issuesOf(document: unknown): Issue[] {
  const result = load(JSON.stringify(document))
  return result.ok ? [] : result.issues
}
