import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { about, give, mine, complete, cancel, reassign, done, idsIn, myIds } from '../../../test/harness/tasks.ts'
import { clock, database, lane, newWorld, start } from '../../../test/harness/world.ts'
import { cancelTaskAbout, completeTask, completeTasksAbout, reassignTask, type Task } from './index.ts'

describe(`tasks on ${lane}`, () => {
  test('a task is due at the end of the Nth working day, counted from when the matter became known', async () => {
    const world = await newWorld()
    const { facilitator } = world.people
    // The world's clock stands on Friday 1 May 2026; Monday 4 May is a bank holiday.
    expect((await give(world, facilitator)).dueAt).toBe('2026-05-05T16:00:00.000Z')
    expect((await give(world, facilitator, { due: { within: { amount: 4, unit: 'hours' } } })).dueAt).toBe('2026-05-01T13:00:00.000Z')
    const recordedLate = await give(world, facilitator, {
      due: { within: { amount: 1, unit: 'working-days' }, from: '2026-04-29T10:00:00.000Z' },
    })
    expect([recordedLate.runsFrom, recordedLate.dueAt, recordedLate.openedAt]).toEqual([
      '2026-04-29T10:00:00.000Z',
      '2026-04-30T16:00:00.000Z',
      start,
    ])
    expect(
      (await give(world, facilitator, { due: { within: { amount: 1, unit: 'working-days' }, from: '2028-05-01T09:00:00.000Z' } }))
        .dueIsProvisional,
    ).toBe(true)
  })

  test('my tasks come in the order of their deadline, page after page in both directions, without gap or repetition', async () => {
    const world = await newWorld()
    const { facilitator } = world.people
    const given: Task[] = []
    // Ids that fall while the tasks are made, so that those due at one instant do not stand in their order by themselves.
    const ids = Array.from({ length: 6 }, newId).reverse()
    for (const [index, hours] of [5, 1, 3, 3, 3, 2].entries())
      given.push(
        await give(world, facilitator, { due: { within: { amount: hours, unit: 'hours' } } }, world.people['intake-worker'], ids[index]),
      )
    const inOrder = given
      .toSorted((one, other) => (`${one.dueAt}${one.id}` < `${other.dueAt}${other.id}` ? -1 : 1))
      .map(({ id }) => globalId('Task', id))
    const walk = async (size: 'first' | 'last', from: 'after' | 'before') => {
      const seen: string[][] = []
      let cursor: string | null = null
      for (;;) {
        const { data } = await world.send(facilitator, mine, { [size]: 2, ...(cursor ? { [from]: cursor } : {}) })
        const { pageInfo } = data.myTasks
        seen.push(idsIn(data.myTasks))
        cursor =
          size === 'first' ? (pageInfo.hasNextPage ? pageInfo.endCursor : null) : pageInfo.hasPreviousPage ? pageInfo.startCursor : null
        if (!cursor) return seen
      }
    }
    expect((await walk('first', 'after')).flat()).toEqual(inOrder)
    expect((await walk('last', 'before')).reverse().flat()).toEqual(inOrder)
  })

  test('a cursor that did not come from this list is bad input, never a fault', async () => {
    const world = await newWorld()
    for (const [key, id] of [
      ['x', newId()],
      ['2026-02-30T10:00:00.000Z', 'x'],
      ['9999999', newId()],
      [start, '-'.repeat(36)],
    ]) {
      const forged = Buffer.from(JSON.stringify(['v1', key, id])).toString('base64url')
      expect((await world.send(world.people.facilitator, mine, { after: forged })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    }
  })

  test('overdue follows the clock: not at the deadline itself, from the next moment on, and no longer when done', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator, { due: { within: { amount: 1, unit: 'hours' } } })
    const id = globalId('Task', task.id)
    const seen = async () => [
      await myIds(world, 'facilitator', 'OVERDUE'),
      (await world.send(world.people.facilitator, mine)).data.myTasks.edges[0]?.node.isOverdue,
    ]
    clock.moveTo(task.dueAt)
    expect(await seen()).toEqual([[], false])
    clock.moveTo('2026-05-01T10:00:00.001Z')
    expect(await seen()).toEqual([[id], true])
    const { data } = await world.send(world.people.facilitator, complete, done(task))
    expect(data.completeTask).toMatchObject({
      __typename: 'Task',
      status: 'DONE',
      isOverdue: false,
      record: 'Rang and settled it',
      closedAt: '2026-05-01T10:00:00.001Z',
      closedBy: { name: 'Person in facilitator' },
      version: 2,
    })
    expect(await seen()).toEqual([[], undefined])
    expect(await myIds(world, 'facilitator', 'DONE')).toEqual([id])
  })

  test('a task is done only with a record, and only once', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator)
    const without = await world.send(world.people.facilitator, complete, { input: { ...done(task).input, record: '  ' } })
    expect(without.errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    await expect(
      world.as(world.people.facilitator, (tx, actor) => completeTask(tx, actor, { taskId: task.id, record: ' ', expectedVersion: 1 })),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    await world.send(world.people.facilitator, complete, done(task))
    const again = await world.send(world.people.facilitator, complete, done(task, 2))
    expect(again.data.completeTask).toMatchObject({ code: 'invalid-move', allowed: [] })
    const cancelled = await world.send(world.people['programme-manager'], cancel, {
      input: { taskId: globalId('Task', task.id), reason: 'needless', expectedVersion: 2 },
    })
    expect(cancelled.data.cancelTask.code).toBe('invalid-move')
  })

  test('whoever changes a task from an old version is told, and nothing is changed', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator)
    await world.as(world.people.facilitator, (tx, actor) =>
      reassignTask(tx, actor, { taskId: task.id, ownerId: world.people['one-to-one-worker'].id, expectedVersion: 1 }),
    )
    const late = await world.send(world.people['programme-manager'], complete, done(task))
    expect(late.data.completeTask).toMatchObject({ __typename: 'StaleVersion', currentVersion: 2 })
    expect(await myIds(world, 'one-to-one-worker')).toEqual([globalId('Task', task.id)])
  })

  test('a reassigned task keeps its deadline and belongs to the other person from then on', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator)
    clock.moveTo('2026-05-02T09:00:00.000Z')
    const { data } = await world.send(world.people['programme-manager'], reassign, {
      input: { taskId: globalId('Task', task.id), ownerId: globalId('Staff', world.people['intake-worker'].id), expectedVersion: 1 },
    })
    expect(data.reassignTask).toEqual({ __typename: 'Task', owner: { name: 'Person in intake-worker' }, dueAt: task.dueAt, version: 2 })
    expect([await myIds(world, 'facilitator'), await myIds(world, 'intake-worker')]).toEqual([[], [globalId('Task', task.id)]])
  })

  test('a command closes the open tasks about what it settled, of its own side only', async () => {
    const world = await newWorld()
    const { people } = world
    const subject = about()
    const his = await give(world, people.facilitator, { about: subject, kind: 'review-risk' })
    const hers = await give(world, people['partner-support-worker'], { about: subject, kind: 'review-risk' })
    const otherKind = await give(world, people.facilitator, { about: subject })
    const settled = await world.as(people['intake-worker'], (tx, actor) =>
      cancelTaskAbout(tx, actor, subject, 'review-risk', 'a later assessment was signed'),
    )
    expect(settled).toBe(1)
    expect(await myIds(world, 'facilitator', 'CANCELLED')).toEqual([globalId('Task', his.id)])
    expect(await myIds(world, 'facilitator')).toEqual([globalId('Task', otherKind.id)])
    expect(await myIds(world, 'partner-support-worker')).toEqual([globalId('Task', hers.id)])
    expect(
      await world.as(people['partner-support-worker'], (tx, actor) =>
        completeTasksAbout(tx, actor, subject, 'review-risk', 'done with it'),
      ),
    ).toBe(1)
    expect(await myIds(world, 'partner-support-worker', 'DONE')).toEqual([globalId('Task', hers.id)])
    expect(await world.as(people['intake-worker'], (tx, actor) => cancelTaskAbout(tx, actor, subject, 'review-risk', 'again'))).toBe(0)
  })

  test('the audit says who opened, gave away and closed a task and what allowed it', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator)
    await world.send(world.people['programme-manager'], cancel, {
      input: { taskId: globalId('Task', task.id), reason: 'The referral was withdrawn', expectedVersion: 1 },
    })
    const { data } = await world.send(
      world.people.auditor,
      `query ($id: ShortText) { auditEntries(subjectId: $id) { edges { node { action allowedBy fields } } } }`,
      { id: task.id },
    )
    expect(data.auditEntries.edges.map(({ node }: { node: object }) => node)).toEqual([
      { action: 'task.cancelled', allowedBy: 'oversight', fields: ['status', 'record'] },
      { action: 'task.opened', allowedBy: 'intake-worker', fields: ['kind', 'ownerId', 'dueAt'] },
    ])
  })

  test('a page of tasks with owners takes the same number of statements for two as for ten', async () => {
    const world = await newWorld()
    const counted = async () => {
      const from = database.statementCount()
      await world.send(world.people.facilitator, mine)
      return database.statementCount() - from
    }
    for (let count = 0; count < 2; count += 1) await give(world, world.people.facilitator)
    const two = await counted()
    for (let count = 0; count < 8; count += 1) await give(world, world.people.facilitator)
    expect(await counted()).toBe(two)
  })
})
