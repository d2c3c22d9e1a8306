import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from './config.ts'
import { useKeys } from './keys.ts'
import { openDatabase } from './open-database.ts'
import { exampleTabs } from './demo/example-tabs.ts'
import { demoClock, holdsDemo, playDemo } from './demo/index.ts'
import { loadSnapshot } from './demo/snapshot.ts'
import { systemClock } from './platform/clock.ts'
import type { Database, Sources } from './platform/db/database.ts'
import { lockDirectory } from './platform/db/directory-lock.ts'
import { openPglite } from './platform/db/pglite.ts'
import { migrate, missingMigrations } from './platform/db/migrate.ts'
import { newId } from './platform/ids.ts'
import { openLog } from './platform/log.ts'
import { developmentSignIn, oidcSignIn } from './platform/sign-in.ts'
import { Refused } from './commands.ts'
import { startServer, type RunningServer } from './server.ts'
import { welcome } from './demo/welcome.ts'

/** Opens the database, fills an empty embedded one with the demo, listens and says what to do next. */
export async function start(config: Config): Promise<number> {
  useKeys(config)
  // Shared with the database: the demo puts its own clock and ids in place while it is played.
  const sources = { clock: systemClock, newId }
  const clock = { now: () => sources.clock.now() }
  const database = await openFilled(config, sources)
  const fail = async (error: unknown) => {
    await database.close()
    throw error
  }
  const embedded = database.kind === 'pglite'
  if (embedded) await migrate(database)
  else {
    const missing = await missingMigrations(database).catch(fail)
    if (missing.length > 0) await fail(new Refused(`the database lacks ${missing.join(', ')}: run \`plumbline-server migrate\` first`))
  }
  const demo = config.demo && (await holdsDemo(database))
  if (demo) sources.clock = demoClock()

  const development = config.oidc ? null : await developmentSignIn(keyFileOf(config))
  const signIn = development ?? oidcSignIn(config.oidc!)
  const log = openLog(config.logLevel)
  const tabs = development && demo ? () => exampleTabs(database, development.tokenFor) : async () => []
  const server = await startServer({
    config,
    database,
    clock,
    log,
    signIn,
    exampleTabs: tabs,
    developmentToken: development?.tokenFor ?? null,
  }).catch(fail)
  console.log(welcome({ config, url: (server as RunningServer).url, embedded, demo, development: development !== null, now: clock.now() }))
  stopOnSignal(server as RunningServer)
  return 0
}

/** The database, first filled with the demo where that is wanted and nothing is there yet. A start that was cut short begins again. */
async function openFilled(config: Config, sources: Sources): Promise<Database> {
  if (config.database.kind !== 'pglite' || !config.demo) return openDatabase(config, sources)
  const { directory } = config.database
  if (!directory) {
    const database = await openDatabase(config, sources)
    await migrate(database)
    await fill(database, sources, config)
    return database
  }
  if (!existsSync(directory)) {
    mkdirSync(dirname(directory), { recursive: true })
    const release = lockDirectory(directory)
    const filling = `${directory}.filling`
    rmSync(filling, { recursive: true, force: true })
    const database = await openPglite({ directory: filling }, sources)
    await migrate(database)
    await fill(database, sources, config)
    await database.close()
    renameSync(filling, directory)
    release()
  }
  return openDatabase(config, sources)
}

const keyFileOf = ({ database }: Config) =>
  database.kind === 'pglite' && database.directory ? `${database.directory}.sign-in-key.json` : undefined

/** The demo's year as it was written down; it is played where other keys are set, or where it was written down for another version. */
async function fill(database: Database, sources: Sources, { developmentKeys }: Config): Promise<void> {
  if (!developmentKeys || !(await loadSnapshot(database))) await playWithProgress(database, sources)
}

/** A line that grows on a terminal; elsewhere one line before and one after. */
async function playWithProgress(database: Database, sources: Sources): Promise<void> {
  const began = performance.now()
  const live = process.stderr.isTTY
  if (!live) console.error('filling the demo: two providers, a year of invented cases …')
  await playDemo(database, sources, (done, all) => {
    if (live) process.stderr.write(`\rfilling the demo: ${done} of ${all} invented cases`)
  })
  console.error(`${live ? '\n' : ''}filled in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

/** The first signal lets running requests end, the second does not wait. */
function stopOnSignal(server: RunningServer): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}
