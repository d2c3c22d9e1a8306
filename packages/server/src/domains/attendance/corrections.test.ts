import { describe, expect, test } from 'vitest'
import { assessed } from '../../../test/harness/assessed.ts'
import { caseIn } from '../../../test/harness/cases.ts'
import { endingsIn, hearEndings } from '../../../test/harness/endings.ts'
import { messagesOf } from '../../../test/harness/notifications.ts'
import { allTasks, join, ofCase, recorded, removalsOf, runningGroup, standing, type Running } from '../../../test/harness/registers.ts'
import { clock, database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { globalId } from '../../platform/ids.ts'
import { assignWorker, type Case } from '../cases/index.ts'
import { placeById, type Session } from '../programmes/index.ts'
import { openConcernsOfCase } from '../safeguarding/index.ts'
import { attendanceFactSupplier, confirmRemoval } from './index.ts'

const placeNow = (running: Running, at = 0) =>
  running.world.as(
    running.world.people['programme-manager'],
    async (tx, actor) => (await placeById.batch(tx, actor, [running.members[at]!.id]))[0]!,
  )
const caseNow = async ({ world, members }: Running, at = 0) =>
  (await world.send(world.people['programme-manager'], ofCase, { id: globalId('Case', members[at]!.caseId) })).data.case
const concernsIn = (world: World, caseId: string) =>
  world.as(world.people['safeguarding-lead'], async (tx, actor) => (await openConcernsOfCase.batch(tx, actor, [caseId]))[0]!)
const heard = async (world: World, from = 0) => {
  const roles = new Map(Object.entries(world.people).map(([role, { id }]) => [id, role]))
  return (await messagesOf(world)).slice(from).map(({ kind, recipientId }) => `${kind} ${roles.get(recipientId)}`)
}

/** An accepted case with a signed assessment. */
async function assessedCase(world: World, present: number[], said: Record<string, 'yes'> = {}): Promise<Case> {
  const opened = await caseIn(world, 'accepted')
  await world.as(world.people['programme-manager'], (tx, actor) =>
    assignWorker(tx, actor, { caseId: opened.id, staffId: world.people['intake-worker'].id }),
  )
  await assessed(world, opened.id, { present }, said)
  return opened
}

async function removed(capacity = 12) {
  const world = await newWorld('step-by-step')
  const running = await runningGroup(world, { cases: [await assessedCase(world, [7])], capacity, meetings: 2 })
  await recorded(running, running.met[0]!, ['absent'])
  const [removal] = await removalsOf(running, running.members[0]!)
  await world.as(world.people['programme-manager'], (tx, actor) =>
    confirmRemoval(tx, actor, { removalId: removal!.id, reason: 'he had no excuse', expectedVersion: 1 }),
  )
  return running
}

describe(`removals on ${lane}`, () => {
  test('the rules propose and a named person confirms: the place ends, and the partner service hears before anybody outside', async () => {
    const running = await removed()
    const { world, members } = running
    expect(await removalsOf(running, members[0]!)).toMatchObject([
      { status: 'confirmed', decidedBy: world.people['programme-manager'].id, reason: 'he had no excuse', version: 2 },
    ])
    expect(await placeNow(running)).toMatchObject({ status: 'ended', ending: 'removed', endReason: 'he had no excuse' })
    expect((await caseNow(running)).status).toBe('ACCEPTED')
    expect(await endingsIn(world, members[0]!.caseId)).toMatchObject([{ what: 'place-ended', acknowledgedAt: null }])
    const open = (await allTasks(world)).filter(({ status, caseId }) => status === 'open' && caseId === members[0]!.caseId)
    expect(open.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['tell-partner-service', 'review-risk']))
    expect(open.map(({ kind }) => kind)).not.toContain('confirm-removal')
    // The proposal was told at once, then that it was confirmed.
    expect(await heard(world)).toEqual([
      'attendance partner-support-worker',
      'attendance partner-support-worker',
      'ending partner-support-worker',
    ])
  })

  test('a proposal that nobody decides is overdue on the next working day, and climbs', async () => {
    const running = await runningGroup(await newWorld('step-by-step'), { meetings: 1 })
    await recorded(running, running.met[0]!, ['absent'])
    const { dispatch, recordingSink } = await import('../../../test/harness/notifications.ts')
    const overdue = async (at: string) => {
      clock.moveTo(at)
      await dispatch(running.world, recordingSink())
      const [task] = (await allTasks(running.world)).filter(({ kind }) => kind === 'confirm-removal')
      const roles = new Map(Object.entries(running.world.people).map(([role, { id }]) => [id, role]))
      return (await messagesOf(running.world))
        .filter(({ subjectId }) => subjectId === task!.id)
        .map(({ recipientId }) => roles.get(recipientId))
    }
    expect(await overdue('2026-05-06T16:00:00.000Z')).toEqual([])
    expect(await overdue('2026-05-06T16:00:00.001Z')).toEqual(['programme-manager'])
    expect(await overdue('2026-05-07T16:00:00.001Z')).toEqual(['programme-manager', 'safeguarding-lead'])
  })
})

describe(`a corrected register on ${lane}`, () => {
  test('before anybody decided: the tasks are cancelled, the proposal is withdrawn, and whoever was told is told, the partner service first', async () => {
    const world = await newWorld('step-by-step')
    const running = await runningGroup(world, { cases: [await assessedCase(world, [7])], meetings: 1 })
    await recorded(running, running.met[0]!, ['absent'], {}, world.people['programme-manager'])
    const before = (await messagesOf(world)).length
    await recorded(running, running.met[0]!, ['attended'])
    expect(await standing(running, running.members[0]!)).toEqual([])
    expect(await removalsOf(running, running.members[0]!)).toMatchObject([
      { status: 'withdrawn', decidedBy: null, undoneReason: 'the sheet of another evening' },
    ])
    const tasks = (await allTasks(world)).filter(({ subjectType }) => subjectType === 'attendance-consequence')
    expect(tasks.map(({ kind, status, record }) => [kind, status, record])).toEqual([
      ['contact-after-absence', 'cancelled', 'the register was corrected'],
      ['confirm-removal', 'cancelled', 'the register was corrected'],
    ])
    // Once for the contact and once for the removal; each time partner support first, then who had the task.
    const again = ['attendance-undone partner-support-worker', 'attendance-undone programme-manager']
    expect(await heard(world, before)).toEqual([...again, ...again])
    expect((await caseNow(running)).attendanceConsequences).toMatchObject([
      { type: 'CONTACT', undoneAt: running.met[0]!.endsAt },
      { type: 'REMOVAL_DUE', undoneAt: running.met[0]!.endsAt },
    ])
  })

  test('after a confirmed removal: he is back in the place with its joining day, and the ending is taken back in the same order', async () => {
    const running = await removed()
    const { world, members, met } = running
    await hearEndings(world, members[0]!.caseId)
    clock.moveTo('2026-05-20T09:00:00.000Z')
    const before = (await messagesOf(world)).length
    await recorded(running, met[0]!, ['late'])
    expect(await removalsOf(running, members[0]!)).toMatchObject([{ status: 'undone', reason: 'he had no excuse', version: 3 }])
    expect(await placeNow(running)).toMatchObject({ status: 'open', ending: null, endedOn: null, joinedOn: members[0]!.joinedOn })
    expect((await caseNow(running)).status).toBe('IN_PROGRAMME')
    const [first, second] = await endingsIn(world, members[0]!.caseId)
    expect([first?.takenBackAt, second?.what, second?.acknowledgedAt]).toEqual(['2026-05-20T09:00:00.000Z', 'taken-back', null])
    expect((await heard(world, before)).filter((line) => !line.endsWith('partner-support-worker'))).toEqual([
      'attendance-undone programme-manager',
    ])
    expect((await heard(world, before))[0]).toMatch(/partner-support-worker$/)
    expect((await heard(world, before)).at(-1)).toBe('ending partner-support-worker')
    // Nobody had told the referrer, so nobody has to tell them again; the task that asked for it is gone.
    const open = (await allTasks(world)).filter(({ status, subjectType }) => status === 'open' && subjectType !== 'assessment')
    expect(open.map(({ kind }) => kind).sort()).toEqual(['tell-partner-service', 'tell-partner-service'])
  })

  test('what was held while he was wrongly removed is nothing he missed, and nobody is asked to record it', async () => {
    const world = await newWorld('step-by-step')
    const running = await runningGroup(world, {
      people: 2,
      cases: [await assessedCase(world, [7]), await assessedCase(world, [7])],
      meetings: 3,
    })
    const [first, second, third] = running.met as [Session, Session, Session]
    clock.moveTo(first.endsAt)
    await recorded(running, first, ['absent', 'attended'])
    const [removal] = await removalsOf(running, running.members[0]!)
    await world.as(world.people['programme-manager'], (tx, actor) =>
      confirmRemoval(tx, actor, { removalId: removal!.id, reason: 'he had no excuse', expectedVersion: 1 }),
    )
    clock.moveTo(second.endsAt)
    const other = { ...running, members: running.members.slice(1) }
    await recorded(other, second, ['attended'])
    clock.moveTo('2026-05-13T09:00:00.000Z')
    await recorded(running, first, ['attended', 'attended'])
    clock.moveTo(third.endsAt)
    await recorded(running, third, ['attended', 'attended'])
    expect(await standing(running, running.members[0]!)).toEqual([])
    // A correction of that evening is about those who belonged to the group then.
    await recorded(other, second, ['late'])
    const facts = await world.as(running.facilitator, (tx, actor) => attendanceFactSupplier.supply(tx, actor, running.members[0]!.caseId))
    expect(facts).toMatchObject({ 'programme.sessionsAttended': 2, 'programme.themesCompleted': 2 })
  })

  test('where the place was given to somebody else meanwhile, he waits at the head of the list', async () => {
    const running = await removed(1)
    const { world, met, groupId } = running
    const other = await caseIn(world, 'accepted')
    await world.as(world.people['programme-manager'], (tx, actor) =>
      join(tx, actor, { groupId, caseId: other.id, joinedOn: '2026-05-12', facilitatorId: running.facilitator.id }),
    )
    await recorded(running, met[0]!, ['attended'])
    expect(await placeNow(running)).toMatchObject({ status: 'waiting', priority: 0, ending: null })
    expect((await caseNow(running)).status).toBe('ACCEPTED')
    expect(await removalsOf(running, running.members[0]!)).toMatchObject([{ status: 'undone' }])
  })

  test('a session that turns out not to have been held takes its misses along, and held after all brings them back, once', async () => {
    const running = await runningGroup(await newWorld(), { people: 2, meetings: 1 })
    await recorded(running, running.met[0]!, ['absent', 'excused'])
    await recorded(running, running.met[0]!, 'the key was lost; they had gone home')
    for (const place of running.members) expect((await standing(running, place)).filter((one) => one.startsWith('contact'))).toEqual([])
    await recorded(running, running.met[0]!, ['absent', 'attended'])
    expect((await standing(running, running.members[0]!)).filter((one) => one.startsWith('contact'))).toHaveLength(1)
    expect((await standing(running, running.members[1]!)).filter((one) => one.startsWith('contact'))).toEqual([])
  })

  test('what was recorded stays as it was recorded: the database refuses a change', async () => {
    const running = await removed()
    const { providerId } = running.world
    for (const [change, says] of [
      [`update attendance_entries set outcome = 'attended'`, 'never changed'],
      [`update registers set result_text = '[]'`, 'never changed'],
      [`update attendance_consequences set due_at = now()`, 'a consequence stays'],
      [`update removals set reason = 'another'`, 'a removal stays'],
      [`delete from attendance_entries`, 'never changed'],
    ] as const)
      await expect(
        database.asOwner((run) => run(`${change} where provider_id = '${providerId}'`)),
        change,
      ).rejects.toThrow(says)
  })
})

describe(`safety on ${lane}`, () => {
  test('a miss while the risk may be high raises a concern in the transaction that records it, and no earlier danger a second time; below it, none', async () => {
    const world = await newWorld()
    const [calm, grave] = [await assessedCase(world, [7]), await assessedCase(world, [1, 2, 4, 8, 10], { hasWeaponToHand: 'yes' })]
    const running = await runningGroup(world, { people: 2, cases: [calm, grave], meetings: 2 })
    const before = (await concernsIn(world, grave.id)).length
    await recorded(running, running.met[0]!, ['absent', 'absent'])
    expect((await concernsIn(world, calm.id)).map(({ what }) => what)).toEqual([])
    const added = (await concernsIn(world, grave.id)).filter(({ what }) => what.includes('miss-or-ending-at-high-risk'))
    expect(added).toHaveLength(1)
    expect(await concernsIn(world, grave.id)).toHaveLength(before + 1)
    expect(added[0]).toMatchObject({ level: 'same-day', tell: ['partner-service', 'safeguarding-lead'], raisedAt: running.met[1]!.endsAt })
    // Each miss is a danger of its own; being there raises none.
    await recorded(running, running.met[1]!, ['attended', 'excused'])
    expect((await concernsIn(world, grave.id)).filter(({ what }) => what.includes('miss-or-ending-at-high-risk'))).toHaveLength(2)
    // Corrected, its owner is told; the concern stays until somebody acts on it.
    await recorded(running, running.met[1]!, ['attended', 'attended'])
    expect(await heard(world)).toContain('attendance-undone safeguarding-lead')
    expect((await concernsIn(world, grave.id)).filter(({ what }) => what.includes('miss-or-ending-at-high-risk'))).toHaveLength(2)
  })

  test('the risk rises in the middle of a programme: the miss before raised nothing, the next one raises a concern', async () => {
    const world = await newWorld()
    const opened = await assessedCase(world, [7])
    const running = await runningGroup(world, { cases: [opened], meetings: 2 })
    clock.moveTo(running.met[0]!.endsAt)
    await recorded(running, running.met[0]!, ['absent'])
    expect(await concernsIn(world, opened.id)).toEqual([])
    clock.moveTo('2026-05-11T09:00:00.000Z')
    await assessed(
      world,
      opened.id,
      { present: [1, 2, 4, 8, 10] },
      {},
      { kind: 'event', eventReason: 'a call from the police', assessedOn: '2026-05-11' },
    )
    const before = await concernsIn(world, opened.id)
    clock.moveTo(running.met[1]!.endsAt)
    await recorded(running, running.met[1]!, ['absent'])
    const after = await concernsIn(world, opened.id)
    expect(after).toHaveLength(before.length + 1)
    expect((await caseNow(running)).attendanceConsequences.filter(({ type }: { type: string }) => type === 'SAFEGUARDING')).toMatchObject([
      { concern: { level: 'SAME_DAY' }, undoneAt: null },
    ])
  })

  test('a removal at high risk raises a concern as it is confirmed, and while the risk is not known the lead is asked to find out', async () => {
    const world = await newWorld('step-by-step')
    const running = await runningGroup(world, {
      people: 2,
      cases: [await assessedCase(world, [1, 2, 4, 8, 10]), await caseIn(world, 'accepted')],
      meetings: 1,
    })
    await recorded(running, running.met[0]!, ['absent', 'absent'])
    const [grave, unknown] = running.members
    const open = async (caseId: string) =>
      (await allTasks(world)).filter((task) => task.caseId === caseId && task.kind === 'open-questions' && task.status === 'open').length
    expect(await open(unknown!.caseId)).toBe(1)
    const before = (await concernsIn(world, grave!.caseId)).length
    for (const place of [grave!, unknown!]) {
      const [removal] = await removalsOf(running, place)
      await world.as(world.people['safeguarding-lead'], (tx, actor) =>
        confirmRemoval(tx, actor, { removalId: removal!.id, reason: 'r', expectedVersion: 1 }),
      )
    }
    expect(await concernsIn(world, grave!.caseId)).toHaveLength(before + 1)
    expect(await concernsIn(world, unknown!.caseId)).toEqual([])
    expect(await open(unknown!.caseId)).toBe(2)
  })
})
