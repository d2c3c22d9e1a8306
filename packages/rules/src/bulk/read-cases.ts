import type { Issue } from '../issue.ts'
import { isDay } from '../language/civil-day.ts'
import { suggestion } from '../language/did-you-mean.ts'
import type { DecisionInput, Facts } from '../language/facts.ts'
import { own } from '../language/scope.ts'
import { isRecord } from '../language/values.ts'
import { kindIds, type KindId } from '../rule-set/document.ts'
import { parseJson } from '../rule-set/json-text.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { CaseIssue, PastCase } from './case.ts'
import { columnsTwice, rowsOfCsv, type TextCell } from './csv.ts'
import { factOfHeading, valueOfCell } from './cells.ts'
import { factsAskedFor } from './asked-for.ts'

/** A misspelt fact or a wrong value is an error in a table, where it is a slip of the hand; in stored decisions a warning, and it counts as unknown. */
export type ReadCases = { cases: PastCase[]; issues: CaseIssue[] }

/**
 * One stored decision a line: `{ "case": "C-0412", "kind": "risk", "asOf": "2026-05-01", "facts": { … } }`.
 * Lines with the same `case` belong together. Without `kind` the facts go to every kind of which a rule reads one of them.
 *
 * @param draft a rule set to try on them: what only it knows or reads counts too
 */
export function casesFromNdjson(text: string, ruleSet: RuleSet, draft?: RuleSet): ReadCases {
  const gathered = new Gathered(draft ? [ruleSet, draft] : [ruleSet])
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (written.trim() === '') continue
    const line = index + 1
    const parsed = parseJson(written)
    if (Array.isArray(parsed)) gathered.issues.push(...parsed.map((issue) => ({ ...issue, line })))
    else gathered.addWritten(parsed.value, line)
  }
  return gathered.result()
}

/**
 * A table with a heading in the first row: `case`, `asOf`, perhaps `kind`, and names of facts; a factor may go by its id alone.
 * An empty cell is a question that was not asked, `?` one whose answer is not known. Lists are separated by `|`.
 *
 * @param draft a rule set to try on them: what only it knows or reads counts too
 */
export function casesFromCsv(text: string, ruleSet: RuleSet, draft?: RuleSet): ReadCases {
  const gathered = new Gathered(draft ? [ruleSet, draft] : [ruleSet])
  const [headings = [], ...rows] = rowsOfCsv(text, (issue) => gathered.issues.push(issue))
  const columns = headings.map((heading) => gathered.columnOf(heading))
  for (const heading of columnsTwice(headings, columns))
    gathered.fault(heading, 'column-twice', `"${heading.text}" stands here twice`, { help: 'leave one of the two out' })
  for (const name of ['case', 'asOf'])
    if (!columns.includes(name))
      gathered.fault({ text: '', line: 1, column: 1, cell: 'A1' }, 'missing-column', `there is no column "${name}"`)
  if (gathered.issues.length > 0) return gathered.result()
  for (const row of rows) gathered.addRow(columns, row)
  return gathered.result()
}

class Gathered {
  readonly issues: CaseIssue[] = []
  private readonly cases = new Map<string, Partial<Record<KindId, DecisionInput>>>()
  private readonly ruleSets: readonly RuleSet[]

  constructor(ruleSets: readonly RuleSet[]) {
    this.ruleSets = ruleSets
  }

  result(): ReadCases {
    return { cases: [...this.cases].map(([id, asked]) => ({ id, asked })), issues: this.issues }
  }

  fault({ line, column, cell }: TextCell, code: string, message: string, { help }: { help?: string } = {}): void {
    this.issues.push({ severity: 'error', code, at: '', line, column, cell, message, ...(help === undefined ? {} : { help }) })
  }

  addWritten(value: unknown, line: number): void {
    const fault = (at: string, message: string, help: { help?: string } = {}) =>
      this.issues.push({ severity: 'error', code: 'not-a-case', at, line, column: 1, message, ...help })
    if (!isRecord(value)) return void fault('', 'a line holds one object: case, kind, asOf, facts')
    const { case: id, kind, asOf, facts } = value
    if (typeof id !== 'string' || id === '') return void fault('/case', 'the case has no name', { help: 'add "case"' })
    if (!isDay(asOf)) return void fault('/asOf', 'the day of the decision is not a day such as "2025-04-01"')
    if (!isRecord(facts)) return void fault('/facts', 'the facts are not an object: facts by name')
    if (kind !== undefined && !isKind(kind))
      return void fault('/kind', 'there is no such kind of rule', typeof kind === 'string' ? suggestion(kind, kindIds) : {})
    const extra = Object.keys(value).find((key) => !['case', 'kind', 'asOf', 'facts'].includes(key))
    if (extra !== undefined)
      return void fault(`/${extra}`, `"${extra}" is not part of a case`, suggestion(extra, ['case', 'kind', 'asOf', 'facts']))
    const input = { asOf, facts: facts as Facts }
    this.issues.push(...this.problems(kind ?? 'eligibility', input).map((problem) => ({ ...problem, line, column: 1 })))
    this.add(id, kind, input, (message) => fault('', message))
  }

  addRow(columns: readonly (string | undefined)[], row: readonly TextCell[]): void {
    const cells = new Map(columns.flatMap((name, index): [string, TextCell][] => (name && row[index] ? [[name, row[index]]] : [])))
    const [id, asOf, kind] = ['case', 'asOf', 'kind'].map((name) => cells.get(name))
    const first = row[0]
    if (!first) return
    if (row.length > columns.length) return this.fault(row[columns.length] ?? first, 'too-many-cells', 'this cell stands under no heading')
    if (!id?.text) return this.fault(id ?? first, 'not-a-case', 'the case has no name')
    if (!asOf || !isDay(asOf.text)) return this.fault(asOf ?? first, 'not-a-day', 'the day of the decision is not a day such as 2025-04-01')
    if (kind?.text && !isKind(kind.text))
      return this.fault(kind, 'unknown-kind', `there is no kind of rule "${kind.text}"`, suggestion(kind.text, kindIds))
    const faultsBefore = this.issues.length
    const facts: Record<string, Facts[string]> = {}
    for (const [name, cell] of cells) {
      const definitions = this.ruleSets.flatMap((ruleSet) => own(ruleSet.facts, name) ?? [])
      if (definitions.length === 0 || cell.text === '') continue
      const read = definitions.map((definition) => valueOfCell(cell.text, definition))
      const found = read.find((each) => 'value' in each) ?? read[0]!
      if ('value' in found) facts[name] = found.value
      else this.fault(cell, 'mistyped-fact', `${name}: ${found.message}`, found)
    }
    if (this.issues.length > faultsBefore) return
    const wanted = kind?.text && isKind(kind.text) ? kind.text : undefined
    this.add(id.text, wanted, { asOf: asOf.text, facts }, (message) => this.fault(id, 'kind-twice', message))
  }

  columnOf(heading: TextCell): string | undefined {
    const name = heading.text.trim()
    if (name === 'case' || name === 'asOf' || name === 'kind') return name
    const found = this.ruleSets.map((ruleSet) => factOfHeading(name, ruleSet))
    const known = found.find((each) => typeof each === 'string')
    if (known !== undefined) return known
    const [wrong] = found
    if (typeof wrong === 'object') this.fault(heading, 'unknown-fact', wrong.message, wrong)
    return undefined
  }

  /** Each place once. A fact that one of the rule sets knows is not unknown. */
  private problems(kind: KindId, input: DecisionInput): Issue[] {
    const found = this.ruleSets.map((ruleSet) => ruleSet.kinds[kind].problems(input))
    const isKnown = (at: string) => !found.every((problems) => problems.some((each) => each.at === at && each.code === 'unknown-fact'))
    const all = found.flat().filter(({ code, at }) => code !== 'unknown-fact' || !isKnown(at))
    return all.filter(({ at }, index) => all.findIndex((each) => each.at === at) === index)
  }

  private add(id: string, kind: KindId | undefined, input: DecisionInput, fault: (message: string) => void): void {
    const asked = this.cases.get(id) ?? {}
    const asking = kind ? [] : this.ruleSets.flatMap((ruleSet) => factsAskedFor(ruleSet, input.facts))
    const wanted = kind ? [kind] : kindIds.filter((each) => asking.includes(each))
    if (wanted.length === 0) return fault(`no rule reads any of the facts of ${id}`)
    for (const each of wanted) {
      if (asked[each]) fault(`${id} already has a decision on ${each}`)
      asked[each] = input
    }
    this.cases.set(id, asked)
  }
}

const isKind = (value: unknown): value is KindId => (kindIds as readonly unknown[]).includes(value)
