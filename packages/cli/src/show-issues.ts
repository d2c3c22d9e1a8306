import type { Issue } from '@plumbline/rules'
import { paint, type Terminal } from './terminal.ts'

/** Longer lines are cut on both sides of the place. */
const WIDTH = 120

/** Each issue in one line, `file:line:column  what is wrong; what to do`, and under it the line itself with a mark. */
export function showIssues(terminal: Terminal, path: string, text: string, issues: readonly Issue[]): void {
  const lines = text.split(/\r?\n/)
  for (const { line, column = 1, severity, message, help } of issues) {
    const place = line === undefined ? path : `${path}:${line}:${column}`
    const said = help === undefined ? message : `${message}; ${help}`
    const warning = severity === 'warning' ? `${paint(terminal, 'yellow', 'warning:')} ` : ''
    terminal.out(`${paint(terminal, 'bold', place)}  ${warning}${said}`)
    const shown = line === undefined ? undefined : lines[line - 1]
    if (shown === undefined) continue
    const start = shown.length <= WIDTH ? 0 : Math.max(0, column - WIDTH / 2)
    // A tab would put the mark elsewhere.
    const cut = shown
      .slice(start, start + WIDTH)
      .replaceAll('\t', ' ')
      .trimEnd()
    terminal.out(`    ${paint(terminal, 'dim', cut)}`)
    terminal.out(`    ${' '.repeat(column - 1 - start)}${paint(terminal, severity === 'warning' ? 'yellow' : 'red', '^')}`)
  }
}

export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
