import { writeFileSync } from 'node:fs'
import type { MovedCase, Simulation } from '@plumbline/rules/bulk'
import { UsageFault } from './terminal.ts'

type Row = { case: string; kind: string; move: 'down' | 'cannot-tell' | 'up'; before: string; after: string; reasons: string[] }

/** Every case that moves, and every one that cannot be told: a table, or one JSON object a line. @throws UsageFault where it cannot be written */
export function writeList(path: string, simulation: Simulation): void {
  if (!/\.(?:csv|ndjson|jsonl)$/i.test(path)) throw new UsageFault(`--list ${path}: a list is written as .csv or .ndjson`)
  const rows = rowsOf(simulation)
  const text = /\.csv$/i.test(path) ? asCsv(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  try {
    writeFileSync(path, text)
  } catch {
    throw new UsageFault(`${path} cannot be written`)
  }
}

const rowsOf = ({ kinds }: Simulation): Row[] =>
  kinds.flatMap(({ kind, down, cannotTell, up }) => {
    const rows = (move: Row['move'], those: readonly MovedCase[]) =>
      those.map(
        ({ case: id, before, after, reasons }): Row => ({
          case: id,
          kind,
          move,
          before,
          after,
          reasons: reasons.map(({ inWords }) => inWords),
        }),
      )
    return [...rows('down', down), ...rows('cannot-tell', cannotTell), ...rows('up', up)]
  })

function asCsv(rows: readonly Row[]): string {
  const lines = rows.map((row) => [row.case, row.kind, row.move, row.before, row.after, row.reasons.join(' | ')].map(cell).join(','))
  return `${['case,kind,move,before,after,reasons', ...lines].join('\r\n')}\r\n`
}

/** Quoted where it must be; a text that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
