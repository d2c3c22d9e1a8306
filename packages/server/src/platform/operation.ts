import DataLoader from 'dataloader'
import type { Actor } from './actor.ts'
import { scopeOf, type Database, type Scope, type Tx } from './db/database.ts'
import type { LoaderDefinition } from './loader.ts'

/** A read of sensitive data, noted while the answer is put together and written before it is released. */
export type ReadNote = { subjectType: string; subjectId: string; fields: string[]; allowedBy: string }

export type Operation = {
  /** The operation's one read-only transaction, opened when first needed. */
  read(): Promise<Tx>
  /** Ends what was read so far, then runs `work` in its own transaction; loaders start afresh. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  load<Key, Value>(definition: LoaderDefinition<Key, Value>, key: Key): Promise<Value>
  noteRead(note: ReadNote): void
  /** Ends the reading and hands over what was noted. Called once, before the answer leaves. */
  finish(): Promise<ReadNote[]>
}

type OpenRead = { tx: Promise<Tx>; end(): Promise<void> }

export function startOperation(database: Database, actor: Actor): Operation {
  const scope = scopeOf(actor)
  let reading: OpenRead | undefined
  let loaders = new Map<LoaderDefinition<never, unknown>, DataLoader<unknown, unknown>>()
  const notes = new Map<string, ReadNote>()

  const operation: Operation = {
    read() {
      reading ??= openRead(database, scope)
      return reading.tx
    },
    async write(work) {
      await endReading()
      return database.transaction(scope, 'write', work)
    },
    load<Key, Value>(definition: LoaderDefinition<Key, Value>, key: Key): Promise<Value> {
      const at = definition as unknown as LoaderDefinition<never, unknown>
      let loader = loaders.get(at)
      if (!loader) {
        loader = new DataLoader<unknown, unknown>(async (keys) => definition.batch(await operation.read(), actor, keys as readonly Key[]), {
          maxBatchSize: 1000,
        })
        loaders.set(at, loader)
      }
      return loader.load(key) as Promise<Value>
    },
    noteRead(note) {
      const key = `${note.subjectType}/${note.subjectId}/${note.allowedBy}`
      const known = notes.get(key)
      if (known) known.fields = [...new Set([...known.fields, ...note.fields])].sort()
      else notes.set(key, note)
    },
    async finish() {
      await endReading()
      return [...notes.values()]
    },
  }

  async function endReading() {
    const open = reading
    reading = undefined
    loaders = new Map()
    await open?.end()
  }
  return operation
}

/** A transaction that stays open until it is ended, so that resolvers can share it. */
function openRead(database: Database, scope: Scope): OpenRead {
  let ended: () => void = () => {}
  const untilEnd = new Promise<void>((resolve) => {
    ended = resolve
  })
  let opened: (tx: Tx) => void = () => {}
  let failed: (error: unknown) => void = () => {}
  const tx = new Promise<Tx>((resolve, reject) => {
    opened = resolve
    failed = reject
  })
  const whole = database
    .transaction(scope, 'read', async (inner) => {
      opened(inner)
      await untilEnd
    })
    .catch(failed)
  return {
    tx,
    async end() {
      ended()
      await whole
    },
  }
}
