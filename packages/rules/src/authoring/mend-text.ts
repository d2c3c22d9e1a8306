import type { Issue } from '../issue.ts'
import { MAXIMUM_ISSUES, type ParsedJson, readJson } from '../rule-set/json-text.ts'
import { lineStarts, type Place, placeOf } from '../rule-set/places.ts'
import { escaped } from '../language/pointer.ts'
import { bracketAstray } from './brackets.ts'
import { type Repair, repairOf } from './repairs.ts'

/** What could be read of a text, whatever its mistakes. */
export type MendedText = {
  /** Undefined where the rest could not be made sense of. */
  value: unknown
  /** Where a pointer leads in the text as it was written. */
  locate: ParsedJson['locate']
  /** Mistakes of JSON itself, each at its place in the text as it was written. */
  issues: Issue[]
  /** Pointers to values that are a guess. */
  guessed: string[]
}

/** Nobody mends more at once, and each costs another reading. */
const MOST_REPAIRS = 40

/** Reads a text strictly, mends what stopped the reader as it was most likely meant, and reads again: so there is more than one mistake to show. */
export function mendText(text: string): MendedText {
  const stops: Issue[] = []
  const guessed: string[] = []
  const repairs: Repair[] = []
  const lines = lineStarts(typeof text === 'string' ? text : '')
  const placeOfMended = (offset: number): Place => placeOf(lines, before(offset, repairs))
  for (let mended = text; ; ) {
    const { value, issues, locate, stopped } = readJson(mended)
    if (stopped?.needed === 'less') return { issues: [...stops, ...issues.slice(-1)], guessed, locate, value: undefined }
    const mendedLines = lineStarts(mended)
    const original = ({ line, column }: Place): Place => placeOfMended((mendedLines[line - 1] ?? 0) + column - 1)
    const moved = issues.map((issue) => ({ ...issue, ...original({ line: issue.line ?? 1, column: issue.column ?? 1 }) }))
    const repair = stopped && repairs.length < MOST_REPAIRS && issues.length < MAXIMUM_ISSUES ? repairOf(mended, stopped) : undefined
    if (!stopped || !repair) {
      const rest = stopped ? moved.filter((issue) => !followsFrom(issue, stops)) : moved
      return { issues: [...stops, ...rest], guessed, locate: (pointer) => original(locate(pointer)), value: stopped ? undefined : value }
    }
    const stop = moved.at(-1)
    if (stop && !stops.some(({ line, column }) => line === stop.line && column === stop.column))
      stops.push(atBracket(stop, mended, repair, placeOfMended))
    if (repair.guessed) guessed.push(stopped.path.map((part) => `/${escaped(String(part))}`).join(''))
    mended = `${mended.slice(0, repair.at)}${repair.insert}${mended.slice(repair.at + repair.remove)}`
    repairs.push(repair)
  }
}

/** Where nobody can tell how to go on just behind something that was mended, that was mended in the wrong way. */
const followsFrom = (issue: Issue, stops: readonly Issue[]): boolean =>
  stops.some(({ line = 0 }) => (issue.line ?? 0) >= line && (issue.line ?? 0) <= line + 1)

/** A bracket that is missing is noticed far below. Where the indentation tells which it is, the mistake is shown there. */
function atBracket(issue: Issue, text: string, repair: Repair, place: (offset: number) => Place): Issue {
  const astray = /^[}\]]$/.test(repair.insert) ? bracketAstray(text) : undefined
  if (astray?.is !== 'missing' || astray.at !== repair.at) return issue
  const what = astray.bracket === '}' ? 'brace' : 'bracket'
  const help = `the ${what} that opens here is never closed: write ${astray.bracket} after line ${place(astray.at).line}`
  return { ...issue, ...place(astray.openedAt), help }
}

/** An offset of the mended text in the text as it was written. */
function before(offset: number, repairs: readonly Repair[]): number {
  return repairs.reduceRight((at, { at: start, remove, insert }) => {
    if (at < start) return at
    return at >= start + insert.length ? at - insert.length + remove : start
  }, offset)
}
