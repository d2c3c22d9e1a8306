import { escaped } from '../language/pointer.ts'
import { isRecord } from '../language/values.ts'
import { parseJson } from '../rule-set/json-text.ts'
import type { Finding } from './finding.ts'

/** A finding at its place in the text that somebody wrote. */
export type FindingInText = Finding & { line: number; column: number }

/**
 * Findings at their places in the document they were found in, in its order.
 * What is about something inherited stands at the parameter that this document sets and that brings it about, or else at `/extends`.
 */
export function inText(findings: readonly Finding[], text: string): FindingInText[] {
  const parsed = parseJson(text)
  if (Array.isArray(parsed)) return []
  const located = findings.map((finding): FindingInText => {
    const placed = atOrigin(finding, parsed.value)
    return { ...placed, ...parsed.locate(placed.at) }
  })
  return located.toSorted((one, other) => one.line - other.line || one.column - other.column)
}

function atOrigin(finding: Finding, document: unknown): Finding {
  if (!isRecord(document) || !Object.hasOwn(document, 'extends')) return finding
  const [, part = '', id = ''] = finding.at.split('/')
  if (isWritten(document, part, part === 'instrument' ? undefined : id)) return finding
  const parameter = finding.parameters?.find((each) => isWritten(document, 'parameters', escaped(each)))
  const at = parameter === undefined ? '/extends' : `/parameters/${escaped(parameter)}`
  return { ...finding, at, message: `inherited, at ${finding.at}: ${finding.message}` }
}

function isWritten(document: Readonly<Record<string, unknown>>, part: string, id: string | undefined): boolean {
  const section = Object.hasOwn(document, part) ? document[part] : undefined
  return isRecord(section) && (id === undefined || Object.keys(section).some((key) => escaped(key) === id))
}
