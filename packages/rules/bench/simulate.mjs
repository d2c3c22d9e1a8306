/**
 * Past cases under two rule sets, beside the goals. Invented cases of which a third have open answers; deterministic.
 * CPU time, as the machine may be shared; for a slider the median of its positions. Run: `node packages/rules/bench/simulate.mjs [CASES]`.
 */
import { readFileSync } from 'node:fs'
import { prepare, simulate } from '../dist/bulk/index.js'
import { load } from '../dist/load.js'

const CASES = Number(process.argv[2] ?? 100_000)
const SOME = Math.min(CASES, 2_000)
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

// More than a hundred thousand are the same forms again: memory for a million is not what is measured.
const distinct = Array.from({ length: Math.min(CASES, 100_000) }, risk)
const riskCases = Array.from({ length: CASES }, (_, i) => ({ id: `C-${i}`, asked: { risk: distinct[i % distinct.length] } }))
const attendanceCases = Array.from({ length: SOME }, (_, i) => ({ id: `C-${i}`, asked: { attendance: attendance() } }))
const band = loaded(text('core').replace('"label": "Medium", "from": 20', '"label": "Medium", "from": 25'))
const misses = loaded(text('step-by-step').replace('"missesAllowed": 0', '"missesAllowed": 1'))
const weight = loaded(text('core').replace(/("escalation": \{[^}]*"weight": )\d+/, '$13'))
let missed = 0

const trials = {
  'risk, band medium 20 → 25, a third with open answers': [core, band, riskCases.slice(0, SOME)],
  'attendance, missesAllowed 0 → 1': [stepByStep, misses, attendanceCases],
}
for (const [name, [before, after, cases]] of Object.entries(trials)) {
  for (const reasons of [false, true]) {
    const each = (1000 * cpu(() => simulate(before, after, cases, { reasons }))) / cases.length
    console.log(`${each.toFixed(1).padStart(9)} µs CPU  a case one by one: ${name}, ${reasons ? 'with reasons' : 'counts and lists'}`)
  }
}

const forms = CASES.toLocaleString('en')
const ready = prepare(core, riskCases)
say(
  cpu(() => ready.bandMoves([0, 20, 45, 65])),
  'ms CPU',
  `${forms} forms read and indexed`,
  CASES / 100,
)
const moved = ready.weightMoves({ escalation: 3 })
if (moved.counts['cannot-tell'] === 0) throw new Error('no form has an open answer')

const threshold = slider(300, (i) => ready.bandMoves([0, 15 + (i % 20), 45, 65]))
say(threshold, 'ms CPU', `${forms} forms, a band moved: counts, swap table and who`, CASES > 100_000 ? 5 : 0.5)
const ids = factors.slice(0, 24)
say(
  slider(48, (i) => ready.weightMoves({ [ids[i % 24]]: 1 + (i % 3) })),
  'ms',
  `${forms} forms, a weight moved: counts, swap table and who`,
  CASES > 100_000 ? undefined : 5,
)
say(
  slider(12, (i) => ready.moves(i % 2 ? weight : band)[0]),
  'ms',
  `${forms} forms, a whole new rule set that scores otherwise: counts, swap table and who`,
  CASES > 100_000 ? undefined : 8,
)

const readyRegisters = prepare(stepByStep, attendanceCases)
readyRegisters.moves(misses)
say(
  slider(12, () => readyRegisters.moves(misses)[0]),
  'ms',
  `${SOME.toLocaleString('en')} registers, missesAllowed moved: counts, swap table and who`,
)
if (process.env.STRICT && missed > 0) process.exitCode = 1

/** Median over the positions, everybody who moves or of whom it cannot be told listed each time. */
function slider(positions, movesAt) {
  let changed = 0
  const times = Array.from({ length: positions }, (_, i) => {
    return cpu(() => {
      const result = movesAt(i)
      for (const move of ['up', 'down', 'cannot-tell']) changed += result.places(move).length
    })
  }).sort((one, other) => one - other)
  if (changed === 0) throw new Error('nothing moved at any position')
  return times[positions >> 1]
}

function cpu(work) {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function say(value, unit, what, goal) {
  const isMet = goal === undefined || value <= goal
  if (!isMet) missed++
  console.log(
    `${value.toFixed(2).padStart(9)} ${unit}  ${what}${goal === undefined ? '' : ` (goal <= ${goal} ${unit}: ${isMet ? 'met' : 'NOT MET'})`}`,
  )
}
