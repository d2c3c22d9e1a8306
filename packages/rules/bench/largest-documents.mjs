// How long `load` takes over documents of 256 KB made to be slow to read: CPU time, median of rounds. `node packages/rules/bench/largest-documents.mjs`, after a build.
import { readFileSync } from 'node:fs'
import { load } from '../dist/load.js'

const GOAL = 50
const LIMIT = 256 * 1024
const read = (name) => readFileSync(new URL(`../rule-sets/${name}.json`, import.meta.url), 'utf8')
const core = read('core')
const provider = JSON.parse(read('step-by-step'))

const leaf = { fact: 'engagement.isWilling', operator: 'equal', value: false }
const rule = (number, conditions) => ({
  number,
  label: 'x',
  source: 'x',
  conditions,
  event: { type: 'ineligible', params: { reason: 'x' } },
})
const many = (count, entry) => Object.fromEntries(Array.from({ length: Math.floor(count) }, (_, index) => entry(index)))
const withPart = (part) => JSON.stringify({ ...provider, ...part })

/** By name: a text of about `count` things. */
const shapes = {
  'one long text': (count) => JSON.stringify({ title: 'x'.repeat(count) }),
  'nested objects': (count) => '{"a":'.repeat(count) + '}'.repeat(count),
  'nested lists': (count) => '['.repeat(count) + ']'.repeat(count),
  'a long list': (count) => `[${'1,'.repeat(count)}1]`,
  'unknown keys': (count) => JSON.stringify(many(count, (index) => [`k${index}`, 0])),
  'one key again and again': (count) => `{${'"a":1,'.repeat(count)}"a":1}`,
  'forbidden keys': (count) => `{${'"__proto__":1,'.repeat(count)}"a":1}`,
  'halves of characters': (count) => `[${'"\\ud800",'.repeat(count)}1]`,
  'facts of its own': (count) =>
    withPart({
      facts: many(count, (index) => [
        `custom.f${index}`,
        { number: 9000 + index, type: 'boolean', label: 'x', question: 'x', source: 'x' },
      ]),
    }),
  'misspelt parameters': (count) => withPart({ parameters: many(count, (index) => [`minimumAg${index}`, 1]) }),
  'misspelt removals': (count) => withPart({ remove: { eligibility: many(count, (index) => [`court-orde${index}`, 'x']) } }),
  examples: (count) =>
    withPart({
      examples: many(count, (index) => [
        `e${index}`,
        { kind: 'eligibility', asOf: '2026-05-01', facts: { 'a.b': 1 }, expect: { outcome: 'eligible' } },
      ]),
    }),
  '200 rules of misspelt conditions': (count) =>
    withPart({
      eligibility: many(200, (index) => [
        `r${index}`,
        rule(1000 + index, { all: Array.from({ length: Math.ceil(count / 200) }, () => ({ ...leaf, fact: 'engagement.isWillin' })) }),
      ]),
    }),
  'one rule of misspelt conditions': (count) =>
    withPart({
      eligibility: {
        a: rule(1000, { all: Array.from({ length: count }, (_, index) => ({ ...leaf, fact: `engagement.isWillin${index}` })) }),
      },
    }),
  '1,900 good conditions': (count) =>
    withPart({
      eligibility: many(190, (index) => [
        `r${index}`,
        { ...rule(1000 + index, { any: Array.from({ length: 10 }, () => leaf) }), label: 'x'.repeat(Math.ceil(count / 190)) },
      ]),
    }),
  'values to compare with': (count) =>
    withPart({
      eligibility: {
        a: rule(1000, {
          all: [
            {
              fact: 'residence.localAuthority',
              operator: 'in',
              value: Array.from({ length: Math.min(count, 4096) }, (_, index) => `v${index}`.padEnd(60)),
            },
          ],
        }),
      },
    }),
}

/** The largest text of this shape that is still read. */
function largest(shape) {
  let low = 1
  let high = LIMIT
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (Buffer.byteLength(shape(middle)) <= LIMIT) low = middle
    else high = middle
  }
  return shape(low)
}

function median(text) {
  const times = []
  for (let round = 0; round < 15; round++) {
    const before = process.cpuUsage()
    load(text, [core])
    const { user, system } = process.cpuUsage(before)
    if (round > 2) times.push((user + system) / 1000)
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)]
}

let worst = 0
for (const [what, shape] of Object.entries(shapes)) {
  const text = largest(shape)
  const result = load(text, [core])
  const time = median(text)
  worst = Math.max(worst, time)
  const said = result.ok ? 'accepted' : `${result.issues.length} issues, ${result.issues[0].code}`
  console.log(`${time.toFixed(1).padStart(6)} ms  ${(Buffer.byteLength(text) / 1024).toFixed(0).padStart(3)} KB  ${what} (${said})`)
}
console.log(`slowest ${worst.toFixed(1)} ms, goal below ${GOAL} ms`)
