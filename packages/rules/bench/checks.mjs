/**
 * All checks on all shipped rule sets: CPU time of the process, cold (the first time in it) and warm (median of rounds).
 * Run after a build: `node packages/rules/bench/checks.mjs`. Goal: under 200 ms together.
 */
import { readFileSync } from 'node:fs'
import { checkRuleSet, monotony } from '../dist/checks/index.js'
import { load } from '../dist/load.js'

const ROUNDS = Number(process.env.ROUNDS ?? 15)
const text = (id) => readFileSync(new URL(`../rule-sets/${id}.json`, import.meta.url), 'utf8')
const ruleSets = ['core', 'cdars-phoenix', 'step-by-step'].map((id) => {
  const loaded = load(text(id), [text('core')])
  if (!loaded.ok) throw new Error(`${id}: ${JSON.stringify(loaded.issues)}`)
  return loaded.ruleSet
})

const milliseconds = (work) => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]

const cold = ruleSets.map((ruleSet) => milliseconds(() => checkRuleSet(ruleSet)))
const warm = ruleSets.map((ruleSet) => median(Array.from({ length: ROUNDS }, () => milliseconds(() => checkRuleSet(ruleSet)))))
ruleSets.forEach((ruleSet, index) => {
  const findings = checkRuleSet(ruleSet)
  const counts = ['error', 'warning', 'note'].map(
    (severity) => `${findings.filter((found) => found.severity === severity).length} ${severity}s`,
  )
  const proof = monotony(ruleSet)
  console.log(
    `${ruleSet.id.padEnd(14)} cold ${cold[index].toFixed(1).padStart(6)} ms   warm ${warm[index].toFixed(1).padStart(5)} ms   ${counts.join(', ')}; monotony ${proof.is} by ${proof.questions} questions`,
  )
})
const sum = (values) => values.reduce((total, value) => total + value, 0)
console.log(`together       cold ${sum(cold).toFixed(1).padStart(6)} ms   warm ${sum(warm).toFixed(1).padStart(5)} ms   (goal: 200 ms)`)
if (sum(warm) > 200) process.exitCode = 1
