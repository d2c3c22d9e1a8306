import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Tx } from './db/database.ts'
import { DomainError, fault } from './errors.ts'
import type { Operation } from './operation.ts'

/** What resolvers are given. Never the database itself, only transactions. */
export type Context = {
  requestId: string
  clock: Clock
  /** Null for a request without a valid token; root fields then refuse. */
  actor: Actor | null
  /** Null together with `actor`. */
  operation: Operation | null
  /** Writes that a command was refused, in a transaction of its own, after the rollback. */
  recordRefusal(actor: Actor, command: string, code: string): Promise<void>
}

export type SignedIn = Context & { actor: Actor; operation: Operation }

/** @throws UNAUTHENTICATED */
export function signedIn(context: Context): SignedIn {
  if (!context.actor || !context.operation) throw fault('UNAUTHENTICATED', 'sign in first: send a bearer token in the authorization header')
  return context as SignedIn
}

/** Runs one command in one transaction. A refusal rolls everything back and is then written to the audit on its own. */
export async function inTransaction<Result>(
  context: Context,
  command: string,
  work: (tx: Tx, actor: Actor) => Promise<Result>,
): Promise<Result> {
  const { actor, operation } = signedIn(context)
  try {
    return await operation.write((tx) => work(tx, actor))
  } catch (error) {
    if (error instanceof DomainError) await context.recordRefusal(actor, command, error.code)
    throw error
  }
}
