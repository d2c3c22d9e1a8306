import { hashOf, kindIds, type RuleSet } from '@plumbline/rules'
import { checkRuleSet, inText, monotony, type FindingInText } from '@plumbline/rules/checks'
import type { LoadResult } from '@plumbline/rules/load'
import { secondOpinion, type SecondOpinion } from '@plumbline/rules/json-rules-engine'
import { readRuleSet } from './read-rule-set.ts'
import { findingsInWords, showFindings } from './show-findings.ts'
import { countOf, showIssues } from './show-issues.ts'
import { paint, type ExitCode, type Terminal } from './terminal.ts'

type Options = { secondOpinion?: true; json?: true }

/** `plumbline rules check`: exit 1 on any error, in the document or in what it does, or where json-rules-engine disagrees. Warnings alone are 0. */
export async function check(terminal: Terminal, path: string, options: Options): Promise<ExitCode> {
  const { text, result } = readRuleSet(path)
  const hash = result.ok ? await hashOf(result.ruleSet) : null
  const opinion = result.ok && options.secondOpinion ? await secondOpinion(result.ruleSet) : null
  const findings = result.ok ? inText(checkRuleSet(result.ruleSet), text) : []
  const areFine = findings.every(({ severity }) => severity !== 'error')
  const fine = result.ok && areFine && (opinion?.differences.length ?? 0) === 0
  if (options.json) terminal.out(JSON.stringify(asJson(result, hash, findings, opinion), null, 2))
  else {
    showIssues(terminal, path, text, result.ok ? result.warnings : result.issues)
    showFindings(terminal, path, text, findings)
    if (result.ok) showRuleSet(terminal, result.ruleSet, hash ?? '', findings)
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

/** `ok`: nothing is an error, neither in the document nor in what it does. */
const asJson = (result: LoadResult, hash: string | null, findings: readonly FindingInText[], opinion: SecondOpinion | null) => ({
  ok: result.ok && findings.every(({ severity }) => severity !== 'error'),
  ...(result.ok
    ? {
        id: result.ruleSet.id,
        version: result.ruleSet.version,
        effectiveFrom: result.ruleSet.effectiveFrom,
        hash,
        issues: result.warnings,
        findings,
        monotony: monotony(result.ruleSet),
      }
    : { issues: result.issues }),
  ...(opinion ? { secondOpinion: opinion } : {}),
})

function showRuleSet(terminal: Terminal, ruleSet: RuleSet, hash: string, findings: readonly FindingInText[]): void {
  const { document, lineage } = ruleSet
  const name = paint(terminal, 'bold', `${ruleSet.title} ${ruleSet.version}`)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  terminal.out(
    errors === 0
      ? `${paint(terminal, 'green', '✓')} ${name} can be used, from ${ruleSet.effectiveFrom} on.`
      : `${paint(terminal, 'red', '✗')} ${name} must not be used: ${countOf(errors, 'error')}.`,
  )
  if (lineage.length > 0) terminal.out(`  builds on   ${lineage.map(({ id, version }) => `${id} ${version}`).join(', ')}`)
  terminal.out(`  rules       ${kindIds.map((kind) => `${Object.keys(document[kind]).length} ${kind}`).join(', ')}`)
  if (document.instrument)
    terminal.out(
      `  instrument  ${document.instrument.id} ${document.instrument.version}, ${countOf(Object.keys(document.instrument.factors).length, 'factor')}`,
    )
  terminal.out(`  examples    ${Object.keys(ruleSet.examples).length} (run them with \`plumbline rules test\`)`)
  terminal.out(`  checks      ${findingsInWords(findings)}`)
  const proof = monotony(ruleSet)
  if (proof) terminal.out(`  proof       ${proofs[proof.is]}`)
  terminal.out(`  hash        ${hash}`)
}

const proofs = {
  proven: 'on no complete form does a worse answer lower the band',
  disproved: 'a worse answer can lower the band',
  'not-decided': 'whether a worse answer can lower the band was not settled',
} as const

function showOpinion(terminal: Terminal, { compared, differences, skipped }: SecondOpinion): void {
  const verdict =
    differences.length === 0
      ? paint(terminal, 'green', '✓ json-rules-engine agrees')
      : paint(terminal, 'red', '✗ json-rules-engine disagrees')
  terminal.out(`${verdict}: ${countOf(compared, 'answer')} compared, ${skipped.length} not comparable (unknown to us, false to it)`)
  for (const { example, kind, rule, here, jsonRulesEngine } of differences)
    terminal.out(`  ${kind}/${rule} in "${example}": here ${here}, there ${jsonRulesEngine}`)
}
