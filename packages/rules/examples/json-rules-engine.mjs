// Take rules over from json-rules-engine: import, read the warnings, load, and ask a real engine for a second opinion.
// Run: npm install json-rules-engine@7, then node json-rules-engine.mjs
import { readFileSync } from 'node:fs'
import { importRules, secondOpinion } from '@plumbline/rules/json-rules-engine'
import { load } from '@plumbline/rules/load'

const core = readFileSync(new URL(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8')
const into = load(core)
if (!into.ok) throw new Error('the rule set does not load')

const theirs = [
  {
    name: 'not-willing',
    conditions: { all: [{ fact: 'engagement.isWilling', operator: 'notEqual', value: true }] },
    event: { type: 'ineligible', params: { reason: 'They do not want to come.' } },
  },
  {
    name: 'no-such-fact',
    conditions: { all: [{ fact: 'engagement.isWiling', operator: 'equal', value: false }] },
    event: { type: 'ineligible', params: { reason: 'x' } },
  },
]
const { document, issues } = importRules(theirs, { kind: 'eligibility', into: into.ruleSet, source: 'Our old rules' })
for (const { severity, at, message, help } of issues) console.log(`${severity} ${at}: ${message}${help ? ` (${help})` : ''}`)

const mine = {
  id: 'mine',
  version: '1.0.0',
  title: 'Mine',
  effectiveFrom: '2026-01-01',
  extends: { id: 'core', version: '1.0.0' },
  ...document,
  examples: {
    'not willing is refused': {
      kind: 'eligibility',
      asOf: '2026-05-01',
      facts: { 'engagement.isWilling': false },
      expect: { outcome: 'ineligible' },
    },
  },
}
const loaded = load(JSON.stringify(mine), [core])
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues))
const { compared, differences } = await secondOpinion(loaded.ruleSet)
console.log(`rules compared with a real engine: ${compared}; differences: ${differences.length}`)
