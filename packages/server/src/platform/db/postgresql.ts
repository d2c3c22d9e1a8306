import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database, Orm, Sources } from './database.ts'
import { transactionOver } from './open.ts'

export type PostgresqlOptions = {
  url: string
  /** The tables' owner, where it is another login than the application's. */
  ownerUrl?: string | undefined
  connections: number
}

const limits = { statement_timeout: 10_000, lock_timeout: 2_000, idle_in_transaction_session_timeout: 15_000 }

/** A pool on a real PostgreSQL (15 or later). Times out rather than hangs: statement 10 s, lock 2 s, idle transaction 15 s, connecting 5 s. */
export function openPostgresql(options: PostgresqlOptions, sources: Sources): Database {
  let statements = 0
  const common = { onnotice: () => {}, connect_timeout: 5 }
  const pool = postgres(options.url, { ...common, max: options.connections, connection: limits })
  const orm = drizzle(pool, { logger: { logQuery: () => void (statements += 1) } }) as unknown as Orm
  const transaction = transactionOver(orm, sources)
  return {
    kind: 'postgresql',
    transaction: (scope, mode, work) => {
      statements += 2
      return transaction(scope, mode, work)
    },
    async asOwner(work) {
      const owner = postgres(options.ownerUrl ?? options.url, { ...common, max: 1 })
      try {
        return await work(async (query) => [...(await owner.unsafe(query))])
      } finally {
        await owner.end({ timeout: 5 })
      }
    },
    statementCount: () => statements,
    async ping() {
      await pool`select 1`
    },
    close: () => pool.end({ timeout: 5 }),
  }
}
