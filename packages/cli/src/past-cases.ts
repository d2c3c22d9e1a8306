import type { RuleSet } from '@plumbline/rules'
import { casesFromCsv, casesFromNdjson, type CaseIssue, type PastCase } from '@plumbline/rules/bulk'
import { readText } from './read-rule-set.ts'
import { countOf } from './show-issues.ts'
import { paint, UsageFault, type Terminal } from './terminal.ts'

/** Stored decisions: one JSON object a line, or a table. Warnings are shown; any error is a fault of the call. */
export function readPastCases(
  terminal: Terminal,
  path: string,
  ruleSet: RuleSet,
  draft?: RuleSet,
): { cases: PastCase[]; warnings: CaseIssue[] } {
  const read = readerFor(path)
  const { cases, issues } = read(readText(path), ruleSet, draft)
  const errors = issues.filter(({ severity }) => severity === 'error')
  for (const issue of errors.slice(0, MOST_SHOWN)) terminal.error(issueInWords(terminal, path, issue))
  if (errors.length > MOST_SHOWN) terminal.error(`… and ${errors.length - MOST_SHOWN} more`)
  if (errors.length > 0) throw new UsageFault(`${path} cannot be used: ${countOf(errors.length, 'error')}`)
  if (cases.length === 0) throw new UsageFault(`${path} holds no case`)
  return { cases, warnings: issues }
}

export const MOST_SHOWN = 20
const MOST_WARNINGS = 5

/** What was read and counts as unknown. */
export function showWarnings(terminal: Terminal, path: string, warnings: readonly CaseIssue[]): void {
  for (const warning of warnings.slice(0, MOST_WARNINGS)) terminal.out(issueInWords(terminal, path, warning))
  if (warnings.length > MOST_WARNINGS) terminal.out(`… and ${countOf(warnings.length - MOST_WARNINGS, 'more warning', 'more warnings')}`)
  if (warnings.length > 0) terminal.out('')
}

function readerFor(path: string): typeof casesFromCsv {
  if (/\.csv$/i.test(path)) return casesFromCsv
  if (/\.(?:ndjson|jsonl)$/i.test(path)) return casesFromNdjson
  throw new UsageFault(`${path}: cases come as .ndjson or .csv`)
}

/** `cases.csv:7 C7`: the cell as a spreadsheet names it. */
export function issueInWords(terminal: Terminal, path: string, { severity, line, cell, at, message, help }: CaseIssue): string {
  const place = `${path}:${line ?? 1}${cell === undefined ? '' : ` ${cell}`}`
  const said = severity === 'error' ? paint(terminal, 'red', 'error') : paint(terminal, 'yellow', 'warning')
  return `${paint(terminal, 'bold', place)} ${said} ${message}${at ? ` (at ${at})` : ''}${help ? `; ${help}` : ''}`
}
