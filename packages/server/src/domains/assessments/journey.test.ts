import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { factors, formWith, newCase, situation, vector6 } from '../../../test/harness/assessed.ts'
import { lane, newWorld } from '../../../test/harness/world.ts'

const start = /* GraphQL */ `
  mutation ($input: StartAssessmentInput!) {
    startAssessment(input: $input) {
      __typename
      ... on Assessment { id version status kind assessedOn instrument { id factorCount statement } unanswered risk { status } }
      ... on Refusal { code message help }
    }
  }
`
const answer = /* GraphQL */ `
  mutation ($input: AnswerFactorsInput!) {
    answerFactors(input: $input) {
      __typename
      ... on Assessment { version unanswered answers { factor number answer sources } }
      ... on Refusal { code message help }
    }
  }
`
const answerSituation = /* GraphQL */ `
  mutation ($input: AnswerSituationInput!) {
    answerSituation(input: $input) {
      __typename
      ... on Assessment { version situation { fact answer } }
      ... on Refusal { code message }
    }
  }
`
const preview = /* GraphQL */ `
  query ($id: ID!) {
    previewAssessment(assessmentId: $id) {
      unanswered
      risk { status signable score { points of display } scoreRange { atLeast { points of } atMost { points of } } band { atLeast { id } atMost { id } inWords isSettled } unknown deciding selfReportOnly reviewDueOn }
      safeguarding { outcome triggers { rule } cannotBeRuledOut { rule } }
      followUps { kind owner dueAt }
    }
  }
`
const sign = /* GraphQL */ `
  mutation ($input: SignAssessmentInput!) {
    signAssessment(input: $input) {
      __typename
      ... on Assessment {
        version status reviewDueOn signedBy { name }
        risk { status band { atLeast { id } atMost { id } inWords } computedBand { atMost { id } } floors { factor } patterns { rule label band { id } } mayStillFire { floors { factor } patterns { rule } } contributions { factor answer window points } unknown deciding statement reviewDueOn }
        riskDecision { id kind outcome explanation { sentences } }
        safeguardingDecision { id kind outcome }
      }
      ... on FactorsUnanswered { factors }
      ... on Refusal { code message help }
    }
  }
`
const replay = /* GraphQL */ `
  mutation ($id: ID!) { replayDecision(id: $id) { __typename ... on DecisionReplay { same differences { at } } ... on Refusal { code } } }
`
const raise = /* GraphQL */ `
  mutation ($input: RaiseBandInput!) {
    raiseBand(input: $input) {
      __typename
      ... on Assessment { version reviewDueOn risk { band { atLeast { id } atMost { id } } computedBand { atLeast { id } atMost { id } } } judgements { fromBand { id } toBand { id } reason evidence judgedBy { name } } }
      ... on JudgementOnlyRaises { allowed }
      ... on Refusal { code message help }
    }
  }
`
const myTasks = /* GraphQL */ `query { myTasks(first: 50) { edges { node { kind title dueAt decision { kind } } } } }`

describe(`an assessment on ${lane}`, () => {
  test('is answered, previewed, refused while factors are unanswered, signed, explained, replayed and judged upward', async () => {
    const world = await newWorld()
    const { people, send } = world
    const worker = people['intake-worker']
    const { globalCaseId } = await newCase(world)

    const started = (
      await send(worker, start, { input: { idempotencyKey: newId(), caseId: globalCaseId, kind: 'INTAKE', assessedOn: '2026-05-01' } })
    ).data.startAssessment
    expect(started).toMatchObject({
      __typename: 'Assessment',
      version: 1,
      status: 'DRAFT',
      instrument: { id: 'pdv-24', factorCount: 24 },
      unanswered: factors,
      risk: null,
    })
    expect(started.instrument.statement).toContain('not been validated')
    const id = started.id

    const inGraphql = formWith(vector6).map((one) => ({
      ...one,
      answer: one.answer.toUpperCase(),
      sources: one.sources?.map((source) => source.toUpperCase()),
    }))
    const some = (await send(worker, answer, { input: { assessmentId: id, expectedVersion: 1, answers: inGraphql.slice(0, 20) } })).data
      .answerFactors
    expect(some).toMatchObject({ version: 2, unanswered: factors.slice(20) })
    expect(some.answers).toHaveLength(24)
    expect(some.answers[23]).toEqual({ factor: 'victim-fear-or-barriers', number: 24, answer: 'UNANSWERED', sources: [] })

    const early = (await send(worker, preview, { id })).data.previewAssessment
    expect(early.unanswered).toEqual(factors.slice(20))
    expect(early.risk).toMatchObject({ status: 'provisional'.toUpperCase(), signable: false })
    const refused = (await send(worker, sign, { input: { assessmentId: id, expectedVersion: 2 } })).data.signAssessment
    expect(refused).toMatchObject({ __typename: 'FactorsUnanswered', code: 'factors-unanswered', factors: factors.slice(20) })

    await send(worker, answer, { input: { assessmentId: id, expectedVersion: 2, answers: inGraphql.slice(20) } })
    const asked = (
      await send(worker, answerSituation, {
        input: { assessmentId: id, expectedVersion: 3, answers: situation.slice(0, 13).map((fact) => ({ fact, answer: 'NO' })) },
      })
    ).data.answerSituation
    expect(asked.situation.at(-1)).toEqual({ fact: 'safeguarding.hasEndedEarly', answer: 'NEVER_ASKED' })

    const shown = (await send(worker, preview, { id })).data.previewAssessment
    expect(shown.risk).toMatchObject({
      status: 'PROVISIONAL',
      signable: true,
      score: { points: 20, of: 80, display: 25 },
      scoreRange: { atLeast: { points: 20, of: 100 }, atMost: { points: 40, of: 100 } },
      band: { atLeast: { id: 'medium' }, atMost: { id: 'high' }, inWords: 'at least medium, possibly high', isSettled: false },
      selfReportOnly: false,
      reviewDueOn: '2026-05-15',
    })
    expect((await send(worker, myTasks)).data.myTasks.edges).toEqual([])

    const signed = (await send(worker, sign, { input: { assessmentId: id, expectedVersion: 4 } })).data.signAssessment
    expect(signed).toMatchObject({
      __typename: 'Assessment',
      version: 5,
      status: 'SIGNED',
      reviewDueOn: '2026-05-15',
      signedBy: { name: 'Person in intake-worker' },
    })
    expect(signed.risk.band).toEqual(
      shown.risk.band.isSettled === undefined
        ? {}
        : { atLeast: { id: 'medium' }, atMost: { id: 'high' }, inWords: 'at least medium, possibly high' },
    )
    expect(signed.risk.unknown).toEqual([
      'sexual-violence',
      'stalking-or-surveillance',
      'threats-to-kill',
      'mental-health-or-personality-difficulty',
    ])
    expect(signed.risk.deciding).toEqual(shown.risk.deciding)
    expect(signed.risk.mayStillFire.floors.map((floor: { factor: string }) => floor.factor)).toEqual([
      'sexual-violence',
      'stalking-or-surveillance',
      'threats-to-kill',
    ])
    expect(signed.risk.contributions).toHaveLength(24)
    expect(signed.risk.contributions[0]).toEqual({ factor: 'physical-violence', answer: 'PRESENT', window: 'recent', points: 4 })
    expect(signed.riskDecision).toMatchObject({ kind: 'RISK', outcome: 'medium to high' })
    expect(signed.riskDecision.explanation.sentences.length).toBeGreaterThan(0)
    expect((await send(worker, preview, { id })).data.previewAssessment).toBeNull()

    const kinds = (await send(worker, myTasks)).data.myTasks.edges.map(({ node }: { node: { kind: string; dueAt: string } }) => [
      node.kind,
      node.dueAt,
    ])
    // 4 May 2026 is a bank holiday; days end at 17:00 in London, which is 16:00 UTC in May.
    expect(kinds).toContainEqual(['REVIEW_RISK', '2026-05-15T16:00:00.000Z'])
    expect(kinds.filter(([kind]: [string]) => kind === 'OPEN_QUESTIONS')).toHaveLength(1)
    expect(kinds.map(([kind]: [string]) => kind).sort()).toEqual(
      shown.followUps
        .filter((one: { owner: string }) => one.owner === 'signer')
        .map((one: { kind: string }) => one.kind)
        .sort(),
    )

    for (const decision of [signed.riskDecision.id, signed.safeguardingDecision.id])
      expect((await send(worker, replay, { id: decision })).data.replayDecision).toEqual({
        __typename: 'DecisionReplay',
        same: true,
        differences: [],
      })

    const judged = (
      await send(worker, raise, {
        input: {
          assessmentId: id,
          to: 'very-high',
          reason: 'His sister describes a plan',
          evidence: 'Telephone call with his sister, 1 May 2026',
          expectedVersion: 5,
        },
      })
    ).data.raiseBand
    expect(judged).toMatchObject({
      __typename: 'Assessment',
      version: 6,
      reviewDueOn: '2026-05-08',
      risk: {
        band: { atLeast: { id: 'very-high' }, atMost: { id: 'very-high' } },
        computedBand: { atLeast: { id: 'medium' }, atMost: { id: 'high' } },
      },
      judgements: [
        {
          fromBand: { id: 'medium' },
          toBand: { id: 'very-high' },
          reason: 'His sister describes a plan',
          judgedBy: { name: 'Person in intake-worker' },
        },
      ],
    })
    const reviews = (await send(worker, myTasks)).data.myTasks.edges.filter(
      ({ node }: { node: { kind: string } }) => node.kind === 'REVIEW_RISK',
    )
    expect(reviews.map(({ node }: { node: { dueAt: string } }) => node.dueAt)).toEqual(['2026-05-08T16:00:00.000Z'])

    const lowered = (await send(worker, raise, { input: { assessmentId: id, to: 'high', reason: 'r', evidence: 'e', expectedVersion: 6 } }))
      .data.raiseBand
    expect(lowered).toMatchObject({ __typename: 'JudgementOnlyRaises', code: 'judgement-only-raises', allowed: [] })
  })

  test('is read again by its id, and stands on its case: the latest, and all of them', async () => {
    const world = await newWorld()
    const { people, send } = world
    const { caseId, globalCaseId } = await newCase(world)
    const { assessed, draftOf } = await import('../../../test/harness/assessed.ts')
    const first = await assessed(world, caseId, vector6)
    const draft = await draftOf(world, caseId, { kind: 'mid' })
    const query = /* GraphQL */ `
      query ($case: ID!, $id: ID!, $after: String) {
        node(id: $id) { __typename id ... on Assessment { status case { id } } }
        case: node(id: $case) { ... on Case { latestAssessment { id status } assessments(first: 1, after: $after) { edges { cursor node { id status } } pageInfo { hasNextPage } } } }
      }
    `
    const read = await send(people['intake-worker'], query, { case: globalCaseId, id: globalId('Assessment', first.id) })
    expect(read.data.node).toEqual({
      __typename: 'Assessment',
      id: globalId('Assessment', first.id),
      status: 'SIGNED',
      case: { id: globalCaseId },
    })
    expect(read.data.case.latestAssessment).toEqual({ id: globalId('Assessment', first.id), status: 'SIGNED' })
    expect(read.data.case.assessments).toMatchObject({
      edges: [{ node: { id: globalId('Assessment', draft.id), status: 'DRAFT' } }],
      pageInfo: { hasNextPage: true },
    })
    const next = await send(people['intake-worker'], query, {
      case: globalCaseId,
      id: globalId('Assessment', first.id),
      after: read.data.case.assessments.edges[0].cursor,
    })
    expect(next.data.case.assessments).toMatchObject({
      edges: [{ node: { id: globalId('Assessment', first.id) } }],
      pageInfo: { hasNextPage: false },
    })
  })
})
