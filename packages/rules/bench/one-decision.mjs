/**
 * One decision: this library, json-rules-engine, and a function written by hand, on the same 40 rules and cases.
 * CPU time of the process, interleaved rounds in one process, median of the ratios of each round. Run: `pnpm bench`.
 */
import { Engine } from 'json-rules-engine'
import { compile, parseCondition } from '../dist/language/index.js'
import { byHand, cases, parameters, rules, scope } from './workload.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 9)
const AS_OF = '2026-05-01'

const program = programOf(Object.entries(rules))
// As in real use more than one program is alive, and each has been run: no engine may compile any of them as if it were the only one.
const others = [0, 1, 2].map((n) => programOf(Object.entries(rules).slice(10 * n, 10 * n + 10)))
const engine = new Engine([], { allowUndefinedFacts: true })
for (const [id, parameter] of Object.entries(parameters)) engine.addFact(`parameter.${id}`, parameter.value)
for (const [id, conditions] of Object.entries(rules))
  engine.addRule({ name: id, conditions: structuredClone(conditions), event: { type: id } })

// As its documentation writes facts: objects with fields, read by `path`. And with flat facts, which suit it best.
const nestedEngine = new Engine([], { allowUndefinedFacts: true })
for (const [id, parameter] of Object.entries(parameters)) nestedEngine.addFact(`parameter.${id}`, parameter.value)
for (const [id, conditions] of Object.entries(rules))
  nestedEngine.addRule({ name: id, conditions: withPaths(conditions), event: { type: id } })

const count = program.ids.length
const known = cases(2_000, 0)
const some = cases(2_000, 80)
const nestedKnown = known.slice(0, 60).map(nested)
let sink = 0

const decide = (facts) => {
  const truths = program.truths({ asOf: AS_OF, facts })
  for (let i = 0; i < count; i++) sink += truths[i]
}
/** A trace is made from the same facts whenever somebody asks for it: here at once, for one rule that is true, every branch of it. */
const decideWithOneTrace = (facts) => {
  const input = { asOf: AS_OF, facts }
  const truths = program.truths(input)
  for (let i = 0; i < count; i++) sink += truths[i]
  const first = truths.indexOf(2)
  if (first >= 0) sink += program.trace(program.read(input), first).result.length
}
/** Of every rule that is true. */
const decideWithTrace = (facts) => {
  const input = { asOf: AS_OF, facts }
  const truths = program.truths(input)
  const slots = program.read(input)
  for (let i = 0; i < count; i++) if (truths[i] === 2) sink += program.trace(slots, i).result.length
}
const decideWithAllTraces = (facts) => {
  const slots = program.read({ asOf: AS_OF, facts })
  for (let i = 0; i < count; i++) sink += program.trace(slots, i).result.length
}
const hand = (facts) => {
  const truths = byHand(facts)
  for (let i = 0; i < count; i++) sink += truths[i]
}

await agree()
const results = { hand: [], decide: [], one: [], fired: [], all: [], handOpen: [], decideOpen: [], theirs: [], theirsFlat: [] }
for (let round = 0; round < ROUNDS + 2; round++) {
  const times = {
    hand: measure(hand, known, 40),
    decide: measure(decide, known, 20),
    one: measure(decideWithOneTrace, known, 10),
    fired: measure(decideWithTrace, known, 10),
    all: measure(decideWithAllTraces, known, 5),
    handOpen: measure(hand, some, 40),
    decideOpen: measure(decide, some, 20),
    theirs: await measureTheirs(nestedEngine, nestedKnown, 60),
    theirsFlat: await measureTheirs(engine, known, 60),
  }
  // The first rounds warm up.
  if (round >= 2) for (const [name, time] of Object.entries(times)) results[name].push(time)
}

const ratios = {
  'json-rules-engine / decision, no trace': [ratio('theirs', 'decide'), '>=', 600],
  'json-rules-engine / decision, and the complete trace of one true rule on demand': [ratio('theirs', 'one'), '>=', 350],
  'json-rules-engine / decision, and the traces of all true rules at once': [ratio('theirs', 'fired'), '>=', 0],
  'json-rules-engine / decision, and the traces of all rules at once': [ratio('theirs', 'all'), '>=', 0],
  'json-rules-engine with flat facts / decision, no trace': [ratio('theirsFlat', 'decide'), '>=', 0],
  'decision / written by hand, every fact known': [ratio('decide', 'hand'), '<=', 3],
  'decision / written by hand, 8 % unknown': [ratio('decideOpen', 'handOpen'), '<=', 3],
}
console.log(
  'json-rules-engine 7.3.1 is fed objects with fields, read by "path", as its documentation writes facts; flat facts, which suit it best, beside.',
)
for (const [name, times] of Object.entries(results))
  console.log(`${name.padEnd(12)} ${median(times).toFixed(2).padStart(9)} us CPU per decision of ${count} rules`)
let missed = 0
for (const [name, [value, sign, goal]] of Object.entries(ratios)) {
  const isMet = sign === '>=' ? value >= goal : value <= goal
  if (!isMet) missed++
  console.log(`${value.toFixed(1).padStart(8)}x  ${name} ${goal === 0 ? '' : `(goal ${sign} ${goal}: ${isMet ? 'met' : 'NOT MET'})`}`)
}
if (sink === 0) throw new Error('nothing was decided')
if (process.env.STRICT && missed > 0) process.exitCode = 1

function measure(decideOne, many, times) {
  const start = process.cpuUsage()
  for (let t = 0; t < times; t++) for (const facts of many) decideOne(facts)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / (times * many.length)
}

async function measureTheirs(engine, many, runs) {
  const start = process.cpuUsage()
  for (let i = 0; i < runs; i++) sink += (await engine.run(many[i])).events.length
  const { user, system } = process.cpuUsage(start)
  return (user + system) / runs
}

/** All of them must say the same before their speed means anything. */
async function agree() {
  for (const facts of [...known.slice(0, 500), ...some.slice(0, 500)]) {
    const slots = program.read({ asOf: AS_OF, facts })
    const ours = program.truths({ asOf: AS_OF, facts })
    const theirHand = byHand(facts)
    for (const [index, id] of program.ids.entries())
      if (ours[index] !== theirHand[index] || ours[index] !== program.truth(slots, index))
        throw new Error(`${id}: ${ours[index]} here, ${program.truth(slots, index)} by itself, ${theirHand[index]} by hand`)
  }
  for (const other of others) for (const facts of known) sink += other.truths({ asOf: AS_OF, facts })[0]
  for (const facts of known.slice(0, 50)) {
    const slots = program.read({ asOf: AS_OF, facts })
    for (const events of [(await engine.run(facts)).events, (await nestedEngine.run(nested(facts))).events]) {
      const fired = new Set(events.map((event) => event.type))
      for (const [index, id] of program.ids.entries())
        if (fired.has(id) !== (program.truth(slots, index) === 2)) throw new Error(`${id} differs from json-rules-engine`)
    }
  }
}

/** `factor.control.window` as the field `control` of the object `window`; other facts as fields of their first word. */
function placeOf(name) {
  const [first, second, third] = name.split('.')
  return third === undefined ? [first, second] : [third, second]
}
function nested(facts) {
  const objects = {}
  for (const [name, value] of Object.entries(facts)) {
    const [object, field] = placeOf(name)
    ;(objects[object] ??= {})[field] = value
  }
  return objects
}
function withPaths(condition) {
  if (Array.isArray(condition)) return condition.map(withPaths)
  if ('fact' in condition) {
    const [fact, field] = placeOf(condition.fact)
    return { ...condition, fact, path: `$.${field}` }
  }
  return Object.fromEntries(Object.entries(condition).map(([group, content]) => [group, withPaths(content)]))
}

function programOf(some) {
  return compile(
    some.map(([id, condition]) => ({ id, node: parseCondition(condition, id, scope, fail) })),
    scope,
  )
}

function ratio(above, below) {
  return median(results[above].map((time, round) => time / results[below][round]))
}
function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
function fail(issue) {
  throw new Error(`${issue.at}: ${issue.message}`)
}
