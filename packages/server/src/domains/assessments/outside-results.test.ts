import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { globalId, newId } from '../../platform/ids.ts'
import { assignWorker } from '../cases/index.ts'
import { partnerServiceArrangements } from '../providers/index.ts'
import { decisions } from '../rule-sets/index.ts'
import { assessed, newCase, vector6 } from '../../../test/harness/assessed.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { assessmentFactSupplier } from './index.ts'
import { outsideResults } from './tables.ts'

const result = 'id tool name toolVersion takenOn scoreInHundredths outOf band source isCorrected correctionReason recordedBy { name }'
const record = /* GraphQL */ `
  mutation ($input: RecordOutsideResultInput!) {
    answer: recordOutsideResult(input: $input) {
      __typename
      ... on OutsideResult { ${result} }
      ... on OutsideResultFromPartner { partnerService }
      ... on InvalidInput { field }
      ... on Refusal { code message help }
    }
  }
`
const read = `query ($id: ID!) { case(id: $id) { outsideResults { ${result} } timeline(first: 20) { edges { node { what } } } } }`
const node = `query ($id: ID!) { node(id: $id) { __typename } }`

type Sent = Record<string, unknown>
async function newWorldWithCase() {
  const world = await newWorld()
  const { caseId } = await newCase(world)
  const sara = {
    idempotencyKey: newId(),
    caseId: globalId('Case', caseId),
    tool: 'SARA_V3',
    toolVersion: '2015',
    takenOn: '2026-04-20',
    band: 'High',
    source: 'PROBATION',
  }
  const say = async (changes: Sent, by: Actor = world.people['intake-worker'], from: World = world) => {
    const answer = await from.send(by, record, { input: { ...sara, idempotencyKey: newId(), ...changes } })
    return answer.data ? answer.data.answer : answer.errors
  }
  const shown = async (by: Actor = world.people['intake-worker']) =>
    (await world.send(by, read, { id: globalId('Case', caseId) })).data.case
  const facts = () => world.as(world.people['intake-worker'], (tx, actor) => assessmentFactSupplier.supply(tx, actor, caseId))
  return { world, caseId, say, shown, facts }
}

const named = (world: World, serviceName: string) =>
  world.as(world.people['programme-manager'], (tx, actor) =>
    tx.orm.insert(partnerServiceArrangements).values({
      providerId: actor.providerId,
      id: tx.newId(),
      serviceName,
      recordedBy: actor.id,
      recordedAt: tx.now,
      fromOn: '2026-01-01',
    }),
  )

describe(`results of other tools on ${lane}`, () => {
  test('are recorded with tool, version, day, score, band and source, the newest first; the timeline says no more than that there is one', async () => {
    const { say, shown } = await newWorldWithCase()
    expect((await shown()).outsideResults).toEqual([])
    await say({})
    const core = {
      tool: 'CORE_OM',
      toolVersion: '1',
      takenOn: '2026-04-27',
      scoreInHundredths: 1647,
      outOf: 40,
      band: null,
      source: 'SELF',
    }
    expect(await say(core)).toMatchObject({ __typename: 'OutsideResult', ...core, isCorrected: false, correctionReason: null })
    const { outsideResults: results, timeline } = await shown()
    expect(results.map(({ tool }: { tool: string }) => tool)).toEqual(['CORE_OM', 'SARA_V3'])
    expect(timeline.edges.filter(({ node: { what } }: { node: { what: string } }) => what === 'outside-result-recorded')).toHaveLength(2)
  })

  test('a second call with the key gives what is there', async () => {
    const { say, shown } = await newWorldWithCase()
    const idempotencyKey = newId()
    const first = await say({ idempotencyKey })
    expect(await say({ idempotencyKey })).toEqual(first)
    expect(await say({ idempotencyKey, band: 'Low' })).toMatchObject({ code: 'idempotency-key-reused' })
    expect((await shown()).outsideResults).toHaveLength(1)
  })

  test('put right, both stay, and only the newer counts as a fact', async () => {
    const { say, shown, facts } = await newWorldWithCase()
    const { id } = await say({})
    expect(await say({ band: 'Moderate', correctsId: id })).toMatchObject({ code: 'invalid-input', field: 'correctionReason' })
    const correctionReason = 'The letter says moderate.'
    const corrected = await say({ band: 'Moderate', correctsId: id, correctionReason })
    expect(corrected).toMatchObject({ __typename: 'OutsideResult', correctionReason })
    const results = (await shown()).outsideResults
    expect(results).toHaveLength(2)
    expect(results.filter(({ isCorrected }: { isCorrected: boolean }) => isCorrected)).toMatchObject([{ id, band: 'High' }])
    expect(await facts()).toEqual({
      'assessment.outsideResults': [
        {
          tool: 'sara-v3',
          name: null,
          version: '2015',
          takenOn: '2026-04-20',
          scoreInHundredths: null,
          outOf: null,
          band: 'Moderate',
          source: 'probation',
        },
        // Nobody asked whether there are others.
        null,
      ],
    })
    expect(await say({ correctsId: id, correctionReason })).toMatchObject({ code: 'invalid-input', field: 'correctsId' })
  })

  test('a result of another case is none to put right', async () => {
    const { world, say } = await newWorldWithCase()
    const other = await newCase(world)
    const { id } = await say({ caseId: globalId('Case', other.caseId) })
    expect(id).toEqual(expect.any(String))
    expect(await say({ correctsId: id, correctionReason: 'x' })).toMatchObject({ code: 'not-found' })
  })

  test('while none is recorded it is not known whether there are any', async () => {
    const { facts } = await newWorldWithCase()
    expect(await facts()).toEqual({})
  })

  test.each([
    ['Dash', { tool: 'DASH_RIC', toolVersion: '2009', scoreInHundredths: 1500, outOf: 24 }],
    ['DARA', { tool: 'DARA' }],
    ['the Danger Assessment', { tool: 'DANGER_ASSESSMENT' }],
    ['a tool on her account', { source: 'PARTNER' }],
    ['Dash by another name', { tool: 'OTHER', name: 'Police DASH form' }],
  ])('%s is the partner’s: refused with the way to the partner service, and nothing is saved', async (_, input) => {
    const { world, say, shown, facts } = await newWorldWithCase()
    const refused = await say(input)
    expect(refused).toMatchObject({ __typename: 'OutsideResultFromPartner', code: 'outside-result-from-partner', partnerService: null })
    expect(refused.help).toContain('safeguarding lead')
    await named(world, 'Harbour')
    expect(await say(input)).toMatchObject({ partnerService: 'Harbour', help: expect.stringContaining('Harbour') })
    const { outsideResults: results, timeline } = await shown()
    expect(results).toEqual([])
    expect(JSON.stringify(timeline)).not.toContain('outside-result')
    expect(await facts()).toEqual({})
  })

  test('the database itself keeps nothing that the partner answers, and changes no result', async () => {
    const { world, caseId, say } = await newWorldWithCase()
    const worker = world.people['intake-worker']
    const row = {
      providerId: world.providerId,
      id: newId(),
      caseId,
      toolVersion: '1',
      takenOn: '2026-04-20',
      band: 'High',
      recordedBy: worker.id,
      recordedAt: '2026-05-01T09:00:00.000Z',
    }
    const kept = (tool: string, source: string) =>
      world.as(worker, (tx) => tx.orm.insert(outsideResults).values({ ...row, tool: tool as 'sara', source: source as 'self' }))
    await expect(kept('dash-ric', 'police')).rejects.toMatchObject({ sqlState: '23514' })
    await expect(kept('sara', 'partner')).rejects.toMatchObject({ sqlState: '23514' })
    await say({})
    await expect(
      world.as(worker, (tx) => tx.orm.update(outsideResults).set({ band: 'Low' }).where(eq(outsideResults.caseId, caseId))),
    ).rejects.toMatchObject({ sqlState: '42501' })
    await expect(world.as(worker, (tx) => tx.rows(sql`delete from assessment_outside_results`))).rejects.toMatchObject({
      sqlState: '42501',
    })
  })

  test.each<[string, Sent, string]>([
    ['a day that has not come', { takenOn: '2026-05-02' }, 'takenOn'],
    ['a score without its greatest', { scoreInHundredths: 600 }, 'outOf'],
    ['the greatest without a score', { outOf: 13 }, 'outOf'],
    ['a score above its greatest', { scoreInHundredths: 1301, outOf: 13 }, 'scoreInHundredths'],
    ['a score below what there can be', { scoreInHundredths: -1301, outOf: 13 }, 'scoreInHundredths'],
    ['points out of none', { scoreInHundredths: 0, outOf: 0 }, 'outOf'],
    ['more points than any tool has', { scoreInHundredths: 0, outOf: 10001 }, 'outOf'],
    ['neither score nor band', { band: null }, 'band'],
    ['another tool without its name', { tool: 'OTHER' }, 'name'],
    ['a name for a tool that has one', { name: 'SARA' }, 'name'],
    ['a reason with nothing to put right', { correctionReason: 'x' }, 'correctionReason'],
  ])('%s is refused at its field', async (_, input, field) => {
    const { say, shown } = await newWorldWithCase()
    expect(await say(input)).toMatchObject({ __typename: 'InvalidInput', code: 'invalid-input', field })
    expect((await shown()).outsideResults).toEqual([])
  })

  test('readiness to change may lie below 0, and a score may be the greatest there is', async () => {
    const { say } = await newWorldWithCase()
    const urica = { tool: 'URICA_DV', toolVersion: '1', band: null, outOf: 14, source: 'SELF' }
    expect(await say({ ...urica, scoreInHundredths: -200 })).toMatchObject({ scoreInHundredths: -200 })
    expect(await say({ ...urica, scoreInHundredths: 1400 })).toMatchObject({ scoreInHundredths: 1400 })
  })

  test('whoever reads no answers of an assessment sees none, by the case and by id; who does not assess records none', async () => {
    const { world, caseId, say, shown } = await newWorldWithCase()
    const { people, as, send } = world
    const { id } = await say({})
    await as(people['programme-manager'], (tx, actor) => assignWorker(tx, actor, { caseId, staffId: people.facilitator.id }))
    expect((await shown(people.facilitator)).outsideResults).toEqual([])
    expect((await send(people.facilitator, node, { id })).data.node).toBeNull()
    expect(await say({}, people.facilitator)).toMatchObject([{ message: expect.any(String) }])
    expect((await send(people['safeguarding-lead'], node, { id })).data.node).toEqual({ __typename: 'OutsideResult' })
    const stranger = await newWorld()
    expect((await stranger.send(stranger.people['intake-worker'], node, { id })).data.node).toBeNull()
    expect(await say({}, stranger.people['intake-worker'], stranger)).toMatchObject({ code: 'not-found' })
  })

  test('a signature decides with them beside its own answers: a pattern of risk may look at them too', async () => {
    const { world, caseId, say } = await newWorldWithCase()
    await say({})
    await assessed(world, caseId, vector6)
    const stored = await world.as(world.people['safeguarding-lead'], (tx) =>
      tx.orm.select().from(decisions).where(eq(decisions.caseId, caseId)),
    )
    const holding = stored.filter(({ canonicalText }) => canonicalText.includes('assessment.outsideResults')).map(({ kind }) => kind)
    expect(holding.sort()).toEqual(['pathway', 'risk', 'safeguarding'])
  })
})
