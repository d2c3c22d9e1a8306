import { ConfigFaults, readConfig, type Config } from './config.ts'
import { DatabaseUnusable, openDatabase } from './open-database.ts'
import { systemClock } from './platform/clock.ts'
import type { Database } from './platform/db/database.ts'
import { DirectoryHeld } from './platform/db/directory-lock.ts'
import { migrate, MigrationMismatch, missingMigrations } from './platform/db/migrate.ts'
import { useFieldKeys } from './platform/field-encryption.ts'
import { newId } from './platform/ids.ts'

const usage = `plumbline-server [command]

  start                   serve (the default); an embedded database is migrated and filled with the demo first
  migrate                 bring the database named by the settings up to this version
  provider create FILE    set up a provider from a JSON file (docs/how-to/add-a-provider.md)
  audit verify            walk every provider's audit chain and name what was changed or removed
  schema                  print the GraphQL schema
  help                    this page

Settings come from the environment: docs/reference/settings.md.`

/** A mistake of the person at the terminal, or of the machine around us: one sentence, no stack. */
export class Refused extends Error {
  override name = 'Refused'
}

const expected = [Refused, ConfigFaults, DatabaseUnusable, DirectoryHeld, MigrationMismatch]

/** Runs one command of `plumbline-server`. @returns the exit code; `start` returns while the server runs */
export async function run(words: string[]): Promise<number> {
  try {
    return await command(words)
  } catch (error) {
    const known =
      expected.some((kind) => error instanceof kind) ||
      (error instanceof Error && error.name === 'Refused') ||
      (error instanceof Error && /^port \d+ is taken/.test(error.message))
    console.error(known && error instanceof Error ? error.message : 'plumbline-server stopped because of a fault of its own:')
    if (!known) console.error(error instanceof Error ? error.stack : error)
    return 1
  }
}

async function command(words: string[]): Promise<number> {
  const [first = 'start', second, third] = words
  if (first === 'help' || first === '--help') return say(usage)
  if (first === 'start') return (await import('./start.ts')).start(readConfig(process.env))
  if (first === 'schema') return say((await import('./print-schema.ts')).printedSchema().trimEnd())
  if (first === 'migrate') return withDatabase(readConfig(process.env), migrateAll)
  if (first === 'audit' && second === 'verify') return withDatabase(readConfig(process.env), verifyAudit)
  if (first === 'provider' && second === 'create' && third)
    return withDatabase(readConfig(process.env), (database) => createFromFile(database, third))
  throw new Refused(`there is no command "${words.join(' ')}"\n\n${usage}`)
}

const say = (text: string): number => {
  console.log(text)
  return 0
}

async function withDatabase(config: Config, work: (database: Database, config: Config) => Promise<number>): Promise<number> {
  const { useKeys } = await import('./keys.ts')
  useKeys(config)
  useFieldKeys(config.fieldKeys)
  const database = await openDatabase(config, { clock: systemClock, newId })
  try {
    return await work(database, config)
  } finally {
    await database.close()
  }
}

async function migrateAll(database: Database): Promise<number> {
  const applied = await migrate(database)
  return say(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'nothing to do: the database is up to date')
}

async function assertMigrated(database: Database): Promise<void> {
  const missing = await missingMigrations(database)
  if (missing.length > 0) throw new Refused(`the database lacks ${missing.join(', ')}: run \`plumbline-server migrate\` first`)
}

async function createFromFile(database: Database, path: string): Promise<number> {
  await assertMigrated(database)
  const { createProviderFromFile } = await import('./create-provider-from-file.ts')
  return say(`the provider is set up: ${await createProviderFromFile(database, path)}`)
}

/** Exit code 2 when a chain is broken, so that a nightly job notices. */
async function verifyAudit(database: Database): Promise<number> {
  await assertMigrated(database)
  const { verifyChain } = await import('./domains/audit/index.ts')
  const providers = await database.asOwner((query) => query('select provider_id, name from providers order by name'))
  if (providers.length === 0) throw new Refused('there is no provider in this database, so nothing was verified')
  let broken = 0
  for (const { provider_id: providerId } of providers) {
    const report = await database.transaction({ providerId: String(providerId) }, 'read', (tx) => verifyChain(tx, String(providerId)))
    broken += report.faults.length
    console.log(`${report.providerId}  ${report.entries} entries  ${report.faults.length === 0 ? 'whole' : 'BROKEN'}`)
    for (const { number, what } of report.faults.slice(0, 20)) console.log(`  entry ${number}: ${what}`)
  }
  return broken === 0 ? 0 : 2
}
