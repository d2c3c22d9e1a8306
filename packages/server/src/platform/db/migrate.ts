import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from './database.ts'

export type Migration = { name: string; text: string; hash: string }

/** All migrations in order, from `packages/server/migrations`. */
export function migrations(folder = new URL('../../../migrations/', import.meta.url)): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, folder), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    })
}

/** The database was migrated by other files than these. */
export class MigrationMismatch extends Error {
  override name = 'MigrationMismatch'
}

const table = `create table if not exists plumbline_migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())`

/** Applies what is missing, one transaction each. Several servers may start at once: one migrates, the others wait. */
export async function migrate(database: Database, all: Migration[] = migrations()): Promise<string[]> {
  return database.asOwner(async (run) => {
    await run(`select pg_advisory_lock(727014)`)
    try {
      await run(table)
      const pending = pendingOf(all, await run(`select name, hash from plumbline_migrations order by name`))
      for (const { name, text, hash } of pending)
        await run(`begin; ${text}\n; insert into plumbline_migrations (name, hash) values ('${name}', '${hash}'); commit;`).catch(
          async (error: unknown) => {
            await run('rollback')
            throw error
          },
        )
      // Readiness is asked for with the application's login.
      await run(`grant select on plumbline_migrations to plumbline_app`)
      return pending.map(({ name }) => name)
    } finally {
      await run(`select pg_advisory_unlock(727014)`)
    }
  })
}

/** Names of migrations that this database still lacks. */
export async function missingMigrations(database: Database, all: Migration[] = migrations()): Promise<string[]> {
  return database.asOwner(async (run) => {
    const [exists] = await run(`select to_regclass('plumbline_migrations') is not null as there`)
    const applied = exists?.there ? await run(`select name, hash from plumbline_migrations order by name`) : []
    return pendingOf(all, applied).map(({ name }) => name)
  })
}

function pendingOf(all: Migration[], applied: Record<string, unknown>[]): Migration[] {
  for (const { name, hash } of applied) {
    const here = all.find((migration) => migration.name === name)
    if (!here)
      throw new MigrationMismatch(
        `the database has migration ${String(name)}, which this version of Plumbline does not know: start the version that made it, or a newer one`,
      )
    if (here.hash !== hash)
      throw new MigrationMismatch(
        `migration ${String(name)} was changed after it was applied: restore the file; a change needs a migration of its own`,
      )
  }
  return all.filter(({ name }) => !applied.some((one) => one.name === name))
}
