import type { Config } from './config.ts'
import { openDatabase } from './open-database.ts'
import { exampleTabs } from './demo/example-tabs.ts'
import { demoClock, fillWithDemo, holdsDemo } from './demo/index.ts'
import { systemClock } from './platform/clock.ts'
import { migrate, missingMigrations } from './platform/db/migrate.ts'
import { newId } from './platform/ids.ts'
import { openLog } from './platform/log.ts'
import { developmentSignIn, oidcSignIn } from './platform/sign-in.ts'
import { Refused } from './commands.ts'
import { startServer, type RunningServer } from './server.ts'
import { welcome } from './demo/welcome.ts'

/** Opens the database, fills an empty embedded one with the demo, listens and says what to do next. */
export async function start(config: Config): Promise<number> {
  const clock = { now: () => current.now() }
  let current = systemClock
  const database = await openDatabase(config, { clock, newId })
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
  if (config.demo && embedded) await fillWithDemo(database, config)
  const demo = config.demo && (await holdsDemo(database))
  if (demo) current = demoClock()

  const development = config.oidc ? null : await developmentSignIn()
  const signIn = development ?? oidcSignIn(config.oidc!)
  const log = openLog(config.logLevel)
  const tabs = development && demo ? () => exampleTabs(development.tokenFor) : async () => []
  const server = await startServer({ config, database, clock, log, signIn, exampleTabs: tabs, developmentToken: development?.tokenFor ?? null }).catch(fail)
  console.log(welcome({ config, url: (server as RunningServer).url, embedded, demo, development: development !== null, now: clock.now() }))
  stopOnSignal(server as RunningServer)
  return 0
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
