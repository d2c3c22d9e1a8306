import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { playDemo } from '../src/demo/index.ts'
import { clock, database, lane, sources } from './harness/world.ts'

let seconds = 0
let statements = 0

beforeAll(async () => {
  const began = performance.now()
  const before = database.statementCount()
  await playDemo(database, sources, () => {})
  seconds = (performance.now() - began) / 1000
  statements = database.statementCount() - before
}, 180_000)

describe(`the demo on ${lane}`, () => {
  test('plays a year of two providers through their commands', async () => {
    console.log(`the demo took ${seconds.toFixed(1)} s and ${statements} statements`)
    const counts = await database.asOwner((run) => run('select p.rule_set_id, c.status, count(*)::int as cases from cases c join providers p using (provider_id) group by 1, 2 order by 1, 2'))
    console.log(counts)
    expect(counts.length).toBeGreaterThan(5)
  })
})
