import type { CaseIssue } from './case.ts'

/** `cell` as a spreadsheet names it. Line and column are of the text, from 1. */
export type TextCell = { text: string; cell: string; line: number; column: number }

/**
 * Rows of a table as RFC 4180 has it: commas, or semicolons or tabs where the first line uses them; quotes doubled inside quotes.
 * Empty rows are left out, and so are empty cells behind the last heading: spreadsheets write them.
 */
export function rowsOfCsv(text: string, report: (issue: CaseIssue) => void): TextCell[][] {
  return new CsvReader(text.replace(/^\uFEFF/, ''), report).rows()
}

/** Headings that name what an earlier one has named: of two answers nobody can say which counts. */
export const columnsTwice = (headings: readonly TextCell[], names: readonly (string | undefined)[]): TextCell[] =>
  headings.filter((_, index) => names[index] !== undefined && names.indexOf(names[index]) < index)

/** One row, with its end. Quoted where it must be; a text that a spreadsheet would take for a formula gets an apostrophe in front. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(written).join(',')}\r\n`

function written(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

class CsvReader {
  private at = 0
  private line = 1
  private lineStart = 0
  private readonly separator: string
  private readonly text: string
  private readonly report: (issue: CaseIssue) => void

  constructor(text: string, report: (issue: CaseIssue) => void) {
    this.text = text
    this.report = report
    const first = text.slice(0, text.search(/\r?\n|$/))
    this.separator = [',', ';', '\t'].find((each) => first.includes(each)) ?? ','
  }

  rows(): TextCell[][] {
    const rows: TextCell[][] = []
    for (let row = 1; this.at < this.text.length; row++) {
      const cells = this.row(row)
      const last = cells.findLastIndex((cell) => cell.text !== '')
      if (last >= 0) rows.push(cells.slice(0, Math.max(last + 1, rows[0]?.length ?? 0)))
    }
    return rows
  }

  private row(row: number): TextCell[] {
    const cells: TextCell[] = []
    for (;;) {
      const place = { cell: `${columnName(cells.length)}${row}`, line: this.line, column: this.at - this.lineStart + 1 }
      cells.push({ ...place, text: this.text[this.at] === '"' ? this.quoted(place) : this.plain() })
      const end = this.text[this.at]
      if (end === this.separator) this.at++
      else {
        this.nextLine()
        return cells
      }
    }
  }

  private plain(): string {
    const start = this.at
    while (this.at < this.text.length && !`${this.separator}\r\n`.includes(this.text[this.at] ?? '')) this.at++
    return this.text.slice(start, this.at).trim()
  }

  private quoted(place: Omit<TextCell, 'text'>): string {
    let held = ''
    for (this.at++; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? ''
      if (character === '"' && this.text[this.at + 1] === '"') this.at++
      else if (character === '"') {
        this.at++
        if (this.plain() !== '')
          this.report({ severity: 'error', code: 'text-after-quote', at: '', ...place, message: 'text follows the closing quote' })
        return held
      } else if (character === '\n') {
        this.line++
        this.lineStart = this.at + 1
      }
      held += character
    }
    this.report({ severity: 'error', code: 'open-quote', at: '', ...place, message: 'this cell begins with a quote that is never closed' })
    return held
  }

  private nextLine(): void {
    if (this.text[this.at] === '\r') this.at++
    if (this.text[this.at] === '\n') this.at++
    this.line++
    this.lineStart = this.at
  }
}

/** `A` … `Z`, `AA` … */
const columnName = (index: number): string =>
  `${index >= 26 ? columnName(Math.floor(index / 26) - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
