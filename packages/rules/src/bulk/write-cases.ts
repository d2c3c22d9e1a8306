import type { FactValue } from '../language/facts.ts'
import { factorNames } from '../kinds/risk/evidence.ts'
import { byNumber } from '../kinds/rule.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { PastCase } from './case.ts'
import { csvLine } from './csv.ts'

/**
 * The forms of past cases as a table, one a row: `case`, `asOf`, `kind`, the answer to each factor in order of `number`, and,
 * of those that any form has, days and sources. `casesFromCsv` reads it again. Cases that were not asked about risk are left out.
 * An empty cell is a question that was not asked, `?` one whose answer is not known.
 */
export function factorsToCsv(cases: readonly PastCase[], { document }: RuleSet): string {
  const forms = cases.flatMap(({ id, asked: { risk } }) => (risk ? [{ id, ...risk }] : []))
  const isThere = (name: string) => forms.some(({ facts }) => facts[name] !== undefined)
  const names = byNumber(document.instrument?.factors ?? {}).map(([id]) => factorNames(id))
  const columns = [
    ...names.map(({ answer }) => answer),
    ...names.flatMap(({ lastOccurredOn, sources }) => [lastOccurredOn, sources].filter(isThere)),
  ]
  const rows = forms.map(({ id, asOf, facts }) => [id, asOf, 'risk', ...columns.map((name) => cellOf(facts[name]))])
  return [['case', 'asOf', 'kind', ...columns.map((name) => name.slice('factor.'.length))], ...rows].map(csvLine).join('')
}

function cellOf(value: FactValue | undefined): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((each) => cellOf(each as FactValue)).join('|')
  return value === null ? '?' : String(value)
}
