import type { RuleSet } from '@plumbline/rules'
import { readRuleSet } from './read-rule-set.ts'
import { showIssues } from './show-issues.ts'
import type { Terminal } from './terminal.ts'

/** The rule set in a file. Where it cannot be used, that is shown, and the answer is undefined. */
export function usableRuleSet(terminal: Terminal, path: string, options: { json?: true }): RuleSet | undefined {
  const { text, result } = readRuleSet(path)
  if (result.ok) return result.ruleSet
  if (options.json) terminal.out(JSON.stringify({ ok: false, file: path, issues: result.issues }, null, 2))
  else showIssues(terminal, path, text, result.issues)
  return undefined
}
