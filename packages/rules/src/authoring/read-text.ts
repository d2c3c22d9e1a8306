import type { Issue } from '../issue.ts'
import { isRecord } from '../language/values.ts'
import type { ResolvedDocument } from '../rule-set/document.ts'
import { MAXIMUM_ISSUES, parseJson, type ParsedJson } from '../rule-set/json-text.ts'
import { readDocument } from '../rule-set/load.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { isEcho, type PutRight } from './echoes.ts'
import { type Draft, putRight, takeOut } from './mend-document.ts'
import { mendText } from './mend-text.ts'

/** What could be made of a text, whatever is wrong with it. */
export type Understood = {
  /** Every mistake once, in no order and without line and column, but for those of JSON itself. */
  issues: Issue[]
  locate: ParsedJson['locate']
  /** The document as it would be without its mistakes, where it could be read at all; else what it builds on. For names, never for deciding. */
  ruleSet: RuleSet | undefined
  /** What it builds on. */
  inherited: ResolvedDocument | undefined
}

/**
 * Each round mends what the loader refused and asks it again, because a mistake of form hides those of meaning behind it.
 * With more than can be shown there is no further one.
 */
const MOST_ROUNDS = 16

export function readText(text: string, parents: readonly string[] = []): Understood {
  const mended = mendText(text)
  const parent = parentOf(mended.value, parents)
  const inherited = parent?.document
  const { issues, ruleSet } = mended.value === undefined ? { issues: [], ruleSet: undefined } : readValue(mended, parents, inherited)
  return { issues: [...mended.issues, ...issues], locate: mended.locate, ruleSet: ruleSet ?? parent, inherited }
}

function readValue(
  { value, guessed }: { value: unknown; guessed: string[] },
  parents: readonly string[],
  inherited: ResolvedDocument | undefined,
) {
  const right: PutRight = { places: new Set(guessed), lost: new Set() }
  const draft: Draft = { document: value, inherited, parents: namesOf(parents), right, free: 0 }
  const said = new Map<string, Issue>()
  const tried = new Set<string>()
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found: Issue[] = []
    const ruleSet = readDocument(draft.document, parents, (issue) => found.push(issue))
    for (const issue of found.filter((each) => !isEcho(each, draft.document, right)))
      said.set(keyOf(issue), said.get(keyOf(issue)) ?? issue)
    const errors = found.filter(({ severity }) => severity === 'error')
    if (ruleSet || errors.length === 0) return { issues: [...said.values()], ruleSet }
    if (said.size > MAXIMUM_ISSUES) break
    // A second time the same: what was tried did not help.
    const changed = errors.map((issue) => {
      const isNew = !tried.has(keyOf(issue))
      tried.add(keyOf(issue))
      return (isNew && putRight(draft, issue)) || takeOut(draft, issue)
    })
    if (!changed.includes(true)) break
  }
  return { issues: [...said.values()], ruleSet: undefined }
}

const keyOf = ({ at, code, message }: Issue): string => `${at} ${code} ${message}`

/** What the document builds on, as a rule set of its own. */
function parentOf(value: unknown, parents: readonly string[]): RuleSet | undefined {
  const named = isRecord(value) ? value['extends'] : undefined
  if (!isRecord(named)) return undefined
  const stub = { id: 'x', version: '0.0.0', title: 'x', effectiveFrom: '2000-01-01', extends: named }
  return readDocument(stub, parents, () => undefined)
}

const namesOf = (parents: readonly string[]): { id: string; version: string }[] =>
  parents.flatMap((text) => {
    const parsed = parseJson(text)
    const value = Array.isArray(parsed) ? undefined : parsed.value
    return isRecord(value) && typeof value['id'] === 'string' && typeof value['version'] === 'string'
      ? [{ id: value['id'], version: value['version'] }]
      : []
  })
