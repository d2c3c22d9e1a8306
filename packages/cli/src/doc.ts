import { hashOf } from '@plumbline/rules'
import { leaflet } from '@plumbline/rules/leaflet'
import type { ExitCode, Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

/** `plumbline rules doc`: the whole rule set in words, to print and to sign. */
export async function printLeaflet(terminal: Terminal, path: string, options: { html?: true }): Promise<ExitCode> {
  const ruleSet = usableRuleSet(terminal, path, {})
  if (!ruleSet) return 1
  const hash = await hashOf(ruleSet)
  terminal.out(leaflet(ruleSet, { hash, format: options.html ? 'html' : 'markdown' }).trimEnd())
  return 0
}
