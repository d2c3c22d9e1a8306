import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { partnerServiceArrangements } from '../providers/index.ts'
import { answered, draftOf, formWith, newCase, situationAnswered } from '../../../test/harness/assessed.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { answerFactors, answerSituation, startAssessment, type Assessment } from './index.ts'

const answer = /* GraphQL */ `
  mutation ($input: AnswerFactorsInput!) {
    answerFactors(input: $input) {
      __typename
      ... on Assessment { version answers { factor answer sources lastOccurredOn note answeredBy { name } earlier { answer sources note answeredBy { name } answeredAt } } }
      ... on RestsOnPartnerOnly { factor partnerService }
      ... on InvalidInput { field }
      ... on StaleVersion { currentVersion }
      ... on Refusal { code message help }
    }
  }
`
type Sent = Record<string, unknown>
const say = async (world: World, draft: Assessment, version: number, ...answers: Sent[]) =>
  (
    await world.send(world.people['intake-worker'], answer, {
      input: { assessmentId: globalId('Assessment', draft.id), expectedVersion: version, answers },
    })
  ).data.answerFactors

async function newDraft() {
  const world = await newWorld()
  const { caseId } = await newCase(world)
  return { world, caseId, draft: await draftOf(world, caseId) }
}

describe(`answering on ${lane}`, () => {
  test('what only the partner says is refused with the way to the partner service, and nothing is saved', async () => {
    const { world, draft } = await newDraft()
    const control = { factor: 'coercive-control', answer: 'PRESENT', sources: ['PARTNER'] }
    const harmless = { factor: 'separation', answer: 'ABSENT' }
    const without = await say(world, draft, 1, harmless, control)
    expect(without).toMatchObject({
      __typename: 'RestsOnPartnerOnly',
      code: 'rests-on-partner-only',
      factor: 'coercive-control',
      partnerService: null,
    })
    expect(without.help).toContain('safeguarding lead')
    await world.as(world.people['programme-manager'], (tx, actor) =>
      tx.orm.insert(partnerServiceArrangements).values({
        providerId: actor.providerId,
        id: tx.newId(),
        serviceName: 'Harbour',
        recordedBy: actor.id,
        recordedAt: tx.now,
        fromOn: '2026-01-01',
      }),
    )
    expect(await say(world, draft, 1, control)).toMatchObject({ partnerService: 'Harbour', help: expect.stringContaining('Harbour') })
    expect(await say(world, draft, 1, { ...control, sources: ['PARTNER', 'POLICE'] })).toMatchObject({
      __typename: 'Assessment',
      version: 2,
    })
  })

  test('the database itself keeps no answer that rests on the partner alone, and changes or removes none', async () => {
    const { world, draft } = await newDraft()
    const { factorAnswers } = await import('./tables.ts')
    const row = {
      providerId: world.providerId,
      assessmentId: draft.id,
      revision: 1,
      answeredBy: world.people['intake-worker'].id,
      answeredAt: '2026-05-01T09:00:00.000Z',
      factor: 'separation',
    }
    const worker = world.people['intake-worker']
    await expect(
      world.as(worker, (tx) => tx.orm.insert(factorAnswers).values({ ...row, answer: 'present', sources: ['partner'] })),
    ).rejects.toMatchObject({ sqlState: '23514' })
    await world.as(worker, (tx) => tx.orm.insert(factorAnswers).values({ ...row, answer: 'absent', sources: [] }))
    await expect(world.as(worker, (tx) => tx.rows(sql`update assessment_answers set answer = 'present'`))).rejects.toMatchObject({
      sqlState: '42501',
    })
    await expect(world.as(worker, (tx) => tx.rows(sql`delete from assessment_answers`))).rejects.toMatchObject({ sqlState: '42501' })
  })

  test('the database itself keeps a signed assessment as it is, and takes no further answers to it', async () => {
    const { world, draft } = await newDraft()
    const worker = world.people['intake-worker']
    const { signed } = await import('../../../test/harness/assessed.ts')
    await signed(world, await answered(world, draft, { present: [1, 8] }))
    const { assessments, factorAnswers } = await import('./tables.ts')
    const touch = (change: Partial<typeof assessments.$inferInsert>) =>
      world.as(worker, (tx) => tx.orm.update(assessments).set(change).where(eq(assessments.id, draft.id)))
    for (const change of [{ assessedOn: '2026-04-01' }, { signedBy: world.people.facilitator.id }, { kind: 'mid' as const }])
      await expect(touch(change)).rejects.toMatchObject({ sqlState: '23001' })
    const row = {
      providerId: world.providerId,
      assessmentId: draft.id,
      answeredBy: worker.id,
      answeredAt: '2026-05-01T09:00:00.000Z',
      sources: [],
    }
    await expect(
      world.as(worker, (tx) => tx.orm.insert(factorAnswers).values({ ...row, revision: 2, factor: 'separation', answer: 'absent' })),
    ).rejects.toMatchObject({ sqlState: '23001' })
  })

  test('an answer given again keeps both, with who and when', async () => {
    const { world, draft } = await newDraft()
    await say(world, draft, 1, { factor: 'separation', answer: 'POSSIBLE', sources: ['SELF'], note: 'first' })
    const again = await say(world, draft, 2, {
      factor: 'separation',
      answer: 'PRESENT',
      sources: ['COURT', 'COURT'],
      lastOccurredOn: '2026-04-30',
      note: 'second',
    })
    expect(again.answers.find((one: Sent) => one.factor === 'separation')).toEqual({
      factor: 'separation',
      answer: 'PRESENT',
      sources: ['COURT'],
      lastOccurredOn: '2026-04-30',
      note: 'second',
      answeredBy: { name: 'Person in intake-worker' },
      earlier: [
        {
          answer: 'POSSIBLE',
          sources: ['SELF'],
          note: 'first',
          answeredBy: { name: 'Person in intake-worker' },
          answeredAt: '2026-05-01T09:00:00.000Z',
        },
      ],
    })
  })

  test('a wrong answer is refused with its place, whatever is wrong with it', async () => {
    const { world, draft } = await newDraft()
    const good = { factor: 'separation', answer: 'ABSENT' }
    const wrong: [Sent, string][] = [
      [{ factor: 'seperation', answer: 'ABSENT' }, 'answers.1.factor'],
      [{ factor: 'separation', answer: 'ABSENT' }, 'answers.1.factor'],
      [{ factor: 'escalation', answer: 'PRESENT' }, 'answers.1.sources'],
      [{ factor: 'escalation', answer: 'POSSIBLE', sources: [] }, 'answers.1.sources'],
      [{ factor: 'escalation', answer: 'PRESENT', sources: ['SELF'], lastOccurredOn: '2026-05-02' }, 'answers.1.lastOccurredOn'],
      [{ factor: 'escalation', answer: 'ABSENT', lastOccurredOn: '2026-04-02' }, 'answers.1.lastOccurredOn'],
      [{ factor: 'escalation', answer: 'UNKNOWN' }, 'answers.1.unknownReason'],
      [{ factor: 'escalation', answer: 'ABSENT', unknownReason: 'nobody asked' }, 'answers.1.unknownReason'],
      [{ factor: 'escalation', answer: 'UNKNOWN', unknownReason: 'no', sources: ['SELF'] }, 'answers.1.sources'],
    ]
    for (const [one, field] of wrong)
      expect(await say(world, draft, 1, good, one), JSON.stringify(one)).toMatchObject({ code: 'invalid-input', field })
    expect((await say(world, draft, 1, { factor: 'seperation', answer: 'ABSENT' })).help).toBe('did you mean "separation"?')
    expect(await say(world, draft, 1)).toMatchObject({ code: 'invalid-input', field: 'answers' })
    // Nothing of it was saved: the version is still the first.
    expect(await say(world, draft, 1, good)).toMatchObject({ version: 2 })
    expect(await say(world, draft, 1, good)).toMatchObject({ __typename: 'StaleVersion', currentVersion: 2 })
  })

  test('ids that are malformed, of another type or of nobody are answered alike', async () => {
    const { world, caseId } = await newDraft()
    const ids = ['nonsense', globalId('Case', caseId), globalId('Assessment', newId()), '']
    const answers = [{ factor: 'separation', answer: 'ABSENT' }]
    const all = await Promise.all(
      ids.map((assessmentId) =>
        world.send(world.people['intake-worker'], answer, { input: { assessmentId, expectedVersion: 1, answers } }),
      ),
    )
    for (const one of all) expect(one.data.answerFactors).toEqual(all[0]!.data.answerFactors)
    expect(all[0]!.data.answerFactors).toMatchObject({ __typename: 'NotFound' })
  })

  test('never asked is kept apart from asked and not known', async () => {
    const { world, draft } = await newDraft()
    const worker = world.people['intake-worker']
    const changed = await world.as(worker, (tx, actor) =>
      answerSituation(tx, actor, draft.id, [{ fact: 'safeguarding.hasWeaponToHand', answer: 'unknown' }], 1),
    )
    const query = `query ($id: ID!) { node(id: $id) { ... on Assessment { situation { fact question answer timesAnswered } } } }`
    const { situation } = (await world.send(worker, query, { id: globalId('Assessment', changed.id) })).data.node
    expect(situation).toHaveLength(14)
    expect(situation[1]).toEqual({
      fact: 'safeguarding.hasWeaponToHand',
      question: 'Does the person carry a weapon, or have one within easy reach?',
      answer: 'UNKNOWN',
      timesAnswered: 1,
    })
    expect(situation[0]).toMatchObject({ answer: 'NEVER_ASKED', timesAnswered: 0 })
    await expect(
      world.as(worker, (tx, actor) => answerSituation(tx, actor, draft.id, [{ fact: 'safeguarding.hasWeapon', answer: 'no' }], 2)),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'answers.0.fact',
    })
  })

  test('an assessment is begun once for a key, one draft of a kind, never on a day to come, and after an event only with its reason', async () => {
    const { world, caseId, draft } = await newDraft()
    const begin = (input: Partial<Parameters<typeof startAssessment>[2]>) =>
      world.as(world.people['intake-worker'], (tx, actor) =>
        startAssessment(tx, actor, { caseId, kind: 'mid', assessedOn: '2026-05-01', idempotencyKey: 'begun once', ...input }),
      )
    const mid = await begin({})
    expect((await begin({})).id).toBe(mid.id)
    await expect(begin({ assessedOn: '2026-04-01' })).rejects.toMatchObject({ code: 'idempotency-key-reused' })
    await expect(begin({ idempotencyKey: newId(), kind: 'intake' })).rejects.toMatchObject({
      code: 'assessment-already-open',
      assessmentId: draft.id,
    })
    await expect(begin({ idempotencyKey: newId(), assessedOn: '2026-05-02' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'assessedOn',
    })
    await expect(begin({ idempotencyKey: newId(), kind: 'event' })).rejects.toMatchObject({ code: 'invalid-input', field: 'eventReason' })
    await expect(begin({ idempotencyKey: newId(), kind: 'end', eventReason: 'an arrest' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'eventReason',
    })
    expect(await begin({ idempotencyKey: newId(), kind: 'event', eventReason: 'an arrest' })).toMatchObject({
      status: 'draft',
      eventReason: 'an arrest',
    })
    const start = `mutation ($input: StartAssessmentInput!) { startAssessment(input: $input) { __typename ... on Refusal { code } } }`
    const long = { idempotencyKey: newId(), caseId: globalId('Case', caseId), kind: 'END', assessedOn: '2019-01-01' }
    const answer = await world.send(world.people['intake-worker'], start, { input: long })
    expect(answer.data.startAssessment).toEqual({ __typename: 'NoRuleSetInForce', code: 'no-rule-set-in-force' })
  })

  test('a signed assessment is not edited: another amends it, with the answers copied, and supersedes it', async () => {
    const { world, caseId, draft } = await newDraft()
    const worker = world.people['intake-worker']
    const { signed } = await import('../../../test/harness/assessed.ts')
    const original = await signed(world, await situationAnswered(world, await answered(world, draft, { present: [1, 8] })))
    await expect(
      world.as(worker, (tx, actor) => answerFactors(tx, actor, original.id, formWith({}).slice(0, 1), original.version)),
    ).rejects.toMatchObject({ code: 'assessment-not-draft' })
    const amend = (more: object) =>
      world.as(worker, (tx, actor) =>
        startAssessment(tx, actor, {
          caseId,
          kind: 'intake',
          assessedOn: '2026-05-01',
          amendsId: original.id,
          amendReason: 'the police record was overlooked',
          idempotencyKey: newId(),
          ...more,
        }),
      )
    await expect(amend({ amendReason: null })).rejects.toMatchObject({ field: 'amendReason' })
    await expect(amend({ kind: 'mid' })).rejects.toMatchObject({ field: 'amendsId' })
    const amendment = await amend({})
    const corrected = await world.as(worker, (tx, actor) =>
      answerFactors(tx, actor, amendment.id, [{ factor: 'non-fatal-strangulation', answer: 'present', sources: ['police'] }], 1),
    )
    await signed(world, corrected)
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Assessment { status amends { id } amendReason answers { factor answer } } } }`
    const [before, after] = (
      await world.send(worker, query, { ids: [globalId('Assessment', original.id), globalId('Assessment', amendment.id)] })
    ).data.nodes
    const strangulation = (one: { answers: { factor: string; answer: string }[] }) => one.answers[1]!.answer
    expect([before.status, strangulation(before)]).toEqual(['SUPERSEDED', 'ABSENT'])
    expect([after.status, strangulation(after), after.answers[0].answer]).toEqual(['SIGNED', 'PRESENT', 'PRESENT'])
    expect(after).toMatchObject({ amends: { id: globalId('Assessment', original.id) }, amendReason: 'the police record was overlooked' })
  })
})
