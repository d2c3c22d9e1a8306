import type { RiskOutcome } from '@plumbline/rules'
import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { globalId, localId, newId } from '../../platform/ids.ts'
import { assignWorker } from '../cases/index.ts'
import { tasks, type TaskKind } from '../tasks/index.ts'
import { answered, assessed, draftOf, newCase, situationAnswered } from '../../../test/harness/assessed.ts'
import { published, stepByStep } from '../../../test/harness/rule-sets.ts'
import { clock, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { openQuestions } from './follow-ups.ts'
import { assessmentFactSupplier } from './index.ts'
import type { Said } from './result.ts'
import { outsideInquiries } from './tables.ts'

const inquiry = 'id answer askedOn askedOf unknownReason recordedBy { name } recordedAt'
const ask = /* GraphQL */ `
  mutation ($input: RecordOutsideInquiryInput!) {
    answer: recordOutsideInquiry(input: $input) {
      __typename
      ... on OutsideInquiry { ${inquiry} }
      ... on InvalidInput { field }
      ... on Refusal { code message help }
    }
  }
`
const record = /* GraphQL */ `
  mutation ($input: RecordOutsideResultInput!) {
    answer: recordOutsideResult(input: $input) { __typename ... on OutsideResult { id } ... on Refusal { code } }
  }
`
const read = `query ($id: ID!) { case(id: $id) { outsideResultsKnown outsideInquiries { ${inquiry} } timeline(first: 20) { edges { node { what summary } } } } }`
const node = `query ($id: ID!) { node(id: $id) { __typename } }`

type Sent = Record<string, unknown>
async function newWorldWithCase(ruleSetId: 'cdars-phoenix' | 'step-by-step' = 'cdars-phoenix') {
  const world = await newWorld(ruleSetId)
  const { caseId } = await newCase(world)
  const worker = world.people['intake-worker']
  const id = globalId('Case', caseId)
  const send = async (what: string, input: Sent, by: Actor, from: World) => {
    const answer = await from.send(by, what, { input: { idempotencyKey: newId(), caseId: id, ...input } })
    return answer.data ? answer.data.answer : answer.errors
  }
  const none = { answer: 'NONE', askedOn: '2026-04-28', askedOf: 'PROBATION' }
  return {
    world,
    caseId,
    asked: (changes: Sent = {}, by = worker, from = world) => send(ask, { ...none, ...changes }, by, from),
    found: (changes: Sent = {}) =>
      send(
        record,
        { tool: 'SARA_V3', toolVersion: '2015', takenOn: '2026-04-20', band: 'High', source: 'PROBATION', ...changes },
        worker,
        world,
      ),
    shown: async (by: Actor = worker) => (await world.send(by, read, { id })).data.case,
    facts: () => world.as(worker, (tx, actor) => assessmentFactSupplier.supply(tx, actor, caseId)),
  }
}
const notKnown = { answer: 'NOT_KNOWN', askedOf: 'SELF', unknownReason: 'He does not remember.' }

describe(`asking for results of other tools, on ${lane}`, () => {
  test('nobody asked, asked and none, asked and not known, and a result are four things', async () => {
    const { asked, found, shown, facts } = await newWorldWithCase()
    expect([(await shown()).outsideResultsKnown, await facts()]).toEqual(['NEVER_ASKED', {}])
    expect(await asked(notKnown)).toMatchObject({ __typename: 'OutsideInquiry', ...notKnown })
    expect([(await shown()).outsideResultsKnown, await facts()]).toEqual(['NOT_KNOWN', { 'assessment.outsideResults': null }])
    expect(await asked()).toMatchObject({
      answer: 'NONE',
      askedOn: '2026-04-28',
      askedOf: 'PROBATION',
      unknownReason: null,
      recordedBy: { name: 'Person in intake-worker' },
      recordedAt: '2026-05-01T09:00:00.000Z',
    })
    expect([(await shown()).outsideResultsKnown, await facts()]).toEqual(['NONE', { 'assessment.outsideResults': [] }])
    expect(await found({ takenOn: '2026-04-30' })).toMatchObject({ __typename: 'OutsideResult' })
    expect((await shown()).outsideResultsKnown).toBe('ALL_RECORDED')
    expect((await facts())['assessment.outsideResults']).toMatchObject([{ tool: 'sara-v3', band: 'High' }])
    expect((await shown()).outsideInquiries).toHaveLength(2)
  })

  test('the one asked last counts, of one day the one recorded last: a mistake is put right by asking again, and both stay', async () => {
    const { asked, shown, facts } = await newWorldWithCase()
    await asked({ askedOn: '2026-04-29' })
    await asked({ ...notKnown, askedOn: '2026-04-28' })
    expect(await facts()).toEqual({ 'assessment.outsideResults': [] })
    clock.moveTo('2026-05-01T09:01:00.000Z')
    await asked({ ...notKnown, askedOn: '2026-04-29' })
    expect(await facts()).toEqual({ 'assessment.outsideResults': null })
    const said = (await shown()).outsideInquiries.map(({ answer, askedOn }: { answer: string; askedOn: string }) => `${askedOn} ${answer}`)
    expect(said).toEqual(['2026-04-29 NOT_KNOWN', '2026-04-29 NONE', '2026-04-28 NOT_KNOWN'])
  })

  test('a result says nothing of others: they stay unknown until somebody asked, and again when one comes to light that was missed', async () => {
    const { asked, found, shown, facts } = await newWorldWithCase()
    await found({ tool: 'CORE_OM', source: 'SELF' })
    expect([(await shown()).outsideResultsKnown, (await facts())['assessment.outsideResults']]).toMatchObject([
      'RECORDED',
      [{ tool: 'core-om' }, null],
    ])
    await asked()
    expect([(await shown()).outsideResultsKnown, (await facts())['assessment.outsideResults']]).toMatchObject([
      'ALL_RECORDED',
      [{ tool: 'core-om' }],
    ])
    clock.moveTo('2026-05-01T09:01:00.000Z')
    await found({ takenOn: '2026-04-28' })
    expect([(await shown()).outsideResultsKnown, (await facts())['assessment.outsideResults']]).toMatchObject([
      'RECORDED',
      [{ tool: 'sara-v3' }, { tool: 'core-om' }, null],
    ])
    await asked({ askedOn: '2026-05-01' })
    expect((await shown()).outsideResultsKnown).toBe('ALL_RECORDED')
  })

  test('a second call with the key gives what is there, also after a result came', async () => {
    const { asked, found, shown } = await newWorldWithCase()
    const idempotencyKey = newId()
    const first = await asked({ idempotencyKey })
    await found()
    expect(await asked({ idempotencyKey })).toEqual(first)
    expect(await asked({ idempotencyKey, askedOf: 'POLICE' })).toMatchObject({ code: 'idempotency-key-reused' })
    expect((await shown()).outsideInquiries).toHaveLength(1)
  })

  test.each<[string, Sent, string]>([
    ['a day that has not come', { askedOn: '2026-05-02' }, 'askedOn'],
    ['what the partner was asked', { askedOf: 'PARTNER' }, 'askedOf'],
    ['what the partner does not know', { ...notKnown, askedOf: 'PARTNER' }, 'askedOf'],
    ['none on the person’s own word', { askedOf: 'SELF' }, 'askedOf'],
    ['not known without a reason', { answer: 'NOT_KNOWN' }, 'unknownReason'],
    ['a reason with nothing unknown', { unknownReason: 'x' }, 'unknownReason'],
  ])('%s is refused at its field, and nothing is saved', async (_, input, field) => {
    const { asked, shown, facts } = await newWorldWithCase()
    expect(await asked(input)).toMatchObject({ __typename: 'InvalidInput', code: 'invalid-input', field })
    expect((await shown()).outsideInquiries).toEqual([])
    expect(await facts()).toEqual({})
  })

  test('the database itself keeps nothing of the partner and no none on his own word, and changes nothing', async () => {
    const { world, caseId, asked } = await newWorldWithCase()
    const worker = world.people['intake-worker']
    const row = {
      providerId: world.providerId,
      caseId,
      askedOn: '2026-04-28',
      recordedBy: worker.id,
      recordedAt: '2026-05-01T09:00:00.000Z',
    }
    const kept = (answer: 'none' | 'not-known', askedOf: string, unknownReason: string | null = null) =>
      world.as(worker, (tx) =>
        tx.orm.insert(outsideInquiries).values({ ...row, id: newId(), answer, askedOf: askedOf as 'self', unknownReason }),
      )
    await expect(kept('none', 'partner')).rejects.toMatchObject({ sqlState: '23514' })
    await expect(kept('none', 'self')).rejects.toMatchObject({ sqlState: '23514' })
    await expect(kept('not-known', 'self')).rejects.toMatchObject({ sqlState: '23514' })
    await asked()
    await expect(
      world.as(worker, (tx) => tx.orm.update(outsideInquiries).set({ answer: 'not-known' }).where(eq(outsideInquiries.caseId, caseId))),
    ).rejects.toMatchObject({ sqlState: '42501' })
    await expect(world.as(worker, (tx) => tx.rows(sql`delete from assessment_outside_inquiries`))).rejects.toMatchObject({
      sqlState: '42501',
    })
  })

  test('whoever reads no answers of an assessment sees nothing of it, by the case and by id; who does not assess records none', async () => {
    const { world, caseId, asked, shown } = await newWorldWithCase()
    const { people, as, send } = world
    const { id } = await asked()
    await as(people['programme-manager'], (tx, actor) => assignWorker(tx, actor, { caseId, staffId: people.facilitator.id }))
    expect(await shown(people.facilitator)).toMatchObject({ outsideInquiries: [], outsideResultsKnown: null })
    expect((await send(people.facilitator, node, { id })).data.node).toBeNull()
    expect(await asked({}, people.facilitator)).toMatchObject([{ message: expect.any(String) }])
    expect((await send(people['safeguarding-lead'], node, { id })).data.node).toEqual({ __typename: 'OutsideInquiry' })
    const stranger = await newWorld()
    expect((await stranger.send(stranger.people['intake-worker'], node, { id })).data.node).toBeNull()
    expect(await asked({}, stranger.people['intake-worker'], stranger)).toMatchObject({ code: 'not-found' })
  })

  test('who recorded it is in the audit, and the timeline says no more than that somebody asked', async () => {
    const { world, asked, shown } = await newWorldWithCase()
    const { id } = await asked()
    const entries = await world.send(
      world.people.auditor,
      `query ($id: ShortText!) { auditEntries(subjectId: $id, first: 1) { edges { node { action fields actorId } } } }`,
      { id: localId('OutsideInquiry', id) },
    )
    expect(entries.data.auditEntries.edges).toEqual([
      {
        node: {
          action: 'outside-inquiry.recorded',
          fields: ['answer', 'askedOn', 'askedOf'],
          actorId: globalId('Staff', world.people['intake-worker'].id),
        },
      },
    ])
    const { timeline } = await shown()
    expect(timeline.edges.map((edge: { node: unknown }) => edge.node)).toContainEqual({
      what: 'outside-inquiry-recorded',
      summary: 'Somebody asked for results of other tools',
    })
  })
})

/** Step by Step, where a high rating by probation lifts the band. */
const withPattern = stepByStep((document) => {
  Object.assign(document, { version: '1.1.0', effectiveFrom: '2026-05-02' })
  document.risk = {
    'high-elsewhere': {
      number: 900,
      label: 'Rated high by another tool',
      source: 'A policy of this test',
      conditions: {
        all: [
          {
            fact: 'assessment.outsideResults',
            some: {
              all: [
                { path: '$.tool', operator: 'equal', value: 'sara-v3' },
                { path: '$.band', operator: 'equal', value: 'High' },
              ],
            },
          },
        ],
      },
      event: { type: 'band-at-least', params: { band: 'high', action: 'Read the report' } },
    },
  }
  document.examples['rated high elsewhere'] = {
    kind: 'risk',
    asOf: '2026-05-02',
    facts: { 'assessment.outsideResults': [{ tool: 'sara-v3', band: 'High' }] },
    expect: { band: { atLeast: 'high' } },
  }
  document.examples['asked, and there is none'] = {
    kind: 'risk',
    asOf: '2026-05-02',
    facts: { 'assessment.outsideResults': [] },
    expect: { band: { atLeast: 'standard' } },
  }
})

describe(`a rule set whose pattern reads results of other tools, on ${lane}`, () => {
  const band = /* GraphQL */ `
    query ($id: ID!) { node(id: $id) { ... on Assessment { risk { band { atLeast { id } atMost { id } } } riskDecision { explanation { matchesRecord } } } } }
  `
  const preview = /* GraphQL */ `
    query ($id: ID!) { previewAssessment(assessmentId: $id) { risk { band { atLeast { id } atMost { id } } } } }
  `
  type Setting = Awaited<ReturnType<typeof newWorldWithCase>>
  test.each<[string, (setting: Setting) => Promise<unknown>, string, string]>([
    ['nobody asked: it could be', async () => {}, 'standard', 'high'],
    ['asked and not known: it could be', ({ asked }) => asked(notKnown), 'standard', 'high'],
    ['asked, and there is none: it is not', ({ asked }) => asked(), 'standard', 'standard'],
    ['one is rated high: it is', ({ found }) => found(), 'high', 'high'],
    ['none, and then one came: it is', async ({ asked, found }) => [await asked(), await found()], 'high', 'high'],
    ['one is rated low, and there may be others: it could be', ({ found }) => found({ band: 'Low' }), 'standard', 'high'],
    [
      'one is rated low, and there is no other: it is not',
      async ({ asked, found }) => [await found({ band: 'Low' }), await asked()],
      'standard',
      'standard',
    ],
    [
      'their own questionnaire says nothing of others: it could be',
      ({ found }) => found({ tool: 'CORE_OM', source: 'SELF' }),
      'standard',
      'high',
    ],
  ])('%s', async (_, before, atLeast, atMost) => {
    const setting = await newWorldWithCase('step-by-step')
    const { world, caseId } = setting
    await published(world, withPattern)
    clock.moveTo('2026-05-02T09:00:00.000Z')
    await before(setting)
    const expected = { atLeast: { id: atLeast }, atMost: { id: atMost } }
    const draft = await answered(world, await draftOf(world, caseId, { kind: 'mid', assessedOn: '2026-05-02' }), {})
    const whole = await situationAnswered(world, draft)
    const shown = async (query: string, { id }: { id: string }) =>
      (await world.send(world.people['intake-worker'], query, { id: globalId('Assessment', id) })).data
    expect((await shown(preview, whole)).previewAssessment.risk.band).toEqual(expected)
    const one = await assessed(world, caseId, {}, {}, { assessedOn: '2026-05-02' })
    expect((await shown(band, one)).node).toEqual({ risk: { band: expected }, riskDecision: { explanation: { matchesRecord: true } } })
  })

  const openTasks = (world: World, kind: TaskKind, { id }: { id: string }) =>
    world.as(world.people['safeguarding-lead'], (tx) =>
      tx.orm
        .select()
        .from(tasks)
        .where(and(eq(tasks.subjectId, id), eq(tasks.kind, kind), eq(tasks.status, 'open'))),
    )
  const assessedUnder = async (text: string, before: (setting: Setting) => Promise<unknown> = async () => {}) => {
    const setting = await newWorldWithCase('step-by-step')
    await published(setting.world, text)
    clock.moveTo('2026-05-02T09:00:00.000Z')
    await before(setting)
    return { ...setting, one: await assessed(setting.world, setting.caseId, {}, {}, { assessedOn: '2026-05-02' }) }
  }

  test('a band that hangs on a pattern alone is an open question, though no answer is open', () => {
    const band = (atMost: string) => ({
      outcome: { deciding: [], band: { atLeast: 'standard', atMost } } as unknown as RiskOutcome,
      needsHumanReview: false,
    })
    const asked = (risk: Said<RiskOutcome>) =>
      openQuestions({
        now: '2026-05-01T09:00:00.000Z',
        risk,
        safeguarding: { outcome: null, needsHumanReview: false },
        pathway: { outcome: null, needsHumanReview: false },
      })
    expect(asked(band('high'))).toMatchObject([{ kind: 'open-questions', decision: 'risk' }])
    expect(asked(band('standard'))).toEqual([])
  })

  test('one that is recorded after the signature has the risk assessed again, by the next working day', async () => {
    const { world, found, one } = await assessedUnder(withPattern, ({ asked }) => asked())
    expect(await openTasks(world, 'review-risk', one)).toHaveLength(1)
    await found()
    expect(await openTasks(world, 'review-risk', one)).toContainEqual(
      expect.objectContaining({
        title: 'Assess the risk again: the rules look at the result of another tool',
        ownerId: world.people['intake-worker'].id,
        dueAt: '2026-05-05T16:00:00.000Z',
      }),
    )
  })

  test('where no rule looks at them, a result asks for nothing', async () => {
    const setting = await newWorldWithCase('step-by-step')
    const one = await assessed(setting.world, setting.caseId, {})
    await setting.found()
    expect(await openTasks(setting.world, 'review-risk', one)).toHaveLength(1)
  })
})
