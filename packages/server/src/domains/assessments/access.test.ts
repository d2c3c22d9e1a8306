import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { assignWorker, excludeWorker } from '../cases/index.ts'
import { assessed, newCase, vector6 } from '../../../test/harness/assessed.ts'
import { lane, newWorld } from '../../../test/harness/world.ts'

const read = /* GraphQL */ `
  query ($id: ID!) {
    node(id: $id) {
      ... on Assessment {
        status reviewDueOn answers { factor } situation { fact } judgements { reason } riskDecision { id } safeguarding { outcome }
        risk { band { inWords } score { points } floors { factor } contributions { factor } deciding mayStillFire { floors { factor } } }
      }
    }
  }
`
const sign = `mutation ($input: SignAssessmentInput!) { signAssessment(input: $input) { __typename ... on Refusal { code } } }`
const preview = `query ($id: ID!) { previewAssessment(assessmentId: $id) { unanswered } }`

async function newAssessed() {
  const world = await newWorld()
  const { caseId } = await newCase(world)
  const one = await assessed(world, caseId, vector6)
  return { world, caseId, one, id: globalId('Assessment', one.id) }
}

describe(`who sees an assessment on ${lane}`, () => {
  test('a facilitator of the case sees the band and when it is looked at again, and no answers', async () => {
    const { world, caseId, id } = await newAssessed()
    const { people, as, send } = world
    await as(people['programme-manager'], (tx, actor) => assignWorker(tx, actor, { caseId, staffId: people.facilitator.id }))
    const { node } = (await send(people.facilitator, read, { id })).data
    expect(node).toEqual({
      status: 'SIGNED',
      reviewDueOn: '2026-05-15',
      answers: null,
      situation: null,
      judgements: null,
      riskDecision: null,
      safeguarding: null,
      risk: {
        band: { inWords: 'at least medium, possibly high' },
        score: null,
        floors: null,
        contributions: null,
        deciding: null,
        mayStillFire: null,
      },
    })
    for (const [query, variables] of [
      [sign, { input: { assessmentId: id, expectedVersion: 1 } }],
      [preview, { id }],
    ] as const)
      expect((await send(people.facilitator, query, variables)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('a social worker of the case sees the answers, and not what would tip the result', async () => {
    const { world, caseId, id } = await newAssessed()
    const { people, as, send } = world
    await as(people['programme-manager'], (tx, actor) => assignWorker(tx, actor, { caseId, staffId: people['social-worker'].id }))
    const { node } = (await send(people['social-worker'], read, { id })).data
    expect(node.answers).toHaveLength(24)
    expect(node.risk).toMatchObject({ deciding: null, mayStillFire: null, score: { points: 20 } })
  })

  test('a decision that holds the answers is read by those who assess, by whatever way somebody comes to it', async () => {
    const { world, caseId, one, id } = await newAssessed()
    const { people, as, send } = world
    for (const role of ['facilitator', 'social-worker'] as const)
      await as(people['programme-manager'], (tx, actor) => assignWorker(tx, actor, { caseId, staffId: people[role].id, role }))
    const ways = `query ($assessment: ID!, $case: ID!, $risk: ID!, $safeguarding: ID!) {
      assessment: node(id: $assessment) { ... on Assessment { riskDecision { resultText } safeguardingDecision { factsText } pathwayDecision { factsText } } }
      risk: node(id: $risk) { id } safeguarding: node(id: $safeguarding) { id }
      case(id: $case) { openConcerns { decision { factsText canonicalText } } }
    }`
    const [risk, safeguarding] = [one.riskDecisionId!, one.safeguardingDecisionId!].map((decision) => globalId('Decision', decision))
    const variables = { assessment: id, case: globalId('Case', caseId), risk, safeguarding }
    for (const role of ['facilitator', 'social-worker', 'partner-support-worker'] as const) {
      const { data, errors } = await send(people[role], ways, variables)
      expect(errors).toBeUndefined()
      expect(JSON.stringify(data), role).not.toMatch(/factor\.|deciding|canonicalText":"|factsText":"/)
      expect(data, role).toMatchObject({ risk: null, safeguarding: null, assessment: { riskDecision: null } })
    }
    const { data } = await send(people['intake-worker'], ways, variables)
    expect(data.risk).not.toBeNull()
    expect(data.assessment.riskDecision.resultText).toContain('deciding')
  })

  test('unassigned, excluded, of another provider and of nobody are answered alike', async () => {
    const { world, caseId, one, id } = await newAssessed()
    const other = await newWorld()
    const { people, as, send } = world
    const nowhere = globalId('Assessment', newId())
    const nothing = { data: { node: null } }
    expect(await send(people['one-to-one-worker'], read, { id })).toMatchObject(nothing)
    expect(await other.send(other.people['programme-manager'], read, { id })).toMatchObject(nothing)
    expect(await send(people['programme-manager'], read, { id: nowhere })).toMatchObject(nothing)
    expect((await send(people['programme-manager'], read, { id })).data.node).not.toBeNull()
    await as(people['safeguarding-lead'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId, staffId: people['programme-manager'].id, reason: 'knows the family' }),
    )
    expect(await send(people['programme-manager'], read, { id })).toMatchObject(nothing)
    const tries = await Promise.all([
      send(people['one-to-one-worker'], sign, { input: { assessmentId: id, expectedVersion: one.version } }),
      send(people['programme-manager'], sign, { input: { assessmentId: id, expectedVersion: one.version } }),
      other.send(other.people['programme-manager'], sign, { input: { assessmentId: id, expectedVersion: one.version } }),
      send(people['intake-worker'], sign, { input: { assessmentId: nowhere, expectedVersion: 1 } }),
    ])
    for (const answer of tries) expect(answer.data.signAssessment).toEqual({ __typename: 'NotFound', code: 'not-found' })
  })

  test('reading answers and result is written to the audit before it is released', async () => {
    const { world, caseId, id } = await newAssessed()
    await world.send(world.people['intake-worker'], read, { id })
    const { auditEntries } = await import('../audit/tables.ts')
    const entries = await world.as(world.people.auditor, (tx) =>
      tx.orm.select().from(auditEntries).where(eq(auditEntries.subjectId, caseId)),
    )
    const fields = entries.filter(({ action }) => action === 'case.read').flatMap((entry) => entry.fields)
    expect(fields).toEqual(
      expect.arrayContaining(['assessment.answers', 'assessment.situation', 'risk.band', 'risk.score', 'risk.contributions']),
    )
  })
})
