import type { Issue } from '@plumbline/rules'
import { paint, type Terminal } from './terminal.ts'

/** Each issue as `file:line:column`, the line itself with a mark under the place, and what to do. */
export function showIssues(terminal: Terminal, path: string, text: string, issues: readonly Issue[]): void {
  const lines = text.split(/\r?\n/)
  for (const issue of issues) {
    const place = issue.line === undefined ? path : `${path}:${issue.line}:${issue.column ?? 1}`
    const severity = issue.severity === 'error' ? paint(terminal, 'red', 'error') : paint(terminal, 'yellow', 'warning')
    terminal.out(`${paint(terminal, 'bold', place)} ${severity} ${issue.message}`)
    const line = issue.line === undefined ? undefined : lines[issue.line - 1]
    if (line !== undefined) {
      const start = Math.max(0, (issue.column ?? 1) - 60)
      terminal.out(`  ${paint(terminal, 'dim', line.slice(start, start + 120))}`)
      terminal.out(`  ${' '.repeat(Math.max(0, (issue.column ?? 1) - 1 - start))}${paint(terminal, 'red', '^')}`)
    }
    if (issue.help) terminal.out(`  ${issue.help}`)
    if (issue.at) terminal.out(`  ${paint(terminal, 'dim', `at ${issue.at}`)}`)
    terminal.out('')
  }
}

export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
