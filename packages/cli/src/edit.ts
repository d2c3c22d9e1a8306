import { writeFileSync } from 'node:fs'
import { type KindId } from '@plumbline/rules'
import { applyEdits, CannotEdit, removeRule, setParameter, type TextEdit, validate } from '@plumbline/rules/authoring'
import { parseJson } from '@plumbline/rules/load'
import { parentsOf, readText } from './read-rule-set.ts'
import { showIssues } from './show-issues.ts'
import { paint, UsageFault, type ExitCode, type Terminal } from './terminal.ts'

export type EditOptions = { write?: true }

/** `plumbline rules set`: a parameter with another value. Layout and everything else stay as they are. */
export const setInFile = (terminal: Terminal, path: string, id: string, value: string, options: EditOptions): ExitCode =>
  editFile(terminal, path, options, (text) => setParameter(text, id, valueOf(value)))

/** `plumbline rules remove`: a rule taken out, or, where it is inherited, listed under `remove` with the reason. */
export function removeFromFile(
  terminal: Terminal,
  path: string,
  kind: KindId,
  id: string,
  { reason, ...options }: EditOptions & { reason: string },
): ExitCode {
  return editFile(terminal, path, options, (text) => removeRule(text, kind, id, reason))
}

/** Shows the lines that change, and what is wrong with the file then. Written only where it is asked for and nothing is an error: exit 1 else. */
function editFile(terminal: Terminal, path: string, { write }: EditOptions, edit: (text: string) => readonly TextEdit[]): ExitCode {
  const text = readText(path)
  const edited = applyEdits(text, editsOf(path, text, edit))
  if (edited === text) {
    terminal.out('Nothing changes: it is so already.')
    return 0
  }
  showChanges(terminal, text, edited)
  const issues = validate(edited, parentsOf(path))
  showIssues(terminal, path, edited, issues)
  const isRefused = issues.some(({ severity }) => severity === 'error')
  if (write && !isRefused) writeFileSync(path, edited)
  terminal.out(
    isRefused
      ? paint(terminal, 'red', 'Not written: with this the rule set cannot be used.')
      : write
        ? `${paint(terminal, 'green', '✓')} written to ${path}. What it does: \`plumbline rules check\`; whom it moves: \`plumbline rules simulate\`.`
        : 'Nothing was written: say --write.',
  )
  return isRefused ? 1 : 0
}

function editsOf(path: string, text: string, edit: (text: string) => readonly TextEdit[]): readonly TextEdit[] {
  try {
    return edit(text)
  } catch (error) {
    if (!(error instanceof CannotEdit)) throw error
    throw new UsageFault(`${path}: ${error.message}`)
  }
}

/** The lines between what stays the same above and below. */
function showChanges(terminal: Terminal, before: string, after: string): void {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const above = old.findIndex((line, index) => line !== now[index])
  const start = above < 0 ? old.length : above
  let below = 0
  while (below < Math.min(old.length, now.length) - start && old.at(-1 - below) === now.at(-1 - below)) below++
  for (const line of old.slice(start, old.length - below)) terminal.out(paint(terminal, 'red', `- ${withoutReturn(line)}`))
  for (const line of now.slice(start, now.length - below)) terminal.out(paint(terminal, 'green', `+ ${withoutReturn(line)}`))
}

/** Of a file whose lines end as on Windows. */
const withoutReturn = (line: string): string => line.replace(/\r$/, '')

/** JSON where it is JSON (`3`, `true`, `["Sutton"]`), else a text as it stands. */
function valueOf(written: string): boolean | number | string | readonly (boolean | number | string)[] {
  const parsed = parseJson(written)
  return Array.isArray(parsed) ? written : (parsed.value as ReturnType<typeof valueOf>)
}
