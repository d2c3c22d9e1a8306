import { mkdirSync, writeFileSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { useKeys } from '../keys.ts'
import { systemClock } from '../platform/clock.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openPglite } from '../platform/db/pglite.ts'
import { newId } from '../platform/ids.ts'
import { playDemo } from './index.ts'
import { linesOf, packed, snapshotFile } from './snapshot.ts'
import '../schema.ts'

// Plays the demo's year in memory, with the keys that are used where none are set, and writes its rows down: `npx -y pnpm@12 demo`.
useKeys(readConfig({}))
const sources = { clock: systemClock, newId }
const database = await openPglite({}, sources)
await migrate(database)
await playDemo(database, sources, () => {})
const lines = await linesOf(database)
mkdirSync(new URL('.', snapshotFile), { recursive: true })
writeFileSync(snapshotFile, packed(lines))
await database.close()
console.log(`the demo's year: ${lines.length} lines in ${snapshotFile.pathname}`)
