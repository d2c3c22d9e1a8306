import { hashOf } from '@plumbline/rules'
import { typesOf } from '@plumbline/rules/facts'
import type { ExitCode, Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

/** `plumbline rules types`: TypeScript for the facts of a rule set, so that a misspelt one does not compile. */
export async function printTypes(terminal: Terminal, path: string): Promise<ExitCode> {
  const ruleSet = usableRuleSet(terminal, path, {})
  if (!ruleSet) return 1
  terminal.out(typesOf(ruleSet, await hashOf(ruleSet)).trimEnd())
  return 0
}
