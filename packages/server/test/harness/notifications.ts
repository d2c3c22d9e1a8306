import { asc, eq } from 'drizzle-orm'
import type { Actor } from '../../src/platform/actor.ts'
import { theServer } from '../../src/platform/actor.ts'
import { scopeOf, type Database, type Orm, type Tx } from '../../src/platform/db/database.ts'
import { newId } from '../../src/platform/ids.ts'
import { openLog } from '../../src/platform/log.ts'
import {
  createDispatcher,
  notifications,
  notify,
  type DispatcherParts,
  type Message,
  type NewNotification,
  type Notification,
  type Sink,
} from '../../src/domains/notifications/index.ts'
import { database, type World } from './world.ts'

/** Keeps what it was sent. */
export function recordingSink(): Sink & { sent: Message[] } {
  const sent: Message[] = []
  return { sent, send: async (message) => void sent.push(message) }
}

export const dispatcherTo = (sink: Sink, more: Partial<DispatcherParts> = {}) =>
  createDispatcher({ database, sink, log: openLog('silent'), ...more })

/** One pass for this world alone. */
export const dispatch = (world: World, sink: Sink, more: Partial<DispatcherParts> = {}) => dispatcherTo(sink, more).pass([world.providerId])

/** A message about nothing in particular, which waits until it is acknowledged. */
export const say = (world: World, recipient: Actor, more: Partial<NewNotification> = {}, by: Actor = world.people['intake-worker']) =>
  world.as(by, (tx, actor) =>
    notify(tx, actor, {
      kind: 'concern-raised',
      about: { type: 'Thing', id: newId() },
      caseId: null,
      side: 'participant',
      recipientId: recipient.id,
      patience: { amount: 2, unit: 'hours' },
      ...more,
    }),
  )

/** Every message of this world, the oldest first, as the server sees them. */
export const messagesOf = (world: World): Promise<Notification[]> =>
  database.transaction(scopeOf(theServer(world.providerId)), 'read', (tx) =>
    tx.orm
      .select()
      .from(notifications)
      .where(eq(notifications.providerId, world.providerId))
      .orderBy(asc(notifications.createdAt), asc(notifications.id)),
  )

export class Crash extends Error {}

/** The same transaction, in which the statement with this number (from 0) is never sent. */
export function crashingAt(tx: Tx, number: number): Tx {
  let begun = 0
  const counted = new Set(['select', 'selectDistinct', 'selectDistinctOn', 'insert', 'update', 'delete', 'execute'])
  const step = () => {
    if (begun++ === number) throw new Crash()
  }
  const orm = new Proxy(tx.orm, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        if (counted.has(String(name))) step()
        return (value as (...all: unknown[]) => unknown).apply(target, args)
      }
    },
  }) as Orm
  return {
    ...tx,
    orm,
    rows: (query) => {
      step()
      return tx.rows(query)
    },
  }
}

/**
 * Runs the command again and again, with a crash before its first statement, before its second, and so on until it ends well.
 * After each crash `whole` must find that nothing happened. @returns how many crashes there were
 */
export async function crashEverywhere(
  world: World,
  by: Actor,
  command: (tx: Tx, actor: Actor) => Promise<unknown>,
  whole: () => Promise<void>,
): Promise<number> {
  for (let number = 0; ; number += 1) {
    try {
      await world.as(by, (tx, actor) => command(crashingAt(tx, number), actor))
      return number
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      await whole()
    }
  }
}

/** A database whose transaction with this number (from 0) is never begun, nor any after it: the process has died. */
export function dyingAt(number: number): Database {
  let begun = 0
  return {
    ...database,
    transaction: (scope, mode, work) => {
      if (begun++ >= number) throw new Crash()
      return database.transaction(scope, mode, work)
    },
  }
}
