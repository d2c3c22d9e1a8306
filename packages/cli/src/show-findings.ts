import type { Issue } from '@plumbline/rules'
import type { FindingInText } from '@plumbline/rules/checks'
import { countOf, showIssues } from './show-issues.ts'
import { paint, type Terminal } from './terminal.ts'

/** Errors and warnings as issues, each with what shows it and its code; notes in one line each. */
export function showFindings(terminal: Terminal, path: string, text: string, findings: readonly FindingInText[]): void {
  for (const finding of findings) {
    if (!isIssue(finding)) continue
    showIssues(terminal, path, text, [finding])
    terminal.out(`    ${finding.code}: ${finding.witness.inWords}`)
    terminal.out('')
  }
  for (const { severity, line, column, message } of findings)
    if (severity === 'note') terminal.out(paint(terminal, 'dim', `note ${path}:${line}:${column}  ${message}`))
}

const isIssue = (finding: FindingInText): finding is FindingInText & { severity: Issue['severity'] } => finding.severity !== 'note'

/** `1 error, 2 warnings, 3 notes`, or that nothing wrong was found. */
export function findingsInWords(findings: readonly FindingInText[]): string {
  const counts = (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => countOf(count, severity))
  return counts.length === 0 ? 'nothing wrong was found' : counts.join(', ')
}
