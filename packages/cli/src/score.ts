import type { RuleSet } from '@plumbline/rules'
import {
  fillingsFromCsv,
  fillingsFromJson,
  type Filling,
  type Fraction,
  type Item,
  type ReliableChange,
  type Scale,
  type ScaleScore,
  scoreFillings,
  type Scored,
  type ScoredFilling,
  scoresOf,
} from '@plumbline/rules/scales'
import { issueInWords, MOST_SHOWN } from './past-cases.ts'
import { readText } from './read-rule-set.ts'
import { countOf } from './show-issues.ts'
import { paint, UsageFault, wrapped, type ExitCode, type Terminal } from './terminal.ts'
import { usableRuleSet } from './usable.ts'

export type ScoreOptions = { scale: string; answers: string; json?: true }

/** `plumbline rules score`: whatever the scores are, exit 0; 1 where the rule set cannot be used, 2 where the answers cannot. */
export function scoreAnswers(terminal: Terminal, file: string, options: ScoreOptions): ExitCode {
  const ruleSet = usableRuleSet(terminal, file, options)
  if (!ruleSet) return 1
  const scale = scaleIn(ruleSet, options.scale)
  const scored = scoreFillings(ruleSet, options.scale, readFillings(terminal, options.answers, scale))
  if (options.json) {
    const fillings = scored.map(({ case: id, on, since, result: { scores, risks, openRisks }, changes }) => ({
      case: id,
      on,
      scores,
      risks,
      openRisks,
      since,
      changes,
    }))
    terminal.out(JSON.stringify({ ok: true, scale: options.scale, version: scale.version, statements, fillings }, null, 2))
    return 0
  }
  terminal.out(`${paint(terminal, 'bold', scale.label)}  ${options.scale} ${scale.version}`)
  for (const filling of scored) showFilling(terminal, scale, filling)
  terminal.out('')
  for (const statement of statements) terminal.out(wrapped(statement, ''))
  return 0
}

const statements = [
  'A score says nothing of danger by itself.',
  'These are the person’s own answers: better is no evidence of safety, and no reliable change is not no change.',
]

function scaleIn(ruleSet: RuleSet, id: string): Scale {
  const { scales } = ruleSet.document
  const scale = Object.hasOwn(scales, id) ? scales[id] : undefined
  if (scale) return scale
  const known = Object.keys(scales)
  throw new UsageFault(`there is no scale "${id}"; ${known.length > 0 ? `there are ${known.join(', ')}` : 'this rule set has none'}`)
}

function readFillings(terminal: Terminal, path: string, scale: Scale): Filling[] {
  const read = /\.csv$/i.test(path) ? fillingsFromCsv : /\.json$/i.test(path) ? fillingsFromJson : undefined
  if (!read) throw new UsageFault(`${path}: answers come as .csv or .json`)
  const { fillings, issues } = read(readText(path), scale)
  for (const issue of issues.slice(0, MOST_SHOWN)) terminal.error(issueInWords(terminal, path, issue))
  if (issues.length > MOST_SHOWN) terminal.error(`… and ${issues.length - MOST_SHOWN} more`)
  if (issues.length > 0) throw new UsageFault(`${path} cannot be used: ${countOf(issues.length, 'error')}`)
  if (fillings.length === 0) throw new UsageFault(`${path} holds no answers`)
  return fillings
}

function showFilling(terminal: Terminal, scale: Scale, { case: id, on, since, result, changes }: ScoredFilling): void {
  terminal.out('')
  const title = [id ?? 'The answers', on && `on ${on}`, since && `beside ${since}`].filter(Boolean).join(' ')
  terminal.out(paint(terminal, 'bold', title))
  const rows = scoresOf(scale).map(([score, { label, cutOff, bands }]) => {
    const scored = result.scores[score]!
    const change = Object.hasOwn(changes, score) ? changeWords[changes[score]!] : ''
    return [label, inPoints(scored), howComplete(scored), beside(cutOff, scored), bandIn(bands, scored), change]
  })
  for (const line of inColumns(rows)) terminal.out(`  ${line}`)
  for (const { subscale, item, answer } of result.risks)
    terminal.out(paint(terminal, 'red', `  ask today: ${itemIn(scale, { subscale, item })} was answered ${answer}`))
  for (const item of result.openRisks)
    terminal.out(paint(terminal, 'yellow', `  ask today: ${itemIn(scale, item)} was left out, which is not 0`))
}

/** Columns as wide as their widest cell; those that are empty throughout are left out. */
function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .filter((_, column) => widths[column]! > 0)
      .join('  ')
      .trimEnd(),
  )
}

const changeWords: Readonly<Record<ReliableChange, string>> = {
  better: 'reliably better',
  worse: 'reliably worse',
  'no-reliable-change': 'no reliable change',
  'cannot-tell': 'change cannot be told',
}

/** Rounded for showing; nothing is compared by it. */
const rounded = ({ numerator, denominator }: Fraction): string => (numerator / denominator).toFixed(1)

const inPoints = ({ value, range }: Scored): string =>
  value ? rounded(value).padStart(4) : `${rounded(range.atLeast)} to ${rounded(range.atMost)}`

function howComplete({ status, missing }: Scored): string {
  if (status === 'complete') return ''
  return `${status === 'prorated' ? 'scaled' : 'unknown'}: ${countOf(missing.length, 'item')} left out`
}

function beside(cutOff: number | undefined, { reachesCutOff }: Scored): string {
  if (cutOff === undefined) return ''
  const words = { yes: `at or above ${cutOff}`, no: `below ${cutOff}`, 'cannot-tell': `above or below ${cutOff}: cannot be told` }
  return reachesCutOff ? words[reachesCutOff] : ''
}

function bandIn(bands: ScaleScore['bands'], { band }: Scored): string {
  if (!bands || !band) return ''
  const labels = [...new Set([band.atLeast, band.atMost])].map((id) => bands[id]?.label ?? id)
  return labels.join(' to ')
}

const itemIn = ({ subscales }: Scale, { subscale, item }: Item): string => `item ${item} (${subscales[subscale]?.label ?? subscale})`
