import { GraphQLError } from 'graphql'

/**
 * A refusal that the caller can do something about. Part of the schema: mutations return it beside their success type.
 * `message` and `help` are lower case, one line, and hold no personal data.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string
  /** What to do next. */
  readonly help: string | null
  constructor(message: string, help: string | null = null) {
    super(message)
    this.help = help
  }
}

/** The same answer for what does not exist, what belongs to another provider and what this person may not see. */
export class NotFound extends DomainError {
  override name = 'NotFound'
  readonly code = 'not-found'
  constructor(what: string) {
    super(`no such ${what}`, 'check the id; what you may not see is answered in the same way')
  }
}

/** Somebody changed it since it was read. Nothing was saved. */
export class StaleVersion extends DomainError {
  override name = 'StaleVersion'
  readonly code = 'stale-version'
  readonly currentVersion: number
  constructor(currentVersion: number) {
    super('this was changed since you read it; nothing was saved', 'read it again, then repeat the change with its current version')
    this.currentVersion = currentVersion
  }
}

/** A jump the status table does not have. */
export class InvalidMove extends DomainError {
  override name = 'InvalidMove'
  readonly code = 'invalid-move'
  readonly allowed: string[]
  constructor(what: string, from: string, to: string, allowed: string[]) {
    super(
      `a ${what} that is ${from} cannot become ${to}`,
      allowed.length ? `from here it can become: ${allowed.join(', ')}` : 'it stays as it is',
    )
    this.allowed = allowed
  }
}

/** The same idempotency key came with another payload. Nothing was saved. */
export class IdempotencyKeyReused extends DomainError {
  override name = 'IdempotencyKeyReused'
  readonly code = 'idempotency-key-reused'
  constructor() {
    super('this idempotency key was used for another request', 'use a new key for a new request, the same key only to repeat one')
  }
}

/** An argument that is well formed and still wrong. */
export class InvalidInput extends DomainError {
  override name = 'InvalidInput'
  readonly code = 'invalid-input'
  /** Dotted path below the mutation's input, `answers.3.lastOccurredOn`. */
  readonly field: string
  constructor(field: string, message: string, help: string | null = null) {
    super(message, help)
    this.field = field
  }
}

/** This person's roles or assignments do not allow it, and they may know that it exists. */
export class NotAllowed extends DomainError {
  override name = 'NotAllowed'
  readonly code = 'not-allowed'
}

/** A fault of the database, with all that could hold personal data left out. Never shown to callers. */
export class DatabaseFault extends Error {
  override name = 'DatabaseFault'
  readonly sqlState: string | undefined
  readonly constraint: string | undefined
  constructor(sqlState: string | undefined, constraint: string | undefined) {
    super(`the database refused a statement (${sqlState ?? 'no code'}${constraint ? `, ${constraint}` : ''})`)
    this.sqlState = sqlState
    this.constraint = constraint
  }
}

/** Codes of errors outside the schema's types, under `extensions.code`. */
export type FaultCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_INPUT' | 'TOO_LARGE' | 'UNAVAILABLE' | 'INTERNAL'

export const fault = (code: FaultCode, message: string, extensions: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...extensions } })

/** Strips everything but the code and the constraint's name: drizzle's message carries SQL and parameter values. */
export function withoutData(error: unknown): unknown {
  if (error instanceof DomainError || error instanceof GraphQLError || error instanceof DatabaseFault) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause && typeof cause === 'object' && 'code' in cause && typeof cause.code === 'string') {
    const constraint = 'constraint_name' in cause ? cause.constraint_name : 'constraint' in cause ? cause.constraint : undefined
    return new DatabaseFault(cause.code, typeof constraint === 'string' ? constraint : undefined)
  }
  return error
}
