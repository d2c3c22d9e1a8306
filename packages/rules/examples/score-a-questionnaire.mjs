// Score a questionnaire before and after, and say whether the change is one. Run: node score-a-questionnaire.mjs
import { readFileSync } from 'node:fs'
import { load } from '@plumbline/rules/load'
import { reliableChange, scoreScale } from '@plumbline/rules/scales'

const core = readFileSync(new URL(import.meta.resolve('@plumbline/rules/rule-sets/core.json')), 'utf8')
const loaded = load(core)
if (!loaded.ok) throw new Error('core does not load')

// The values printed on the form, in its order; null where an item was left out. Invented.
const before = [3, 2, 2, 3, 2, 0, 2, 1, 0, 3, 2, 3, 2, 3, 2, 0, 3, 2, 2, 3, 2, 0, 3, 1, 2, 2, 3, 2, 3, 2, 2, 2, 2, 0]
const after = [1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, null, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]

const [first, second] = [before, after].map((answers) => {
  const scored = scoreScale(loaded.ruleSet, 'core-om', answers)
  if (!scored.ok) throw new Error(scored.issues.map(({ at, message, help }) => `${at} ${message}; ${help}`).join('\n'))
  const { status, value, reachesCutOff } = scored.result.scores.total
  const points = value ? (value.numerator / value.denominator).toFixed(1) : 'unknown'
  console.log(`${status}: ${points}; at or above the cut-off: ${reachesCutOff}`)
  for (const { item } of scored.result.risks) console.log(`ask today: item ${item}`)
  return scored.result
})
console.log(reliableChange(loaded.ruleSet, 'total', first, second))
