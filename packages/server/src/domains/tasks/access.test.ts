import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { give, everybodys, complete, reassign, done, idsIn, myIds } from '../../../test/harness/tasks.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { staff } from '../providers/index.ts'
import { registerTaskExclusion, tasksOfCase, type Exclusion } from './index.ts'

let before: Exclusion | undefined
afterEach(() => {
  if (before) registerTaskExclusion(before)
  before = undefined
})

describe(`who sees and owns a task on ${lane}`, () => {
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
})
