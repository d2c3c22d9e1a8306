// Decide about one referral, and say why. Run: node node.mjs
import { readFileSync } from 'node:fs'
import { decide, explain, hashOf } from '@plumbline/rules'
import { load } from '@plumbline/rules/load'

const text = (id) => readFileSync(new URL(import.meta.resolve(`@plumbline/rules/rule-sets/${id}.json`)), 'utf8')
const loaded = load(text('step-by-step'), [text('core')])
if (!loaded.ok) throw new Error(loaded.issues.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n'))

const input = {
  asOf: '2026-05-01',
  facts: {
    'person.bornOn': '1990-02-14',
    'referral.receivedOn': '2026-05-01',
    'referral.basis': 'criminal-court-order',
    'history.hasAbusedPartner': true,
  },
}
console.log(decide(loaded.ruleSet, 'eligibility', input).outcome)
for (const sentence of explain(loaded.ruleSet, 'eligibility', input).sentences) console.log(sentence)
console.log(await hashOf(loaded.ruleSet))
