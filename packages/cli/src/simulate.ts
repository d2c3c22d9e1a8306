import { resolve } from 'node:path'
import { diff, effectInWords, simulate, type Simulation } from '@plumbline/rules/bulk'
import { showDifference } from './diff.ts'
import { writeFactors, writeList } from './moved-list.ts'
import { readPastCases, showWarnings } from './past-cases.ts'
import { showSimulation } from './swap-table.ts'
import { countOf } from './show-issues.ts'
import { paint, UsageFault, wrapped, type ExitCode, type Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

export type SimulateOptions = { against: string; cases: string; list?: string; factors?: string; json?: true }

/** `plumbline rules simulate`: past cases under a draft and under what is published. Whoever moves, exit 0; 1 only where a rule set cannot be used. */
export function simulateDraft(terminal: Terminal, draft: string, options: SimulateOptions): ExitCode {
  const { list, factors } = options
  for (const [name, path] of Object.entries({ list, factors }))
    if (path !== undefined && [draft, options.against, options.cases].some((each) => resolve(each) === resolve(path)))
      throw new UsageFault(`--${name} would overwrite ${path}, which is read`)
  const before = usableRuleSet(terminal, options.against, options)
  const after = before && usableRuleSet(terminal, draft, options)
  if (!before || !after) return 1
  const { cases, warnings } = readPastCases(terminal, options.cases, before, after)
  const difference = diff(before, after)
  const simulation = simulate(before, after, cases, { onProgress: (done, of) => terminal.progress?.(done, of) })
  const sentences = effectInWords(difference, simulation)
  if (list !== undefined) writeList(list, simulation)
  const forms = factors === undefined ? 0 : writeFactors(factors, cases, before)
  if (options.json) {
    terminal.out(JSON.stringify({ ok: true, sentences, simulation, difference, warnings }, null, 2))
    return 0
  }
  showDifference(terminal, before, after, difference)
  terminal.out('')
  showSimulation(terminal, simulation)
  showWarnings(terminal, options.cases, warnings)
  for (const sentence of sentences) terminal.out(paint(terminal, 'bold', wrapped(sentence, '')))
  if (list !== undefined) terminal.out(`${countOf(listed(simulation), 'case')} written to ${list}`)
  if (factors !== undefined) terminal.out(`${countOf(forms, 'form')} written to ${factors}`)
  return 0
}

const listed = ({ kinds }: Simulation) =>
  kinds.reduce((sum, { up, down, cannotTell }) => sum + up.length + down.length + cannotTell.length, 0)
