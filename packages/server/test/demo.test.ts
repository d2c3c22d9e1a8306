import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { exampleFiles } from '../src/demo/examples.ts'
import { withIds } from '../src/demo/example-ids.ts'
import { demoProviders, lastMoment, playDemo } from '../src/demo/index.ts'
import { linesOf, loadSnapshot, packed, snapshotFile, unpacked, unsealed } from '../src/demo/snapshot.ts'
import { useKeys } from '../src/keys.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { openPglite } from '../src/platform/db/pglite.ts'
import { repeatableIds } from '../src/platform/ids.ts'
import { caseStatuses } from '../src/domains/cases/index.ts'
import { groupStatuses } from '../src/domains/programmes/index.ts'
import { clock, database, endpoint, lane, signIn, sources } from './harness/world.ts'

// The keys that the snapshot was written with.
useKeys(readConfig({}))
const before = { ...sources }
let report = ''
let played: string[] = []

beforeAll(async () => {
  const began = performance.now()
  const sent = database.statementCount()
  await playDemo(database, sources, () => {})
  report = `the demo took ${((performance.now() - began) / 1000).toFixed(1)} s and ${database.statementCount() - sent} statements`
  played = await linesOf(
    database,
    demoProviders.map(({ providerId }) => providerId),
  )
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

/** The different values of a column, sorted. */
async function wordsOf(table: string, column: string, where = 'true'): Promise<string[]> {
  const rows = await database.asOwner((run) =>
    run(`select distinct ${column} as word from ${table} where provider_id in (${own}) and ${where} order by 1`),
  )
  return rows.map(({ word }) => String(word))
}

const own = demoProviders.map(({ providerId }) => `'${providerId}'`).join(', ')

describe(`the demo on ${lane}`, () => {
  test('has two providers, 65 invented participants, and cases at every stage', async () => {
    console.log(report)
    const [people] = await database.asOwner((run) => run(`select count(*)::int as count from participants where provider_id in (${own})`))
    expect(people?.count).toBe(65)
    expect(await wordsOf('cases', 'status')).toEqual([...caseStatuses].sort())
  })

  test.each(demoProviders.map(({ name, providerId }) => [name, providerId] as const))(
    '%s has groups in every stage',
    async (_, provider) => {
      const at = (more: string) => wordsOf('groups', 'status', `provider_id = '${provider}' ${more}`)
      const holding = (status: string) => `(select count(*) from places where places.group_id = groups.id and places.status = '${status}')`
      expect(await at('')).toEqual([...groupStatuses].sort())
      expect(await at(`and ${holding('waiting')} > 0 and ${holding('open')} < capacity`)).toContain('planned')
      expect(await at(`and ${holding('waiting')} > 0 and ${holding('open')} = capacity`)).toEqual(['running'])
    },
  )

  test('has removals and completions in every state that a person brings about, and measures with some of them', async () => {
    expect(await wordsOf('removals', 'status')).toEqual(['confirmed', 'declined', 'proposed', 'undone'])
    expect(await wordsOf('completions', 'status')).toEqual(['confirmed', 'declined', 'proposed'])
    expect(await wordsOf('outcome_measures', 'source')).toEqual(['social-services', 'worker'])
  })

  test('leaves concerns open and overdue on its last day, some of them taken on, and some on the partner’s side', async () => {
    const overdue = `due_at < '${lastMoment}'`
    expect(await wordsOf('concerns', 'status', overdue)).toEqual(['acknowledged', 'closed', 'raised'])
    expect(await wordsOf('concerns', 'side', `${overdue} and status <> 'closed'`)).toEqual(['participant', 'partner'])
    expect(await wordsOf('concerns', 'status', `due_at >= '${lastMoment}'`)).toEqual(['raised'])
  })

  test('leaves endings that the partner service has not acknowledged on its last days only', async () => {
    const days = await wordsOf('case_endings', 'left(ended_at::text, 7)', 'acknowledged_at is null')
    expect(days).toEqual(['2026-04'])
  })

  test.each(['intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager', 'partner-support-worker', 'safeguarding-lead'])(
    'leaves a %s of either provider something overdue to do',
    async (role) => {
      for (const { ruleSetId } of demoProviders) {
        const { data } = await send(`${role}@${ruleSetId}`, '{ myTasks(first: 50) { edges { node { isOverdue } } } }', {})
        expect(JSON.stringify(data)).toContain('"isOverdue":true')
      }
    },
  )

  test('is a year told in order: no audit entry is older than the one before it', async () => {
    const [late] = await database.asOwner((run) =>
      run(
        `select count(*)::int as count from (select at, lag(at) over (partition by provider_id order by number) as before from audit_entries where provider_id in (${own})) as entry where at < before`,
      ),
    )
    expect(late?.count).toBe(0)
  })
})

describe(`the snapshot, on ${lane}`, () => {
  test('is the demo as it is played now; where this is red, `npx -y pnpm@12 demo` writes it again', () => {
    const kept = unpacked(readFileSync(snapshotFile)).map(unsealed)
    expect(kept.length).toBeGreaterThan(1000)
    expect(kept.filter((line, index) => line !== unsealed(played[index] ?? '')).slice(0, 5)).toEqual([])
    expect(played.length).toBe(kept.length)
  })

  test('is what an empty database holds after it is put in; one of another version is not put in', async () => {
    const empty = await openPglite({}, sources)
    try {
      await migrate(empty)
      const before = await linesOf(empty)
      const older = join(tmpdir(), `plumbline-snapshot-${process.pid}.gz`)
      writeFileSync(older, packed(['another version', ...unpacked(readFileSync(snapshotFile)).slice(1)]))
      expect(await loadSnapshot(empty, pathToFileURL(older))).toBe(false)
      rmSync(older)
      expect(await linesOf(empty)).toEqual(before)

      expect(await loadSnapshot(empty)).toBe(true)
      expect(await linesOf(empty)).toEqual(unpacked(readFileSync(snapshotFile)))
    } finally {
      await empty.close()
    }
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

  test('the caseload takes as many statements for twenty cases as for all of them', async () => {
    const { as, query } = exampleFiles().find(({ name }) => name === '11-caseload')!
    const taken = []
    for (const first of [20, 50]) {
      const sent = database.statementCount()
      const { errors } = await send(as, query.replace('first: 50', `first: ${first}`), {})
      expect(errors).toBeUndefined()
      taken.push(database.statementCount() - sent)
    }
    expect(taken[0]).toBe(taken[1])
  })
})
