import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import { useDisableIntrospection } from '@graphql-yoga/plugin-disable-introspection'
import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Context } from './context.ts'
import { scopeOf, type Database, type Tx } from './db/database.ts'
import { DatabaseFault, DomainError, fault } from './errors.ts'
import { newRequestId } from './ids.ts'
import { withoutValues } from './input-errors.ts'
import type { Log } from './log.ts'
import { startOperation, type ReadNote } from './operation.ts'

export type HttpOptions = {
  schema: GraphQLSchema
  database: Database
  clock: Clock
  log: Log
  production: boolean
  corsOrigins: string[]
  /** The actor behind a token, or a refusal. */
  actorOf(token: string, providerHeader: string | null): Promise<Actor>
  recordReads(tx: Tx, actor: Actor, notes: readonly ReadNote[]): Promise<void>
  recordRefusal(tx: Tx, actor: Actor, command: string, code: string): Promise<void>
}

type ServerContext = Context & { request: Request }

export const limits = { bodyBytes: 256 * 1024, depth: 12, aliases: 15, tokens: 2_000, directives: 10, cost: 20_000 }

/** The GraphQL endpoint: limits, sign-in, one operation per request, masked faults, audit before release. */
export function createEndpoint(options: HttpOptions) {
  const { log } = options
  return createYoga<object, Context>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    multipart: false,
    logging: false,
    cors: options.corsOrigins.length > 0 ? { origin: options.corsOrigins, credentials: false, methods: ['POST'] } : false,
    graphiql: false,
    healthCheckEndpoint: '/health',
    maskedErrors: { maskError: (error) => maskError(error, log) },
    context: ({ request }) => contextFor(request, options),
    plugins: [
      useCSRFPrevention({ requestHeaders: ['x-graphql-yoga-csrf'] }),
      EnvelopArmorPlugin({
        maxDepth: { n: limits.depth, ignoreIntrospection: true },
        maxAliases: { n: limits.aliases },
        maxTokens: { n: limits.tokens },
        maxDirectives: { n: limits.directives },
        costLimit: { maxCost: limits.cost, ignoreIntrospection: true },
        blockFieldSuggestion: { enabled: options.production },
      }),
      ...(options.production ? [useDisableIntrospection()] : []),
      auditBeforeRelease(options),
    ],
  })
}

async function contextFor(request: Request, options: HttpOptions): Promise<Context> {
  const requestId = newRequestId()
  const token = /^bearer\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const actor = token ? await options.actorOf(token, request.headers.get('plumbline-provider')) : null
  return {
    requestId,
    clock: options.clock,
    actor,
    operation: actor && startOperation(options.database, actor),
    recordRefusal: (who, command, code) =>
      options.database.transaction(scopeOf(who), 'write', (tx) => options.recordRefusal(tx, who, command, code)),
  }
}

/** Ends the operation's reading and writes what was read; if that fails, nothing is released. */
function auditBeforeRelease(options: HttpOptions): Plugin<ServerContext> {
  return {
    onExecute: ({ args }) => ({
      async onExecuteDone({ setResult }) {
        const { actor, operation } = args.contextValue
        if (!actor || !operation) return
        try {
          const notes = await operation.finish()
          if (notes.length > 0) await options.database.transaction(scopeOf(actor), 'write', (tx) => options.recordReads(tx, actor, notes))
        } catch (error) {
          setResult({ data: null, errors: [maskError(error, options.log)] })
        }
      },
    }),
  }
}

/** What a caller may see of an error: our own words as they are, everything else as one sentence with an id to quote. */
export function maskError(error: unknown, log: Log): GraphQLError {
  const isBrokenPromise =
    error instanceof GraphQLError && !error.originalError && error.message.startsWith('Cannot return null for non-nullable field')
  if (error instanceof GraphQLError && !isBrokenPromise && (!error.originalError || error.originalError instanceof GraphQLError))
    return withoutValues(error)
  const original = error instanceof GraphQLError ? error.originalError : error
  if (original instanceof DomainError) return fault('BAD_INPUT', original.message, { refusal: original.code })
  const requestId = newRequestId()
  log.error('a request failed', {
    requestId,
    errorName: original instanceof Error ? original.name : 'unknown',
    ...(original instanceof DatabaseFault
      ? {
          ...(original.sqlState ? { sqlState: original.sqlState } : {}),
          ...(original.constraint ? { constraint: original.constraint } : {}),
        }
      : {}),
  })
  if (original instanceof DatabaseFault) {
    const state = original.sqlState ?? ''
    if (inTheWay.includes(state))
      return fault('UNAVAILABLE', 'somebody else is changing this at the moment; nothing was saved, try again', { requestId })
    if (away.includes(state)) return fault('UNAVAILABLE', 'the database is busy or away; nothing was saved, try again', { requestId })
  }
  return fault('INTERNAL', 'something went wrong on our side; nothing was saved. quote the request id when you report it', { requestId })
}

/** A lock waited for too long, a deadlock, a serialization failure: https://www.postgresql.org/docs/15/errcodes-appendix.html */
const inTheWay = ['55P03', '40P01', '40001']
/** A statement that took too long, no connection to spare, none at all. */
const away = ['57014', '53300', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', 'ECONNREFUSED']
