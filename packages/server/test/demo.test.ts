import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exampleFiles } from '../src/demo/examples.ts'
import { withIds } from '../src/demo/example-ids.ts'
import { demoProviders, lastMoment, playDemo } from '../src/demo/index.ts'
import { repeatableIds } from '../src/platform/ids.ts'
import { clock, database, endpoint, lane, signIn, sources } from './harness/world.ts'

const before = { ...sources }
let report = ''

beforeAll(async () => {
  const began = performance.now()
  const sent = database.statementCount()
  await playDemo(database, sources, () => {})
  report = `the demo took ${((performance.now() - began) / 1000).toFixed(1)} s and ${database.statementCount() - sent} statements`
  clock.moveTo(lastMoment)
  sources.newId = repeatableIds(25)
}, 240_000)
afterAll(() => Object.assign(sources, before))

async function send(as: string, query: string, variables: Record<string, unknown>) {
  const token = await signIn.tokenFor(as)
  const response = await endpoint.fetch('http://127.0.0.1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as { data?: unknown; errors?: { message: string }[] }
}

const own = demoProviders.map(({ providerId }) => `'${providerId}'`).join(', ')

describe(`the demo on ${lane}`, () => {
  test('has two providers, sixty invented participants, and cases at every stage', async () => {
    console.log(report)
    const [people] = await database.asOwner((run) => run(`select count(*)::int as count from participants where provider_id in (${own})`))
    expect(people?.count).toBe(60)
    const stages = await database.asOwner((run) => run(`select distinct status from cases where provider_id in (${own}) order by status`))
    expect(stages.map(({ status }) => status)).toEqual(['accepted', 'deferred', 'intake', 'referred', 'refused', 'withdrawn'])
  })

  test('is a year told in order: no audit entry is older than the one before it', async () => {
    const [late] = await database.asOwner((run) =>
      run(
        `select count(*)::int as count from (select at, lag(at) over (partition by provider_id order by number) as before from audit_entries where provider_id in (${own})) as entry where at < before`,
      ),
    )
    expect(late?.count).toBe(0)
  })
})

describe.sequential(`the examples on ${lane}`, () => {
  test('are enough to learn from', () => expect(exampleFiles().length).toBeGreaterThanOrEqual(12))

  test.each(exampleFiles().map((example) => [example.name, example] as const))('%s', async (name, { as, query, variables, sql }) => {
    const resolved = await withIds(database, as, variables)
    const sent = database.statementCount()
    const answer = await send(as, query, resolved)
    const statements = database.statementCount() - sent
    console.log(`${name}: ${statements} statements, budget ${sql}`)
    expect(answer.errors).toBeUndefined()
    await expect(`${JSON.stringify(answer.data, null, 2)}\n`).toMatchFileSnapshot(`../examples/${name}.expected.json`)
    expect(statements).toBeLessThanOrEqual(sql)
  })
})
