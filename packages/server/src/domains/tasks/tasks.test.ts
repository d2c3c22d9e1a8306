import { afterEach, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { clock, database, lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { staff } from '../providers/index.ts'
import {
  cancelTaskAbout,
  completeTask,
  completeTasksAbout,
  openTask,
  reassignTask,
  registerTaskExclusion,
  tasksOfCase,
  type Exclusion,
  type NewTask,
  type Task,
} from './index.ts'

const about = () => ({ type: 'referral', id: newId() })
const give = (
  world: World,
  owner: Actor,
  more: Partial<NewTask> = {},
  by: Actor = world.people['intake-worker'],
  id = newId(),
): Promise<Task> =>
  world.as(by, (tx, actor) =>
    openTask({ ...tx, newId: () => id }, actor, {
      kind: 'follow-up',
      title: 'Come back to this',
      about: about(),
      caseId: null,
      ownerId: owner.id,
      side: owner.side,
      due: { within: { amount: 1, unit: 'working-days' } },
      ...more,
    }),
  )

const mine = /* GraphQL */ `
  query ($filter: TaskFilter! = OPEN, $first: Int, $after: String, $last: Int, $before: String) {
    myTasks(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { node { id kind title status isOverdue dueAt record version owner { name } } }
      pageInfo { hasNextPage endCursor startCursor hasPreviousPage }
    }
  }
`
const everybodys = /* GraphQL */ `query { tasks { edges { node { id } } } }`
const refusal = '__typename ... on Refusal { code message } ... on StaleVersion { currentVersion } ... on InvalidMove { allowed }'
const complete = /* GraphQL */ `mutation ($input: CompleteTaskInput!) { completeTask(input: $input) { ... on Task { status record closedAt closedBy { name } isOverdue version } ${refusal} } }`
const cancel = /* GraphQL */ `mutation ($input: CancelTaskInput!) { cancelTask(input: $input) { ... on Task { status record } ${refusal} } }`
const reassign = /* GraphQL */ `mutation ($input: ReassignTaskInput!) { reassignTask(input: $input) { ... on Task { owner { name } dueAt version } ${refusal} } }`

const done = (task: Task, expectedVersion = task.version) => ({
  input: { taskId: globalId('Task', task.id), record: 'Rang and settled it', expectedVersion },
})
type Listed = { edges: { node: { id: string; dueAt: string } }[] }
const idsIn = (list: Listed) => list.edges.map(({ node }) => node.id)
const myIds = async ({ send, people }: World, by: keyof World['people'], filter = 'OPEN') =>
  idsIn((await send(people[by], mine, { filter })).data.myTasks)

let before: Exclusion | undefined
afterEach(() => {
  if (before) registerTaskExclusion(before)
  before = undefined
})

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

  test('somebody else’s task is answered like one that does not exist; so is another provider’s', async () => {
    const [world, other] = [await newWorld(), await newWorld()]
    const task = await give(world, world.people.facilitator)
    const missing = await world.send(world.people['intake-worker'], complete, done({ ...task, id: newId() }))
    expect(missing.data.completeTask.code).toBe('not-found')
    expect(await world.send(world.people['intake-worker'], complete, done(task))).toEqual(missing)
    expect(await other.send(other.people['safeguarding-lead'], complete, done(task))).toEqual(missing)
    expect(await world.send(world.people.facilitator, complete, { input: { ...done(task).input, taskId: 'not an id' } })).toEqual(missing)
    expect((await world.send(world.people.referrer, complete, done(task))).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('no side of the wall sees the other’s tasks: not listed, not closed, not by the database either', async () => {
    const world = await newWorld()
    const { people } = world
    const [his, hers, neither] = [
      await give(world, people.facilitator),
      await give(world, people['partner-support-worker']),
      await give(world, people['safeguarding-lead']),
    ]
    const listed = async (by: keyof World['people']) => idsIn((await world.send(people[by], everybodys)).data.tasks).sort()
    expect(await listed('programme-manager')).toEqual([globalId('Task', his.id)])
    expect(await listed('safeguarding-lead')).toEqual([his, hers, neither].map(({ id }) => globalId('Task', id)).sort())
    expect(await myIds(world, 'partner-support-worker')).toEqual([globalId('Task', hers.id)])
    const missing = await world.send(people['programme-manager'], complete, done({ ...hers, id: newId() }))
    expect(await world.send(people['programme-manager'], complete, done(hers))).toEqual(missing)
    expect((await world.send(people['partner-support-worker'], complete, done(his))).data.completeTask.code).toBe('not-found')
    for (const [person, seen] of [
      ['programme-manager', [his.id]],
      ['facilitator', [his.id]],
      ['partner-support-worker', [hers.id]],
    ] as const) {
      const rows = await world.as(people[person], (tx) => tx.rows<{ id: string }>(sql`select id from tasks`))
      expect(
        rows.map(({ id }) => id),
        person,
      ).toEqual(seen)
    }
  })

  test('a task of neither side may be a participant-side worker’s: they and the safeguarding lead see it, their manager does not', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator, { side: 'neutral' })
    expect(await myIds(world, 'facilitator')).toEqual([globalId('Task', task.id)])
    expect(idsIn((await world.send(world.people['programme-manager'], everybodys)).data.tasks)).toEqual([])
    expect(idsIn((await world.send(world.people['safeguarding-lead'], everybodys)).data.tasks)).toEqual([globalId('Task', task.id)])
  })

  test('a participant-side worker’s command opens a task on the partner’s side without being able to read it', async () => {
    const world = await newWorld()
    const task = await give(world, world.people['partner-support-worker'], { kind: 'tell-partner-service' }, world.people.facilitator)
    expect(await myIds(world, 'partner-support-worker')).toEqual([globalId('Task', task.id)])
    expect(await world.as(world.people.facilitator, (tx) => tx.rows(sql`select id from tasks`))).toEqual([])
  })

  test('the owner is active and on the task’s side: refused in words, and by the database itself', async () => {
    const world = await newWorld()
    const { people } = world
    await expect(give(world, people['partner-support-worker'], { side: 'participant' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'ownerId',
    })
    const task = await give(world, people.facilitator)
    const to = (ownerId: string) => ({ input: { taskId: globalId('Task', task.id), ownerId, expectedVersion: 1 } })
    expect(
      (await world.send(people.facilitator, reassign, to(globalId('Staff', people['partner-support-worker'].id)))).data.reassignTask.code,
    ).toBe('invalid-input')
    expect((await world.send(people.facilitator, reassign, to(globalId('Staff', newId())))).data.reassignTask.code).toBe('not-found')
    await expect(
      world.as(people['safeguarding-lead'], (tx) =>
        tx.rows(sql`update tasks set owner_id = ${people['partner-support-worker'].id}, owner_side = 'partner'`),
      ),
    ).rejects.toMatchObject({
      constraint: 'tasks_owner_on_side',
    })
    await world.as(people['programme-manager'], (tx) =>
      tx.orm.update(staff).set({ endedAt: tx.now }).where(sql`id = ${people['one-to-one-worker'].id}`),
    )
    await expect(give(world, people['one-to-one-worker'])).rejects.toMatchObject({ code: 'not-found' })
    expect(
      (await world.send(people.facilitator, reassign, to(globalId('Staff', people['one-to-one-worker'].id)))).data.reassignTask.code,
    ).toBe('not-found')
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

  test('whoever is excluded from a case sees none of its tasks, not even their own', async () => {
    const world = await newWorld()
    const caseId = newId()
    const task = await give(world, world.people.facilitator, { caseId })
    const both = async () => [
      await myIds(world, 'facilitator'),
      await world.as(world.people.facilitator, (tx, actor) => tasksOfCase.batch(tx, actor, [caseId])),
    ]
    expect(await both()).toMatchObject([[globalId('Task', task.id)], [[{ id: task.id }]]])
    before = registerTaskExclusion((actor, column) => sql`(${actor.id} = ${world.people.facilitator.id} and ${column} = ${caseId}::uuid)`)
    expect(await both()).toEqual([[], [[]]])
    expect((await world.send(world.people.facilitator, complete, done(task))).data.completeTask.code).toBe('not-found')
    expect(idsIn((await world.send(world.people['programme-manager'], everybodys)).data.tasks)).toEqual([globalId('Task', task.id)])
  })

  test('a task about a case its owner is excluded from falls to somebody who answers for its side, and cannot be given back', async () => {
    const world = await newWorld()
    const caseId = newId()
    const excluded = new Set([world.people.facilitator.id])
    before = registerTaskExclusion((actor, column) => sql`(${excluded.has(actor.id)} and ${column} = ${caseId}::uuid)`)
    const task = await give(world, world.people.facilitator, { caseId })
    expect(task.ownerId).toBe(world.people['programme-manager'].id)
    const back = await world.send(world.people['programme-manager'], reassign, {
      input: { taskId: globalId('Task', task.id), ownerId: globalId('Staff', world.people.facilitator.id), expectedVersion: 1 },
    })
    expect(back.data.reassignTask).toMatchObject({ code: 'invalid-input', message: 'this person cannot own this task' })
    excluded.add(world.people['programme-manager'].id)
    expect((await give(world, world.people.facilitator, { caseId })).ownerId).toBe(world.people['safeguarding-lead'].id)
    excluded.add(world.people['safeguarding-lead'].id)
    await expect(give(world, world.people.facilitator, { caseId })).rejects.toMatchObject({ code: 'invalid-input', field: 'ownerId' })
  })

  test('the audit says who opened, gave away and closed a task and what allowed it', async () => {
    const world = await newWorld()
    const task = await give(world, world.people.facilitator)
    await world.send(world.people['programme-manager'], cancel, {
      input: { taskId: globalId('Task', task.id), reason: 'The referral was withdrawn', expectedVersion: 1 },
    })
    const { data } = await world.send(
      world.people.auditor,
      `query ($id: String) { auditEntries(subjectId: $id) { edges { node { action allowedBy fields } } } }`,
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
