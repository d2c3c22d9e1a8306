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
  // Compiled, which a rule set is when it is first asked.
  for (const kind of Object.values(result.ruleSet.kinds)) kind.program()
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
const outcomes = ['attended', 'attended', 'attended', 'attended', 'late', 'left-early', 'excused', 'absent', 'not-held', null]
/** From 6 to 20 sessions of both kinds; a third with outcomes that nobody has recorded. */
function attendance() {
  const known = below(3) > 0
  const register = Array.from({ length: 6 + below(15) }, (_, i) => ({
    session: `s${i}`,
    kind: pick(['group', 'group', 'one-to-one']),
    date: `2026-04-${String(i + 10)}`,
    outcome: pick(known ? outcomes.slice(0, -1) : outcomes),
  }))
  return { asOf: '2026-05-01', facts: { 'place.joinedOn': '2026-04-01', 'attendance.register': register } }
}
/** What the catalogue has of simple facts, days and areas as they come; a third with open answers. */
function simple(kind, chanceOfYes) {
  const open = pick([0, 0, 15])
  const facts = {}
  for (const [name, fact] of Object.entries(core.facts)) {
    if (fact.derived || fact.type === 'list' || name.startsWith('factor.') || name.startsWith('place.') || below(100) < open) continue
    if (name === 'person.bornOn') facts[name] = day(1950 + below(62))
    else if (name === 'referral.receivedOn') facts[name] = day(2026)
    else if (fact.type === 'boolean') facts[name] = below(100) < chanceOfYes
    else if (fact.type === 'integer') facts[name] = below(40)
    else facts[name] = pick(fact.type === 'choice' ? fact.choices : ['Sutton', 'Merton', 'Croydon', 'Kingston', 'Bromley', 'Lambeth'])
  }
  return { asOf: '2026-05-01', facts }
}
const day = (year) => `${year}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`

// More than a hundred thousand are the same forms again: memory for a million is not what is measured.
const distinct = Array.from({ length: Math.min(CASES, 100_000) }, risk)
const riskCases = Array.from({ length: CASES }, (_, i) => ({ id: `C-${i}`, asked: { risk: distinct[i % distinct.length] } }))
const casesOf = (kind, make) => Array.from({ length: CASES }, (_, i) => ({ id: `C-${i}`, asked: { [kind]: make() } }))
const attendanceCases = casesOf('attendance', attendance).slice(0, SOME)
const band = loaded(text('core').replace('"label": "Medium", "from": 20', '"label": "Medium", "from": 25'))
const misses = loaded(text('step-by-step').replace('"missesAllowed": 0', '"missesAllowed": 1'))
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
const isMany = CASES > 100_000
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
say(threshold, 'ms CPU', `${forms} forms, a band moved: counts, swap table and who`, isMany ? 5 : 0.5)
const ids = factors.slice(0, 24)
say(
  slider(48, (i) => ready.weightMoves({ [ids[i % 24]]: 1 + (i % 3) })),
  'ms CPU',
  `${forms} forms, a weight moved: counts, swap table and who`,
  isMany ? undefined : 5,
)

// Each draft is seen once: every pattern is another, and a floor, six weights and three bands.
const drafts = Array.from({ length: 25 }, (_, i) => loaded(JSON.stringify(wholeNew(i))))
const fresh = prepare(core, riskCases)
fresh.bandMoves([0, 20, 45, 65])
say(
  cpu(() => listed(fresh.moves(drafts[0])[0])),
  'ms CPU',
  `${forms} forms, the first whole new rule set over an index that is fresh`,
)
say(
  slider(drafts.length - 1, (i) => fresh.moves(drafts[i + 1])[0]),
  'ms CPU',
  `${forms} forms, a whole new rule set (patterns, a floor, weights, bands), never seen before: counts, swap table and who`,
  isMany ? undefined : 8,
)
const windows = Array.from({ length: 12 }, (_, i) => draftOf('core', (document) => (document.parameters.recentMonths.value = 13 + i)))
say(
  slider(12, (i) => fresh.moves(windows[i])[0]),
  'ms CPU',
  `${forms} forms, how far back is recent moved, never seen before`,
)

if (!isMany) {
  const values = (count, of) => Array.from({ length: count }, (_, i) => of(i))
  const parameters = {
    'registers, missesAllowed moved': [
      stepByStep,
      casesOf('attendance', attendance),
      values(13, (i) => draftOf('step-by-step', (document) => (document.parameters.missesAllowed = i))),
    ],
    'registers, what counts as a miss moved': [
      stepByStep,
      casesOf('attendance', attendance),
      values(12, (i) =>
        draftOf('step-by-step', (document) => Object.assign(document.parameters, { lateArrivalsPerMiss: i, leftEarlyCounts: i % 2 === 0 })),
      ),
    ],
    'referrals, the minimum age moved': [
      core,
      casesOf('eligibility', () => simple('eligibility', 60)),
      values(14, (i) => draftOf('core', (document) => (document.parameters.minimumAge.value = 17 + i))),
    ],
    'referrals, the areas served moved': [
      draftOf('core', (document) => (document.parameters.takesAnyArea.value = false)),
      casesOf('eligibility', () => simple('eligibility', 60)),
      values(12, (i) =>
        draftOf('core', (document) => {
          document.parameters.takesAnyArea.value = false
          document.parameters.areasServed.value = ['Sutton', 'Merton', 'Croydon', 'Kingston'].filter((_, place) => (i + 1) & (1 << place))
        }),
      ),
    ],
    'concerns, a condition of a trigger moved': [
      core,
      casesOf('safeguarding', () => simple('safeguarding', 8)),
      values(12, (i) => draftOf('core', (document) => changeTrigger(document, i))),
    ],
  }
  for (const [what, [before, cases, after]] of Object.entries(parameters)) {
    const prepared = prepare(before, cases)
    const first = cpu(() => listed(prepared.moves(after[0])[0]))
    say(first, 'ms CPU', `${forms} ${what}: read, indexed, and the first draft`)
    say(
      slider(after.length - 1, (i) => prepared.moves(after[i + 1])[0]),
      'ms CPU',
      `${forms} ${what}, never seen before: counts, swap table and who`,
    )
  }
}
if (process.env.STRICT && missed > 0) process.exitCode = 1

function draftOf(id, edit) {
  const document = JSON.parse(text(id))
  delete document.examples
  delete document.locked
  edit(document)
  return loaded(JSON.stringify(document))
}

function wholeNew(i) {
  const document = JSON.parse(text('core'))
  delete document.examples
  delete document.locked
  const answered = (count) =>
    Array.from({ length: count }, () => ({ fact: `factor.${pick(factors)}`, operator: 'equal', value: pick(['possible', 'present']) }))
  for (const pattern of Object.values(document.risk)) pattern.conditions = { all: [...answered(1), { any: answered(3) }] }
  const { factors: tuned, bands } = document.instrument
  tuned[factors[i % 24]].floor = { recent: pick(['medium', 'high', 'very-high']), historic: 'medium', possible: 'medium' }
  for (let k = 0; k < 6; k++) tuned[factors[(5 * i + k) % 24]].weight += 1 + below(3)
  bands.medium.from = 15 + below(10)
  bands.high.from = 35 + below(12)
  bands['very-high'].from = 55 + below(20)
  return document
}

function changeTrigger(document, i) {
  const [id, trigger] = Object.entries(document.safeguarding)[i]
  const others = Object.keys(core.facts).filter((name) => name.startsWith('safeguarding.'))
  trigger.conditions = {
    any: [trigger.conditions, { all: [pick(others), pick(others)].map((fact) => ({ fact, operator: 'equal', value: true })) }],
  }
  document.safeguarding[id] = trigger
}

function listed(result) {
  return ['up', 'down', 'cannot-tell'].reduce((sum, move) => sum + result.places(move).length, 0)
}

/** Median over the positions, everybody who moves or of whom it cannot be told listed each time. */
function slider(positions, movesAt) {
  let changed = 0
  const times = Array.from({ length: positions }, (_, i) => cpu(() => (changed += listed(movesAt(i))))).sort((one, other) => one - other)
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
