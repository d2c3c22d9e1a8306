import { describe, expect, test } from 'vitest'
import {
  asInput,
  confirm,
  decline,
  ofCase,
  oneToOneWith,
  preview,
  record,
  recorded,
  registerFor,
  removalsOf,
  runningGroup,
  sessionNow,
} from '../../../test/harness/registers.ts'
import { anotherFacilitator } from '../../../test/harness/groups.ts'
import { Crash, crashEverywhere } from '../../../test/harness/notifications.ts'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { excludeWorker } from '../cases/index.ts'
import { confirmRemoval, recordRegister } from './index.ts'

/** Every row of every table of a provider, in one text: equal text, nothing changed. */
async function everything({ providerId }: World): Promise<string> {
  const tables = await database.asOwner((run) =>
    run(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname = 'public' and c.relname <> 'plumbline_migrations' order by 1`),
  )
  const each = tables.map(
    ({ name }) =>
      `select '${String(name)}' as name, count(*) as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as what from ${String(name)} t where provider_id = '${providerId}'`,
  )
  return JSON.stringify(await database.asOwner((run) => run(each.join(' union all '))))
}

describe(`registers on ${lane}`, () => {
  test('one mutation records the whole group; a correction keeps both versions, with who, when and why', async () => {
    const running = await runningGroup(await newWorld(), { people: 3 })
    const { world, facilitator, met, members } = running
    const send = async (outcomes: Parameters<typeof registerFor>[2], more: Parameters<typeof registerFor>[3] = {}) => {
      const input = await registerFor(running, met[0]!, outcomes, more)
      const { expectedVersion, idempotencyKey, correctionReason } = input
      return (
        await world.send(facilitator, record, { input: { register: asInput(input), expectedVersion, idempotencyKey, correctionReason } })
      ).data.recordRegister
    }
    const first = await send(['attended', 'absent', 'late'])
    expect(first.people.map(({ outcome, standing }: Record<string, string>) => [outcome, standing])).toEqual([
      ['ATTENDED', 'IN_GOOD_STANDING'],
      ['ABSENT', 'CONTACT'],
      ['LATE', 'IN_GOOD_STANDING'],
    ])
    expect(first.version).toBe(2)
    expect(await send(['attended', 'attended', 'late'], { correctionReason: null })).toMatchObject({
      code: 'invalid-input',
      field: 'reason',
    })
    const second = await send(['attended', 'excused', 'late'], { correctionReason: 'He had rung before.' })
    // CDARS counts it all the same: nothing new follows, and nothing is undone.
    expect(second.people[1]).toMatchObject({ outcome: 'EXCUSED', standing: 'CONTACT', follows: [], undone: [] })
    const read = async (place: number) =>
      (await world.send(world.people['programme-manager'], ofCase, { id: globalId('Case', members[place]!.caseId) })).data.case.attendance
    expect(await read(1)).toMatchObject([
      {
        outcome: 'ABSENT',
        number: 1,
        isCurrent: false,
        correctionReason: null,
        occurredAt: met[0]!.startsAt,
        recordedBy: { name: 'Person in facilitator' },
      },
      { outcome: 'EXCUSED', number: 2, isCurrent: true, correctionReason: 'He had rung before.' },
    ])
    // Whoever was recorded rightly has no second entry.
    expect(await read(0)).toHaveLength(1)
  })

  test('recorded late, a deadline runs from the session all the same', async () => {
    const running = await runningGroup(await newWorld(), { meetings: 4 })
    await recorded(running, running.met[0]!, ['absent'])
    const { data } = await running.world.send(running.facilitator, '{ myTasks { edges { node { kind dueAt isOverdue runsFrom } } } }')
    const tasks = data.myTasks.edges.map(({ node }: { node: object }) => node)
    expect(tasks).toContainEqual({
      kind: 'CONTACT_AFTER_ABSENCE',
      dueAt: '2026-05-06T00:00:00.000Z',
      isOverdue: true,
      runsFrom: '2026-05-05T20:00:00.000Z',
    })
  })

  test('two people with the same version: one wins, the other is told, and nothing of theirs is saved', async () => {
    const running = await runningGroup(await newWorld(), { people: 2 })
    const input = await registerFor(running, running.met[0]!, ['absent', 'attended'])
    const other = await registerFor(running, running.met[0]!, ['attended', 'absent'])
    const send = async (one: typeof input) =>
      (
        await running.world.send(running.facilitator, record, {
          input: { register: asInput(one), expectedVersion: one.expectedVersion, idempotencyKey: one.idempotencyKey },
        })
      ).data.recordRegister
    const answers = await Promise.all([send(input), send(other)])
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['RegisterResult', 'StaleVersion'])
    expect(answers.find(({ __typename }) => __typename === 'StaleVersion').currentVersion).toBe(2)
    const [entries] = await database.asOwner((run) =>
      run(`select count(*)::int as count from attendance_entries where provider_id = '${running.world.providerId}'`),
    )
    expect(entries?.count).toBe(2)
  })

  test('the same key records once, and answers with what was saved then', async () => {
    const running = await runningGroup(await newWorld('step-by-step'))
    const input = await registerFor(running, running.met[0]!, ['absent'])
    const send = async () =>
      (
        await running.world.send(running.facilitator, record, {
          input: { register: asInput(input), expectedVersion: 1, idempotencyKey: input.idempotencyKey },
        })
      ).data.recordRegister
    const first = await send()
    expect(first.people[0].follows.length).toBeGreaterThan(1)
    expect(await send()).toEqual(first)
    expect(await removalsOf(running, running.members[0]!)).toHaveLength(1)
  })

  test('what does not fit is refused with its place, and nothing is written', async () => {
    const running = await runningGroup(await newWorld(), { people: 2 })
    const { world, facilitator, met, members } = running
    const before = await everything(world)
    const good = asInput(await registerFor(running, met[0]!, ['attended', 'absent']))
    const other = await runningGroup(world)
    const entry = (at: number, outcome = 'ATTENDED') => ({ placeId: members[at]!.globalId, outcome })
    const unchanged = await everything(world)
    const cases: [Record<string, unknown>, string][] = [
      [{ entries: [entry(0)] }, 'entries'],
      [{ entries: [entry(0), entry(0)] }, 'entries'],
      [{ entries: [entry(0), { placeId: other.members[0]!.globalId, outcome: 'LATE' }] }, 'entries.1.placeId'],
      [{ entries: null }, 'entries'],
      [{ facilitatedBy: null }, 'facilitatedBy'],
      [{ notHeldBecause: 'no heating' }, 'notHeldBecause'],
    ]
    expect(before).not.toBe(unchanged)
    for (const [change, field] of cases) {
      const input = { ...good, ...change }
      expect((await world.send(facilitator, preview, { input })).data.previewRegister, field).toMatchObject({
        code: 'invalid-input',
        field,
      })
      const saving = { register: input, expectedVersion: 1, idempotencyKey: newId() }
      expect((await world.send(facilitator, record, { input: saving })).data.recordRegister, field).toMatchObject({
        code: 'invalid-input',
        field,
      })
    }
    const nobody = { ...good, facilitatedBy: [] }
    expect(
      (await world.send(facilitator, record, { input: { register: nobody, expectedVersion: 1, idempotencyKey: newId() } })).data
        .recordRegister,
    ).toMatchObject({ __typename: 'TooFewFacilitators' })
    const [written] = await database.asOwner((run) =>
      run(`select count(*)::int as count from registers where provider_id = '${world.providerId}'`),
    )
    expect(written?.count).toBe(0)
  })

  test('whoever leads the group records; others are refused, and what may not be seen is answered like what is not there', async () => {
    const other = await newWorld()
    const running = await runningGroup(await newWorld('step-by-step'))
    const { world, met, members } = running
    const { people } = world
    const input = asInput(await registerFor(running, met[0]!, ['absent']))
    const saving = (register: object = input) => ({ input: { register, expectedVersion: 1, idempotencyKey: newId() } })
    const missing = await world.send(running.facilitator, record, saving({ ...input, sessionId: globalId('Session', newId()) }))
    expect(missing.data.recordRegister).toMatchObject({ code: 'not-found', message: 'no such session' })
    const stranger = await anotherFacilitator(world)
    const theirs = await registerFor(running, met[0]!, ['absent'])
    await expect(world.as(stranger, (tx, actor) => recordRegister(tx, actor, theirs))).rejects.toMatchObject({ code: 'not-found' })
    expect(await other.send(other.people.facilitator, record, saving())).toEqual(missing)
    expect((await world.send(people['one-to-one-worker'], record, saving())).data.recordRegister).toMatchObject({ code: 'not-found' })
    for (const role of ['intake-worker', 'partner-support-worker', 'referrer', 'social-worker'] as const)
      expect((await world.send(people[role], record, saving())).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
    expect((await world.send(people['programme-manager'], record, saving())).data.recordRegister).toMatchObject({
      __typename: 'RegisterResult',
    })

    const [removal] = await removalsOf(running, members[0]!)
    const deciding = (expectedVersion = 1) => ({ input: { removalId: globalId('Removal', removal!.id), reason: 'r', expectedVersion } })
    expect((await world.send(people.facilitator, confirm, deciding())).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    await world.as(people['programme-manager'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId: members[0]!.caseId, staffId: people['safeguarding-lead'].id, reason: 'a cousin' }),
    )
    const hidden = await world.send(people['safeguarding-lead'], decline, deciding())
    expect(hidden.data.declineRemoval).toMatchObject({ code: 'not-found', message: 'no such removal' })
    expect((await world.send(people['programme-manager'], decline, deciding(4))).data.declineRemoval).toMatchObject({
      code: 'stale-version',
      currentVersion: 1,
    })
    expect((await world.send(people['programme-manager'], decline, deciding())).data.declineRemoval).toMatchObject({
      status: 'DECLINED',
      version: 2,
    })
    expect((await world.send(people['programme-manager'], confirm, deciding(2))).data.confirmRemoval).toMatchObject({
      code: 'invalid-move',
    })
    expect((await world.send(people.referrer, ofCase, { id: globalId('Case', members[0]!.caseId) })).data.case).toBeNull()
  })

  test('a one-to-one is recorded by those who work on the case', async () => {
    const running = await runningGroup(await newWorld('step-by-step'))
    const { world, members } = running
    const session = await oneToOneWith(running, members[0]!, '2026-05-07')
    const input = asInput(await registerFor(running, session, ['attended']))
    expect((await world.send(world.people['intake-worker'], preview, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await world.send(running.facilitator, preview, { input })).data.previewRegister.people).toHaveLength(1)
    await recorded(running, session, ['attended'])
    expect((await sessionNow(running, session.id)).status).toBe('held')
  })

  test('a crash between any two statements of a register leaves nothing half written, and the same key then succeeds, once', async () => {
    const running = await runningGroup(await newWorld('step-by-step'), { meetings: 1 })
    const { world, met } = running
    const input = await registerFor(running, met[0]!, ['absent'])
    const record = () => world.as(running.facilitator, (tx, actor) => recordRegister(tx, actor, input))
    const before = await everything(world)
    const unchanged = async () => expect(await everything(world)).toBe(before)
    // Dead before the commit, with every statement sent.
    await expect(
      world.as(running.facilitator, async (tx, actor) => {
        await recordRegister(tx, actor, input)
        throw new Crash()
      }),
    ).rejects.toThrow(Crash)
    await unchanged()
    const crashes = await crashEverywhere(world, running.facilitator, (tx, actor) => recordRegister(tx, actor, input), unchanged)
    console.log(`crashes in recordRegister: ${crashes}`)
    expect(crashes).toBeGreaterThan(40)

    const after = await everything(world)
    expect(after).not.toBe(before)
    await record()
    expect(await everything(world)).toBe(after)
    expect(await removalsOf(running, running.members[0]!)).toHaveLength(1)
  }, 120_000)

  test('nor does one between any two statements that confirm a removal', async () => {
    const running = await runningGroup(await newWorld('step-by-step'), { meetings: 1 })
    const { world, met, members } = running
    await recorded(running, met[0]!, ['absent'])
    const [removal] = await removalsOf(running, members[0]!)
    const before = await everything(world)
    const crashes = await crashEverywhere(
      world,
      world.people['programme-manager'],
      (tx, actor) => confirmRemoval(tx, actor, { removalId: removal!.id, reason: 'no excuse', expectedVersion: 1 }),
      async () => expect(await everything(world)).toBe(before),
    )
    console.log(`crashes in confirmRemoval: ${crashes}`)
    expect(crashes).toBeGreaterThan(40)
    expect(await removalsOf(running, members[0]!)).toMatchObject([{ status: 'confirmed' }])
  }, 120_000)
})
