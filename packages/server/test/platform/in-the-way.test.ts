import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Tx } from '../../src/platform/db/database.ts'
import { DatabaseFault } from '../../src/platform/errors.ts'
import { maskError } from '../../src/platform/http.ts'
import { openLog } from '../../src/platform/log.ts'
import { caseIn } from '../harness/cases.ts'
import { database, lane, newWorld, type World } from '../harness/world.ts'

const inTheWay = 'somebody else is changing this at the moment; nothing was saved, try again'
const close = /* GraphQL */ `mutation ($id: ID!) {
  closeCase(input: { caseId: $id, reason: "a reason", expectedVersion: 3 }) { __typename ... on Case { status } }
}`

/** A gate that somebody waits at until it is opened. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

/** Once a statement of this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = await database.asOwner((run) =>
      run(`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
    )
    if ((row as { waiting: number }).waiting > 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('nobody waits for a lock')
}

/** Closes a case through the endpoint while somebody else, who has locked `first` before, does `then`. */
async function closedAgainst(
  first: (world: World, caseId: string) => ReturnType<typeof sql>,
  then: (tx: Tx, caseId: string) => Promise<unknown>,
) {
  const world = await newWorld()
  const row = await caseIn(world, 'accepted')
  const [locked, done] = [gate(), gate()]
  const other = world.as(world.people['programme-manager'], async (tx) => {
    await tx.rows(first(world, row.id))
    locked.open()
    await done.opened
    await then(tx, row.id)
  })
  await locked.opened
  const closing = world.send(world.people['safeguarding-lead'], close, { id: row.globalId })
  await somebodyWaits()
  return { world, row, other, closing, done }
}

describe(`what stands in somebody’s way on ${lane}`, () => {
  test.each(['55P03', '40P01', '40001'])('%s is answered as something to try again', (sqlState) => {
    const masked = maskError(new DatabaseFault(sqlState, undefined), openLog('silent'))
    expect([masked.extensions.code, masked.message]).toEqual(['UNAVAILABLE', inTheWay])
  })

  test('a fault of ours stays one', () => {
    expect(maskError(new DatabaseFault('23505', 'cases_reference'), openLog('silent')).extensions.code).toBe('INTERNAL')
  })

  // An embedded database has one connection: there nobody stands in anybody's way.
  if (lane === 'postgresql') {
    test('whoever waits too long for a lock may try again, and nothing was saved', async () => {
      const { world, row, other, closing, done } = await closedAgainst(
        (_, id) => sql`select 1 from cases where id = ${id} for update`,
        async () => {},
      )
      const answer = await closing
      done.open()
      await other
      expect(answer.errors).toMatchObject([{ message: inTheWay, extensions: { code: 'UNAVAILABLE' } }])
      const again = await world.send(world.people['safeguarding-lead'], close, { id: row.globalId })
      expect(again.data.closeCase).toEqual({ __typename: 'Case', status: 'CLOSED' })
    })

    test('whoever loses a deadlock may try again, and nothing was saved', async () => {
      // The command has locked the case and waits for the row of whoever closes it; the other has that row and wants the case.
      const { world, row, other, closing, done } = await closedAgainst(
        ({ people }) => sql`select 1 from staff where id = ${people['safeguarding-lead'].id} for update`,
        (tx, id) => tx.rows(sql`select 1 from cases where id = ${id} for update`),
      )
      done.open()
      const [answer, was] = await Promise.all([closing, Promise.allSettled([other])])
      const lost = answer.errors ? { message: answer.errors[0]!.message, code: answer.errors[0]!.extensions.code } : undefined
      // The database chooses who loses.
      if (was[0]!.status === 'fulfilled') expect(lost).toEqual({ message: inTheWay, code: 'UNAVAILABLE' })
      else expect([lost, (was[0]!.reason as { sqlState?: string }).sqlState]).toEqual([undefined, '40P01'])
      const again = await world.send(world.people['safeguarding-lead'], close, { id: row.globalId })
      if (lost) expect(again.data.closeCase).toEqual({ __typename: 'Case', status: 'CLOSED' })
      console.log(`who lost the deadlock: ${lost ? 'the request' : 'the other'}`)
    })
  }
})
