import { schemaOf } from '@plumbline/rules/authoring'
import type { ExitCode, Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

/** `plumbline rules schema`: JSON Schema for documents that build on this one, with the names of its facts, parameters and conditions. */
export function printSchema(terminal: Terminal, path: string): ExitCode {
  const ruleSet = usableRuleSet(terminal, path, {})
  if (!ruleSet) return 1
  terminal.out(JSON.stringify(schemaOf(ruleSet), null, 2))
  return 0
}
