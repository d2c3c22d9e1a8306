import { accuracyInWords, accuracyOf, observe, outcomesFromCsv } from '@plumbline/rules/accuracy'
import { issueInWords, MOST_SHOWN, readPastCases, showWarnings } from './past-cases.ts'
import { readText } from './read-rule-set.ts'
import { countOf } from './show-issues.ts'
import { UsageFault, wrapped, type ExitCode, type Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

export type AccuracyOptions = { cases: string; outcomes: string; lookedFor: string; withinMonths: number; json?: true }

/** `plumbline rules accuracy`: past risk decisions beside what was seen afterwards. Whatever it finds, exit 0; 1 only where the rule set cannot be used. */
export function accuracyOfCases(terminal: Terminal, file: string, options: AccuracyOptions): ExitCode {
  const ruleSet = usableRuleSet(terminal, file, options)
  if (!ruleSet) return 1
  const { instrument } = ruleSet.document
  if (!instrument) throw new UsageFault(`${file} has no instrument, so there are no risk decisions to look at`)
  const { cases, warnings } = readPastCases(terminal, options.cases, ruleSet)
  const { observations, withoutRisk, withoutCase, withoutOutcome } = observe(ruleSet, cases, readOutcomes(terminal, options.outcomes))
  if (observations.length === 0) throw new UsageFault(`no case of ${options.outcomes} has a risk decision in ${options.cases}`)
  const accuracy = accuracyOf(instrument, { happening: options.lookedFor, withinMonths: options.withinMonths }, observations)
  const sentences = accuracyInWords(instrument, accuracy)
  if (options.json) {
    terminal.out(JSON.stringify({ ok: true, sentences, accuracy, withoutRisk, withoutCase, withoutOutcome, warnings }, null, 2))
    return 0
  }
  showWarnings(terminal, options.cases, warnings)
  for (const sentence of sentences) terminal.out(wrapped(sentence, ''))
  const leftOut = withoutRisk.length + withoutCase.length
  if (leftOut > 0) terminal.out(`Left out: ${countOf(leftOut, 'case')} of the outcomes without a stored risk decision.`)
  if (withoutOutcome.length > 0)
    terminal.out(`Not followed up: ${countOf(withoutOutcome.length, 'case')} with a risk decision and no outcome. They are in no figure.`)
  return 0
}

function readOutcomes(terminal: Terminal, path: string): ReadonlyMap<string, boolean | null> {
  const { happened, issues } = outcomesFromCsv(readText(path))
  for (const issue of issues.slice(0, MOST_SHOWN)) terminal.error(issueInWords(terminal, path, issue))
  if (issues.length > MOST_SHOWN) terminal.error(`… and ${issues.length - MOST_SHOWN} more`)
  if (issues.length > 0) throw new UsageFault(`${path} cannot be used: ${countOf(issues.length, 'error')}`)
  return happened
}
