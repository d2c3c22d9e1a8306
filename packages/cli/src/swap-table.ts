import { directions, type KindResult, type Move, type MovedCase, type Simulation, type Swap } from '@plumbline/rules/bulk'
import { kinds } from '@plumbline/rules/load'
import { countOf } from './show-issues.ts'
import { paint, wrapped, type Terminal } from './terminal.ts'

export const marks: Readonly<Record<Move, string>> = { up: '▲', down: '▼', unchanged: ' ', 'cannot-tell': '?' }

/** For each kind the counts, the swap table, and the first of those who move. */
export function showSimulation(terminal: Terminal, { kinds: results }: Simulation): void {
  for (const result of results) {
    const { up, down, unchanged, 'cannot-tell': cannotTell } = result.counts
    const counts = `${countOf(result.judged, 'case')}: ${up} up, ${down} down, ${unchanged} unchanged, ${cannotTell} cannot be told`
    terminal.out(`${paint(terminal, 'bold', kinds[result.kind].title)}  ${counts}`)
    if (unchanged < result.judged) showMoves(terminal, result)
    terminal.out('')
  }
}

function showMoves(terminal: Terminal, result: KindResult): void {
  const { up, down } = directions[result.kind]
  terminal.out(paint(terminal, 'dim', `  ▲ ${up}   ▼ ${down}   ? depends on answers that are open`))
  for (const line of tableOf(result.swaps)) terminal.out(`  ${line}`)
  showCases(terminal, 'down', result.down)
  showCases(terminal, 'cannot-tell', result.cannotTell)
  showCases(terminal, 'up', result.up)
}

/** Rows: before; columns: after. Where that would be too wide, one line for each cell. */
function tableOf(swaps: readonly Swap[]): string[] {
  const rows = [...new Set(swaps.map(({ before }) => before))]
  const columns = [...new Set(swaps.map(({ after }) => after))]
  const label = Math.max('before \\ after'.length, ...rows.map((row) => row.length))
  const width = Math.max(6, ...columns.map((column) => column.length))
  if (label + (width + 2) * columns.length > WIDEST) return linesOf(swaps)
  const cellOf = (before: string, after: string) =>
    swaps
      .filter((swap) => swap.before === before && swap.after === after)
      .map(({ count, move }) => `${count}${marks[move]}`.trimEnd())
      .join(' ') || '·'
  const line = (first: string, cells: readonly string[]) =>
    `${first.padEnd(label)}${cells.map((cell) => `  ${cell.padStart(width)}`).join('')}`
  return [
    line('before \\ after', columns),
    ...rows.map((row) =>
      line(
        row,
        columns.map((column) => cellOf(row, column)),
      ),
    ),
  ]
}

const linesOf = (swaps: readonly Swap[]): string[] =>
  swaps.map(
    ({ before, after, move, count }) => `${String(count).padStart(6)} ${marks[move]} ${before}${before === after ? '' : ` → ${after}`}`,
  )

const WIDEST = 110
const MOST_CASES = 5

function showCases(terminal: Terminal, move: Exclude<Move, 'unchanged'>, cases: readonly MovedCase[]): void {
  const style = { up: 'green', down: 'red', 'cannot-tell': 'yellow' } as const
  for (const { case: id, before, after, reasons } of cases.slice(0, MOST_CASES)) {
    const where = before === after ? before : `${before} → ${after}`
    terminal.out(paint(terminal, style[move], wrapped(`${marks[move]} ${id} ${where}`, '  ')))
    for (const { inWords } of reasons) terminal.out(wrapped(inWords, '      '))
  }
  if (cases.length > MOST_CASES) terminal.out(`  ${marks[move]} … and ${cases.length - MOST_CASES} more: write them to a file with --list`)
}
