import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { globalId } from '../../platform/ids.ts'
import { moveCase } from '../cases/index.ts'
import { beginning, macOf } from './chain.ts'
import { record, verifyChain } from './index.ts'

const event = { action: 'case.looked-at', subjectType: 'case', subjectId: 'of this test' }
const verify = (world: World) => world.as(world.people.auditor, (tx) => verifyChain(tx, world.providerId))

/** A provider whose audit ends with five entries of this test, numbered as returned. */
async function written(): Promise<{ world: World; numbers: number[]; last: number }> {
  const world = await newWorld()
  for (let entry = 0; entry < 5; entry += 1)
    await world.as(world.people['programme-manager'], (tx, actor) => record(tx, actor, { ...event, subjectId: String(entry) }))
  const { entries, faults } = await verify(world)
  expect(faults).toEqual([])
  return { world, numbers: [4, 3, 2, 1, 0].map((back) => entries - back), last: entries }
}

/** What somebody with the owner's rights can do: past row-level security, with the trigger switched off. */
async function asIntruder(world: World, statement: (where: (number: number) => string) => string): Promise<void> {
  const where = (number: number) => `where provider_id = '${world.providerId}' and number = ${number}`
  await database.asOwner(async (run) => {
    await run('alter table audit_entries disable trigger all')
    try {
      await run('alter table audit_entries no force row level security')
      await run(statement(where))
    } finally {
      await run('alter table audit_entries force row level security')
      await run('alter table audit_entries enable trigger all')
    }
  })
}

describe(`the audit on ${lane}`, () => {
  test('an entry that was changed is found and named, whichever column it was', async () => {
    const columns = [
      `action = 'case.closed'`,
      `actor_id = null`,
      `allowed_by = 'nobody'`,
      `fields = '{bornOn}'`,
      `at = at + interval '1 millisecond'`,
      `subject_id = 'another'`,
      `mac = repeat('0', 64)`,
    ]
    for (const change of columns) {
      const { world, numbers } = await written()
      await asIntruder(world, (where) => `update audit_entries set ${change} ${where(numbers[1]!)}`)
      const { faults } = await verify(world)
      expect(faults[0], change).toEqual({ number: numbers[1], what: 'changed' })
    }
  })

  test('an entry that was taken out of the middle is found and named', async () => {
    const { world, numbers } = await written()
    await asIntruder(world, (where) => `delete from audit_entries ${where(numbers[2]!)}`)
    expect((await verify(world)).faults).toEqual([{ number: numbers[2], what: 'missing' }])
  })

  test('a tail that was cut off shows in the head', async () => {
    const { world, numbers, last } = await written()
    await asIntruder(
      world,
      (where) => `delete from audit_entries ${where(numbers[3]!)} or provider_id = '${world.providerId}' and number = ${last}`,
    )
    const report = await verify(world)
    expect(report).toEqual({ providerId: world.providerId, entries: last - 2, faults: [{ number: last, what: 'head-differs' }] })
  })

  test('two entries that changed places are both found and named', async () => {
    const { world, numbers } = await written()
    const [one, other] = [numbers[1]!, numbers[2]!]
    await asIntruder(
      world,
      (where) =>
        `update audit_entries set number = -1 ${where(one)}; update audit_entries set number = ${one} ${where(other)}; update audit_entries set number = ${other} ${where(-1)}`,
    )
    const { faults } = await verify(world)
    expect(faults.filter(({ number }) => number === one || number === other)).toEqual([
      { number: one, what: 'changed' },
      { number: other, what: 'changed' },
    ])
  })

  test('a chain rebuilt without the key is found from its first entry on', async () => {
    const { world } = await written()
    const { createHmac } = await import('node:crypto')
    const forged = createHmac('sha256', 'a guess').update(beginning).digest('hex')
    await asIntruder(
      world,
      (where) => `update audit_entries set mac = '${forged}' ${where(1)}; update audit_entries set previous_mac = '${forged}' ${where(2)}`,
    )
    expect((await verify(world)).faults).toContainEqual({ number: 1, what: 'changed' })
    expect(
      macOf(beginning, {
        providerId: 'p',
        number: 1,
        at: 'a',
        actorId: null,
        action: 'b',
        subjectType: 'c',
        subjectId: 'd',
        allowedBy: 'e',
        fields: [],
      }),
    ).toMatch(/^[0-9a-f]{64}$/)
  })

  test('thirty tamperings by chance, each alone: found, named, and gone when undone', async () => {
    const { world, last } = await written()
    const changes = [
      (where: string) => [
        `update audit_entries set action = action || 'x' ${where}`,
        `update audit_entries set action = left(action, -1) ${where}`,
      ],
      (where: string) => [
        `update audit_entries set fields = fields || '{x}' ${where}`,
        `update audit_entries set fields = array_remove(fields, 'x') ${where}`,
      ],
      (where: string) => [
        `update audit_entries set at = at + interval '1 day' ${where}`,
        `update audit_entries set at = at - interval '1 day' ${where}`,
      ],
    ]
    for (let round = 0; round < 30; round += 1) {
      const number = 1 + ((round * 7) % last)
      const pair = (where: (number: number) => string) => changes[round % changes.length]!(where(number))
      await asIntruder(world, (where) => pair(where)[0]!)
      expect((await verify(world)).faults, `round ${round}`).toEqual([{ number, what: 'changed' }])
      await asIntruder(world, (where) => pair(where)[1]!)
    }
    expect((await verify(world)).faults).toEqual([])
  })

  test('neither the application nor the owner changes, removes or empties it in the ordinary way', async () => {
    const { world } = await written()
    for (const statement of [`update audit_entries set action = 'x'`, `delete from audit_entries`, `truncate audit_entries`]) {
      await expect(
        world.as(world.people.auditor, (tx) => tx.rows(sql.raw(statement))),
        statement,
      ).rejects.toMatchObject({ sqlState: '42501' })
      const attempt = database.asOwner(async (run) => {
        try {
          await run(`begin; alter table audit_entries no force row level security; ${statement}; commit`)
        } catch (error) {
          await run('rollback')
          throw error
        }
      })
      await expect(attempt, statement).rejects.toThrow('append-only')
    }
  })

  test('entries added at once have no gaps and no forks', async () => {
    const { world, last } = await written()
    await Promise.all(Array.from({ length: 20 }, () => world.as(world.people.facilitator, (tx, actor) => record(tx, actor, event, event))))
    expect(await verify(world)).toEqual({ providerId: world.providerId, entries: last + 40, faults: [] })
  })

  test('what is rolled back leaves no entry; that it was refused is written afterwards', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const { entries } = await verify(world)
    const refused = await world.send(
      world.people['programme-manager'],
      `mutation ($id: ID!) { closeCase(input: { caseId: $id, reason: "over", expectedVersion: 1 }) { __typename ... on Refusal { code } } }`,
      { id: row.globalId },
    )
    expect(refused.data.closeCase).toEqual({ __typename: 'InvalidMove', code: 'invalid-move' })
    const after = await world.send(
      world.people.auditor,
      `{ auditEntries(first: 1) { edges { node { number action subjectType subjectId allowedBy fields actorId } } } }`,
    )
    expect(after.data.auditEntries.edges[0].node).toEqual({
      number: entries + 1,
      action: 'refused:close-case',
      subjectType: 'command',
      subjectId: 'close-case',
      allowedBy: 'refused: invalid-move',
      fields: [],
      actorId: globalId('Staff', world.people['programme-manager'].id),
    })
    await expect(world.as(world.people.facilitator, (tx, actor) => moveCase(tx, actor, row.id, 'intake', null))).rejects.toMatchObject({
      code: 'not-allowed',
    })
    expect((await verify(world)).entries).toBe(entries + 1)
  })

  test('what was read is written before it is released; where it cannot be written nothing is released', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const manager = world.people['programme-manager']
    const read = () =>
      world.send(manager, `query ($id: ID!) { case(id: $id) { reference participant { familyName } } }`, { id: row.globalId })
    await database.asOwner((run) => run('revoke insert on audit_entries from plumbline_app'))
    try {
      const answer = await read()
      expect(answer.data).toBeNull()
      expect(JSON.stringify(answer)).not.toContain(row.reference)
      expect(JSON.stringify(answer)).not.toContain('Example')
      expect(answer.errors?.[0]?.extensions.code).toBe('INTERNAL')
      const change = await world.send(manager, `mutation ($input: AssignWorkerInput!) { assignWorker(input: $input) { __typename } }`, {
        input: {
          idempotencyKey: 'not-audited',
          caseId: row.globalId,
          staffId: globalId('Staff', world.people.facilitator.id),
          role: 'FACILITATOR',
        },
      })
      expect(change.data?.assignWorker ?? null).toBeNull()
    } finally {
      await database.asOwner((run) => run('grant insert on audit_entries to plumbline_app'))
    }
    expect((await read()).data.case.participant.familyName).toBe('Example')
    const workers = await world.send(manager, `query ($id: ID!) { case(id: $id) { workers { role } } }`, { id: row.globalId })
    expect(workers.data.case.workers).toEqual([])
    expect((await verify(world)).faults).toEqual([])
  })

  test('only auditors read it, of their own provider, and it never holds what was read', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const row = await caseIn(world)
    await world.send(world.people['programme-manager'], `query ($id: ID!) { case(id: $id) { participant { familyName bornOn } } }`, {
      id: row.globalId,
    })
    const query = `{ auditEntries(first: 100) { edges { node { action subjectId fields allowedBy } } } }`
    expect((await world.send(world.people['programme-manager'], query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const theirs = JSON.stringify((await other.send(other.people.auditor, query)).data)
    expect(theirs).not.toContain(row.id)
    const ours = JSON.stringify((await world.send(world.people.auditor, query)).data)
    expect(ours).toContain(row.id)
    for (const value of ['Example', '1990-03-04', row.reference]) expect(ours).not.toContain(value)
  })
})
