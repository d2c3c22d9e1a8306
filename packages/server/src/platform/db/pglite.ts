import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { mkdirSync } from 'node:fs'
import type { Database, Orm, Sources } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { transactionOver } from './open.ts'

export type PgliteOptions = {
  /** Undefined keeps everything in memory. */
  directory?: string | undefined
  /** A data directory as `dumpDataDir` wrote it, to start from. */
  snapshot?: Blob | undefined
}

/**
 * PostgreSQL compiled to WebAssembly, in this process: for trying out, development and tests.
 * One connection, so transactions queue. Survives a killed process, not a power cut; no boundary against SQL injection.
 */
export async function openPglite(options: PgliteOptions, sources: Sources): Promise<Database & { dump(): Promise<Blob> }> {
  let statements = 0
  if (options.directory) mkdirSync(options.directory, { recursive: true })
  const unlock = options.directory ? lockDirectory(options.directory) : () => {}
  const lite = await PGlite.create({
    ...(options.directory ? { dataDir: options.directory } : {}),
    ...(options.snapshot ? { loadDataDir: options.snapshot } : {}),
  })
  const orm = drizzle(lite, { logger: { logQuery: () => void (statements += 1) } }) as unknown as Orm
  const transaction = transactionOver(orm, sources)
  return {
    kind: 'pglite',
    transaction: (scope, mode, work) => {
      statements += 2
      return transaction(scope, mode, work)
    },
    asOwner: (work) => work(async (query) => (await lite.exec(query)).at(-1)?.rows ?? []),
    statementCount: () => statements,
    async ping() {
      await lite.query('select 1')
    },
    async close() {
      await lite.close()
      unlock()
    },
    dump: () => lite.dumpDataDir('none') as Promise<Blob>,
  }
}
