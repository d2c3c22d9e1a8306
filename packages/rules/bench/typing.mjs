/**
 * Completion while somebody types a fact's name: the first letter after a change elsewhere in the text, and every further one.
 * CPU time of the process, medians. Run after a build: `node packages/rules/bench/typing.mjs`. Goal: 20 ms for every further letter.
 */
import { readFileSync } from 'node:fs'
import { complete } from '../dist/authoring/index.js'

const ROUNDS = Number(process.env.ROUNDS ?? 8)
const LETTERS = 8
const text = (id) => readFileSync(new URL(`../rule-sets/${id}.json`, import.meta.url), 'utf8')
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]

async function milliseconds(work) {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

for (const [id, parents] of [
  ['step-by-step', [text('core')]],
  ['core', []],
]) {
  const first = []
  const further = []
  for (let round = 0; round < ROUNDS; round++) {
    const changed = text(id).replace('"title": "', `"title": "${'v'.repeat(round + 1)}`)
    const offset = changed.indexOf('"fact": "') + '"fact": "'.length
    for (let letters = 0; letters < LETTERS; letters++) {
      const typed = changed.slice(0, offset) + 'x'.repeat(letters) + changed.slice(offset)
      const took = await milliseconds(() => complete(typed, offset + letters, parents))
      if (letters === 0) first.push(took)
      else further.push(took)
    }
  }
  console.log(
    `${id.padEnd(13)} first letter ${median(first).toFixed(1).padStart(6)} ms   every further one ${median(further).toFixed(1).padStart(5)} ms   (goal: 20 ms)`,
  )
}
