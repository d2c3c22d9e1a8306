import type { Issue } from '../issue.ts'
import { inOrder } from '../rule-set/load.ts'
import { lineStarts } from '../rule-set/places.ts'
import { readText } from './read-text.ts'

/** An issue with its place in the text, for an editor or a terminal. */
export type Mistake = Issue & {
  /** Both from 1; columns in UTF-16 units. */
  line: number
  column: number
  /** What to mark, in UTF-16 units from 0; `to` does not count. */
  from: number
  to: number
  /** The line itself. */
  lineText: string
}

/**
 * Everything that is wrong with a rule set, in the order of its text, in the words of `load`.
 * Where `load` stops at the first thing it cannot read, this goes on: behind a missing comma, and behind mistakes of form to those of meaning.
 * No mistake is reported twice, and none that only follows from another. Without errors `load` accepts the text. Never throws.
 *
 * @param parents the texts of documents that it may extend, in any order
 */
export function validate(text: string, parents: readonly string[] = []): Mistake[] {
  const { issues, locate } = readText(text, parents)
  const written = typeof text === 'string' ? text : ''
  const lines = lineStarts(written)
  const isOfJson = (issue: Issue) => issue.line !== undefined
  const syntax = issues.filter(isOfJson)
  const meaning = inOrder(
    issues.filter((issue) => !isOfJson(issue)),
    locate,
  )
  const mistakes = [...syntax, ...meaning].map((issue) => withLine({ line: 1, column: 1, ...issue }, written, lines))
  // A text that had to be mended in many places at one spot can lead there again and again.
  const once = new Map(mistakes.map((mistake) => [`${mistake.line}:${mistake.column} ${mistake.message}`, mistake]))
  return [...once.values()].toSorted((one, other) => one.from - other.from)
}

function withLine(issue: Issue & { line: number; column: number }, text: string, lines: readonly number[]): Mistake {
  const start = lines[issue.line - 1] ?? 0
  const from = Math.min(text.length, start + issue.column - 1)
  const end = lines[issue.line] ?? text.length
  const token = /^(?:"(?:[^"\\\n]|\\.)*"|[\w.+-]+|\S)/.exec(text.slice(from, end))?.[0].length ?? 0
  return { ...issue, from, to: from + token, lineText: text.slice(start, end).replace(/[\r\n]+$/, '') }
}
