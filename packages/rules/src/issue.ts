/** One thing that is wrong (or, as a warning, changed in meaning) in a document somebody wrote. Never thrown: returned. */
export type Issue = {
  severity: 'error' | 'warning'
  /** Stable, in kebab case: `unknown-fact`, `band-gap`. Programs branch on it; people read `message`. */
  code: string
  /** JSON pointer (RFC 6901) to the place, `""` for the whole document. */
  at: string
  /** Line and column in the text, from 1. Present when the text was parsed here. */
  line?: number
  column?: number
  /** What is wrong, in plain words: lower case, one line, no personal data. */
  message: string
  /** What to do next. A misspelt name gets `did you mean "…"?`. */
  help?: string
}

/** Fit to be printed on one line, however long the names are that somebody wrote. */
export function onOneLine<Told extends { message: string; help?: string }>(issue: Told): Told {
  const { help } = issue
  return { ...issue, message: short(issue.message), ...(help === undefined ? {} : { help: short(help) }) }
}

const LONGEST_NAME = 60
const LONGEST_LINE = 400
const short = (text: string): string => {
  const named = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/"([^"]*)"/g, (whole, name: string) => (name.length > LONGEST_NAME ? `"${name.slice(0, LONGEST_NAME)}…"` : whole))
  return named.length > LONGEST_LINE ? `${named.slice(0, LONGEST_LINE)}…` : named
}
