import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from './config.ts'
import { findActor } from './domains/providers/index.ts'
import { recordReads, recordRefusal } from './domains/audit/index.ts'
import { createDispatcher, logSink, webhookSink, type Dispatcher } from './domains/notifications/index.ts'
import { useKeys } from './keys.ts'
import type { Clock } from './platform/clock.ts'
import type { Database } from './platform/db/database.ts'
import { missingMigrations } from './platform/db/migrate.ts'
import { graphiqlPage, type ExampleTab } from './platform/graphiql.ts'
import { createEndpoint, limits } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import type { SignIn } from './platform/sign-in.ts'
import { schema } from './schema.ts'

export type ServerParts = {
  config: Config
  database: Database
  clock: Clock
  log: Log
  signIn: SignIn
  exampleTabs: () => Promise<ExampleTab[]>
  /** Tokens for the demo's people; null wherever a real issuer is set. */
  developmentToken: ((subject: string) => Promise<string>) | null
}

export type RunningServer = { url: string; port: number; stop(): Promise<void> }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Starts listening, and sends what is waiting to be sent. `stop` refuses new work, lets running requests end (10 s at most) and closes the database. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { config, database, log } = parts
  useKeys(config)
  const endpoint = createEndpoint({
    schema,
    database,
    log,
    clock: parts.clock,
    production: config.production,
    corsOrigins: config.corsOrigins,
    actorOf: async (token, header) =>
      findActor(database, await parts.signIn.identify(token), header && uuid.test(header) ? header : undefined),
    recordReads,
    recordRefusal,
  })
  const state = { draining: false }
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 32 * 1024 }, (request, response) => {
    if (state.draining) response.setHeader('connection', 'close')
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/ready') return answer(response, ...(await readiness(database, state.draining)))
    if (path === '/' && request.method === 'GET') {
      response.writeHead(302, { location: '/graphql' })
      response.end()
      return
    }
    if (path === '/graphql' && request.method === 'GET' && request.headers.accept?.includes('text/html')) {
      if (config.production) return answer(response, 404, 'not found')
      return answer(response, 200, graphiqlPage(await parts.exampleTabs()), 'text/html; charset=utf-8')
    }
    const subject = /^\/development\/token\/([a-z-]+@[a-z-]+)$/.exec(path)?.[1]
    if (subject && parts.developmentToken)
      return isLocal(request)
        ? answer(response, 200, await parts.developmentToken(subject))
        : answer(response, 403, 'only from this machine')
    if (await bodyTooLarge(request)) {
      return answer(
        response,
        413,
        JSON.stringify({ errors: [{ message: `a request may have ${limits.bodyBytes} bytes`, extensions: { code: 'TOO_LARGE' } }] }),
        'application/json',
      )
    }
    // A browser may send anything but JSON to another site without asking first.
    if (request.method === 'POST' && !/^application\/(graphql\+)?json\b/.test(request.headers['content-type'] ?? ''))
      return answer(response, 415, 'send application/json')
    await endpoint(request, response)
  }

  await listen(server, config.host, config.port)
  const { port } = server.address() as AddressInfo
  const dispatcher = createDispatcher({ database, log, sink: config.webhook ? webhookSink(config.webhook, parts.clock) : logSink(log) })
  dispatcher.start()
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return { url: `http://${host}:${port}`, port, stop: () => stop(server, dispatcher, database, state) }
}

const answer = (response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8') => {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
  response.end(body)
}

/** Asked by the name of this machine: a page elsewhere that rebinds its own name to loopback is refused. */
const isLocal = (request: IncomingMessage) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')

/** Ready: the database answers, all migrations are in, and the server is not stopping. */
async function readiness(database: Database, draining: boolean): Promise<[number, string]> {
  if (draining) return [503, 'stopping']
  try {
    await database.ping()
    const missing = await missingMigrations(database)
    return missing.length > 0 ? [503, `migrations missing: ${missing.join(', ')}`] : [200, 'ready']
  } catch {
    return [503, 'the database does not answer']
  }
}

/** The length a request declares; without one it is counted as it comes and cut off. */
async function bodyTooLarge(request: IncomingMessage): Promise<boolean> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) return true
  if (request.headers['transfer-encoding']) {
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limits.bodyBytes) request.destroy()
    })
    request.pause()
  }
  return false
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken: stop what uses it, or start with another, PORT=${port + 1}`)
          : error,
      ),
    )
    server.listen(port, host, resolve)
  })
}

async function stop(server: Server, dispatcher: Dispatcher, database: Database, state: { draining: boolean }): Promise<void> {
  state.draining = true
  const sent = dispatcher.stop()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server.closeAllConnections(), 10_000)
  server.closeIdleConnections()
  await closed
  clearInterval(idle)
  clearTimeout(deadline)
  await sent
  await database.close()
}
