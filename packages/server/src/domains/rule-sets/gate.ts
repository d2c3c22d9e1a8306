import {
  canonicalJson,
  hashOf,
  runExamples,
  type Document,
  type ExampleResult,
  type Issue,
  type KindId,
  type RuleSet,
} from '@plumbline/rules'
import { validate } from '@plumbline/rules/authoring'
import { diff, rulesThatDecideOtherwise } from '@plumbline/rules/bulk'
import { load, parseJson, type ParsedJson } from '@plumbline/rules/load'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { sha256 } from './decide.ts'
import { checkIssues, opinionIssues } from './gate-checks.ts'
import { exampleIssues } from './gate-examples.ts'
import { headIssues, lineageIssues, type Found } from './gate-head.ts'
import { locksOf, type Lock } from './locked.ts'
import { shelfOf, type Shelf } from './shelf.ts'

/** What one version says otherwise than another, with all they inherit folded in. */
export type Changes = {
  /** In plain English, the gravest first. What a document says of itself and its examples are left out: they decide nothing. */
  sentences: string[]
  /** Parameters with another value. */
  parameters: string[]
  /** Rules that decide otherwise. */
  rules: Record<KindId, string[]>
}

/** A text that could be understood as a rule set, whatever else is wrong with it. */
export type Draft = { ruleSet: RuleSet; resolvedText: string; hash: string; changes: Changes }

/** All that stands between a text and its publication. */
export type Gate = {
  /** In the order of the text. Nothing is proposed or approved while one of them is an error. */
  issues: Issue[]
  isPublishable: boolean
  /** SHA-256 of the text's bytes, in lower-case hex. */
  textHash: string
  /** Null where it is not a rule set. */
  draft: Draft | null
  /** How its examples came out; empty where it is not a rule set. */
  examples: ExampleResult[]
  /** What no version of this provider may touch. */
  locked: Lock[]
  /** What it is compared with. */
  shelf: Shelf
}

/** Looks a text through as a further version of the provider's rules. Stores nothing, and finds all it can at once. */
export async function gate(tx: Tx, actor: Actor, text: string): Promise<Gate> {
  const shelf = await shelfOf(tx, actor)
  const loaded = load(text, shelf.texts)
  const parsed = parseJson(text)
  const draft = loaded.ok ? await draftOf(loaded.ruleSet, shelf) : null
  const examples = draft ? runExamples(draft.ruleSet) : []
  const found = isParsed(parsed)
    ? [...headIssues(parsed.value, shelf, tx.today), ...(draft ? await aboutDraft(parsed, text, draft, examples, shelf) : [])]
    : []
  // The loader stops at the first stage that finds a fault; whoever reads the answer wants the rest as well.
  const issues = inOrder(loaded.ok ? loaded.warnings : validate(text, shelf.texts), found, parsed)
  return {
    issues,
    isPublishable: draft !== null && issues.every(({ severity }) => severity !== 'error'),
    textHash: sha256(text),
    draft,
    examples,
    locked: locksOf(shelf.latest.ruleSet.document),
    shelf,
  }
}

const isParsed = (parsed: ParsedJson | Issue[]): parsed is ParsedJson => !Array.isArray(parsed)

async function draftOf(ruleSet: RuleSet, { latest }: Shelf): Promise<Draft> {
  return {
    ruleSet,
    resolvedText: canonicalJson(ruleSet.document),
    hash: await hashOf(ruleSet),
    changes: changesBetween(latest.ruleSet, ruleSet),
  }
}

function changesBetween(before: RuleSet, after: RuleSet): Changes {
  const valueOf = ({ document: { parameters } }: RuleSet, id: string) => parameters[id]?.value ?? null
  return {
    sentences: diff(before, after)
      .changes.filter(({ at }) => !decidesNothing.has(at))
      .map(({ inWords }) => inWords),
    parameters: Object.keys(after.document.parameters).filter(
      (id) => canonicalJson(valueOf(before, id)) !== canonicalJson(valueOf(after, id)),
    ),
    rules: rulesThatDecideOtherwise(before, after),
  }
}

const decidesNothing: ReadonlySet<string> = new Set(['/version', '/effectiveFrom', '/examples'])

async function aboutDraft(
  { value }: ParsedJson,
  text: string,
  { ruleSet, changes }: Draft,
  examples: ExampleResult[],
  { latest }: Shelf,
): Promise<Found[]> {
  const nothing: Found[] =
    changes.sentences.length === 0
      ? [
          {
            severity: 'warning',
            code: 'nothing-changes',
            at: '',
            message: `this decides as ${latest.version} does`,
            help: 'change what you meant to change, or leave it',
          },
        ]
      : []
  return [
    ...nothing,
    ...lineageIssues(ruleSet),
    // The loader understood it, so it has the shape of a document.
    ...exampleIssues(value as Document, ruleSet, changes, examples, latest.ruleSet),
    ...checkIssues(ruleSet, latest.ruleSet, text),
    ...(await opinionIssues(ruleSet)),
  ]
}

function inOrder(fromLoader: readonly Issue[], found: readonly Found[], parsed: ParsedJson | Issue[]): Issue[] {
  const located = isParsed(parsed) ? found.map((issue): Issue => ({ ...issue, ...parsed.locate(issue.at) })) : []
  return [...fromLoader, ...located].sort((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0))
}
