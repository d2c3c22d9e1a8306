import { writeFileSync } from 'node:fs'
import type { RuleSet } from '@plumbline/rules'
import { csvLine, factorsToCsv, type MovedCase, type PastCase, type Simulation } from '@plumbline/rules/bulk'
import { UsageFault } from './terminal.ts'

type Row = { case: string; kind: string; move: 'down' | 'cannot-tell' | 'up'; before: string; after: string; reasons: string[] }

/** Every case that moves, and every one that cannot be told: a table, or one JSON object a line. @throws UsageFault where it cannot be written */
export function writeList(path: string, simulation: Simulation): void {
  if (!/\.(?:csv|ndjson|jsonl)$/i.test(path)) throw new UsageFault(`--list ${path}: a list is written as .csv or .ndjson`)
  const rows = rowsOf(simulation)
  const text = /\.csv$/i.test(path) ? asCsv(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  writeText(path, text)
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

const asCsv = (rows: readonly Row[]): string =>
  [
    ['case', 'kind', 'move', 'before', 'after', 'reasons'],
    ...rows.map((row) => [row.case, row.kind, row.move, row.before, row.after, row.reasons.join(' | ')]),
  ]
    .map(csvLine)
    .join('')

/** The answers to the instrument's factors, a form a row, to be read again with --cases. @throws UsageFault where it cannot be written */
export function writeFactors(path: string, cases: readonly PastCase[], ruleSet: RuleSet): number {
  if (!/\.csv$/i.test(path)) throw new UsageFault(`--factors ${path}: the answers are written as .csv`)
  writeText(path, factorsToCsv(cases, ruleSet))
  return cases.filter(({ asked }) => asked.risk).length
}

function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch {
    throw new UsageFault(`${path} cannot be written`)
  }
}
