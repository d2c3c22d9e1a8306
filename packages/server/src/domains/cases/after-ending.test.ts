import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { acknowledge, endingsIn, goOn, hearEndings, naming, ofCase, tell } from '../../../test/harness/endings.ts'
import { caseIn } from '../../../test/harness/cases.ts'
import { dispatch, messagesOf, recordingSink } from '../../../test/harness/notifications.ts'
import { referred } from '../../../test/harness/referred.ts'
import { clock, database, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { globalId, localId, newId } from '../../platform/ids.ts'
import { acknowledgeNotification } from '../notifications/index.ts'
import { completeTask } from '../tasks/index.ts'
import { excludeWorker, moveCase, type CaseStatus } from './index.ts'
import { caseMoves } from './states.ts'

type Role = keyof World['people']
type Found = { id: string; kind: string; owner_id: string; due_at: string; status: string; version: number }

const tasksOf = (world: World, kind?: string) =>
  database.asOwner((run) =>
    run(
      `select id, kind, owner_id, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as due_at, status, version from tasks
       where provider_id = '${world.providerId}' ${kind ? `and kind = '${kind}'` : ''} order by due_at, kind`,
    ),
  ) as unknown as Promise<Found[]>

/** A referral through the endpoint whose case is refused at once. */
async function refused(changes: Record<string, unknown> = {}) {
  const world = await newWorld()
  const referral = await referred(world, changes)
  const caseId = localId('Case', referral.case.id)!
  await world.as(world.people['intake-worker'], (tx, actor) => moveCase(tx, actor, caseId, 'refused', 'he will not engage'))
  const [ending] = await endingsIn(world, caseId)
  const say = async (occasion = 'NO_PLACE', by: Role = 'intake-worker') => {
    const input = {
      idempotencyKey: newId(),
      referralId: referral.id,
      occasion,
      text: 'No place.',
      channel: 'LETTER',
      givenOn: '2026-05-01',
    }
    return (await world.send(world.people[by], tell, { input })).data.giveFeedback
  }
  return { world, people: world.people, referral, caseId, ending: ending!, say }
}

describe(`after an ending on ${lane}`, () => {
  test('every step of a case that ends something brings the whole chain, and no other step does', async () => {
    const world = await newWorld()
    const manager = world.people['programme-manager']
    const said: string[] = []
    for (const { from, to, ends } of caseMoves) {
      const row = await caseIn(world, from)
      const before = (await endingsIn(world, row.id)).length
      const waiting = (await tasksOf(world)).length
      const told = (await messagesOf(world)).length
      await world.as(manager, (tx, actor) => moveCase(tx, actor, row.id, to, 'so that a test sees what follows'))
      const [ending, ...more] = (await endingsIn(world, row.id)).slice(before)
      expect(more, `${from} to ${to}`).toEqual([])
      expect(ending?.what, `${from} to ${to}`).toBe(ends)
      // Partner support’s task and the next look at the risk; what is taken back needs the first only.
      const tasks = ends === undefined ? 0 : ends === 'taken-back' ? 1 : 2
      expect((await tasksOf(world)).length - waiting, `${from} to ${to}`).toBe(tasks)
      expect((await messagesOf(world)).length - told, `${from} to ${to}`).toBe(ends ? 1 : 0)
      if (ends) said.push(`${from} to ${to}: ${ends}`)
    }
    console.log(`steps of a case looked at: ${caseMoves.length}, of which end something: ${said.length}`)
    expect(said.length).toBeGreaterThan(9)
  })

  test('whatever is refused, withdrawn, removed or closed before completion says that it ends something', () => {
    const isOver = (to: CaseStatus) => to === 'refused' || to === 'withdrawn' || to === 'closed'
    const ending = caseMoves.filter(
      ({ from, to }) => (isOver(to) && from !== 'completed') || (from === 'in-programme' && to === 'accepted'),
    )
    expect(ending.filter(({ ends }) => ends === undefined || ends === 'taken-back')).toEqual([])
    expect(ending.length).toBeGreaterThan(8)
  })

  test('where a place goes on in another group nothing has ended; of no other step can that be said, and only the end of a place says it', async () => {
    const world = await newWorld()
    const move = async (row: { id: string }, to: CaseStatus) =>
      world.as(world.people['programme-manager'], (tx, actor) => moveCase(tx, actor, row.id, to, 'r', undefined, 'in-another-group'))
    const running = await caseIn(world, 'in-programme')
    await move(running, 'accepted')
    expect(await endingsIn(world, running.id)).toEqual([])
    await expect(move(await caseIn(world, 'in-programme'), 'closed')).rejects.toThrow('only a place goes on')
    await expect(move(await caseIn(world, 'intake'), 'refused')).rejects.toThrow('only a place goes on')
    const domains = new URL('../', import.meta.url)
    const sayingSo = (readdirSync(domains, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .filter((name) => readFileSync(new URL(name, domains), 'utf8').includes("'in-another-group'"))
    expect(sayingSo.sort()).toEqual(['cases/move-case.ts', 'programmes/end-place.ts'])
  })

  test('partner support hears at once and has the same day, the risk is looked at again within a working day, the referrer waits', async () => {
    const { world, people, ending } = await refused()
    expect(await messagesOf(world)).toMatchObject([
      {
        kind: 'ending',
        subjectType: 'CaseEnding',
        subjectId: ending.id,
        side: 'partner',
        recipientId: people['partner-support-worker'].id,
        acknowledgeBy: '2026-05-01T11:00:00.000Z',
      },
    ])
    expect(await tasksOf(world)).toMatchObject([
      { kind: 'tell-partner-service', owner_id: people['partner-support-worker'].id, due_at: '2026-05-01 17:00' },
      { kind: 'review-risk', owner_id: people['safeguarding-lead'].id, due_at: '2026-05-05 16:00' },
    ])
  })

  test('the message climbs until partner support acknowledges the ending; the lead taking it stops the ladder and not the waiting', async () => {
    const { world, people, ending, say } = await refused()
    const heard = async (at: string) => {
      clock.moveTo(at)
      await dispatch(world, recordingSink())
      const names = new Map(Object.entries(people).map(([role, { id }]) => [id, role]))
      return (await messagesOf(world)).filter(({ kind }) => kind === 'ending').map(({ recipientId }) => names.get(recipientId))
    }
    expect(await heard('2026-05-01T11:00:00.001Z')).toEqual(['partner-support-worker', 'safeguarding-lead'])
    const [, escalated] = (await messagesOf(world)).filter(({ kind }) => kind === 'ending')
    await world.as(people['safeguarding-lead'], (tx, actor) =>
      acknowledgeNotification(tx, actor, { notificationId: escalated!.id, expectedVersion: 1 }),
    )
    expect(await say()).toMatchObject({ code: 'partner-service-first' })
    expect(await heard('2026-05-01T14:00:00.000Z')).toHaveLength(2)
    expect((await world.send(people['partner-support-worker'], acknowledge, naming(ending))).data.acknowledgeEnding).toEqual({
      __typename: 'CaseEnding',
      what: 'REFUSED',
      partnerService: 'ACKNOWLEDGED',
      version: 2,
    })
    expect(await heard('2026-05-02T14:00:00.000Z')).toHaveLength(2)
  })

  test('until then the referrer is told nothing of it, and the refusal names the way', async () => {
    const { world, people, ending, say } = await refused()
    for (const occasion of ['NO_PLACE', 'WITHDRAWN', 'ENDED', 'PROGRESS'])
      expect(await say(occasion), occasion).toEqual({
        __typename: 'PartnerServiceFirst',
        code: 'partner-service-first',
        message: 'the partner service hears of this first, and has not acknowledged it yet',
        help: 'partner support acknowledges it with acknowledgeEnding; the safeguarding lead may go on with goOnWithoutPartnerService',
      })
    expect(await say('RECEIVED')).toMatchObject({ occasion: 'RECEIVED' })
    expect(await tasksOf(world, 'tell-referrer')).toEqual([])
    await world.send(people['partner-support-worker'], acknowledge, naming(ending))
    expect(await tasksOf(world, 'tell-referrer')).toMatchObject([
      { owner_id: people['intake-worker'].id, due_at: '2026-05-06 16:00', status: 'open' },
    ])
    // A second call changes nothing.
    await world.send(people['partner-support-worker'], acknowledge, naming(ending))
    expect(await tasksOf(world, 'tell-referrer')).toHaveLength(1)
    expect(await say()).toMatchObject({ occasion: 'NO_PLACE', told: 'No place.' })
    expect(await tasksOf(world, 'tell-referrer')).toMatchObject([{ status: 'done' }])
  })

  test('two endings of one case both wait: a removal and then the closing', async () => {
    const world = await newWorld()
    const referral = await referred(world)
    const caseId = localId('Case', referral.case.id)!
    const steps: CaseStatus[] = ['intake', 'accepted', 'in-programme', 'accepted', 'closed']
    for (const to of steps) await world.as(world.people['programme-manager'], (tx, actor) => moveCase(tx, actor, caseId, to, 'a reason'))
    const [first, second] = await endingsIn(world, caseId)
    const input = {
      idempotencyKey: newId(),
      referralId: referral.id,
      occasion: 'ENDED',
      text: 'Over.',
      channel: 'LETTER',
      givenOn: '2026-05-01',
    }
    const say = async () => (await world.send(world.people['programme-manager'], tell, { input })).data.giveFeedback.__typename
    expect(await say()).toBe('PartnerServiceFirst')
    await world.send(world.people['partner-support-worker'], acknowledge, naming(second!))
    expect(await say()).toBe('PartnerServiceFirst')
    await world.send(world.people['partner-support-worker'], acknowledge, naming(first!))
    expect(await say()).toBe('ReferrerFeedback')
  })

  test('taking the message, or doing the task, says it as well', async () => {
    const byMessage = await refused()
    const [message] = await messagesOf(byMessage.world)
    await byMessage.world.as(byMessage.people['partner-support-worker'], (tx, actor) =>
      acknowledgeNotification(tx, actor, { notificationId: message!.id, expectedVersion: 1 }),
    )
    expect(await byMessage.say()).toMatchObject({ occasion: 'NO_PLACE' })

    const byTask = await refused()
    const [task] = await tasksOf(byTask.world, 'tell-partner-service')
    await byTask.world.as(byTask.people['partner-support-worker'], (tx, actor) =>
      completeTask(tx, actor, { taskId: task!.id, record: 'rang her', expectedVersion: 1 }),
    )
    expect(await byTask.say()).toMatchObject({ occasion: 'NO_PLACE' })
  })

  test('the safeguarding lead may go on without, with a reason that is kept and audited; the partner service is still asked', async () => {
    const { world, people, caseId, ending, say } = await refused()
    const go = async (more: Record<string, unknown>, by: Role = 'safeguarding-lead') => world.send(people[by], goOn, naming(ending, more))
    const reason = 'The court sits this afternoon.'
    expect((await go({ reason }, 'programme-manager')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await go({ reason: '  ' })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    expect((await go({ reason, expectedVersion: 7 })).data.goOnWithoutPartnerService).toMatchObject({
      code: 'stale-version',
      currentVersion: 1,
    })
    expect((await go({ reason })).data.goOnWithoutPartnerService).toMatchObject({ partnerService: 'GONE_ON_WITHOUT', wentOnReason: reason })
    expect((await go({ reason, expectedVersion: 2 })).data.goOnWithoutPartnerService).toMatchObject({
      code: 'invalid-input',
      field: 'endingId',
    })
    expect(await say()).toMatchObject({ occasion: 'NO_PLACE' })
    const audited = await database.asOwner((run) =>
      run(`select action from audit_entries where provider_id = '${world.providerId}' and subject_id = '${ending.id}' order by number`),
    )
    expect(audited.map(({ action }) => action)).toContain('case.went-on-without-partner-service')
    clock.moveTo('2026-05-01T11:00:00.001Z')
    await dispatch(world, recordingSink())
    expect((await messagesOf(world)).filter(({ kind }) => kind === 'ending')).toHaveLength(2)
    await hearEndings(world, caseId)
    expect((await endingsIn(world, caseId))[0]).toMatchObject({ acknowledgedBy: people['partner-support-worker'].id, version: 3 })
    expect(await tasksOf(world, 'tell-referrer')).toHaveLength(1)
  })

  test('no place, withdrawn and ended are told where something has ended, and a completed programme has', async () => {
    const world = await newWorld()
    const referral = await referred(world)
    const caseId = localId('Case', referral.case.id)!
    const say = async (occasion: string) => {
      const input = { idempotencyKey: newId(), referralId: referral.id, occasion, text: 'x', channel: 'LETTER', givenOn: '2026-05-01' }
      return (await world.send(world.people['programme-manager'], tell, { input })).data.giveFeedback
    }
    for (const occasion of ['NO_PLACE', 'WITHDRAWN', 'ENDED'])
      expect(await say(occasion), occasion).toMatchObject({ code: 'invalid-input', field: 'occasion' })
    for (const to of ['intake', 'accepted', 'in-programme', 'completed'] as const)
      await world.as(world.people['programme-manager'], (tx, actor) => moveCase(tx, actor, caseId, to, 'a reason'))
    expect(await say('NO_PLACE')).toMatchObject({ code: 'invalid-input', field: 'occasion' })
    expect(await say('ENDED')).toMatchObject({ occasion: 'ENDED' })
  })

  test('a refusal that is looked at again is taken back: partner support hears again, and what was to be done about it is not', async () => {
    const { world, people, caseId, ending, say } = await refused()
    await hearEndings(world, caseId)
    await say()
    await world.as(people['programme-manager'], (tx, actor) => moveCase(tx, actor, caseId, 'intake', 'he appealed'))
    const [first, second] = await endingsIn(world, caseId)
    expect([first, second]).toMatchObject([
      { id: ending.id, takenBackAt: start },
      { what: 'taken-back', takesBackId: ending.id },
    ])
    expect((await messagesOf(world)).map(({ subjectId }) => subjectId)).toEqual([ending.id, second!.id])
    expect(await tasksOf(world, 'review-risk')).toMatchObject([{ status: 'cancelled' }])
    expect(await say('PROGRESS')).toMatchObject({ code: 'partner-service-first' })
    await world.send(people['partner-support-worker'], acknowledge, naming(second!))
    // The referrer had been told of the refusal, so is told of this as well.
    expect(await tasksOf(world, 'tell-referrer')).toMatchObject([{ status: 'done' }, { status: 'open' }])
    expect(await say('PROGRESS')).toMatchObject({ occasion: 'PROGRESS' })
    expect((await tasksOf(world, 'tell-referrer')).map(({ status }) => status)).toEqual(['done', 'done'])
  })

  test('taken back before the referrer heard, there is nothing to tell', async () => {
    const { world, people, caseId } = await refused()
    await hearEndings(world, caseId)
    await world.as(people['programme-manager'], (tx, actor) => moveCase(tx, actor, caseId, 'intake', 'he appealed'))
    await hearEndings(world, caseId)
    expect(await tasksOf(world, 'tell-referrer')).toMatchObject([{ status: 'cancelled' }])
  })

  test('an outside referrer reads that it was withdrawn once the partner service has heard, whoever withdrew it', async () => {
    const world = await newWorld()
    const { people } = world
    const referral = await referred(world, { referrerName: null }, people.referrer)
    const byId = `query ($id: ID!) { referral(id: $id) { standing case { id } } }`
    const read = async (by: Role) => (await world.send(people[by], byId, { id: referral.id })).data.referral
    const caseId = localId('Case', (await read('intake-worker')).case.id)!
    const withdraw = /* GraphQL */ `mutation ($input: WithdrawReferralInput!) { withdrawReferral(input: $input) { ... on Referral { standing } } }`
    const input = { referralId: referral.id, reason: 'He has moved away.', expectedVersion: 1 }
    expect((await world.send(people['intake-worker'], withdraw, { input })).data.withdrawReferral.standing).toBe('WITHDRAWN')
    expect((await read('referrer')).standing).toBe('RECEIVED')
    await hearEndings(world, caseId)
    expect((await read('referrer')).standing).toBe('WITHDRAWN')
  })

  test('what may not be seen is answered like what is not there: an excluded worker, another provider', async () => {
    const { world, people, caseId, ending } = await refused()
    const other = await newWorld()
    const support = people['partner-support-worker']
    const missing = await world.send(support, acknowledge, naming({ ...ending, id: newId() }))
    expect(missing.data.acknowledgeEnding).toMatchObject({ code: 'not-found', message: 'no such ending' })
    expect(await other.send(other.people['partner-support-worker'], acknowledge, naming(ending))).toEqual(missing)
    await world.as(people['safeguarding-lead'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId, staffId: support.id, reason: 'a cousin' }),
    )
    expect(await world.send(support, acknowledge, naming(ending))).toEqual(missing)
    const node = await world.send(support, `query ($id: ID!) { node(id: $id) { id } }`, { id: globalId('CaseEnding', ending.id) })
    expect(node.data.node).toBeNull()
  })

  test('the participant’s side sees the step and nothing of who took it: names and records of partner support stay there', async () => {
    const { world, people, caseId, ending } = await refused()
    const seen = async () => JSON.stringify((await world.send(people['programme-manager'], ofCase, { id: globalId('Case', caseId) })).data)
    expect(await seen()).toContain('AWAITED')
    await world.send(people['partner-support-worker'], acknowledge, naming(ending))
    const after = await seen()
    expect(after).toContain('ACKNOWLEDGED')
    expect(after).not.toContain('Person in partner-support-worker')
    expect((await world.send(people.referrer, ofCase, { id: globalId('Case', caseId) })).data.case).toBeNull()
  })

  test('an ending stays as it was recorded, and as it was heard: the database refuses it', async () => {
    const { world, caseId, ending } = await refused()
    await hearEndings(world, caseId)
    for (const change of [`what = 'withdrawn'`, `ended_at = now()`, `acknowledged_at = null, acknowledged_by = null`])
      await expect(
        database.asOwner((run) => run(`update case_endings set ${change} where id = '${ending.id}'`)),
        change,
      ).rejects.toThrow('an ending stays as it was recorded')
  })
})
