import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { standingClock } from '../../src/platform/clock.ts'
import { lockDirectory } from '../../src/platform/db/directory-lock.ts'
import { migrate, migrations, missingMigrations } from '../../src/platform/db/migrate.ts'
import { openPglite } from '../../src/platform/db/pglite.ts'
import { newId } from '../../src/platform/ids.ts'

const folder = mkdtempSync(join(tmpdir(), 'plumbline-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const sources = { clock: standingClock('2026-05-01T09:00:00.000Z'), newId }

test('a data directory has one holder; a lock whose process is gone is taken over', () => {
  const directory = join(folder, 'held')
  const release = lockDirectory(directory)
  expect(() => lockDirectory(directory)).toThrow(`in use by process ${process.pid}`)
  release()
  writeFileSync(`${directory}.lock`, JSON.stringify({ pid: 2 ** 22 + 12345, started: '1' }))
  lockDirectory(directory)()
  expect(existsSync(`${directory}.lock`)).toBe(false)
})

test('what was committed is there after closing and opening again; migrations run once and notice a change', async () => {
  const directory = join(folder, 'kept')
  const first = await openPglite({ directory }, sources)
  expect(await missingMigrations(first)).toEqual(migrations().map(({ name }) => name))
  expect(await migrate(first)).toHaveLength(migrations().length)
  expect(await migrate(first)).toEqual([])
  await first.close()
  const second = await openPglite({ directory }, sources)
  expect(await missingMigrations(second)).toEqual([])
  await expect(
    migrate(
      second,
      migrations().map((one, index) => (index === 0 ? { ...one, hash: 'changed' } : one)),
    ),
  ).rejects.toThrow('was changed after it was applied')
  await expect(migrate(second, [])).rejects.toThrow('which this version of Plumbline does not know')
  await second.close()
})

test('an error of the database carries no statement and no value', async () => {
  const database = await openPglite({}, sources)
  await migrate(database)
  const error = await database
    .transaction({}, 'write', (tx) => tx.rows(sql`select ${'a secret name'}::uuid`))
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({ name: 'DatabaseFault', sqlState: '22P02' })
  expect(JSON.stringify([String(error), (error as Error).stack, (error as Error).cause])).not.toContain('secret')
  await database.close()
})
