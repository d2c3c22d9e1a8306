import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId } from '../../platform/ids.ts'
import { openConcernsOfCase, type Concern } from '../safeguarding/index.ts'
import { tasks, type Task } from '../tasks/index.ts'
import { answered, assessed, draftOf, formWith, newCase, signed, situationAnswered, vector6 } from '../../../test/harness/assessed.ts'
import { crashEverywhere, messagesOf } from '../../../test/harness/notifications.ts'
import { clock, database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { answerFactors, assessmentFactSupplier, discardAssessment, signAssessment, type Assessment } from './index.ts'

const sign = /* GraphQL */ `
  mutation ($input: SignAssessmentInput!) {
    signAssessment(input: $input) {
      __typename
      ... on Assessment { version status safeguarding { outcome triggers { rule level tell within { amount unit } } cannotBeRuledOut { rule questions { fact question } } } risk { status selfReportOnly reviewDueOn band { atLeast { id } atMost { id } inWords } } }
      ... on InvalidMove { allowed }
      ... on StaleVersion { currentVersion }
      ... on Refusal { code message help }
    }
  }
`
const send = async (world: World, draft: Assessment, version = draft.version) =>
  (
    await world.send(world.people['intake-worker'], sign, {
      input: { assessmentId: globalId('Assessment', draft.id), expectedVersion: version },
    })
  ).data.signAssessment

const openTasks = (world: World, about: Assessment): Promise<Task[]> =>
  world.as(world.people['safeguarding-lead'], (tx) =>
    tx.orm
      .select()
      .from(tasks)
      .where(and(eq(tasks.subjectId, about.id), eq(tasks.status, 'open')))
      .orderBy(tasks.dueAt),
  )

const openConcerns = (world: World, caseId: string): Promise<Concern[]> =>
  world.as(world.people['intake-worker'], async (tx, actor) => (await openConcernsOfCase.batch(tx, actor, [caseId]))[0]!)

async function newDraft(ruleSetId: 'cdars-phoenix' | 'step-by-step' = 'cdars-phoenix') {
  const world = await newWorld(ruleSetId)
  const { caseId } = await newCase(world)
  return { world, caseId, draft: await draftOf(world, caseId) }
}

describe(`signing on ${lane}`, () => {
  test('unknown answers give a range, a review by its upper end, and one task for all that is open', async () => {
    const { world, draft } = await newDraft('step-by-step')
    const result = await send(world, await answered(world, draft, vector6))
    expect(result.risk).toMatchObject({
      status: 'PROVISIONAL',
      reviewDueOn: '2026-05-15',
      band: { atLeast: { id: 'medium' }, atMost: { id: 'high' }, inWords: 'at least medium, possibly high' },
    })
    const open = await openTasks(world, draft)
    // Nobody asked about the present situation either, and an emergency cannot be ruled out: within the hour, not within five working days.
    expect(open.filter(({ kind }) => kind === 'open-questions').map(({ dueAt }) => dueAt)).toEqual(['2026-05-01T10:00:00.000Z'])
    expect(open.filter(({ kind }) => kind === 'review-risk').map(({ dueAt }) => dueAt)).toEqual(['2026-05-15T16:00:00.000Z'])
  })

  test('questions never asked and questions not known stay open, with their words', async () => {
    const { world, draft } = await newDraft()
    const asked = await situationAnswered(world, await answered(world, draft, {}), { hasWeaponToHand: 'unknown' })
    const { safeguarding } = await send(world, asked)
    expect(safeguarding).toMatchObject({ outcome: 'ASK', triggers: [] })
    expect(safeguarding.cannotBeRuledOut.find((one: { rule: string }) => one.rule === 'weapon-to-hand').questions).toEqual([
      { fact: 'safeguarding.hasWeaponToHand', question: 'Does the person carry a weapon, or have one within easy reach?' },
    ])
    // A weapon cannot be ruled out: within the hour of that trigger.
    expect((await openTasks(world, draft)).find(({ kind }) => kind === 'open-questions')).toMatchObject({
      dueAt: '2026-05-01T10:00:00.000Z',
    })
  })

  test('triggers raise one concern for each level, due by the most urgent of it, and no task', async () => {
    const { world, caseId, draft } = await newDraft()
    const said = await situationAnswered(world, await answered(world, draft, {}), {
      hasNewPartnerWithChildren: 'yes',
      hasThreatenedStaff: 'yes',
      hasBreachedOrderOrCondition: 'yes',
    })
    const { safeguarding } = await send(world, said)
    expect(safeguarding.outcome).toBe('TELL')
    expect(safeguarding.triggers.map((one: { rule: string }) => one.rule)).toEqual([
      'threat-to-staff',
      'order-or-condition-breached',
      'new-partner-with-children',
    ])
    expect((await openTasks(world, draft)).filter(({ kind }) => kind === 'safeguarding')).toEqual([])
    const open = await openConcerns(world, caseId)
    const lead = world.people['safeguarding-lead'].id
    expect(open).toMatchObject([
      {
        level: 'same-day',
        what: ['threat-to-staff', 'order-or-condition-breached'],
        tell: ['safeguarding-lead', 'programme-manager', 'partner-service', 'police'],
        ownerId: lead,
        dueAt: '2026-05-01T13:00:00.000Z',
        acknowledgeBy: '2026-05-01T10:00:00.000Z',
        raisedBy: world.people['intake-worker'].id,
      },
      // Friday 1 May, and a bank holiday on Monday the 4th.
      { level: 'next-working-day', what: ['new-partner-with-children'], ownerId: lead, dueAt: '2026-05-05T16:00:00.000Z' },
    ])
    const decisions = new Set(open.map(({ decisionId }) => decisionId))
    expect([decisions.size, decisions.has(null)]).toEqual([1, false])
  })

  test('a signature that crashes before any of its statements leaves no concern, no message, no task and an unsigned draft', async () => {
    const { world, draft } = await newDraft()
    const said = await situationAnswered(world, await answered(world, draft, {}), { hasWeaponToHand: 'yes' })
    const crashes = await crashEverywhere(
      world,
      world.people['intake-worker'],
      (tx, actor) => signAssessment(tx, actor, said.id, said.version),
      async () => expect([await messagesOf(world), await openTasks(world, draft)]).toEqual([[], []]),
    )
    console.log(`crashes before a statement of a signature: ${crashes}`)
    expect(crashes).toBeGreaterThan(30)
    // The owner, and partner support because the rule names the partner service.
    expect((await messagesOf(world)).map(({ kind, recipientId }) => [kind, recipientId])).toEqual([
      ['concern-raised', world.people['safeguarding-lead'].id],
      ['concern-raised', world.people['partner-support-worker'].id],
    ])
  })

  test('each possible critical answer is to be verified within five working days', async () => {
    const { world, draft } = await newDraft()
    const result = await send(world, await answered(world, draft, { possible: [2, 10, 17] }))
    expect(result.risk.band).toMatchObject({ atLeast: { id: 'medium' }, atMost: { id: 'medium' }, inWords: 'medium' })
    const verify = (await openTasks(world, draft)).filter(({ kind }) => kind === 'verify-answer')
    // Friday 1 May and a bank holiday on Monday the 4th: the fifth working day is Monday the 11th.
    expect(verify.map(({ dueAt }) => dueAt)).toEqual(['2026-05-11T16:00:00.000Z', '2026-05-11T16:00:00.000Z'])
  })

  test('the lowest band is not signed on his word alone; another source, or owning up to not knowing, lets it be signed', async () => {
    const { world, caseId, draft } = await newDraft()
    const worker = world.people['intake-worker']
    const onOwnWord = formWith({}).map((one) => ({ ...one, sources: ['self'] as const }))
    const said = await world.as(worker, (tx, actor) => answerFactors(tx, actor, draft.id, onOwnWord, 1))
    const refused = await send(world, said)
    expect(refused).toMatchObject({ __typename: 'RestsOnSelfReportOnly', code: 'rests-on-self-report-only' })
    expect(refused.help).toContain('another source')
    expect(await openTasks(world, draft)).toEqual([])
    const other = await world.as(worker, (tx, actor) =>
      answerFactors(tx, actor, draft.id, [{ factor: 'physical-violence', answer: 'absent', sources: ['police'] }], said.version),
    )
    expect(await send(world, other)).toMatchObject({
      __typename: 'Assessment',
      risk: { status: 'COMPLETE', selfReportOnly: false, band: { inWords: 'standard' } },
    })
    expect(caseId).toBeTruthy()
  })

  test('a higher band can be signed on his word alone: provisional, looked at again in 14 days, another source asked for', async () => {
    const { world, draft } = await newDraft()
    const worker = world.people['intake-worker']
    const onOwnWord = formWith({ present: [1, 8, 17, 11, 18] }).map((one) => ({ ...one, sources: ['self'] as const }))
    const said = await world.as(worker, (tx, actor) => answerFactors(tx, actor, draft.id, onOwnWord, 1))
    expect((await send(world, said)).risk).toMatchObject({
      status: 'PROVISIONAL',
      selfReportOnly: true,
      band: { inWords: 'medium' },
      reviewDueOn: '2026-05-15',
    })
    expect((await openTasks(world, draft)).filter(({ kind }) => kind === 'verify-answer')).toHaveLength(1)
  })

  test('where the rules cannot decide a person must, soon, and the band is never lower than the one before', async () => {
    const { world, caseId } = await newDraft()
    await discardAll(world, caseId)
    const before = await assessed(world, caseId, { present: [2] }, {}, { kind: 'mid' })
    expect(before).toMatchObject({ bandAtLeast: 'high', bandAtMost: 'high' })
    const draft = await situationAnswered(world, await answered(world, await draftOf(world, caseId), {}))
    await database.asOwner((run) => run(`update assessments set assessed_on = '2019-06-01' where id = '${draft.id}'`))
    const result = await send(world, draft)
    expect(result.risk).toMatchObject({
      status: 'NEEDS_HUMAN_REVIEW',
      band: { atLeast: { id: 'high' }, atMost: { id: 'very-high' }, inWords: 'at least high, possibly very high' },
    })
    expect(result.safeguarding.outcome).toBe('NEEDS_HUMAN_REVIEW')
    const open = (await openTasks(world, draft)).filter(({ kind }) => kind === 'human-review')
    const lead = world.people['safeguarding-lead'].id
    expect(open.map(({ ownerId, dueAt }) => [ownerId, dueAt])).toEqual([
      [lead, '2026-05-01T13:00:00.000Z'],
      [lead, '2026-05-01T13:00:00.000Z'],
      // What else the person needs is no danger: whoever signed judges it.
      [world.people['intake-worker'].id, '2026-05-11T16:00:00.000Z'],
    ])
  })

  test('of two who sign at once one does, and the other is told that it changed', async () => {
    const { world, draft } = await newDraft()
    const ready = await answered(world, draft, { present: [1, 8] })
    const both = await Promise.all([send(world, ready), send(world, ready)])
    expect(both.map((one) => one.__typename).sort()).toEqual(['Assessment', 'StaleVersion'])
    expect((await openTasks(world, draft)).filter(({ kind }) => kind === 'review-risk')).toHaveLength(1)
    expect(await send(world, ready, ready.version + 1)).toMatchObject({ __typename: 'InvalidMove', allowed: [] })
    expect(await send(world, ready, 99)).toMatchObject({ __typename: 'StaleVersion', currentVersion: ready.version + 1 })
  })

  test('a draft is given up only with a reason, and then stays so', async () => {
    const { world, draft } = await newDraft()
    const worker = world.people['intake-worker']
    await expect(world.as(worker, (tx, actor) => discardAssessment(tx, actor, draft.id, ' ', 1))).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'reason',
    })
    expect(await world.as(worker, (tx, actor) => discardAssessment(tx, actor, draft.id, 'begun for the wrong person', 1))).toMatchObject({
      status: 'discarded',
    })
    expect(await send(world, draft, 2)).toMatchObject({ __typename: 'InvalidMove', allowed: [] })
  })

  test('a later assessment replaces the review of the one before; one of an earlier day, signed late, replaces nothing', async () => {
    const { world, caseId, draft } = await newDraft()
    const first = await signed(world, await situationAnswered(world, await answered(world, draft, { present: [1, 8] })))
    clock.moveTo('2026-05-20T09:00:00.000Z')
    const late = await assessed(world, caseId, { present: [2] }, {}, { kind: 'event', eventReason: 'an arrest', assessedOn: '2026-04-20' })
    const kindsOf = async (one: Assessment) => (await openTasks(world, one)).map(({ kind }) => kind)
    expect(await kindsOf(first)).toContain('review-risk')
    expect(await kindsOf(late)).not.toContain('review-risk')
    const second = await assessed(world, caseId, {}, {}, { kind: 'mid', assessedOn: '2026-05-20' })
    expect(await kindsOf(first)).not.toContain('review-risk')
    expect(await kindsOf(second)).toContain('review-risk')
  })

  test('other slices are given what the assessment in force says, and its band; nothing before one is signed', async () => {
    const { world, caseId, draft } = await newDraft()
    const facts = () => world.as(world.people['intake-worker'], (tx, actor) => assessmentFactSupplier.supply(tx, actor, caseId))
    expect(await facts()).toEqual({})
    const said = await answered(world, draft, { present: [8], unknown: [20] })
    expect(await facts()).toEqual({})
    await signed(world, await situationAnswered(world, said, { hasWeaponToHand: 'unknown', hasThreatenedStaff: 'yes' }))
    const known = await facts()
    expect(known).toMatchObject({
      'factor.coercive-control': 'present',
      'factor.coercive-control.sources': ['record', 'self'],
      'factor.mental-health-or-personality-difficulty': null,
      'safeguarding.hasWeaponToHand': null,
      'safeguarding.hasThreatenedStaff': true,
      'safeguarding.hasMissedSession': false,
      'risk.atLeast': 'standard',
      'risk.atMost': 'standard',
    })
    expect(Object.keys(known).filter((name) => /^factor\.[a-z-]+$/.test(name))).toHaveLength(24)
  })
})

/** Nothing is left open, so that the next draft may be of any kind. */
async function discardAll(world: World, caseId: string): Promise<void> {
  const { assessments } = await import('./tables.ts')
  await world.as(world.people['intake-worker'], async (tx, actor) => {
    const drafts = await tx.orm
      .select()
      .from(assessments)
      .where(and(eq(assessments.caseId, caseId), eq(assessments.status, 'draft')))
    for (const { id, version } of drafts) await discardAssessment(tx, actor, id, 'not needed', version)
  })
}
