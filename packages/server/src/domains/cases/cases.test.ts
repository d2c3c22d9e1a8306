import { describe, expect, test } from 'vitest'
import { caseIn } from '../../../test/harness/cases.ts'
import { lane, newWorld, start, type World } from '../../../test/harness/world.ts'
import { globalId } from '../../platform/ids.ts'
import { addToTimeline, assignWorker, moveCase } from './index.ts'
import { caseMoves, caseStatuses } from './states.ts'

const close = /* GraphQL */ `
  mutation ($input: CloseCaseInput!) {
    closeCase(input: $input) {
      __typename
      ... on Case { status closedAt version statusHistory { from to reason changedAt changedBy { name } } }
      ... on Refusal { code message help }
      ... on StaleVersion { currentVersion }
      ... on InvalidMove { allowed }
    }
  }
`
const assign = /* GraphQL */ `
  mutation ($input: AssignWorkerInput!) { assignWorker(input: $input) { __typename ... on CaseWorker { id role version staff { name } } ... on Refusal { code } ... on InvalidInput { field } } }
`
const unassign = /* GraphQL */ `
  mutation ($input: UnassignWorkerInput!) { unassignWorker(input: $input) { __typename ... on CaseWorker { endedAt version } ... on Refusal { code message } } }
`
const closing = (world: World, id: string, change: object = {}) =>
  world
    .send(world.people['programme-manager'], close, { input: { caseId: id, reason: 'All is done.', expectedVersion: 1, ...change } })
    .then((answer) => answer.data.closeCase)

describe(`cases on ${lane}`, () => {
  test('a status moves along its table only, and a refused jump names the ones allowed', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    expect(await closing(world, row.globalId)).toEqual({
      __typename: 'InvalidMove',
      code: 'invalid-move',
      message: 'a case that is referred cannot become closed',
      help: 'from here it can become: intake, refused, withdrawn',
      allowed: ['intake', 'refused', 'withdrawn'],
    })
    const move = (to: Parameters<typeof moveCase>[3], reason: string | null, by = world.people['programme-manager']) =>
      world.as(by, (tx, actor) => moveCase(tx, actor, row.id, to, reason))
    await expect(move('withdrawn', '  ')).rejects.toMatchObject({ code: 'invalid-input', field: 'reason' })
    await expect(move('refused', null)).rejects.toMatchObject({ code: 'invalid-input', field: 'reason' })
    await expect(move('intake', null, world.people.facilitator)).rejects.toMatchObject({ code: 'not-allowed' })
    expect(await move('intake', null)).toMatchObject({ status: 'intake', version: 2, closedAt: null })
  })

  test('the table has no step out of an ending but a refusal that is challenged, and reaches every status', () => {
    const from = (status: string) => caseMoves.filter((move) => move.from === status).map((move) => move.to)
    expect([from('closed'), from('withdrawn'), from('refused')]).toEqual([[], [], ['intake']])
    expect(new Set(caseMoves.map((move) => move.to))).toEqual(new Set(caseStatuses.filter((status) => status !== 'referred')))
    expect(
      caseMoves.filter((move) => ['closed', 'withdrawn', 'refused'].includes(move.to)).every((move) => move.reason === 'required'),
    ).toBe(true)
  })

  test('closing keeps every step with who, when and why', async () => {
    const world = await newWorld()
    const row = await caseIn(world, 'completed')
    expect(await closing(world, row.globalId, { expectedVersion: 3 })).toMatchObject({ code: 'stale-version', currentVersion: 5 })
    const closed = await closing(world, row.globalId, { expectedVersion: 5 })
    expect(closed).toMatchObject({ status: 'CLOSED', closedAt: start, version: 6 })
    expect(closed.statusHistory.map(({ from, to }: { from: string; to: string }) => [from, to])).toEqual([
      [null, 'REFERRED'],
      ['REFERRED', 'INTAKE'],
      ['INTAKE', 'ACCEPTED'],
      ['ACCEPTED', 'IN_PROGRAMME'],
      ['IN_PROGRAMME', 'COMPLETED'],
      ['COMPLETED', 'CLOSED'],
    ])
    expect(closed.statusHistory.at(-1)).toMatchObject({
      reason: 'All is done.',
      changedAt: start,
      changedBy: { name: 'Person in programme-manager' },
    })
  })

  test('a case that ends without completing is looked at by the partner service and the safeguarding lead first', async () => {
    const world = await newWorld()
    const [accepted, completed] = [await caseIn(world, 'accepted'), await caseIn(world, 'completed')]
    await closing(world, accepted.globalId, { expectedVersion: 3 })
    await closing(world, completed.globalId, { expectedVersion: 5 })
    const tasksOf = async (role: 'partner-support-worker' | 'safeguarding-lead') =>
      (await world.send(world.people[role], `{ myTasks { edges { node { kind subjectType dueAt } } } }`)).data.myTasks.edges.map(
        (edge: { node: object }) => edge.node,
      )
    const of = { subjectType: 'case-ending' }
    expect(await tasksOf('partner-support-worker')).toEqual([{ ...of, kind: 'TELL_PARTNER_SERVICE', dueAt: '2026-05-01T17:00:00.000Z' }])
    expect(await tasksOf('safeguarding-lead')).toEqual([{ ...of, kind: 'REVIEW_RISK', dueAt: '2026-05-05T16:00:00.000Z' }])
    const running = await caseIn(world, 'in-programme')
    expect(await closing(world, running.globalId, { expectedVersion: 4 })).toMatchObject({ code: 'invalid-move' })
  })

  test('two people with the same version: one wins, the other is told', async () => {
    const world = await newWorld()
    const row = await caseIn(world, 'completed')
    const both = await Promise.all([
      closing(world, row.globalId, { expectedVersion: 5 }),
      closing(world, row.globalId, { expectedVersion: 5 }),
    ])
    expect(both.map((one) => one.__typename).sort()).toEqual(['Case', 'StaleVersion'])
  })

  test('a case is given to a worker once, in a role they have, and taken away again', async () => {
    const world = await newWorld()
    const row = await caseIn(world, 'accepted')
    const manager = world.people['programme-manager']
    const { facilitator } = world.people
    const input = { idempotencyKey: 'give-the-case', caseId: row.globalId, staffId: globalId('Staff', facilitator.id), role: 'FACILITATOR' }
    const give = async (change: object = {}) => (await world.send(manager, assign, { input: { ...input, ...change } })).data.assignWorker
    const given = await give()
    expect(given).toMatchObject({ __typename: 'CaseWorker', role: 'FACILITATOR', version: 1, staff: { name: 'Person in facilitator' } })
    expect(await give()).toEqual(given)
    expect(await give({ idempotencyKey: 'give-it-again' })).toEqual(given)
    expect(await give({ role: 'SOCIAL_WORKER' })).toMatchObject({ code: 'idempotency-key-reused' })
    expect(await give({ idempotencyKey: 'another-role', role: 'SOCIAL_WORKER' })).toMatchObject({ code: 'invalid-input', field: 'role' })
    expect(await give({ idempotencyKey: 'no-such-role', role: 'PROGRAMME_MANAGER' })).toMatchObject({
      code: 'invalid-input',
      field: 'role',
    })
    const acrossTheWall = {
      idempotencyKey: 'partner-side',
      staffId: globalId('Staff', world.people['partner-support-worker'].id),
      role: 'PARTNER_SUPPORT_WORKER',
    }
    expect(await give(acrossTheWall)).toMatchObject({ code: 'invalid-input' })

    const take = async (change: object = {}) =>
      (await world.send(manager, unassign, { input: { assignmentId: given.id, reason: 'On leave.', expectedVersion: 1, ...change } })).data
        .unassignWorker
    expect(await take({ expectedVersion: 2 })).toMatchObject({ code: 'stale-version' })
    expect(await take({ assignmentId: 'x' })).toMatchObject({ code: 'not-found' })
    expect(await take()).toEqual({ __typename: 'CaseWorker', endedAt: start, version: 2 })
    expect(await take({ expectedVersion: 2 })).toMatchObject({ code: 'invalid-move' })
    expect((await world.send(facilitator, `query ($id: ID!) { case(id: $id) { status } }`, { id: row.globalId })).data.case).toBeNull()
  })

  test('nobody of the partner side can be put on a case: the database refuses it', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const { caseAssignments } = await import('./tables.ts')
    const insert = (staffSide: 'participant' | 'partner', role: string) =>
      world.as(world.people['programme-manager'], (tx) =>
        tx.orm.insert(caseAssignments).values({
          providerId: world.providerId,
          id: tx.newId(),
          caseId: row.id,
          staffId: world.people['partner-support-worker'].id,
          staffSide: staffSide as 'participant',
          role: role as 'facilitator',
          assignedAt: tx.now,
        }),
      )
    await expect(insert('participant', 'facilitator')).rejects.toMatchObject({ sqlState: '23503' })
    await expect(insert('partner', 'facilitator')).rejects.toMatchObject({ sqlState: '23514' })
    await expect(insert('participant', 'partner-support-worker')).rejects.toMatchObject({ sqlState: '23514' })
  })

  test('the timeline shows what happened, latest first, page by page; never to a referrer', async () => {
    const world = await newWorld()
    const row = await caseIn(world)
    const { referrer } = world.people
    await world.as(world.people['programme-manager'], async (tx, actor) => {
      await assignWorker(tx, actor, { caseId: row.id, staffId: referrer.id })
      for (const day of ['02', '01', '03'])
        await addToTimeline(tx, actor, {
          caseId: row.id,
          what: 'something-happened',
          occurredAt: `2026-04-${day}T09:00:00.000Z`,
          summary: 'Something happened',
          about: { type: 'case', id: row.id },
        })
      await moveCase(tx, actor, row.id, 'intake', null)
    })
    const query = `query ($id: ID!, $after: String) { case(id: $id) { timeline(first: 3, after: $after) { edges { node { what occurredAt recordedAt recordedBy { name } } } pageInfo { hasNextPage endCursor } } } }`
    const first = (await world.send(world.people['social-worker'], query, { id: row.globalId })).data.case
    expect(first).toBeNull()
    const page = (await world.send(world.people['partner-support-worker'], query, { id: row.globalId })).data.case.timeline
    expect(page.edges.map(({ node }: { node: { what: string; occurredAt: string } }) => [node.what, node.occurredAt])).toEqual([
      ['case-intake', start],
      ['something-happened', '2026-04-03T09:00:00.000Z'],
      ['something-happened', '2026-04-02T09:00:00.000Z'],
    ])
    expect(page.edges[1].node).toMatchObject({ recordedAt: start, recordedBy: { name: 'Person in programme-manager' } })
    const rest = (await world.send(world.people['partner-support-worker'], query, { id: row.globalId, after: page.pageInfo.endCursor }))
      .data.case.timeline
    expect(rest.edges).toHaveLength(1)
    expect(rest.pageInfo.hasNextPage).toBe(false)
    expect((await world.send(referrer, query, { id: row.globalId })).data.case).toEqual({ timeline: null })
  })

  test('a later referral of the same person is a new case, and the person shows both', async () => {
    const world = await newWorld()
    const first = await caseIn(world, 'closed', { openedOn: '2025-05-01' })
    const second = await caseIn(world, 'referred', { participantId: first.participantId })
    expect(second.reference).not.toBe(first.reference)
    const query = `query ($id: ID!) { participant(id: $id) { cases { reference status } } }`
    const id = globalId('Participant', first.participantId)
    const all = await world.send(world.people['programme-manager'], query, { id })
    expect(all.data.participant.cases).toEqual([
      { reference: second.reference, status: 'REFERRED' },
      { reference: first.reference, status: 'CLOSED' },
    ])
    const intake = await world.send(world.people['intake-worker'], query, { id })
    expect(intake.data.participant.cases).toEqual([{ reference: second.reference, status: 'REFERRED' }])
  })

  test('arguments that make no sense are refused in words, and nothing is half written', async () => {
    const world = await newWorld()
    const row = await caseIn(world, 'completed')
    for (const change of [
      { reason: '' },
      { reason: ' \n ' },
      { reason: 'x'.repeat(4001) },
      { reason: 'a\u0000' },
      { reason: '\ud800' },
      { expectedVersion: 1.5 },
      { expectedVersion: null },
    ]) {
      const answer = await world.send(world.people['programme-manager'], close, {
        input: { caseId: row.globalId, reason: 'r', expectedVersion: 5, ...change },
      })
      expect([answer.status, answer.errors?.[0]?.extensions.code], JSON.stringify(change).slice(0, 40)).toEqual([
        expect.any(Number),
        'BAD_INPUT',
      ])
      expect(answer.status).toBeLessThan(500)
    }
    expect(await closing(world, row.globalId, { expectedVersion: 5 })).toMatchObject({ status: 'CLOSED' })
  })
})
