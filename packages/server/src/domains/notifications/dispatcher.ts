import { theServer, type Actor } from '../../platform/actor.ts'
import { scopeOf, type Database, type Tx } from '../../platform/db/database.ts'
import { DatabaseFault } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { Log } from '../../platform/log.ts'
import { providers } from '../providers/index.ts'
import { claim, markDelivered, markFailed, messageOf } from './deliver.ts'
import { escalate } from './escalate.ts'
import { watches } from './followers.ts'
import type { Notification } from './notification.ts'
import { SinkFault, type Sink } from './sinks.ts'

export type DispatcherParts = {
  database: Database
  sink: Sink
  log: Log
  /** Between two passes, in milliseconds. */
  everyMs?: number
  /** How long one message may take to arrive. */
  timeoutMs?: number
  /** How long a message is kept from other dispatchers; longer than it may take to arrive. */
  leaseMs?: number
}

export type Dispatcher = {
  /** Looks at every deadline and sends everything that is due, once. */
  pass(only?: readonly Uuid[]): Promise<void>
  start(): void
  /** Begins nothing new; resolves when what was begun has ended. */
  stop(): Promise<void>
}

const batch = 10
/** A pass ends even where messages come faster than they go. */
const mostBatches = 100

/** Sends what was written and looks at deadlines, provider by provider. Any number may run at once, here or on other machines. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { database, sink, log } = parts
  const { everyMs = 5_000, timeoutMs = 10_000, leaseMs = 60_000 } = parts
  const state = { stopping: false }

  async function eachProvider(only: readonly Uuid[] | undefined, work: (server: Actor) => Promise<void>): Promise<void> {
    for (const providerId of only ?? (await allProviders(database))) {
      if (state.stopping) return
      await work(theServer(providerId, 'deadline'))
    }
  }

  const lookAtDeadlines = (only?: readonly Uuid[]) =>
    eachProvider(only, async (server) => {
      for (const [name, watch] of watches) await guarded(name, () => as(server, (tx) => watch(tx, server)))
      await guarded('escalate', () => repeatedly(async () => (await as(server, (tx) => escalate(tx, server))).full))
    })

  const deliverAll = (only?: readonly Uuid[]) =>
    eachProvider(only, (server) => guarded('deliver', () => repeatedly(() => deliverSome(server))))

  const as = <Result>(server: Actor, work: (tx: Tx) => Promise<Result>) => database.transaction(scopeOf(server), 'write', work)

  /** @returns whether there may be more. Where one did not arrive the next provider has its turn: a sink that hangs holds nobody up for long. */
  async function deliverSome(server: Actor): Promise<boolean> {
    const taken = await as(server, (tx) => claim(tx, server, batch, leaseMs))
    const arrived = await Promise.all(taken.map((row) => deliver(server, row)))
    return taken.length === batch && arrived.every(Boolean)
  }

  async function deliver(server: Actor, row: Notification): Promise<boolean> {
    const fault = await faultOf(sink, row, timeoutMs)
    await as(server, (tx) => (fault === null ? markDelivered(tx, server, row) : markFailed(tx, server, row, fault)))
    if (fault !== null) log.error('a notification did not arrive', { code: fault, count: row.attempts })
    return fault === null
  }

  /** One thing that goes wrong keeps nothing else from being done; it is done at the next pass. */
  async function guarded(operation: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      log.error('the dispatcher failed', {
        operation,
        errorName: name,
        ...(error instanceof DatabaseFault && error.sqlState ? { sqlState: error.sqlState } : {}),
      })
    }
  }

  async function repeatedly(work: () => Promise<boolean>): Promise<void> {
    for (let left = mostBatches; left > 0 && !state.stopping && (await work()); left -= 1);
  }

  /** Again and again until the dispatcher is stopped. */
  function loop(name: string, work: () => Promise<void>): { end(): Promise<void> } {
    let timer: NodeJS.Timeout | undefined
    let running: Promise<void> = Promise.resolve()
    const next = () => {
      timer = setTimeout(() => {
        running = guarded(name, work).then(() => {
          if (!state.stopping) next()
        })
      }, everyMs)
      timer.unref()
    }
    next()
    return {
      async end() {
        clearTimeout(timer)
        await running
      },
    }
  }
  let loops: { end(): Promise<void> }[] = []

  return {
    async pass(only) {
      await lookAtDeadlines(only)
      await deliverAll(only)
    },
    start() {
      // Apart, so that no deadline waits for a sink.
      loops = [loop('deadlines', () => lookAtDeadlines()), loop('deliveries', () => deliverAll())]
    },
    async stop() {
      state.stopping = true
      await Promise.all(loops.map((one) => one.end()))
    },
  }
}

/** Null when it arrived. A sink that never answers is left behind when its time is over. */
async function faultOf(sink: Sink, row: Notification, timeoutMs: number): Promise<string | null> {
  const end = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SinkFault('timed-out'))
      end.abort()
    }, timeoutMs)
  })
  try {
    await Promise.race([sink.send(messageOf(row), end.signal), over])
    return null
  } catch (error) {
    return error instanceof SinkFault ? error.code : 'failed'
  } finally {
    clearTimeout(timer)
  }
}

/** The only thing the server reads across providers: which there are. */
const allProviders = (database: Database): Promise<Uuid[]> =>
  database.transaction({ everyProvider: true }, 'read', async (tx) => {
    const rows = await tx.orm.select({ id: providers.providerId }).from(providers).orderBy(providers.providerId)
    return rows.map(({ id }) => id)
  })
