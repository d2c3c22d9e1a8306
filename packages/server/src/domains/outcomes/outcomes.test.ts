import { describe, expect, test } from 'vitest'
import { recorded, runningGroup, allTasks, type Running } from '../../../test/harness/registers.ts'
import { referred } from '../../../test/harness/referred.ts'
import { clock, lane, newWorld, type World } from '../../../test/harness/world.ts'
import type { Actor } from '../../platform/actor.ts'
import { globalId, localId, newId } from '../../platform/ids.ts'
import { moveCase } from '../cases/index.ts'

const refusal =
  '... on Refusal { code message help } ... on InvalidInput { field } ... on InvalidMove { allowed } ... on StaleVersion { currentVersion }'
const completion =
  '__typename ... on Completion { id status improved statement version settledBy { name } decision { outcome ruleSet { version } } }'
const review =
  '__typename ... on OutcomeReview { id point takenOn note isCorrected correctionReason measures { measure version source change points outOf } } ... on MeasureFromPartner { partnerService }'
const mutations = {
  record: `mutation ($input: RecordOutcomesInput!) { answer: recordOutcomes(input: $input) { ${review} ${refusal} } }`,
  correct: `mutation ($input: CorrectOutcomesInput!) { answer: correctOutcomes(input: $input) { ${review} ${refusal} } }`,
  decide: `mutation ($input: DecideCompletionInput!) { answer: decideCompletion(input: $input) { ${completion} ${refusal} } }`,
  confirm: `mutation ($input: SettleCompletionInput!) { answer: confirmCompletion(input: $input) { ${completion} ${refusal} } }`,
  decline: `mutation ($input: SettleCompletionInput!) { answer: declineCompletion(input: $input) { ${completion} ${refusal} } }`,
  tell: `mutation ($input: GiveFeedbackInput!) { answer: giveFeedback(input: $input) { __typename ${refusal} } }`,
  undo: `mutation ($input: UndoCompletionInput!) { answer: undoCompletion(input: $input) { ${completion} ${refusal} } }`,
}
const placesOf = `query ($id: ID!) { case(id: $id) { status outcomeReviews { id isCorrected measures { measure } } places { status ending completion { id status improved version } completionHistory { status } } } }`

const ask = async (world: World, by: Actor, mutation: keyof typeof mutations, input: Record<string, unknown>) => {
  const answer = await world.send(by, mutations[mutation], { input })
  return answer.data ? answer.data.answer : answer.errors
}
const caseOf = async ({ world, members }: Running, index = 0) =>
  (await world.send(world.people['programme-manager'], placesOf, { id: globalId('Case', members[index]!.caseId) })).data.case
const openTasks = async (world: World, caseId: string) =>
  (await allTasks(world)).filter((task) => task.caseId === caseId && task.status === 'open').map(({ kind, side }) => `${kind} ${side}`)

/** Everybody was there every time but for those named. */
async function held(running: Running, from: number, to: number, outcome: 'attended' | 'absent' = 'attended') {
  for (const session of running.met.slice(from, to))
    await recorded(
      running,
      session,
      running.members.map(() => outcome),
    )
}
const taken = (running: Running, changes: Record<string, unknown> = {}) => ({
  idempotencyKey: newId(),
  caseId: globalId('Case', running.members[0]!.caseId),
  point: 'END',
  takenOn: '2026-05-01',
  measures: [
    { measure: 'safety-from-violence', version: '1', source: 'WORKER', change: 'SIGNIFICANTLY_BETTER' },
    { measure: 'respectful-communication', version: '1', source: 'SOCIAL_SERVICES', change: 'SIGNIFICANTLY_BETTER' },
  ],
  ...changes,
})

describe(`completion on ${lane}`, () => {
  test('at CDARS the twelfth session attended brings completion into reach: proposed, confirmed by a named person, and everybody is told', async () => {
    const world = await newWorld('cdars-phoenix')
    const running = await runningGroup(world, { meetings: 12 })
    await held(running, 0, 11)
    expect((await caseOf(running)).places[0].completion).toBeNull()
    await held(running, 11, 12)
    const { completion: proposed } = (await caseOf(running)).places[0]
    expect(proposed).toMatchObject({ status: 'PROPOSED', improved: 'CANNOT_TELL' })

    const settling = { completionId: proposed.id, reason: 'Took part throughout.', expectedVersion: proposed.version }
    expect(await ask(world, running.facilitator, 'confirm', settling)).toMatchObject([{ message: expect.any(String) }])
    const confirmed = await ask(world, world.people['programme-manager'], 'confirm', settling)
    expect(confirmed).toMatchObject({
      status: 'CONFIRMED',
      statement: 'Attendance is not evidence of safety.',
      settledBy: { name: 'Person in programme-manager' },
    })
    expect(await caseOf(running)).toMatchObject({ status: 'COMPLETED', places: [{ status: 'ENDED', ending: 'COMPLETED' }] })
    expect((await openTasks(world, running.members[0]!.caseId)).sort()).toEqual([
      'assess-risk participant',
      'follow-up participant',
      'tell-partner-service partner',
      'tell-referrer participant',
    ])
  })

  test('at Step by Step nine themes complete, and eight do not', async () => {
    const world = await newWorld('step-by-step')
    const running = await runningGroup(world, { meetings: 9 })
    await held(running, 0, 8)
    const decide = () => ask(world, running.facilitator, 'decide', { idempotencyKey: newId(), placeId: running.members[0]!.globalId })
    // A session that is over and not recorded may have been the ninth.
    expect(await decide()).toMatchObject({ status: 'CANNOT_TELL' })
    await held(running, 8, 9, 'absent')
    expect(await decide()).toMatchObject({ status: 'NOT_COMPLETED' })
    await held(running, 8, 9)
    expect((await caseOf(running)).places[0].completion).toMatchObject({ status: 'PROPOSED' })
  })

  test('better only by named measures on somebody else’s account: asked for again, the newer answer counts and the older stays', async () => {
    const world = await newWorld('cdars-phoenix')
    const running = await runningGroup(world, { meetings: 12 })
    await held(running, 0, 12)
    const decide = () => ask(world, running.facilitator, 'decide', { idempotencyKey: newId(), placeId: running.members[0]!.globalId })
    const self = [
      { measure: 'safety-from-violence', version: '1', source: 'SELF', change: 'SIGNIFICANTLY_BETTER' },
      { measure: 'respectful-communication', version: '1', source: 'SELF', change: 'SIGNIFICANTLY_BETTER' },
    ]
    await ask(world, running.facilitator, 'record', taken(running, { point: 'MID', measures: self }))
    expect(await decide()).toMatchObject({ status: 'PROPOSED', improved: 'NO' })
    await ask(world, running.facilitator, 'record', taken(running))
    expect(await decide()).toMatchObject({ status: 'PROPOSED', improved: 'YES' })
    const { completionHistory } = (await caseOf(running)).places[0]
    expect(completionHistory.length).toBe(3)
  })

  test('a register that takes a confirmed completion’s ground away asks a named person; undone, he is back and everybody is told again', async () => {
    const world = await newWorld('cdars-phoenix')
    const manager = world.people['programme-manager']
    const running = await runningGroup(world, { meetings: 12 })
    const { caseId } = running.members[0]!
    await held(running, 0, 12)
    const { completion: proposed } = (await caseOf(running)).places[0]
    await ask(world, manager, 'confirm', { completionId: proposed.id, reason: 'Took part throughout.', expectedVersion: proposed.version })

    await recorded(running, running.met[11]!, ['absent'], {}, manager)
    expect(await openTasks(world, caseId)).toContain('confirm-completion participant')
    const { completion: standing } = (await caseOf(running)).places[0]
    expect(standing.status).toBe('CONFIRMED')

    const undone = await ask(world, manager, 'undo', {
      completionId: standing.id,
      reason: 'The twelfth session was missed.',
      expectedVersion: standing.version,
    })
    expect(undone).toMatchObject({ status: 'UNDONE' })
    expect(await caseOf(running)).toMatchObject({ status: 'IN_PROGRAMME', places: [{ status: 'OPEN' }] })
    const tasks = await openTasks(world, caseId)
    expect(tasks.filter((task) => task === 'tell-partner-service partner').length).toBe(2)
    // The referrer had heard nothing yet, so there is nothing to take back.
    expect(tasks).not.toContain('tell-referrer participant')
    expect(tasks).not.toContain('follow-up participant')
  })

  test('the referrer who is told of it, and of its undoing, need not be told again: the task is done', async () => {
    const world = await newWorld('cdars-phoenix')
    const manager = world.people['programme-manager']
    const referral = await referred(world)
    const opened = await world.as(manager, async (tx, actor) => {
      const caseId = localId('Case', referral.case.id)!
      await moveCase(tx, actor, caseId, 'intake', null)
      return moveCase(tx, actor, caseId, 'accepted', 'so that a test can begin')
    })
    const running = await runningGroup(world, { meetings: 12, cases: [opened] })
    await held(running, 0, 12)
    const settle = async (mutation: 'confirm' | 'undo', reason: string) => {
      const { id, version } = (await caseOf(running)).places[0].completion
      return ask(world, manager, mutation, { completionId: id, reason, expectedVersion: version })
    }
    const told = (occasion: string) =>
      ask(world, manager, 'tell', {
        idempotencyKey: newId(),
        referralId: referral.id,
        occasion,
        text: 'That he came says nothing of safety.',
        channel: 'LETTER',
        givenOn: clock.now().slice(0, 10),
      })
    const toTell = async () =>
      (await allTasks(world)).filter(({ kind }) => kind === 'tell-referrer').map(({ status, record }) => [status, record])

    await settle('confirm', 'Took part throughout.')
    expect(await toTell()).toEqual([['open', null]])
    expect(await told('ENDED')).toMatchObject({ __typename: 'ReferrerFeedback' })
    expect(await toTell()).toEqual([['done', 'the referrer was told']])

    await recorded(running, running.met[11]!, ['absent'], {}, manager)
    await settle('undo', 'The twelfth session was missed.')
    expect((await toTell()).map(([status]) => status)).toEqual(['done', 'open'])
    expect(await told('PROGRESS')).toMatchObject({ __typename: 'ReferrerFeedback' })
    expect((await toTell()).map(([status]) => status)).toEqual(['done', 'done'])
  })

  test('declined, it is not proposed again by the next register; asked for by a person, it is', async () => {
    const world = await newWorld('step-by-step')
    const running = await runningGroup(world, { meetings: 9 })
    await held(running, 0, 9)
    const { completion: proposed } = (await caseOf(running)).places[0]
    const manager = world.people['programme-manager']
    await ask(world, manager, 'decline', {
      completionId: proposed.id,
      reason: 'Slept through two of them.',
      expectedVersion: proposed.version,
    })
    await recorded(running, running.met[8]!, ['late'])
    expect((await caseOf(running)).places[0].completion.status).toBe('DECLINED')
    const again = await ask(world, manager, 'decide', { idempotencyKey: newId(), placeId: running.members[0]!.globalId })
    expect(again.status).toBe('PROPOSED')
  })

  test('settled once: a stale version, a second confirmation and a superseded answer are refused; the same key asks once', async () => {
    const world = await newWorld('step-by-step')
    const running = await runningGroup(world, { meetings: 9 })
    await held(running, 0, 9)
    const manager = world.people['programme-manager']
    const key = newId()
    const placeId = running.members[0]!.globalId
    const before = (await caseOf(running)).places[0].completion
    const first = await ask(world, manager, 'decide', { idempotencyKey: key, placeId })
    expect((await ask(world, manager, 'decide', { idempotencyKey: key, placeId })).id).toBe(first.id)
    const settling = (id: string, version: number) => ({ completionId: id, reason: 'Took part.', expectedVersion: version })
    expect(await ask(world, manager, 'confirm', settling(before.id, before.version))).toMatchObject({
      __typename: 'InvalidInput',
      field: 'completionId',
    })
    expect(await ask(world, manager, 'confirm', settling(first.id, 9))).toMatchObject({ __typename: 'StaleVersion', currentVersion: 1 })
    await ask(world, manager, 'confirm', settling(first.id, 1))
    expect(await ask(world, manager, 'confirm', settling(first.id, 2))).toMatchObject({ __typename: 'InvalidMove', allowed: ['undone'] })
  })

  test('to whoever may not open the case there is no place to ask about', async () => {
    const world = await newWorld('step-by-step')
    const running = await runningGroup(world, { meetings: 1 })
    const input = { idempotencyKey: newId(), placeId: running.members[0]!.globalId }
    expect(await ask(world, world.people['one-to-one-worker'], 'decide', input)).toMatchObject({ __typename: 'NotFound' })
  })
})

describe(`outcome measures on ${lane}`, () => {
  test('what the partner says is refused with the way to the partner service, and nothing is saved', async () => {
    const world = await newWorld('cdars-phoenix')
    const running = await runningGroup(world)
    const measures = [{ measure: 'safety-from-violence', version: '1', source: 'PARTNER', change: 'SIGNIFICANTLY_WORSE' }]
    const refused = await ask(world, running.facilitator, 'record', taken(running, { measures }))
    expect(refused).toMatchObject({ __typename: 'MeasureFromPartner', code: 'measure-from-partner', partnerService: 'A partner service' })
    expect((await caseOf(running)).outcomeReviews).toEqual([])
  })

  test('a correction keeps both and counts alone; a second correction of the same taking is refused', async () => {
    const world = await newWorld('cdars-phoenix')
    const running = await runningGroup(world)
    const first = await ask(world, running.facilitator, 'record', taken(running))
    const correction = {
      ...taken(running),
      caseId: undefined,
      point: undefined,
      reviewId: first.id,
      reason: 'The wrong sheet.',
      measures: [],
      note: 'None was taken after all.',
    }
    const second = await ask(world, running.facilitator, 'correct', correction)
    expect(second).toMatchObject({ point: 'END', correctionReason: 'The wrong sheet.', measures: [] })
    const reviews = (await caseOf(running)).outcomeReviews
    expect(reviews.map(({ id, isCorrected }: { id: string; isCorrected: boolean }) => [id, isCorrected])).toEqual([
      [second.id, false],
      [first.id, true],
    ])
    expect(await ask(world, running.facilitator, 'correct', { ...correction, idempotencyKey: newId() })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'reviewId',
    })
  })

  test.each([
    [{ takenOn: '2031-01-01' }, 'takenOn'],
    [{ measures: [] }, 'note'],
    [{ measures: [{ measure: 'Safety!', version: '1', source: 'WORKER' }] }, 'measures.0.measure'],
    [{ measures: [{ measure: 'safety', version: 'one two', source: 'WORKER' }] }, 'measures.0.version'],
    [{ measures: [{ measure: 'safety', version: '1', source: 'WORKER', points: 3 }] }, 'measures.0.outOf'],
    [{ measures: [{ measure: 'safety', version: '1', source: 'WORKER', points: 11, outOf: 10 }] }, 'measures.0.points'],
    [{ measures: Array.from({ length: 2 }, () => ({ measure: 'safety', version: '1', source: 'WORKER' })) }, 'measures.1.measure'],
    [{ measures: Array.from({ length: 41 }, (_, index) => ({ measure: `m${index}`, version: '1', source: 'WORKER' })) }, 'measures'],
  ])('refused with the field: %j', async (changes, field) => {
    const world = await newWorld('cdars-phoenix')
    const running = await runningGroup(world)
    expect(await ask(world, running.facilitator, 'record', taken(running, changes))).toMatchObject({ __typename: 'InvalidInput', field })
  })
})
