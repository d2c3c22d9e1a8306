import { sql } from 'drizzle-orm'
import { withoutData } from '../errors.ts'
import { contextOf, txOver, type Database, type Orm, type Scope, type Sources } from './database.ts'

/** What is the same on both databases: the context first, then the work, and errors without data. */
export function transactionOver(orm: Orm, sources: Sources): Database['transaction'] {
  return async (scope, mode, work) => {
    try {
      return await orm.transaction(
        async (inner) => {
          await inner.execute(setContext(scope))
          return work(txOver(inner as unknown as Orm, sources))
        },
        mode === 'read' ? { accessMode: 'read only', isolationLevel: 'repeatable read' } : { isolationLevel: 'read committed' },
      )
    } catch (error) {
      throw withoutData(error)
    }
  }
}

const setContext = (scope: Scope) =>
  sql`select ${sql.join(
    contextOf(scope).map(([name, value]) => sql`set_config(${name}, ${value}, true)`),
    sql`, `,
  )}`
