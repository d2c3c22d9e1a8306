// Feeds `load` with broken documents: `node packages/rules/scripts/fuzz-load.mjs [count] [seed]`, after a build.
// Asserted of each: it never throws; it is accepted only if JSON.parse reads the same value, no key is written twice and the published
// JSON Schema allows it; a refusal has a place inside the text. The same seed makes the same documents.
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { Ajv } from 'ajv'
import { schemaOf } from '../dist/authoring/index.js'
import { load, parseJson } from '../dist/load.js'
import { mutated, randomFrom } from './mutate.mjs'

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')

if (isMainThread) {
  const count = Number(process.argv[2] ?? 1_000_000)
  const seed = Number(process.argv[3] ?? 20_261_125)
  if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed))
    throw new RangeError('count and seed are whole numbers, count 1 or more')
  const threads = Math.min(availableParallelism(), 4)
  const started = performance.now()
  const results = await Promise.all(
    Array.from({ length: threads }, (_, index) => run({ count: Math.ceil(count / threads), seed: seed + index })),
  )
  const sum = (what) => results.reduce((total, result) => total + result[what], 0)
  console.log(
    `documents ${sum('documents')}, accepted ${sum('accepted')}, refused ${sum('refused')} with ${sum('issues')} issues, seed ${seed}`,
  )
  const most = (what) => Math.max(...results.map((result) => result[what])).toFixed(1)
  console.log(
    `slowest: ${most('slowest')} ms, and ${most('slowestAtFirst')} ms with code that runs for the first time and the garbage of others; all of it took ${((performance.now() - started) / 1000).toFixed(0)} s`,
  )
  const faults = results.flatMap((result) => result.faults)
  for (const { what, text } of faults.slice(0, 10)) console.error(`FAULT ${what}\n${text.slice(0, 2000)}\n`)
  console.log(`${faults.length === 0 ? 'no' : faults.length} faults`)
  process.exitCode = faults.length === 0 && sum('accepted') > 0 ? 0 : 1
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
} else parentPort.postMessage(fuzz(workerData))

function run(workerData) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function fuzz({ count, seed }) {
  const random = randomFrom(seed)
  // `tagged` shapes repeat their discriminator in each alternative.
  const allows = new Ajv({ strict: false, validateFormats: false }).compile(schemaOf())
  const small = ['root', 'child'].map((name) => read(`./fuzz/${name}.json`))
  const shipped = ['core', 'cdars-phoenix', 'step-by-step'].map((name) => read(`../rule-sets/${name}.json`))
  const totals = { documents: 0, accepted: 0, refused: 0, issues: 0, slowest: 0, slowestAtFirst: 0, faults: [] }
  for (let i = 0; i < count; i++) {
    // The shipped documents take long to read, so they are one in two hundred.
    const among = i % 200 === 0 ? shipped : small
    const text = mutated(random, among)
    const fault = look(text, among, allows, totals)
    if (fault) totals.faults.push({ what: fault, text })
    if (totals.faults.length >= 10) break
  }
  return totals
}

function look(text, parents, allows, totals) {
  totals.documents++
  const started = performance.now()
  let result
  try {
    result = load(text, parents)
  } catch (error) {
    return `load threw ${error?.stack ?? error}`
  }
  const took = performance.now() - started
  totals.slowestAtFirst = Math.max(totals.slowestAtFirst, took)
  if (took > totals.slowest) totals.slowest = Math.max(totals.slowest, timeToLoad(text, parents))
  if (result.ok) {
    totals.accepted++
    return acceptedWrongly(text, allows)
  }
  totals.refused++
  totals.issues += result.issues.length
  if (result.issues.length === 0) return 'refused without a word'
  const lines = text.split('\n').length
  const lost = result.issues.find(
    ({ line, column, message }) => !(line >= 1 && line <= lines && column >= 1) || !message || message.includes('\n'),
  )
  return lost && `an issue without a place or a sentence: ${JSON.stringify(lost)}`
}

// What the document itself takes: the least of five.
function timeToLoad(text, parents) {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now()
    load(text, parents)
    return performance.now() - started
  })
  return Math.min(...times)
}

function acceptedWrongly(text, allows) {
  let value
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return 'accepted what is not JSON'
  }
  const parsed = parseJson(text)
  if (Array.isArray(parsed) || JSON.stringify(parsed.value) !== JSON.stringify(value)) return 'reads another value than JSON.parse'
  if (!allows(value)) return `accepted what the schema refuses: ${JSON.stringify(allows.errors?.slice(0, 3))}`
  return undefined
}
