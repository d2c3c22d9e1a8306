import type { KindId } from '@plumbline/rules'
import { importRules } from '@plumbline/rules/json-rules-engine'
import { parseJson } from '@plumbline/rules/load'
import { readText } from './read-rule-set.ts'
import { countOf, showIssues } from './show-issues.ts'
import { UsageFault, type ExitCode, type Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

export type ImportOptions = { kind: KindId; into: string; source: string }

/**
 * `plumbline rules import`: rules of json-rules-engine as a part of a document of ours, to the terminal.
 * What was left out, and what now means something else, goes to the error output; exit 1 where anything was left out.
 */
export function importFromFile(terminal: Terminal, path: string, { kind, into, source }: ImportOptions): ExitCode {
  const ruleSet = usableRuleSet(terminal, into, {})
  if (!ruleSet) return 1
  const text = readText(path)
  const parsed = parseJson(text)
  const toErrors: Terminal = { ...terminal, out: (line) => terminal.error(line) }
  if (Array.isArray(parsed)) {
    showIssues(toErrors, path, text, parsed)
    throw new UsageFault(`${path} is not JSON`)
  }
  const { document, issues } = importRules(parsed.value, { kind, into: ruleSet, source })
  showIssues(
    toErrors,
    path,
    text,
    issues.map((issue) => ({ ...issue, ...parsed.locate(issue.at) })),
  )
  const { conditions, [kind]: rules = {} } = document
  terminal.out(JSON.stringify({ ...(Object.keys(conditions).length > 0 ? { conditions } : {}), [kind]: rules }, null, 2))
  terminal.error(
    `${countOf(Object.keys(rules).length, 'rule')} taken over. Give each a label that people understand, and examples of your own.`,
  )
  return issues.some(({ severity }) => severity === 'error') ? 1 : 0
}
