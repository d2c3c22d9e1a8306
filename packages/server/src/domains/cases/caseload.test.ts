import { describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { clock, database, lane, newWorld } from '../../../test/harness/world.ts'
import { assignWorker, moveCase } from './index.ts'

const list = /* GraphQL */ `
  query ($first: Int, $after: String, $last: Int, $before: String, $filter: CaseFilter, $orderBy: CaseOrder) {
    cases(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      edges { cursor node { reference } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`
const references = (answer: { data: { cases: { edges: { node: { reference: string } }[] } } }) =>
  answer.data.cases.edges.map(({ node }) => Number(node.reference.slice(-4)))

describe(`the caseload on ${lane}`, () => {
  test('pages hold together forwards and backwards, in both orders, while others are opened', async () => {
    const world = await newWorld()
    const manager = world.people['programme-manager']
    for (const openedOn of ['2026-03-02', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-02'])
      await caseIn(world, 'referred', { openedOn })
    const first = await world.send(manager, list, { first: 2 })
    expect(references(first)).toEqual([4, 5])
    await caseIn(world, 'referred', { openedOn: '2026-04-01' })
    const { endCursor } = first.data.cases.pageInfo
    const second = await world.send(manager, list, { first: 10, after: endCursor })
    expect(references(second)).toEqual([3, 1, 2])
    expect(second.data.cases.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    expect(references(await world.send(manager, list, { last: 2, before: second.data.cases.pageInfo.startCursor }))).toEqual([4, 5])
    expect(references(await world.send(manager, list, { orderBy: { field: 'OPENED_ON', direction: 'ASC' } }))).toEqual([2, 1, 3, 5, 4, 6])

    clock.moveTo('2026-05-02T09:00:00.000Z')
    const [{ node }] = second.data.cases.edges.slice(-1)
    const { cases } = await import('./tables.ts')
    const { eq, and } = await import('drizzle-orm')
    await world.as(manager, async (tx, actor) => {
      const [row] = await tx.orm
        .select()
        .from(cases)
        .where(and(eq(cases.providerId, actor.providerId), eq(cases.reference, node.reference)))
      await moveCase(tx, actor, row!.id, 'intake', null)
    })
    const moved = await world.send(manager, list, { first: 1, orderBy: { field: 'STATUS_CHANGED_AT' } })
    expect(references(moved)).toEqual([2])
    const crossed = await world.send(manager, list, { first: 1, after: moved.data.cases.pageInfo.endCursor })
    expect(crossed.errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    for (const page of [{ first: 0 }, { first: 101 }, { first: 1, last: 1 }, { after: 'x' }, { before: endCursor }])
      expect((await world.send(manager, list, page)).errors?.[0]?.extensions.code, JSON.stringify(page)).toBe('BAD_INPUT')
  })

  test('the caseload narrows by status and to one’s own', async () => {
    const world = await newWorld()
    const manager = world.people['programme-manager']
    const intake = world.people['intake-worker']
    await caseIn(world, 'referred')
    const second = await caseIn(world, 'intake')
    const third = await caseIn(world, 'accepted')
    for (const { id } of [second, third])
      await world.as(manager, (tx, actor) => assignWorker(tx, actor, { caseId: id, staffId: intake.id }))
    const numbers = async (filter: object, by = intake) => references(await world.send(by, list, { filter }))
    expect(await numbers({})).toEqual([3, 2, 1])
    expect(await numbers({ assignedToMe: true })).toEqual([3, 2])
    expect(await numbers({ status: ['REFERRED', 'ACCEPTED'] })).toEqual([3, 1])
    expect(await numbers({ status: ['REFERRED', 'ACCEPTED'], assignedToMe: true })).toEqual([3])
    expect(await numbers({ status: [] })).toEqual([])
    expect(await numbers({ assignedToMe: true }, manager)).toEqual([])
  })

  test('a caseload page takes the same number of statements for 2 and for 20 cases', async () => {
    const counted = async (count: number) => {
      const world = await newWorld()
      for (let made = 0; made < count; made += 1) {
        const row = await caseIn(world, 'accepted')
        await world.as(world.people['programme-manager'], (tx, actor) =>
          assignWorker(tx, actor, { caseId: row.id, staffId: world.people.facilitator.id }),
        )
      }
      const query = `{ cases(first: 50) { edges { node { reference participant { familyName } workers { staff { name roles } } statusHistory { to } exclusions { reason } } } } }`
      const before = database.statementCount()
      const answer = await world.send(world.people['programme-manager'], query)
      expect(answer.data.cases.edges).toHaveLength(count)
      return database.statementCount() - before
    }
    const few = await counted(2)
    expect(await counted(20)).toBe(few)
    console.log(`statements for a caseload page: ${few}`)
    expect(few).toBeLessThanOrEqual(24)
  })

  test('the caseload reads its index instead of sorting', async () => {
    const world = await newWorld()
    const { sql } = await import('drizzle-orm')
    const plan = await world.as(world.people['programme-manager'], async (tx, actor) => {
      // So few rows are quicker read in any other way: what counts is that the policies leave the index usable in its order.
      for (const way of ['enable_seqscan', 'enable_bitmapscan', 'enable_sort']) await tx.rows(sql`set local ${sql.raw(way)} = off`)
      const { visibleCases } = await import('./access.ts')
      const { cases } = await import('./tables.ts')
      const query = sql`explain select * from ${cases} where ${visibleCases(actor)} and (${cases.openedOn}, ${cases.id}) < ('2026-05-01'::date, ${tx.newId()}::uuid) order by ${cases.openedOn} desc, ${cases.id} desc limit 51`
      return (await tx.rows<{ 'QUERY PLAN': string }>(query)).map((line) => line['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('using cases_opened')
    expect(plan).not.toContain('Sort')
  })
})
