import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { dayIn, type Clock, type Day, type Instant } from '../clock.ts'
import type { Actor, Side } from '../actor.ts'
import type { NewId, Uuid } from '../ids.ts'

export type Orm = PgDatabase<PgQueryResultHKT>

/** Whose rows a transaction may see. With nothing set it sees none. */
export type Scope = {
  providerId?: Uuid
  actorId?: Uuid
  /** The side of the wall; tables of the partner schema show their rows to one of them only. */
  side?: Side
  issuer?: string
  subject?: string
  /** Shows the rows of `providers`, and of no other table: what the server needs to look after each in turn. Never for a request. */
  everyProvider?: boolean
}

/** The scope of everything one person does. */
export const scopeOf = (actor: Actor): Scope => ({ providerId: actor.providerId, actorId: actor.id, side: actor.side })

/** One open transaction: the only way to the database that code outside this folder ever holds. */
export type Tx = {
  orm: Orm
  /** Raw rows, for batch loaders. Column names as the statement gives them. */
  rows<Row extends object>(query: SQL): Promise<Row[]>
  /** The instant the transaction began, by the injected clock. */
  now: Instant
  /** The day that is in Europe/London. */
  today: Day
  newId: NewId
}

/** PostgreSQL or the embedded PGlite behind one door. */
export type Database = {
  kind: 'postgresql' | 'pglite'
  /** Opens a transaction as the application's role in this scope, runs `work`, commits; rolls back when it throws. */
  transaction<Result>(scope: Scope, mode: 'read' | 'write', work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** As the tables' owner, past row-level security: migrations, catalogue checks. Never for requests. */
  asOwner<Result>(work: (run: (query: string) => Promise<Record<string, unknown>[]>) => Promise<Result>): Promise<Result>
  /** Statements sent since the start, transaction control and context included. For budgets in tests. */
  statementCount(): number
  ping(): Promise<void>
  close(): Promise<void>
}

export type Sources = { clock: Clock; newId: NewId }

export const appRole = 'plumbline_app'

/** One statement sets role and context; `true` ends both with the transaction. */
export const contextOf = (scope: Scope): [string, string][] => [
  ['app.provider_id', scope.providerId ?? ''],
  ['app.actor_id', scope.actorId ?? ''],
  ['app.side', scope.side ?? ''],
  ['app.issuer', scope.issuer ?? ''],
  ['app.subject', scope.subject ?? ''],
  ['app.every_provider', scope.everyProvider ? 'yes' : ''],
  ['role', appRole],
]

export function txOver(orm: Orm, sources: Sources): Tx {
  const now = sources.clock.now()
  return {
    orm,
    now,
    today: dayIn(now),
    newId: sources.newId,
    async rows<Row extends object>(query: SQL) {
      const result: unknown = await orm.execute(query)
      return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
    },
  }
}
