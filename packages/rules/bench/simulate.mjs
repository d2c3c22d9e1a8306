/**
 * Past cases under two rule sets: how long a trial takes, with and without reasons.
 * Invented cases with open answers, deterministic. CPU time of the process, median of rounds. Run: `node packages/rules/bench/simulate.mjs [CASES]`.
 */
import { readFileSync } from 'node:fs'
import { load } from '../dist/load.js'
import { prepare, simulate } from '../dist/bulk/index.js'

const CASES = Number(process.argv[2] ?? 10_000)
const ROUNDS = Number(process.env.ROUNDS ?? 5)
const text = (id) => readFileSync(new URL(`../rule-sets/${id}.json`, import.meta.url), 'utf8')
const loaded = (written) => {
  const result = load(written, [text('core')])
  if (!result.ok) throw new Error(JSON.stringify(result.issues[0]))
  return result.ruleSet
}

let state = 20260501
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}
const pick = (values) => values[below(values.length)]

const core = loaded(text('core'))
const stepByStep = loaded(text('step-by-step'))
const factors = Object.keys(core.document.instrument.factors)

/** One form in three has open answers: asked and not known, or not asked. */
function risk() {
  const open = pick([0, 0, 8])
  const facts = {}
  for (const id of factors) {
    if (below(100) < open) {
      if (below(2)) facts[`factor.${id}`] = null
      continue
    }
    facts[`factor.${id}`] = pick(['absent', 'absent', 'absent', 'possible', 'present'])
    facts[`factor.${id}.sources`] = pick([['self'], ['police'], ['self', 'record']])
  }
  return { asOf: '2026-05-01', facts }
}
const outcomes = ['attended', 'attended', 'attended', 'attended', 'late', 'excused', 'absent', null]
function attendance() {
  const register = Array.from({ length: 12 }, (_, i) => ({
    session: `s${i}`,
    kind: 'group',
    date: `2026-04-${String(i + 10)}`,
    outcome: pick(outcomes),
  }))
  return { asOf: '2026-05-01', facts: { 'place.joinedOn': '2026-04-01', 'attendance.register': register } }
}

const riskCases = Array.from({ length: CASES }, (_, i) => ({ id: `C-${i}`, asked: { risk: risk() } }))
const attendanceCases = Array.from({ length: CASES }, (_, i) => ({ id: `C-${i}`, asked: { attendance: attendance() } }))
const settled = riskCases.filter(({ asked }) => factors.every((id) => asked.risk.facts[`factor.${id}`]))

const band = loaded(text('core').replace('"label": "Medium", "from": 20', '"label": "Medium", "from": 25'))
const misses = loaded(text('step-by-step').replace('"missesAllowed": 0', '"missesAllowed": 1'))
const trials = {
  'risk, band medium 20 → 25, complete forms': [core, band, settled],
  'risk, band medium 20 → 25, a third with open answers': [core, band, riskCases],
  'attendance, missesAllowed 0 → 1': [stepByStep, misses, attendanceCases],
}

for (const [name, [before, after, cases]] of Object.entries(trials)) {
  const [result] = simulate(before, after, cases).kinds
  for (const reasons of [false, true]) {
    const times = Array.from({ length: ROUNDS }, () => measured(() => simulate(before, after, cases, { reasons })))
    const time = times.sort((one, other) => one - other)[ROUNDS >> 1]
    const each = ((1000 * time) / cases.length).toFixed(1)
    console.log(
      `${name}, ${reasons ? 'with reasons' : 'counts and lists'}: ${time.toFixed(0)} ms CPU for ${cases.length} cases, ${each} µs each`,
    )
  }
  console.log(`  ${JSON.stringify(result.counts)}`)
}

// One draft after another over the same cases: those that come out alike are judged once.
const started = process.cpuUsage()
const ready = prepare(core, riskCases)
ready.bandMoves([0, 20, 45, 65])
const { user, system } = process.cpuUsage(started)
console.log(`prepare ${CASES} forms: ${((user + system) / 1000).toFixed(0)} ms CPU`)
for (const isWho of [false, true]) {
  let changed = 0
  const slider = Array.from({ length: 300 }, (_, i) => {
    const start = performance.now()
    const result = ready.bandMoves([0, 15 + (i % 20), 45, 65])
    if (isWho) for (const move of ['up', 'down', 'cannot-tell']) changed += result.cases(move).length
    return performance.now() - start
  }).sort((one, other) => one - other)
  const what = isWho ? `counts, swap table and who (${Math.round(changed / 300)} each time)` : 'counts and swap table'
  console.log(`one band moved, ${what}: median ${slider[150].toFixed(2)} ms, p95 ${slider[285].toFixed(2)} ms`)
}

const readyRegisters = prepare(stepByStep, attendanceCases)
readyRegisters.moves(misses)
const parameter = Array.from({ length: 20 }, () => {
  const start = performance.now()
  readyRegisters.moves(misses)[0].cases('up')
  return performance.now() - start
}).sort((one, other) => one - other)
console.log(`missesAllowed moved over ${CASES} registers: median ${parameter[10].toFixed(2)} ms`)

function measured(work) {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
