import { describe, expect, test } from 'vitest'
import { globalId, localId, newId } from '../../platform/ids.ts'
import { excludeWorker } from '../cases/index.ts'
import { clock, database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { referred, somebody } from '../../../test/harness/referred.ts'
import type { Actor } from '../../platform/actor.ts'

const refusal = `... on Refusal { code message } ... on InvalidInput { field } ... on InvalidMove { allowed } ... on StaleVersion { currentVersion }`
const eligibility = `__typename ... on EligibilityDecision { id outcome isCleared version ruling route needs { fact } decision { outcome needsHumanReview } }`
const mutations = {
  decide: `mutation ($input: DecideEligibilityInput!) { answer: decideEligibility(input: $input) { ${eligibility} ${refusal} } }`,
  confirm: `mutation ($input: ConfirmIneligibleInput!) { answer: confirmIneligible(input: $input) { ${eligibility} ... on EligibilityDecision { confirmedAt confirmedBy { id } } ${refusal} } }`,
  minor: `mutation ($input: DecideForMinorInput!) { answer: decideForMinor(input: $input) { ${eligibility} ${refusal} } }`,
  review: `mutation ($input: DecideAfterReviewInput!) { answer: decideAfterReview(input: $input) { ${eligibility} ${refusal} } }`,
  suitability: `mutation ($input: RecordSuitabilityInput!) { answer: recordSuitability(input: $input) { __typename ... on SuitabilityDecision { outcome category reviewOn } ${refusal} } }`,
  text: `mutation ($input: PublishConsentTextInput!) { answer: publishConsentText(input: $input) { __typename ... on ConsentText { id number effectiveFrom } ${refusal} } }`,
  consent: `mutation ($input: RecordConsentInput!) { answer: recordConsent(input: $input) { __typename ... on Consent { id version signedOn withdrawnOn text { number confidentialityNotice } witnessedBy { name } } ${refusal} } }`,
  withdraw: `mutation ($input: WithdrawConsentInput!) { answer: withdrawConsent(input: $input) { __typename ... on Consent { version withdrawnOn } ${refusal} } }`,
  facts: `mutation ($input: RecordReferralFactsInput!) { answer: recordReferralFacts(input: $input) { __typename ... on Referral { version } ${refusal} } }`,
}
const caseQuery = `query ($id: ID!) { case(id: $id) { status eligibility { id outcome } eligibilityHistory { id outcome supersededAt } suitability { outcome category } consents { signedOn withdrawnOn } } }`

const sender =
  (world: World) =>
  async (mutation: keyof typeof mutations, input: Record<string, unknown>, by: Actor = world.people['intake-worker']) => {
    const answer = await world.send(by, mutations[mutation], { input })
    return answer.data ? answer.data.answer : answer.errors
  }
const key = () => ({ idempotencyKey: newId() })
const decided = (world: World, caseId: string, by?: Actor) => sender(world)('decide', { ...key(), caseId }, by)
const caseNow = async (world: World, id: string) => (await world.send(world.people['programme-manager'], caseQuery, { id })).data.case
const openTasks = async (world: World) =>
  (
    await database.asOwner((run) =>
      run(
        `select kind, side, owner_id, due_at from tasks where provider_id = '${world.providerId}' and status = 'open' order by kind, side`,
      ),
    )
  ).map((row) => ({ ...row, due_at: new Date(String(row.due_at)).toISOString() }))
const kinds = async (world: World) => (await openTasks(world)).map((task) => (task as unknown as { kind: string }).kind)
const aged = (bornOn: string | null) => ({ person: somebody({ bornOn }) })
const notice = {
  kind: 'PROGRAMME',
  text: 'I will take full part.',
  confidentialityNotice: 'If a child or an adult is in danger we tell those who must know.',
  effectiveFrom: '2026-01-01',
}
const place = { outcome: 'ACCEPTED', category: 'SUITABLE', reason: 'He wants to change.', staffSafetyRisk: 'NONE_KNOWN' }

/** A case with the programme's consent signed. */
async function withConsent(world: World, changes: Record<string, unknown> = {}) {
  const send = sender(world)
  const referral = await referred(world, changes)
  const text = await send('text', { ...key(), ...notice }, world.people['programme-manager'])
  const consent = await send('consent', {
    ...key(),
    caseId: referral.case.id,
    consentTextId: text.id,
    signedOn: '2026-04-30',
    witnessedBy: globalId('Staff', world.people['intake-worker'].id),
  })
  return { referral, caseId: referral.case.id as string, text, consent }
}

describe(`eligibility on ${lane}`, () => {
  test('a missing fact is asked for by a task; supplied, the newer decision supersedes the older and ends the task', async () => {
    const world = await newWorld()
    const referral = await referred(world, { facts: [] })
    const first = await decided(world, referral.case.id)
    expect(first).toMatchObject({ outcome: 'NEEDS_INFORMATION', needs: [{ fact: 'history.hasAbusedPartner' }] })
    // Five working days from Friday 1 May 2026; Monday is a bank holiday.
    expect(await openTasks(world)).toMatchObject([
      {
        kind: 'open-questions',
        side: 'participant',
        owner_id: world.people['intake-worker'].id,
        due_at: expect.stringMatching(/^2026-05-11/),
      },
    ])

    const facts = [{ fact: 'history.hasAbusedPartner', yesNo: true, askedOf: 'PARTICIPANT', askedOn: '2026-05-01' }]
    await sender(world)('facts', { referralId: referral.id, facts, expectedVersion: 1 })
    clock.moveTo('2026-05-01T10:00:00.000Z')
    const second = await decided(world, referral.case.id)
    expect(second).toMatchObject({ outcome: 'ELIGIBLE', isCleared: true })
    expect(await openTasks(world)).toEqual([])
    expect(await caseNow(world, referral.case.id)).toMatchObject({
      status: 'INTAKE',
      eligibility: { id: second.id, outcome: 'ELIGIBLE' },
      eligibilityHistory: [
        { id: second.id, supersededAt: null },
        { id: first.id, supersededAt: '2026-05-01T10:00:00.000Z' },
      ],
    })
  })

  test('repeated with its key it is decided once; with another payload the key is refused', async () => {
    const world = await newWorld()
    const [one, two] = [await referred(world), await referred(world)]
    const input = { ...key(), caseId: one.case.id }
    const first = await sender(world)('decide', input)
    expect(await sender(world)('decide', input)).toEqual(first)
    expect((await caseNow(world, one.case.id)).eligibilityHistory).toHaveLength(1)
    expect(await sender(world)('decide', { ...input, caseId: two.case.id })).toMatchObject({ code: 'idempotency-key-reused' })
  })

  test('decided five times at once, one decision counts and four are superseded', async () => {
    const world = await newWorld()
    const { case: opened } = await referred(world)
    const answers = await Promise.all(Array.from({ length: 5 }, () => decided(world, opened.id)))
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(5).fill('ELIGIBLE'))
    const history = (await caseNow(world, opened.id)).eligibilityHistory as { supersededAt: string | null }[]
    expect(history).toHaveLength(5)
    expect(history.filter(({ supersededAt }) => supersededAt === null)).toHaveLength(1)
  })

  test('the rules propose a refusal; the case is refused when a named person confirms it', async () => {
    const world = await newWorld('step-by-step')
    const send = sender(world)
    const referral = await referred(world, { basis: 'CRIMINAL_COURT_ORDER' })
    const proposal = await decided(world, referral.case.id)
    expect((await caseNow(world, referral.case.id)).status).toBe('INTAKE')
    expect(await kinds(world)).toEqual(['decide-eligibility'])

    const input = { eligibilityDecisionId: proposal.id, reason: 'The order is on file.', expectedVersion: 1 }
    expect(await send('confirm', { ...input, expectedVersion: 2 })).toMatchObject({ code: 'stale-version', currentVersion: 1 })
    const confirmed = await send('confirm', input)
    expect(confirmed).toMatchObject({
      __typename: 'EligibilityDecision',
      version: 2,
      confirmedAt: '2026-05-01T09:00:00.000Z',
      confirmedBy: { id: globalId('Staff', world.people['intake-worker'].id) },
    })
    expect((await caseNow(world, referral.case.id)).status).toBe('REFUSED')
    expect(await kinds(world)).toEqual(['review-risk', 'tell-partner-service'])
    expect(await decided(world, referral.case.id, world.people['programme-manager'])).toMatchObject({ code: 'invalid-move' })
  })

  test('under 16 is routed to children’s services, and nobody can accept it', async () => {
    const world = await newWorld()
    const send = sender(world)
    const referral = await referred(world, aged('2010-04-29'))
    const refused = await decided(world, referral.case.id)
    expect(refused).toMatchObject({ outcome: 'INELIGIBLE', route: "children's services" })
    expect(await openTasks(world)).toMatchObject([
      { kind: 'decide-eligibility' },
      { kind: 'safeguarding', owner_id: world.people['safeguarding-lead'].id },
    ])
    const input = { eligibilityDecisionId: refused.id, reason: 'x', expectedVersion: 1 }
    expect(await send('minor', { ...input, ruling: 'ACCEPT_ONE_TO_ONE' }, world.people['safeguarding-lead'])).toMatchObject({
      code: 'invalid-input',
    })
    expect(await send('review', { ...input, ruling: 'ACCEPT' }, world.people['programme-manager'])).toMatchObject({ code: 'invalid-input' })
  })

  test('at 16 and 17 the safeguarding lead, and nobody else, accepts one-to-one or refuses', async () => {
    const world = await newWorld()
    const send = sender(world)
    const lead = world.people['safeguarding-lead']
    const { caseId } = await withConsent(world, aged('2009-01-01'))
    const review = await decided(world, caseId)
    expect(review).toMatchObject({ outcome: 'HUMAN_REVIEW', isCleared: false })
    expect(await openTasks(world)).toMatchObject([{ kind: 'decide-eligibility', owner_id: lead.id }])
    const input = {
      eligibilityDecisionId: review.id,
      ruling: 'ACCEPT_ONE_TO_ONE',
      reason: 'With his social worker’s support.',
      expectedVersion: 1,
    }
    expect((await send('minor', input))[0].extensions.code).toBe('FORBIDDEN')
    expect(await send('review', { ...input, ruling: 'ACCEPT' }, world.people['programme-manager'])).toMatchObject({
      code: 'invalid-input',
      field: 'ruling',
    })
    expect(await send('suitability', { ...key(), caseId, ...place })).toMatchObject({ code: 'not-ready-for-acceptance' })
    expect(await send('minor', input, lead)).toMatchObject({
      outcome: 'HUMAN_REVIEW',
      ruling: 'ACCEPT_ONE_TO_ONE',
      isCleared: true,
      version: 2,
    })
    expect(await openTasks(world)).toEqual([])
    expect(await send('suitability', { ...key(), caseId, ...place })).toMatchObject({ outcome: 'ACCEPTED' })

    const another = await referred(world, aged('2009-01-01'))
    const again = await decided(world, another.case.id)
    expect(await send('minor', { ...input, eligibilityDecisionId: again.id, ruling: 'REFUSE' }, lead)).toMatchObject({
      ruling: 'REFUSE',
      isCleared: false,
    })
    expect((await caseNow(world, another.case.id)).status).toBe('REFUSED')
  })

  test('where no rules are in force a person must decide, with a deadline; nobody of unknown age is accepted so', async () => {
    const world = await newWorld()
    const send = sender(world)
    const cases = []
    for (const bornOn of [null, '1991-06-15'])
      cases.push((await referred(world, { ...aged(bornOn), receivedOn: '2019-03-01', facts: [] })).case.id)
    const [unknownAge, adult] = [await decided(world, cases[0]), await decided(world, cases[1])]
    for (const answer of [unknownAge, adult])
      expect(answer).toMatchObject({ outcome: 'NEEDS_HUMAN_REVIEW', isCleared: false, decision: { needsHumanReview: true } })
    expect(await openTasks(world)).toMatchObject(
      Array(2).fill({ kind: 'human-review', owner_id: world.people['programme-manager'].id, due_at: expect.stringMatching(/^2026-05-05/) }),
    )
    const input = { ruling: 'ACCEPT', reason: 'Looked at by hand.', expectedVersion: 1 }
    expect(await send('review', { ...input, eligibilityDecisionId: unknownAge.id }, world.people['programme-manager'])).toMatchObject({
      code: 'invalid-input',
      field: 'ruling',
    })
    expect(await send('review', { ...input, eligibilityDecisionId: adult.id }, world.people['programme-manager'])).toMatchObject({
      isCleared: true,
      ruling: 'ACCEPT',
    })
  })

  test('whoever may not work on the case gets the same answer as for a case that does not exist', async () => {
    const [world, there] = [await newWorld(), await newWorld()]
    const referral = await referred(world)
    const intake = world.people['intake-worker']
    const unknown = await decided(world, globalId('Case', newId()))
    expect(unknown).toMatchObject({ code: 'not-found' })
    expect(await decided(world, 'nonsense')).toEqual(unknown)
    expect(await sender(there)('decide', { ...key(), caseId: referral.case.id })).toEqual(unknown)
    await world.as(world.people['programme-manager'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId: localId('Case', referral.case.id)!, staffId: intake.id, reason: 'They are cousins.' }),
    )
    expect(await decided(world, referral.case.id)).toEqual(unknown)
    expect((await decided(world, referral.case.id, world.people.facilitator))[0].extensions.code).toBe('FORBIDDEN')
  })
})

describe(`suitability and consent on ${lane}`, () => {
  test('a place is offered only to who is cleared and has signed', async () => {
    const world = await newWorld()
    const send = sender(world)
    const { caseId } = await withConsent(world)
    const refused = await send('suitability', { ...key(), caseId, ...place })
    expect(refused).toMatchObject({
      code: 'not-ready-for-acceptance',
      message: 'a place cannot be offered yet; missing: a decision that the person is eligible',
    })
    await decided(world, caseId)
    const input = { ...key(), caseId, ...place }
    const accepted = await send('suitability', input)
    expect(accepted).toMatchObject({ outcome: 'ACCEPTED', category: 'SUITABLE' })
    expect(await send('suitability', input)).toEqual(accepted)
    expect(await send('suitability', { ...key(), caseId, ...place })).toMatchObject({ code: 'invalid-move' })
    expect(await caseNow(world, caseId)).toMatchObject({ status: 'ACCEPTED', suitability: [{ outcome: 'ACCEPTED' }] })

    const unsigned = await referred(world)
    await decided(world, unsigned.case.id)
    expect(await send('suitability', { ...key(), caseId: unsigned.case.id, ...place })).toMatchObject({
      message: 'a place cannot be offered yet; missing: a signed consent to the programme',
    })
  })

  test('unwilling to engage is refused with its category; the partner service and the safeguarding lead are asked to look', async () => {
    const world = await newWorld()
    const referral = await referred(world)
    const answer = await sender(world)('suitability', {
      ...key(),
      caseId: referral.case.id,
      outcome: 'REFUSED',
      category: 'UNWILLING_TO_ENGAGE',
      reason: 'He blames everybody else.',
      staffSafetyRisk: 'PRECAUTIONS_NEEDED',
      staffSafetyNote: 'See him in pairs.',
    })
    expect(answer).toMatchObject({ outcome: 'REFUSED', category: 'UNWILLING_TO_ENGAGE' })
    expect((await caseNow(world, referral.case.id)).status).toBe('REFUSED')
    expect(await openTasks(world)).toMatchObject([
      { kind: 'review-risk', side: 'participant', owner_id: world.people['safeguarding-lead'].id },
      { kind: 'tell-partner-service', side: 'partner', owner_id: world.people['partner-support-worker'].id },
    ])
  })

  test('a deferral has a day and a task, and can be accepted from', async () => {
    const world = await newWorld()
    const send = sender(world)
    const { caseId } = await withConsent(world)
    await decided(world, caseId)
    expect(
      await send('suitability', {
        ...key(),
        caseId,
        ...place,
        outcome: 'DEFERRED',
        category: 'NEEDS_OTHER_SERVICE',
        reviewOn: '2026-06-01',
      }),
    ).toMatchObject({ outcome: 'DEFERRED', reviewOn: '2026-06-01' })
    expect(await openTasks(world)).toMatchObject([{ kind: 'follow-up', due_at: expect.stringMatching(/^2026-06-01/) }])
    expect((await caseNow(world, caseId)).status).toBe('DEFERRED')
    clock.moveTo('2026-05-20T09:00:00.000Z')
    expect(await send('suitability', { ...key(), caseId, ...place })).toMatchObject({ outcome: 'ACCEPTED' })
    expect(await openTasks(world)).toEqual([])
    expect((await caseNow(world, caseId)).suitability.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['ACCEPTED', 'DEFERRED'])
  })

  test('what does not fit together is refused with its place', async () => {
    const world = await newWorld()
    const { caseId } = await withConsent(world)
    const wrong: [Record<string, unknown>, string][] = [
      [{ category: 'OTHER' }, 'category'],
      [{ outcome: 'REFUSED' }, 'category'],
      [{ reviewOn: '2026-06-01' }, 'reviewOn'],
      [{ outcome: 'DEFERRED', category: 'OTHER' }, 'reviewOn'],
      [{ outcome: 'DEFERRED', category: 'OTHER', reviewOn: '2026-05-01' }, 'reviewOn'],
      [{ outcome: 'DEFERRED', category: 'OTHER', reviewOn: '2027-06-01' }, 'reviewOn'],
      [{ staffSafetyRisk: 'PRECAUTIONS_NEEDED' }, 'staffSafetyNote'],
      [{ staffSafetyRisk: 'CANNOT_BE_MANAGED', staffSafetyNote: 'x' }, 'staffSafetyRisk'],
      [{ programmeExplainedOn: '2026-05-02' }, 'programmeExplainedOn'],
    ]
    for (const [changes, field] of wrong)
      expect(await sender(world)('suitability', { ...key(), caseId, ...place, ...changes }), field).toMatchObject({
        code: 'invalid-input',
        field,
      })
  })

  test('a consent names the version in force on the day it was signed, its notice and a witness', async () => {
    const world = await newWorld()
    const send = sender(world)
    const manager = world.people['programme-manager']
    const { caseId, text, consent } = await withConsent(world)
    expect(consent).toMatchObject({
      signedOn: '2026-04-30',
      text: { number: 1, confidentialityNotice: notice.confidentialityNotice },
      witnessedBy: { name: 'Person in intake-worker' },
    })
    const second = await send('text', { ...key(), ...notice, text: 'New words.', effectiveFrom: '2026-05-01' }, manager)
    expect(second.number).toBe(2)
    expect(await send('text', { ...key(), ...notice, effectiveFrom: '2026-05-01' }, manager)).toMatchObject({ field: 'effectiveFrom' })
    const witnessedBy = globalId('Staff', world.people['intake-worker'].id)
    const sign = (changes: Record<string, unknown>) =>
      send('consent', { ...key(), caseId, consentTextId: text.id, signedOn: '2026-04-30', witnessedBy, ...changes })
    expect(await sign({ signedOn: '2026-05-01' })).toMatchObject({ field: 'consentTextId' })
    expect(await sign({ consentTextId: second.id })).toMatchObject({ field: 'consentTextId' })
    expect(await sign({ signedOn: '2025-12-31' })).toMatchObject({ field: 'consentTextId' })
    expect(await sign({ signedOn: '2026-05-02' })).toMatchObject({ field: 'signedOn' })
    expect(await sign({ witnessedBy: globalId('Staff', world.people['partner-support-worker'].id) })).toMatchObject({
      field: 'witnessedBy',
    })
    expect(await sign({ witnessedBy: globalId('Staff', newId()) })).toMatchObject({ code: 'not-found' })
    expect(await sign({ consentTextId: globalId('ConsentText', newId()) })).toMatchObject({ code: 'not-found' })
    expect(await sign({ consentTextId: second.id, signedOn: '2026-05-01' })).toMatchObject({ text: { number: 2 } })
  })

  test('withdrawing a consent is recorded and ends no safeguarding task', async () => {
    const world = await newWorld()
    const send = sender(world)
    const { caseId, consent } = await withConsent(world, aged('2010-04-29'))
    await decided(world, caseId)
    const before = await openTasks(world)
    expect(before.map((task) => (task as unknown as { kind: string }).kind)).toContain('safeguarding')
    const input = { consentId: consent.id, withdrawnOn: '2026-05-01', expectedVersion: 1 }
    expect(await send('withdraw', { ...input, withdrawnOn: '2026-04-29' })).toMatchObject({ field: 'withdrawnOn' })
    expect(await send('withdraw', input)).toMatchObject({ withdrawnOn: '2026-05-01', version: 2 })
    expect(await send('withdraw', input)).toMatchObject({ code: 'stale-version', currentVersion: 2 })
    expect(await openTasks(world)).toEqual(before)
  })

  test('a consent that was withdrawn no longer opens the way to a place', async () => {
    const world = await newWorld()
    const send = sender(world)
    const { caseId, consent } = await withConsent(world)
    await decided(world, caseId)
    await send('withdraw', { consentId: consent.id, withdrawnOn: '2026-05-01', expectedVersion: 1 })
    expect(await send('suitability', { ...key(), caseId, ...place })).toMatchObject({
      message: 'a place cannot be offered yet; missing: a signed consent to the programme',
    })
    expect(await caseNow(world, caseId)).toMatchObject({
      status: 'INTAKE',
      consents: [{ signedOn: '2026-04-30', withdrawnOn: '2026-05-01' }],
    })
  })
})
