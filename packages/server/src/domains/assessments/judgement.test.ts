import { describe, expect, test } from 'vitest'
import { globalId } from '../../platform/ids.ts'
import { openConcernsOfCase } from '../safeguarding/index.ts'
import { assessed, newCase, vector6 } from '../../../test/harness/assessed.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { assessmentFactSupplier, raiseBand, type Assessment } from './index.ts'

const raise = /* GraphQL */ `
  mutation ($input: RaiseBandInput!) {
    raiseBand(input: $input) {
      __typename
      ... on Assessment { version risk { band { atLeast { id } atMost { id } } computedBand { atLeast { id } atMost { id } } } safeguarding { outcome triggers { rule } } }
      ... on JudgementOnlyRaises { allowed }
      ... on InvalidInput { field }
      ... on Refusal { code message help }
    }
  }
`
const send = (world: World, one: Assessment, to: string, version = one.version, more: object = {}) =>
  world.send(world.people['intake-worker'], raise, {
    input: {
      assessmentId: globalId('Assessment', one.id),
      to,
      reason: 'a new partner is afraid',
      evidence: 'call of 1 May',
      expectedVersion: version,
      ...more,
    },
  })

async function newAssessed(numbers: Parameters<typeof assessed>[2], said: Parameters<typeof assessed>[3] = {}) {
  const world = await newWorld()
  const { caseId } = await newCase(world)
  return { world, caseId, one: await assessed(world, caseId, numbers, said) }
}

describe(`judgement on ${lane}`, () => {
  test('raises any number of steps, keeps computed and final, and can be raised again', async () => {
    const { world, caseId, one } = await newAssessed(vector6)
    expect((await send(world, one, 'high')).data.raiseBand).toMatchObject({
      risk: {
        band: { atLeast: { id: 'high' }, atMost: { id: 'high' } },
        computedBand: { atLeast: { id: 'medium' }, atMost: { id: 'high' } },
      },
    })
    expect((await send(world, one, 'very-high', one.version + 1)).data.raiseBand).toMatchObject({
      version: one.version + 2,
      risk: { band: { atLeast: { id: 'very-high' } } },
    })
    expect(await world.as(world.people['intake-worker'], (tx, actor) => assessmentFactSupplier.supply(tx, actor, caseId))).toMatchObject({
      'risk.atLeast': 'very-high',
      'risk.atMost': 'very-high',
    })
  })

  test('never lowers, and names what it can be raised to', async () => {
    const { world, one } = await newAssessed(vector6)
    for (const to of ['standard', 'medium'])
      expect((await send(world, one, to)).data.raiseBand).toMatchObject({
        __typename: 'JudgementOnlyRaises',
        allowed: ['high', 'very-high'],
      })
    expect((await send(world, one, 'very high')).data.raiseBand).toMatchObject({ field: 'to', help: 'did you mean "very-high"?' })
  })

  test('needs a reason and named evidence', async () => {
    const { world, one } = await newAssessed(vector6)
    for (const more of [{ reason: ' ' }, { evidence: '' }, { evidence: null }])
      expect((await send(world, one, 'high', one.version, more)).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
  })

  test('is passed on the assessment in force, as it was read', async () => {
    const { world, caseId, one } = await newAssessed(vector6)
    expect((await send(world, one, 'high', 1)).data.raiseBand).toMatchObject({ __typename: 'StaleVersion' })
    await assessed(world, caseId, vector6, {}, { kind: 'mid' })
    expect((await send(world, one, 'high')).data.raiseBand).toMatchObject({
      __typename: 'AssessmentNotInForce',
      code: 'assessment-not-in-force',
    })
  })

  test('that makes the risk high brings out what a missed session means then, for the safeguarding lead', async () => {
    const { world, one } = await newAssessed({ present: [1] }, { hasMissedSession: 'yes' })
    const raised = (await send(world, one, 'high')).data.raiseBand
    expect(raised.safeguarding.triggers).toContainEqual({ rule: 'miss-or-ending-at-high-risk' })
    const [open] = await world.as(world.people['safeguarding-lead'], (tx, actor) => openConcernsOfCase.batch(tx, actor, [one.caseId]))
    expect(open).toMatchObject([
      { what: ['miss-or-ending-at-high-risk'], level: 'same-day', ownerId: world.people['safeguarding-lead'].id },
    ])
  })

  test('once passed it is neither changed nor removed', async () => {
    const { world, one } = await newAssessed(vector6)
    const worker = world.people['intake-worker']
    await world.as(worker, (tx, actor) =>
      raiseBand(tx, actor, { assessmentId: one.id, to: 'high', reason: 'r', evidence: 'e', expectedVersion: one.version }),
    )
    const { sql } = await import('drizzle-orm')
    await expect(world.as(worker, (tx) => tx.rows(sql`update assessment_judgements set to_band = 'standard'`))).rejects.toMatchObject({
      sqlState: '42501',
    })
    await expect(world.as(worker, (tx) => tx.rows(sql`delete from assessment_judgements`))).rejects.toMatchObject({ sqlState: '42501' })
  })
})
