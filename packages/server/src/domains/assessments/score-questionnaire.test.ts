import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { tasks } from '../tasks/index.ts'
import { newCase } from '../../../test/harness/assessed.ts'
import { lane, newWorld } from '../../../test/harness/world.ts'
import { assessmentFactSupplier } from './index.ts'
import { outsideResults } from './tables.ts'

const number = 'numerator denominator display'
const item = 'subscale item'
const result = `
  id tool name toolVersion takenOn scoreInHundredths outOf band source
  scoring {
    scale version
    scores { id label status value { ${number} } atLeast { ${number} } atMost { ${number} } missing { ${item} } reachesCutOff }
    risks { ${item} } openRisks { ${item} }
    change { since { id } scores { score change } }
  }
`
const score = /* GraphQL */ `
  mutation ($input: ScoreQuestionnaireInput!) {
    answer: scoreQuestionnaire(input: $input) {
      __typename
      ... on OutsideResult { ${result} }
      ... on AnswersNotUsable { faults { pointer message help } }
      ... on InvalidInput { field }
      ... on Refusal { code message help }
    }
  }
`
const recordByHand = /* GraphQL */ `
  mutation ($input: RecordOutsideResultInput!) { answer: recordOutsideResult(input: $input) { ... on OutsideResult { id scoring { scale } } ... on Refusal { code } } }
`
const since = `query ($id: ID!, $sinceId: ID!) { node(id: $id) { ... on OutsideResult { scoring { change(sinceId: $sinceId) { since { id } scores { change } } } } } }`
const read = `query ($id: ID!) { case(id: $id) { outsideResults { id scoring { scale } } } }`

type Sent = Record<string, unknown>
type Answer = number | null
const risk = [6, 9, 16, 22, 24, 34]
/** 34 answers, 2 unless said otherwise, with 0 to the items of risk. */
const form = (said: Record<number, Answer> = {}, otherwise = 2): Answer[] =>
  Array.from({ length: 34 }, (_, index) => {
    const at = index + 1
    return at in said ? said[at]! : risk.includes(at) ? 0 : otherwise
  })

async function newQuestionnaire() {
  const world = await newWorld()
  const { caseId } = await newCase(world)
  const worker = world.people['intake-worker']
  const id = globalId('Case', caseId)
  const filled = async (input: Sent, by: Actor = worker) => {
    const sent = { idempotencyKey: newId(), caseId: id, scale: 'core-om', takenOn: '2026-04-27', source: 'SELF', ...input }
    const answer = await world.send(by, score, { input: sent })
    return answer.data ? answer.data.answer : answer.errors
  }
  const byHand = async (scoreInHundredths: number, changes: Sent = {}) => {
    const about = { tool: 'CORE_OM', toolVersion: '1.0.0', takenOn: '2025-11-03', source: 'SELF', outOf: 40 }
    const input = { idempotencyKey: newId(), caseId: id, ...about, scoreInHundredths, ...changes }
    return (await world.send(worker, recordByHand, { input })).data.answer
  }
  const asked = () =>
    world.as(worker, async (tx) => {
      const rows = await tx.orm
        .select()
        .from(tasks)
        .where(and(eq(tasks.caseId, caseId), eq(tasks.subjectType, 'outside-result')))
      return rows.map(({ kind, status, dueAt, ownerId }) => `${kind} ${status} ${dueAt.slice(0, 16)} ${ownerId === worker.id}`).sort()
    })
  const fact = () =>
    world.as(worker, async (tx, actor) => (await assessmentFactSupplier.supply(tx, actor, caseId))['assessment.outsideResults'])
  return { world, caseId, id, worker, filled, byHand, asked, fact }
}

describe(`scoring a questionnaire on ${lane}`, () => {
  test('CORE-OM is scored and recorded in one go, beside the assessment and as a fact', async () => {
    const { filled, fact, asked } = await newQuestionnaire()
    const answer = await filled({ answers: form() })
    expect(answer).toMatchObject({
      __typename: 'OutsideResult',
      tool: 'CORE_OM',
      name: null,
      toolVersion: '1.0.0',
      takenOn: '2026-04-27',
      scoreInHundredths: 1647,
      outOf: 40,
      band: null,
      source: 'SELF',
      scoring: { scale: 'core-om', version: '1.0.0', risks: [], openRisks: [], change: null },
    })
    expect(answer.scoring.scores.map(({ id }: { id: string }) => id)).toEqual([
      'total',
      'non-risk',
      'wellbeing',
      'problems',
      'functioning',
      'risk',
    ])
    expect(answer.scoring.scores[0]).toEqual({
      id: 'total',
      label: 'All items',
      status: 'COMPLETE',
      value: { numerator: 280, denominator: 17, display: 16.5 },
      atLeast: { numerator: 280, denominator: 17, display: 16.5 },
      atMost: { numerator: 280, denominator: 17, display: 16.5 },
      missing: [],
      reachesCutOff: 'YES',
    })
    expect(await fact()).toMatchObject([{ tool: 'core-om', version: '1.0.0', scoreInHundredths: 1647, outOf: 40, source: 'self' }, null])
    expect(await asked()).toEqual([])
  })

  test('three items left out are scaled; with four the score is unknown, which is not low, and stays on record', async () => {
    const { filled, fact } = await newQuestionnaire()
    const three = await filled({ answers: form({ 1: null, 2: null, 3: null }) })
    expect(three).toMatchObject({ scoreInHundredths: 1613 })
    expect(three.scoring.scores[0]).toMatchObject({ status: 'PRORATED', value: { numerator: 500, denominator: 31 }, missing: [{}, {}, {}] })
    const four = await filled({ answers: form({ 1: null, 2: null, 3: null, 5: null }), takenOn: '2026-04-28' })
    expect(four).toMatchObject({ __typename: 'OutsideResult', scoreInHundredths: null, outOf: null, band: null })
    expect(four.scoring.scores[0]).toMatchObject({ status: 'UNKNOWN', value: null, atLeast: { display: 14.1 }, atMost: { display: 18.8 } })
    expect(await fact()).toMatchObject([{ scoreInHundredths: null, band: null, takenOn: '2026-04-28' }, { scoreInHundredths: 1613 }, null])
  })

  test('a risk item that is answered or left out is asked about the same day, whatever the score; a repeat asks no more', async () => {
    const { filled, asked, worker } = await newQuestionnaire()
    const input = { answers: form({ 22: 1, 34: null }, 0), idempotencyKey: newId() }
    const first = await filled(input)
    expect(first.scoring).toMatchObject({ risks: [{ subscale: 'risk', item: 22 }], openRisks: [{ subscale: 'risk', item: 34 }] })
    const expected = ['open-questions open 2026-05-01T17:00 true', 'safeguarding open 2026-05-01T17:00 true']
    expect(await asked()).toEqual(expected)
    expect(await filled(input, worker)).toEqual(first)
    expect(await asked()).toEqual(expected)
  })

  test('put right, what the first one asked is asked no more', async () => {
    const { filled, asked } = await newQuestionnaire()
    const { id } = await filled({ answers: form({ 22: 1 }) })
    expect(await filled({ answers: form(), correctsId: id })).toMatchObject({ field: 'correctionReason' })
    await filled({ answers: form({ 9: 1 }), correctsId: id, correctionReason: 'The wrong line was read.' })
    expect(await asked()).toEqual(['safeguarding cancelled 2026-05-01T17:00 true', 'safeguarding open 2026-05-01T17:00 true'])
  })

  test.each<[string, number, string]>([
    ['five points less is better', 1, 'BETTER'],
    ['the same is no reliable change', 2, 'NO_RELIABLE_CHANGE'],
    ['more is worse', 3, 'WORSE'],
  ])('%s, beside the first result of the case', async (_, otherwise, change) => {
    const { filled } = await newQuestionnaire()
    const { id } = await filled({ answers: form(), takenOn: '2025-11-03' })
    await filled({ answers: form({}, 4), takenOn: '2026-01-12' })
    const later = await filled({ answers: form({}, otherwise) })
    expect(later.scoring.change).toEqual({ since: { id }, scores: [{ score: 'total', change }] })
  })

  test('beside a result that was recorded as it came, unless the rounding decides', async () => {
    const { world, worker, filled, byHand } = await newQuestionnaire()
    const { id, scoring } = await byHand(2147)
    expect(scoring).toBeNull()
    // 280/17 is 16.4705…; 21.4705… would be just enough, and 21.47 may be that or a little less.
    const later = await filled({ answers: form() })
    expect(later.scoring.change).toEqual({ since: { id }, scores: [{ score: 'total', change: 'CANNOT_TELL' }] })
    const others: [number, Sent, string][] = [
      [2148, {}, 'BETTER'],
      [2146, {}, 'NO_RELIABLE_CHANGE'],
      [2148, { toolVersion: '1' }, 'CANNOT_TELL'],
    ]
    for (const [points, changes, change] of others) {
      const { id: sinceId } = await byHand(points, changes)
      const { node } = (await world.send(worker, since, { id: later.id, sinceId })).data
      expect([points, node.scoring.change]).toEqual([points, { since: { id: sinceId }, scores: [{ change }] }])
    }
    const other = await byHand(900, { tool: 'URICA_DV', outOf: 14, toolVersion: '1.0.0' })
    expect((await world.send(worker, since, { id: later.id, sinceId: other.id })).data.node.scoring.change).toBeNull()
  })

  test('URICA-DV is answered by subscale', async () => {
    const { filled } = await newQuestionnaire()
    const bySubscale = Object.entries({ precontemplation: 4, contemplation: 2, action: 2, maintenance: 1 }).map(([subscale, answer]) => ({
      subscale,
      answers: [answer, answer, answer, answer, answer],
    }))
    expect(await filled({ scale: 'urica-dv', bySubscale })).toMatchObject({ tool: 'URICA_DV', scoreInHundredths: 100, outOf: 14 })
    const low = bySubscale.map((each) => ({ ...each, answers: each.answers.map(() => (each.subscale === 'precontemplation' ? 5 : 1)) }))
    expect(await filled({ scale: 'urica-dv', bySubscale: low })).toMatchObject({ scoreInHundredths: -200, outOf: 14 })
    expect(await filled({ scale: 'urica-dv', answers: Array.from({ length: 20 }, () => 1) })).toMatchObject({
      code: 'answers-not-usable',
      faults: [{ pointer: '', help: 'give the answers by subscale' }],
    })
    expect(await filled({ scale: 'urica-dv', bySubscale: [...bySubscale, bySubscale[0]] })).toMatchObject({
      field: 'bySubscale.4.subscale',
    })
  })

  test('no answer of any item is kept', async () => {
    const { world, worker, caseId, filled } = await newQuestionnaire()
    await filled({ answers: form({ 22: 3 }) })
    const [row] = await world.as(worker, (tx) => tx.orm.select().from(outsideResults).where(eq(outsideResults.caseId, caseId)))
    expect(row!.scoring).toContain('"risks":[{"item":22,"subscale":"risk"}]')
    expect(row!.scoring).not.toContain('answer')
  })

  test.each<[string, Sent, Sent]>([
    [
      'what is on no form',
      { answers: form({ 7: 5, 9: -1 }) },
      { code: 'answers-not-usable', faults: [{ pointer: '/8' }, { pointer: '/6' }] },
    ],
    ['too few answers', { answers: [1, 2] }, { code: 'answers-not-usable' }],
    ['no answers', {}, { field: 'answers' }],
    ['answers in both ways', { answers: form(), bySubscale: [] }, { field: 'answers' }],
    ['a scale that is not there', { scale: 'core-on', answers: form() }, { field: 'scale', help: 'it has: core-om, urica-dv' }],
    ['a day that has not come', { takenOn: '2026-05-02', answers: form() }, { field: 'takenOn' }],
    ['a day before any rule set', { takenOn: '2024-12-31', answers: form() }, { code: 'no-rule-set-in-force' }],
    ['what the partner answered', { source: 'PARTNER', answers: form() }, { code: 'outside-result-from-partner' }],
  ])('%s is refused, and nothing is saved', async (_, input, refused) => {
    const { world, worker, id, filled, asked } = await newQuestionnaire()
    const answer = await filled({ ...input })
    const { faults, ...rest } = refused as { faults?: { pointer: string }[] }
    expect(answer).toMatchObject(rest)
    if (faults)
      expect(answer.faults.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(faults.map(({ pointer }) => pointer).sort())
    expect((await world.send(worker, read, { id })).data.case.outsideResults).toEqual([])
    expect(await asked()).toEqual([])
  })

  test('who does not assess scores nothing, and a case that may not be opened is not there', async () => {
    const { world, filled } = await newQuestionnaire()
    expect(await filled({ answers: form() }, world.people.facilitator)).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect(await filled({ answers: form() }, world.people['one-to-one-worker'])).toMatchObject({ code: 'not-found' })
  })
})
