import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'

const triage = /* GraphQL */ `
  mutation ($input: TriageCallerInput!) {
    triageCaller(input: $input) {
      __typename
      ... on TriageAnswer { message inDanger whenHarmed whenHarming }
      ... on Refusal { code }
    }
  }
`
const waiting = /* GraphQL */ `
  query ($waiting: Boolean) {
    safeCallBacks(waiting: $waiting) { edges { node { id situation isInDangerNow codeName contact safeTimes leaveNoMessage outcome outcomeNote version } } }
  }
`
const close = /* GraphQL */ `
  mutation ($input: CloseSafeCallBackInput!) {
    closeSafeCallBack(input: $input) { __typename ... on SafeCallBack { outcome outcomeNote version } ... on Refusal { code } }
  }
`
const call = (changes: Record<string, unknown> = {}) => ({
  idempotencyKey: newId(),
  situation: 'IS_HARMED',
  isInDangerNow: false,
  codeName: 'Library',
  contact: '07700 900123',
  safeTimes: 'weekdays 10 to 11',
  leaveNoMessage: true,
  ...changes,
})
const callBacks = async (world: World, closed = false) =>
  (await world.send(world.people['partner-support-worker'], waiting, { waiting: !closed })).data.safeCallBacks.edges.map(
    ({ node }: { node: unknown }) => node,
  )
const count = async (world: World, table: string) =>
  Number(
    (await database.asOwner((run) => run(`select count(*) as count from ${table} where provider_id = '${world.providerId}'`)))[0]!.count,
  )

describe(`triage of a caller who feels at risk, on ${lane}`, () => {
  test('whoever is harmed, both or unclear becomes a safe call-back; whoever only harms leaves nothing', async () => {
    const world = await newWorld()
    const intake = world.people['intake-worker']
    const answers = []
    for (const situation of ['IS_HARMED', 'BOTH', 'UNCLEAR', 'HARMS'])
      answers.push(JSON.stringify((await world.send(intake, triage, { input: call({ situation }) })).data))
    expect((await callBacks(world)).map((row: { situation: string }) => row.situation)).toEqual(['IS_HARMED', 'BOTH', 'UNCLEAR'])
    // What the person at the telephone reads is the same to the byte, whatever was said.
    expect(new Set(answers).size).toBe(1)
    for (const table of ['participants', 'cases', 'referrals']) expect(await count(world, table)).toBe(0)
  })

  test('the partner service reads how to call back safely; nobody else can, in the API or in the database', async () => {
    const world = await newWorld()
    const { people } = world
    await world.send(people['intake-worker'], triage, { input: call() })
    expect(await callBacks(world)).toMatchObject([
      { codeName: 'Library', contact: '07700 900123', safeTimes: 'weekdays 10 to 11', leaveNoMessage: true, outcome: null },
    ])
    for (const [role, actor] of Object.entries(people)) {
      if (role === 'partner-support-worker') continue
      expect((await world.send(actor, waiting)).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
      expect(await world.as(actor, (tx) => tx.rows(sql`select * from partner.safe_call_backs`)), role).toEqual([])
      expect(
        await world.as(actor, (tx) => tx.rows(sql`update partner.safe_call_backs set leave_no_message = false returning id`)),
        role,
      ).toEqual([])
    }
    const there = await newWorld()
    expect(await callBacks(there)).toEqual([])
  })

  test('contact details stand nowhere in the clear, and a row’s details do not open in another row', async () => {
    const world = await newWorld()
    await world.send(world.people['intake-worker'], triage, { input: call() })
    await world.send(world.people['intake-worker'], triage, { input: call({ contact: '07700 900456' }) })
    const rows = await database.asOwner((run) =>
      run(`select * from partner.safe_call_backs where provider_id = '${world.providerId}' order by id`),
    )
    expect(JSON.stringify(rows)).not.toMatch(/07700|Library|weekdays/)
    const everywhere = await database.asOwner((run) =>
      run(`select request_hash, key from idempotency_keys where provider_id = '${world.providerId}'`),
    )
    expect(JSON.stringify(everywhere)).not.toMatch(/07700|Library/)
    await database.asOwner((run) =>
      run(`update partner.safe_call_backs set contact_sealed = '${String(rows[1]!.contact_sealed)}' where id = '${String(rows[0]!.id)}'`),
    )
    const swapped = await world.send(world.people['partner-support-worker'], waiting)
    expect(swapped.data).toBeNull()
    expect(swapped.errors?.[0]?.extensions.code).toBe('INTERNAL')
    expect(JSON.stringify(swapped)).not.toMatch(/07700/)
  })

  test('a repeated call is recorded once, and the audit tells no caller from another', async () => {
    const world = await newWorld()
    const intake = world.people['intake-worker']
    const input = call()
    const first = await world.send(intake, triage, { input })
    expect(await world.send(intake, triage, { input })).toEqual(first)
    expect(await callBacks(world)).toHaveLength(1)
    expect((await world.send(intake, triage, { input: { ...input, contact: '07700 900999' } })).data.triageCaller.code).toBe(
      'idempotency-key-reused',
    )
    await world.send(intake, triage, { input: call({ situation: 'HARMS' }) })
    const entries = await database.asOwner((run) =>
      run(
        `select action, subject_type, fields::text from audit_entries where provider_id = '${world.providerId}' and action = 'caller.triaged'`,
      ),
    )
    expect(entries).toHaveLength(2)
    expect(new Set(entries.map((entry) => JSON.stringify(entry))).size).toBe(1)
  })

  test('a task waits for the partner service that the participant side cannot see; closing the call-back ends it', async () => {
    const world = await newWorld()
    const { people } = world
    await world.send(people['intake-worker'], triage, { input: call({ isInDangerNow: true }) })
    const tasks = () =>
      database.asOwner((run) => run(`select kind, side, status, owner_id from tasks where provider_id = '${world.providerId}'`))
    expect(await tasks()).toEqual([
      { kind: 'call-back-safely', side: 'partner', status: 'open', owner_id: people['partner-support-worker'].id },
    ])
    expect(await world.as(people['programme-manager'], (tx) => tx.rows(sql`select * from tasks`))).toEqual([])

    const [callBack] = await callBacks(world)
    const outcome = { safeCallBackId: callBack.id, outcome: 'REACHED', note: 'Will ring us on Tuesday.', expectedVersion: 1 }
    const closed = await world.send(people['partner-support-worker'], close, { input: outcome })
    expect(closed.data.closeSafeCallBack).toEqual({
      __typename: 'SafeCallBack',
      outcome: 'REACHED',
      outcomeNote: 'Will ring us on Tuesday.',
      version: 2,
    })
    expect((await world.send(people['partner-support-worker'], close, { input: outcome })).data.closeSafeCallBack.code).toBe(
      'stale-version',
    )
    expect((await world.send(people['intake-worker'], close, { input: outcome })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect(await callBacks(world)).toEqual([])
    expect(await callBacks(world, true)).toHaveLength(1)
    expect((await tasks())[0]!.status).not.toBe('open')
  })
})
