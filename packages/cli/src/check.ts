import { hashOf, kindIds, type RuleSet } from '@plumbline/rules'
import type { LoadResult } from '@plumbline/rules/load'
import { secondOpinion, type SecondOpinion } from '@plumbline/rules/json-rules-engine'
import { readRuleSet } from './read-rule-set.ts'
import { countOf, showIssues } from './show-issues.ts'
import { paint, type ExitCode, type Terminal } from './terminal.ts'

type Options = { secondOpinion?: true; json?: true }

/** `plumbline rules check`: exit 1 on any error, or where json-rules-engine disagrees. Warnings alone are 0. */
export async function check(terminal: Terminal, path: string, options: Options): Promise<ExitCode> {
  const { text, result } = readRuleSet(path)
  const hash = result.ok ? await hashOf(result.ruleSet) : null
  const opinion = result.ok && options.secondOpinion ? await secondOpinion(result.ruleSet) : null
  const fine = result.ok && (opinion?.differences.length ?? 0) === 0
  if (options.json) terminal.out(JSON.stringify(asJson(result, hash, opinion), null, 2))
  else {
    showIssues(terminal, path, text, result.ok ? result.warnings : result.issues)
    if (result.ok) showRuleSet(terminal, result.ruleSet, hash ?? '')
    else
      terminal.out(
        paint(
          terminal,
          'red',
          `${countOf(result.issues.filter((issue) => issue.severity === 'error').length, 'error')}: this rule set cannot be used.`,
        ),
      )
    if (opinion) showOpinion(terminal, opinion)
  }
  return fine ? 0 : 1
}

const asJson = (result: LoadResult, hash: string | null, opinion: SecondOpinion | null) => ({
  ok: result.ok,
  ...(result.ok
    ? { id: result.ruleSet.id, version: result.ruleSet.version, effectiveFrom: result.ruleSet.effectiveFrom, hash, issues: result.warnings }
    : { issues: result.issues }),
  ...(opinion ? { secondOpinion: opinion } : {}),
})

function showRuleSet(terminal: Terminal, ruleSet: RuleSet, hash: string): void {
  const { document, lineage } = ruleSet
  terminal.out(
    `${paint(terminal, 'green', '✓')} ${paint(terminal, 'bold', `${ruleSet.title} ${ruleSet.version}`)} can be used, from ${ruleSet.effectiveFrom} on.`,
  )
  if (lineage.length > 0) terminal.out(`  builds on   ${lineage.map(({ id, version }) => `${id} ${version}`).join(', ')}`)
  terminal.out(`  rules       ${kindIds.map((kind) => `${Object.keys(document[kind]).length} ${kind}`).join(', ')}`)
  if (document.instrument)
    terminal.out(
      `  instrument  ${document.instrument.id} ${document.instrument.version}, ${countOf(Object.keys(document.instrument.factors).length, 'factor')}`,
    )
  terminal.out(`  examples    ${Object.keys(ruleSet.examples).length} (run them with \`plumbline rules test\`)`)
  terminal.out(`  hash        ${hash}`)
}

function showOpinion(terminal: Terminal, { compared, differences, skipped }: SecondOpinion): void {
  const verdict =
    differences.length === 0
      ? paint(terminal, 'green', '✓ json-rules-engine agrees')
      : paint(terminal, 'red', '✗ json-rules-engine disagrees')
  terminal.out(`${verdict}: ${countOf(compared, 'answer')} compared, ${skipped.length} not comparable (unknown to us, false to it)`)
  for (const { example, kind, rule, here, jsonRulesEngine } of differences)
    terminal.out(`  ${kind}/${rule} in "${example}": here ${here}, there ${jsonRulesEngine}`)
}
