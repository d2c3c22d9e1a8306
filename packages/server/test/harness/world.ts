import { inject } from 'vitest'
import { createProvider, addStaff, roleIds, type Role } from '../../src/domains/providers/index.ts'
import { recordReads, recordRefusal, useAuditKey } from '../../src/domains/audit/index.ts'
import { findActor } from '../../src/domains/providers/index.ts'
import { publishShippedRuleSets } from '../../src/domains/rule-sets/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { scopeOf, type Database, type Tx, type Sources } from '../../src/platform/db/database.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openPglite } from '../../src/platform/db/pglite.ts'
import { openPostgresql } from '../../src/platform/db/postgresql.ts'
import { useFieldKeys } from '../../src/platform/field-encryption.ts'
import { createEndpoint } from '../../src/platform/http.ts'
import { newId } from '../../src/platform/ids.ts'
import { openLog } from '../../src/platform/log.ts'
import { developmentIssuer, developmentSignIn } from '../../src/platform/sign-in.ts'
import { schema } from '../../src/schema.ts'

/** Which database this run is on. */
export const lane = (process.env.PLUMBLINE_LANE ?? 'pglite') as 'pglite' | 'postgresql'
/** Where every test's clock starts; a Friday, 10:00 in London. */
export const start = '2026-05-01T09:00:00.000Z'

export const clock = standingClock(start)
useAuditKey('a key for tests, long enough to be one')
export const fieldKeys = { current: 'test', keys: { test: new Uint8Array(32).fill(7) } }
useFieldKeys(fieldKeys)

/** Shared with the database, so that a test may put another clock or other ids in place. */
export const sources: Sources = { clock, newId }

async function open(): Promise<Database> {
  const database =
    lane === 'postgresql' ? openPostgresql({ url: inject('postgresqlUrl'), connections: 8 }, sources) : await openPglite({}, sources)
  await migrate(database)
  return database
}

// One database per worker: tenants keep the files apart, each file makes providers of its own.
const shared = globalThis as { plumblineTestDatabase?: Promise<Database> }
export const database = await (shared.plumblineTestDatabase ??= open())

export const signIn = await developmentSignIn()
/** The real endpoint, limits and audit included; only the socket is left out. */
export const endpoint = createEndpoint({
  schema,
  database,
  clock,
  log: openLog('silent'),
  production: false,
  corsOrigins: [],
  actorOf: async (token, header) => findActor(database, await signIn.identify(token), header ?? undefined),
  recordReads,
  recordRefusal,
})

/** What came back over HTTP. `data` is read as the test expects it: a wrong guess shows as a failing comparison. */
export type Answer = {
  status: number
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[]
}

export type World = {
  providerId: string
  /** One person for each role. */
  people: Record<Role, Actor>
  /** Runs `work` in a transaction of its own as this person. */
  as<Result>(actor: Actor, work: (tx: Tx, actor: Actor) => Promise<Result>): Promise<Result>
  /** Sends an operation to the real endpoint with this person's token. */
  send(actor: Actor | null, query: string, variables?: Record<string, unknown>): Promise<Answer>
}

/** A provider of its own with its rule sets published and one person in every role. `ruleSetId` chooses whose rules decide. */
export async function newWorld(ruleSetId: 'cdars-phoenix' | 'step-by-step' = 'cdars-phoenix'): Promise<World> {
  clock.moveTo(start)
  const providerId = newId()
  const subject = (role: Role) => `${role}@${providerId}`
  const people = await database.transaction({ providerId }, 'write', async (tx) => {
    const manager = await createProvider(tx, {
      providerId,
      name: 'A provider of this test',
      ruleSetId,
      areasServed: [],
      manager: { name: 'Person in programme-manager', issuer: developmentIssuer, subject: subject('programme-manager') },
    })
    await publishShippedRuleSets(tx, manager)
    const actors: Partial<Record<Role, Actor>> = { 'programme-manager': manager }
    for (const role of roleIds.filter((one) => one !== 'programme-manager')) {
      const person = await addStaff(tx, manager, {
        name: `Person in ${role}`,
        issuer: developmentIssuer,
        subject: subject(role),
        roles: [role],
        idempotencyKey: `test-${role}`,
      })
      actors[role] = { providerId, id: person.id, side: person.side, roles: new Set([role]) }
    }
    return actors as Record<Role, Actor>
  })
  const subjects = new Map(Object.entries(people).map(([role, actor]) => [actor.id, subject(role as Role)]))
  return {
    providerId,
    people,
    as: (actor, work) => database.transaction(scopeOf(actor), 'write', (tx) => work(tx, actor)),
    async send(actor, query, variables = {}) {
      const token = actor && (await signIn.tokenFor(subjects.get(actor.id) ?? 'nobody'))
      const response = await endpoint.fetch('http://127.0.0.1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query, variables }),
      })
      return { status: response.status, ...(await response.json()) }
    },
  }
}
