import type { Issue } from '../issue.ts'
import { suggestion } from '../language/did-you-mean.ts'
import { isRecord } from '../language/values.ts'
import { documentShape } from './document-shape.ts'
import type { Document } from './document.ts'
import { parseJson } from './json-text.ts'
import { checkShape } from './shape.ts'

/** A document, the one it extends, and the one that extends: no more. */
export const MAXIMUM_CHAIN = 3

type Report = (issue: Issue) => void
type Candidate = { text: string; name: string; value: unknown }

export const nameOf = ({ id, version }: { id: string; version: string }): string => `"${id}" ${version}`

/** The document and those it builds on, the nearest first. Undefined where one is missing or faulty, which is reported at `/extends`. */
export function chainOf(document: Document, parents: readonly string[], report: Report): readonly [Document, ...Document[]] | undefined {
  if (!document.extends) return [document]
  const refuse = (code: string, message: string, help?: string): undefined => {
    report({ severity: 'error', code, at: '/extends', message, ...(help === undefined ? {} : { help }) })
  }
  const candidates = parents.map(candidateOf)
  const chain: [Document, ...Document[]] = [document]
  for (let next = document.extends; ; ) {
    const wanted = nameOf(next)
    if (chain.some((each) => nameOf(each) === wanted))
      return refuse('extends-cycle', `${wanted} leads back to itself`, 'extend an earlier version, or nothing')
    if (chain.length === MAXIMUM_CHAIN)
      return refuse('chain-too-long', `more than ${MAXIMUM_CHAIN} documents build on one another`, 'extend one that is nearer to the root')
    const found = candidates.filter(({ name }) => name === wanted)
    const [candidate] = found
    if (!candidate) return refuse('unknown-parent', `the document ${wanted} is not at hand`, helpFor(wanted, candidates))
    if (found.some(({ text }) => text !== candidate.text))
      return refuse('ambiguous-parent', `there are two different documents ${wanted}`, 'give a changed document a new version')
    const faults: Issue[] = []
    checkShape(candidate.value, documentShape, '', (issue) => faults.push(issue))
    const [fault] = faults
    if (fault)
      return refuse(
        'faulty-parent',
        `the document ${wanted} has a fault of its own at ${fault.at || 'its root'}: ${fault.message}`,
        fault.help,
      )
    const parent = candidate.value as Document
    chain.push(parent)
    if (!parent.extends) return chain
    next = parent.extends
  }
}

function candidateOf(text: string): Candidate {
  const parsed = parseJson(text)
  const value = Array.isArray(parsed) ? undefined : parsed.value
  const name =
    isRecord(value) && typeof value['id'] === 'string' && typeof value['version'] === 'string'
      ? nameOf({ id: value['id'], version: value['version'] })
      : ''
  return { text, name, value }
}

function helpFor(wanted: string, candidates: readonly Candidate[]): string {
  const named = candidates.map(({ name }) => name).filter((name) => name !== '')
  const unreadable = candidates.length - named.length
  const meant = suggestion(wanted, named).help?.replace(/"("[^"]*" [^"]*)"\?/, '$1?')
  return meant ?? (unreadable > 0 ? 'a document at hand could not be read: look at that one first' : 'pass its text beside this one')
}
