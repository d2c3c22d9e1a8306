import type { CaseIssue } from '../bulk/case.ts'
import { columnsTwice, rowsOfCsv, type TextCell } from '../bulk/csv.ts'

/** What was seen afterwards, by case; null where nobody could find out. */
export type ReadOutcomes = { happened: Map<string, boolean | null>; issues: CaseIssue[] }

const answers: Readonly<Record<string, boolean | null>> = { yes: true, no: false, '?': null }

/** A table with the headings `case` and `happened`: yes, no, or `?` where nobody could find out. Faults come with their cell. */
export function outcomesFromCsv(text: string): ReadOutcomes {
  const happened = new Map<string, boolean | null>()
  const issues: CaseIssue[] = []
  const fault = ({ line, column, cell }: TextCell, code: string, message: string, help?: string) =>
    issues.push({ severity: 'error', code, at: '', line, column, cell, message, ...(help === undefined ? {} : { help }) })
  const [headings = [], ...rows] = rowsOfCsv(text, (issue) => issues.push(issue))
  const [caseColumn, happenedColumn] = ['case', 'happened'].map((name) => headings.findIndex(({ text: heading }) => heading === name))
  if (caseColumn === undefined || happenedColumn === undefined || caseColumn < 0 || happenedColumn < 0) {
    const missing = caseColumn === undefined || caseColumn < 0 ? 'case' : 'happened'
    fault(
      { text: '', line: 1, column: 1, cell: 'A1' },
      'missing-column',
      `there is no column "${missing}"`,
      'the first row names the columns',
    )
    return { happened, issues }
  }
  const names = headings.map(({ text: heading }) => (['case', 'happened'].includes(heading) ? heading : undefined))
  for (const heading of columnsTwice(headings, names))
    fault(heading, 'column-twice', `"${heading.text}" stands here twice`, 'leave one of the two out')
  if (issues.length > 0) return { happened, issues }
  for (const row of rows) {
    const [id, answer] = [row[caseColumn], row[happenedColumn]]
    const first = row[0]!
    if (!id?.text) fault(id ?? first, 'not-a-case', 'the case has no name')
    else if (happened.has(id.text)) fault(id, 'case-twice', 'this case stands here twice', 'leave one of the two rows out')
    else if (!answer || !Object.hasOwn(answers, answer.text.toLowerCase()))
      fault(answer ?? first, 'not-an-answer', 'yes, no or ? is needed', '? where nobody could find out')
    else happened.set(id.text, answers[answer.text.toLowerCase()] ?? null)
  }
  return { happened, issues }
}
