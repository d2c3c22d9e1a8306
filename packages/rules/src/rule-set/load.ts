import { type Issue, onOneLine } from '../issue.ts'
import { escaped } from '../language/pointer.ts'
import type { Facts } from '../language/facts.ts'
import { problemsOf } from '../language/problems.ts'
import type { Scope } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'
import { chainOf, nameOf } from './chain.ts'
import { checkDocument, checkKinds } from './check-document.ts'
import { compileKinds } from './compile-kinds.ts'
import { documentShape } from './document-shape.ts'
import type { Document, ResolvedDocument } from './document.ts'
import { withEventsInOrder } from './event-order.ts'
import { extend, resolveRoot } from './extend.ts'
import { MAXIMUM_ISSUES, type ParsedJson, parseJson } from './json-text.ts'
import type { Place } from './places.ts'
import type { RuleSet } from './rule-set.ts'
import { checkShape } from './shape.ts'

export type LoadResult<Supplied extends object = Facts> =
  | { ok: true; ruleSet: RuleSet<Supplied>; warnings: Issue[] }
  | { ok: false; issues: Issue[] }

/**
 * Reads a rule set from the text of its document, strictly: what is not understood is refused, with its place and what to do.
 * Never throws on bad data. Issues come in the order of the text, each with line and column.
 *
 * `Supplied` is the type of its facts, as `plumbline rules types` writes it; the text is not compared with it.
 *
 * @param parents the texts of documents that it may extend, in any order; those that nobody names are not looked at further
 */
export function load<Supplied extends object = Facts>(text: string, parents: readonly string[] = []): LoadResult<Supplied> {
  const parsed = parseJson(text)
  if (Array.isArray(parsed)) return { ok: false, issues: parsed }
  const issues: Issue[] = []
  const ruleSet = readDocument(parsed.value, parents, (issue) => issues.push(issue))
  const located = inOrder(issues, parsed.locate)
  return ruleSet && !isRefused(issues)
    ? { ok: true, ruleSet: ruleSet as RuleSet<Supplied>, warnings: located }
    : { ok: false, issues: located }
}

/** Thrown inside `readDocument` only: nobody reads on, so nothing is looked for any more. */
class Enough extends Error {}

/** A rule set from what `parseJson` made of its text, or undefined where anything is refused. Issues have no line and column yet. */
export function readDocument(value: unknown, parents: readonly string[], report: (issue: Issue) => void): RuleSet | undefined {
  let count = 0
  try {
    return read(value, parents, (issue) => {
      report(issue)
      if (++count >= 2 * MAXIMUM_ISSUES) throw new Enough()
    })
  } catch (error) {
    if (error instanceof Enough) return undefined
    throw error
  }
}

const isRefused = (issues: readonly Issue[]): boolean => issues.some(({ severity }) => severity === 'error')

function read(value: unknown, parents: readonly string[], report: (issue: Issue) => void): RuleSet | undefined {
  let refused = false
  const note = (issue: Issue) => {
    refused ||= issue.severity === 'error'
    report(issue)
  }
  checkShape(value, documentShape, '', note)
  if (refused) return undefined
  const document = value as Document
  const chain = chainOf(document, parents, note)
  if (!chain) return undefined
  const resolved = fold(chain, note)
  if (refused) return undefined
  const noteAtOrigin = (issue: Issue) => note(atOrigin(issue, chain))
  const { scope, conditions } = checkDocument(resolved, noteAtOrigin)
  if (refused) return undefined
  checkKinds(resolved, scope, noteAtOrigin)
  checkExamples(document, scope, note)
  if (refused) return undefined
  const ordered = withEventsInOrder(resolved)
  const { id, version, title, effectiveFrom } = ordered
  const lineage = chain.slice(1).map((each) => ({ id: each.id, version: each.version }))
  // Frozen before it is compiled: closures hold parts of it.
  const frozen = deepFrozen({ document: ordered, facts: scope.facts, examples: document.examples ?? {}, lineage })
  return Object.freeze({ id, version, title, effectiveFrom, ...frozen, kinds: compileKinds(ordered, scope, conditions) })
}

/** The documents of a chain, folded into one from the root up. */
function fold(chain: readonly [Document, ...Document[]], report: (issue: Issue) => void): ResolvedDocument {
  const [root, ...others] = chain.toReversed() as [Document, ...Document[]]
  let resolved = resolveRoot(root, (issue) => report(inDocument(issue, root, chain[0])))
  for (const document of others) resolved = extend(resolved, document, (issue) => report(inDocument(issue, document, chain[0])))
  return resolved
}

/** An issue of the resolved document, at the place where somebody wrote what it is about. */
function atOrigin(issue: Issue, chain: readonly [Document, ...Document[]]): Issue {
  const [, part = '', id] = issue.at.split('/')
  const origin = chain.find((document) => {
    const section: unknown = Object.entries(document).find(([key]) => key === part)?.[1]
    return isRecord(section) && (part === 'instrument' || id === undefined || Object.keys(section).some((key) => escaped(key) === id))
  })
  return origin ? inDocument(issue, origin, chain[0]) : issue
}

function inDocument(issue: Issue, origin: Document, document: Document): Issue {
  if (origin === document) return issue
  return { ...issue, at: '/extends', message: `in ${nameOf(origin)}, as it stands here, ${issue.at || 'the root'}: ${issue.message}` }
}

/** A misspelt fact would make an example show something else than it says. */
function checkExamples({ examples = {} }: Document, scope: Scope, report: (issue: Issue) => void): void {
  for (const [name, { asOf, facts }] of Object.entries(examples)) {
    for (const problem of problemsOf({ asOf, facts }, scope)) {
      const severity = problem.code === 'mistyped-fact' ? 'warning' : 'error'
      report({ ...problem, severity, at: `/examples/${escaped(name)}${problem.at}` })
    }
  }
}

/** In the order of the text, with line and column. */
export function inOrder(issues: readonly Issue[], locate: ParsedJson['locate']): (Issue & Place)[] {
  const located = issues.map((issue) => ({ ...onOneLine(issue), ...locate(issue.at) }))
  located.sort((one, other) => one.line - other.line || one.column - other.column)
  const more = located.length - MAXIMUM_ISSUES
  if (more <= 0) return located
  const note = {
    severity: 'error',
    code: 'more-issues',
    at: '',
    ...locate(''),
    message: issues.length < 2 * MAXIMUM_ISSUES ? `there are ${more} more` : `there are ${more} more at least`,
    help: 'mend these first',
  } as const
  return [...located.slice(0, MAXIMUM_ISSUES), note]
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const held of Object.values(value)) deepFrozen(held)
  }
  return value
}
