import type { CaseIssue } from '../bulk/case.ts'
import { columnsTwice, rowsOfCsv, type TextCell } from '../bulk/csv.ts'
import { isDay } from '../language/civil-day.ts'
import { suggestion } from '../language/did-you-mean.ts'
import type { Day } from '../language/facts.ts'
import { escaped } from '../language/pointer.ts'
import { isRecord } from '../language/values.ts'
import { byNumber } from '../kinds/rule.ts'
import { parseJson } from '../rule-set/json-text.ts'
import { type Scale, sizeOf } from '../rule-set/scale.ts'
import { readAnswers, type ScaleAnswers } from './read-answers.ts'

/** A questionnaire filled in once. */
export type Filling = {
  /** Whose; null where the file holds one and does not say. */
  case: string | null
  /** The day it was filled in; null where the file does not say. */
  on: Day | null
  answers: ScaleAnswers
}

/** No filling where anything is wrong: one that is left out would be taken for one that is not there. */
export type ReadFillings = { fillings: Filling[]; issues: CaseIssue[] }

/**
 * A table with a heading in the first row: `case`, `on` and one column for each item, by its number on the form;
 * where the scale does not know that, by subscale and place: `action 1`. An empty cell is an item that was left out. A row is a filling.
 */
export function fillingsFromCsv(text: string, scale: Scale): ReadFillings {
  const issues: CaseIssue[] = []
  const fault = ({ line, column, cell }: TextCell, code: string, message: string, help?: string) =>
    issues.push({ severity: 'error', code, at: '', line, column, cell, message, ...(help === undefined ? {} : { help }) })
  const [headings = [], ...rows] = rowsOfCsv(text, (issue) => issues.push(issue))
  const wanted = columnsOf(scale)
  const names = ['case', 'on', ...wanted.keys()]
  const twice = columnsTwice(
    headings,
    headings.map(({ text: heading }) => heading),
  )
  for (const heading of headings) {
    if (!names.includes(heading.text))
      fault(heading, 'unknown-column', `the form has no "${heading.text}"`, suggestion(heading.text, names).help)
    else if (twice.includes(heading)) fault(heading, 'column-twice', `"${heading.text}" stands here twice`, 'leave one of the two out')
  }
  const columnOf = (name: string) => headings.findIndex((heading) => heading.text === name)
  const start = headings[0] ?? { text: '', cell: 'A1', line: 1, column: 1 }
  for (const name of names.filter((each) => each !== 'on' && columnOf(each) < 0))
    fault(start, 'missing-column', `there is no column "${name}"`, 'an item that everybody left out has an empty column')
  const fillings = new Fillings(issues)
  if (issues.length > 0) return fillings.result()
  for (const row of rows) {
    const [first] = row as [TextCell, ...TextCell[]]
    const cellOf = (name: string): TextCell => row[columnOf(name)] ?? { ...first, text: '' }
    const extra = row[headings.length]
    if (extra) fault(extra, 'too-many-cells', 'this cell stands under no heading')
    const id = cellOf('case')
    const on = columnOf('on') < 0 ? null : cellOf('on')
    if (id.text === '') fault(id, 'not-a-case', 'the case has no name')
    if (on && !isDay(on.text)) fault(on, 'not-a-day', 'a day such as 2025-04-01 is needed')
    const cells = new Map([...wanted].map(([name, { at }]) => [at, cellOf(name)]))
    const answers: Record<string, unknown[]> = {}
    for (const [name, { subscale }] of wanted) (answers[subscale] ??= []).push(answerIn(cellOf(name).text))
    readAnswers(scale, answers, ({ at, code, message }) =>
      fault(
        cells.get(at) ?? first,
        code,
        message,
        'write what is printed on the form, or leave the cell empty where the item was left out',
      ),
    )
    fillings.add({ case: id.text, on: on?.text ?? null, answers: answers as ScaleAnswers }, (message, help) =>
      fault(on ?? id, 'same-day', message, help),
    )
  }
  return fillings.result()
}

/** For each heading the subscale of its item, and where its answer stands in answers that are given by subscale. */
function columnsOf(scale: Scale): Map<string, { subscale: string; at: string }> {
  return new Map(
    byNumber(scale.subscales).flatMap(([subscale, definition]) =>
      Array.from({ length: sizeOf(definition) }, (_, index): [string, { subscale: string; at: string }] => {
        const { items } = definition
        const name = typeof items === 'number' ? `${subscale} ${index + 1}` : String(items[index])
        return [name, { subscale, at: `/${escaped(subscale)}/${index}` }]
      }),
    ),
  )
}

const answerIn = (text: string): unknown => (text === '' ? null : /^-?\d{1,9}$/.test(text) ? Number(text) : text)

/**
 * JSON: the answers alone, in the order of the form or by subscale; or a list of `{ "case": "C-0412", "on": "2026-04-27", "answers": … }`.
 * An item that was left out is null.
 */
export function fillingsFromJson(text: string, scale: Scale): ReadFillings {
  const parsed = parseJson(text)
  if (Array.isArray(parsed)) return { fillings: [], issues: parsed }
  const issues: CaseIssue[] = []
  const fillings = new Fillings(issues)
  const fault = (at: string, code: string, message: string, help?: string) =>
    issues.push({ severity: 'error', code, at, ...parsed.locate(at), message, ...(help === undefined ? {} : { help }) })
  const read = (answers: unknown, at: string) =>
    readAnswers(scale, answers, (issue) => fault(`${at}${issue.at}`, issue.code, issue.message, issue.help))
  const { value } = parsed
  if (!Array.isArray(value) || !value.some(isRecord)) {
    read(value, '')
    fillings.add({ case: null, on: null, answers: value as ScaleAnswers }, () => {})
    return fillings.result()
  }
  for (const [index, each] of value.entries()) {
    const at = `/${index}`
    if (!isRecord(each)) {
      fault(at, 'not-a-filling', 'a filling is an object: case, on, answers')
      continue
    }
    const { case: id, on, answers } = each
    for (const key of Object.keys(each).filter((name) => !keys.includes(name)))
      fault(`${at}/${escaped(key)}`, 'unknown-key', `"${key}" is not part of a filling`, suggestion(key, keys).help)
    if (typeof id !== 'string' || id === '') fault(`${at}/case`, 'not-a-case', 'the case has no name', 'add "case"')
    if (on !== undefined && !isDay(on)) fault(`${at}/on`, 'not-a-day', 'a day such as "2025-04-01" is needed')
    read(answers, `${at}/answers`)
    fillings.add({ case: String(id), on: isDay(on) ? on : null, answers: answers as ScaleAnswers }, (message, help) =>
      fault(at, 'same-day', message, help),
    )
  }
  return fillings.result()
}

const keys = ['case', 'on', 'answers']

/** Fillings of one case must come in an order that somebody can tell. */
class Fillings {
  private readonly fillings: Filling[] = []
  private readonly daysOf = new Map<string | null, (Day | null)[]>()
  private readonly issues: CaseIssue[]

  constructor(issues: CaseIssue[]) {
    this.issues = issues
  }

  add(filling: Filling, fault: (message: string, help: string) => void): void {
    const days = this.daysOf.get(filling.case) ?? []
    if (days.length > 0 && [...days, filling.on].includes(null))
      fault('this case stands here twice, and which came first is not said', 'give each its day under "on"')
    else if (days.includes(filling.on)) fault('this case stands here twice on one day', 'leave one of the two out')
    this.daysOf.set(filling.case, [...days, filling.on])
    this.fillings.push(filling)
  }

  result(): ReadFillings {
    const place = ({ line = 0, column = 0 }: CaseIssue) => line * 1_000_000 + column
    return {
      fillings: this.issues.length > 0 ? [] : this.fillings,
      issues: this.issues.toSorted((one, other) => place(one) - place(other)),
    }
  }
}
