import type { Config } from './config.ts'
import type { Database, Sources } from './platform/db/database.ts'
import { openPglite } from './platform/db/pglite.ts'
import { openPostgresql } from './platform/db/postgresql.ts'

/** The database cannot be used: one sentence that says why and what to do. */
export class DatabaseUnusable extends Error {
  override name = 'DatabaseUnusable'
}

/** Opens what the settings name and makes sure it answers. @throws DatabaseUnusable, DirectoryHeld */
export async function openDatabase(config: Config, sources: Sources): Promise<Database> {
  if (config.database.kind === 'pglite') return openPglite({ directory: config.database.directory }, sources)
  const database = openPostgresql(config.database, sources)
  try {
    await database.ping()
    await refuseLoginWithoutRole(config.database.url, database)
    if (config.production) await refusePowerfulLogin(config.database.url, database)
    return database
  } catch (error) {
    await database.close().catch(() => {})
    if (error instanceof DatabaseUnusable) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
    throw new DatabaseUnusable(
      `the database at ${new URL(config.database.url).host} cannot be reached (${code}): check DATABASE_URL and that PostgreSQL runs`,
    )
  }
}

/** Every request runs as `plumbline_app`; a login that may not become it can do nothing. Before the first migration the role is not there yet. */
async function refuseLoginWithoutRole(url: string, database: Database): Promise<void> {
  const login = decodeURIComponent(new URL(url).username)
  const [role] = await database.asOwner((run) =>
    run(
      `select pg_has_role(login.oid, app.oid, 'member') as member from pg_roles app, pg_roles login where app.rolname = 'plumbline_app' and login.rolname = '${login.replaceAll("'", "''")}'`,
    ),
  )
  if (role?.member === false)
    throw new DatabaseUnusable(
      'the login in DATABASE_URL may not act as the application: as the owner, run `grant plumbline_app to …` with its name',
    )
}

/** A superuser or an owner of tables walks past row-level security; such a login may migrate, never serve. */
async function refusePowerfulLogin(url: string, database: Database): Promise<void> {
  const login = decodeURIComponent(new URL(url).username)
  const [role] = await database.asOwner((run) =>
    run(
      `select rolsuper or rolbypassrls as powerful, exists (select from pg_class where relowner = pg_roles.oid and relkind = 'r') as owns from pg_roles where rolname = '${login.replaceAll("'", "''")}'`,
    ),
  )
  if (role?.powerful || role?.owns)
    throw new DatabaseUnusable(
      'the login in DATABASE_URL can walk past row-level security: use one that is neither superuser nor owner, and put the owner into DATABASE_OWNER_URL',
    )
}
