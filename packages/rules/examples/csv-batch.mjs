// Band a table of past assessments: one line out for each line in. Run: node csv-batch.mjs assessments.csv
import { readFileSync } from 'node:fs'
import { decide } from '@plumbline/rules'
import { casesFromCsv } from '@plumbline/rules/bulk'
import { load } from '@plumbline/rules/load'

const core = readFileSync(new URL(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8')
const loaded = load(core)
if (!loaded.ok) throw new Error('the rule set does not load')
const { ruleSet } = loaded

const { cases, issues } = casesFromCsv(readFileSync(process.argv[2], 'utf8'), ruleSet)
for (const { cell, message, help } of issues) console.error(`${cell}: ${message}${help ? ` (${help})` : ''}`)
if (issues.some(({ severity }) => severity === 'error')) process.exit(1)

console.log('case,status,at least,at most,still to ask')
for (const { id, asked } of cases) {
  const { status, band, deciding } = decide(ruleSet, 'risk', asked.risk)
  console.log([id, status, band.atLeast, band.atMost, deciding.length].join(','))
}
console.error(ruleSet.document.statements['not-validated'])
