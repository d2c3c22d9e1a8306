import { describe, expect, test } from 'vitest'
import { globalId, newId } from '../../platform/ids.ts'
import { excludeWorker, unassignWorker } from '../cases/index.ts'
import { database, lane, newWorld, type World } from '../../../test/harness/world.ts'
import { hearEndings } from '../../../test/harness/endings.ts'
import { form, refer, referred } from '../../../test/harness/referred.ts'
import { localId } from '../../platform/ids.ts'

const byId = /* GraphQL */ `
  query ($id: ID!) {
    referral(id: $id) { id standing version feedbackAddress purpose facts { fact value } feedback { occasion told givenOn } case { id status } }
  }
`
const recordFacts = /* GraphQL */ `
  mutation ($input: RecordReferralFactsInput!) {
    recordReferralFacts(input: $input) {
      __typename
      ... on Referral { version basis receivedOn facts { fact value isKnown askedOf askedOn } factHistory { fact number value correctionReason } }
      ... on Refusal { code message }
      ... on InvalidInput { field }
      ... on StaleVersion { currentVersion }
    }
  }
`
const withdraw = /* GraphQL */ `
  mutation ($input: WithdrawReferralInput!) {
    withdrawReferral(input: $input) { __typename ... on Referral { standing withdrawnBecause version case { status } } ... on Refusal { code } ... on InvalidMove { allowed } }
  }
`
const tell = /* GraphQL */ `
  mutation ($input: GiveFeedbackInput!) {
    giveFeedback(input: $input) { __typename ... on ReferrerFeedback { id told occasion givenOn } ... on Refusal { code message } ... on InvalidInput { field } }
  }
`
const mine = /* GraphQL */ `{ myReferrals { edges { node { id standing purpose feedbackAddress case { id } facts { fact } factHistory { fact } } } } }`
const tasksOf = (world: World) =>
  database.asOwner((run) => run(`select kind, side from tasks where provider_id = '${world.providerId}' order by kind`))
const answer = (changes: Record<string, unknown>) => ({ askedOf: 'PARTICIPANT', askedOn: '2026-04-30', ...changes })

describe(`referrals on ${lane}`, () => {
  test('every source and every basis is taken, and says so in the facts', async () => {
    const world = await newWorld()
    const pairs = [
      ['SELF', 'VOLUNTARY'],
      ['FAMILY_OR_FRIEND', 'VOLUNTARY'],
      ['SOCIAL_SERVICES', 'CHILD_PROTECTION'],
      ['FAMILY_COURT', 'FAMILY_COURT'],
      ['POLICE', 'CIVIL_ORDER'],
      ['PROBATION', 'CRIMINAL_COURT_ORDER'],
      ['HEALTH', 'VOLUNTARY'],
      ['HOUSING', 'AGENCY_CONDITION'],
      ['EDUCATION', 'AGENCY_CONDITION'],
      ['VOLUNTARY_ORGANISATION', 'VOLUNTARY'],
      ['OTHER_AGENCY', 'AGENCY_CONDITION'],
    ]
    for (const [source, basis] of pairs) {
      const referral = await referred(world, { source, basis, ...(source === 'SELF' ? { referrerName: null } : {}) })
      expect(referral).toMatchObject({
        __typename: 'Referral',
        source,
        basis,
        receivedOn: '2026-04-28',
        recordedAt: '2026-05-01T09:00:00.000Z',
        case: { status: 'REFERRED' },
      })
      const fact = (name: string) => referral.facts.find((one: { fact: string }) => one.fact === name).value
      expect([fact('referral.source'), fact('referral.basis')]).toEqual(
        [source, basis].map((word) => word!.toLowerCase().replaceAll('_', '-')),
      )
    }
  })

  test('the same request twice makes one referral; the same key for another is refused', async () => {
    const world = await newWorld()
    const input = form()
    const first = await world.send(world.people['intake-worker'], refer, { input })
    expect(first.data.referParticipant.__typename).toBe('Referral')
    expect(await world.send(world.people['intake-worker'], refer, { input })).toEqual(first)
    expect(
      (await world.send(world.people['intake-worker'], refer, { input: { ...input, purpose: 'Something else.' } })).data.referParticipant
        .code,
    ).toBe('idempotency-key-reused')
  })

  test('somebody alike is shown before a second record is made; either way on works', async () => {
    const world = await newWorld()
    const person = { givenName: 'Zoë', familyName: 'O’Neill', bornOn: '1990-03-04' }
    const first = await referred(world, { person })
    const refused = await referred(world, { person: { ...person, givenName: 'Zoe', familyName: 'Oneill' } })
    expect(refused).toMatchObject({
      __typename: 'PossibleDuplicates',
      code: 'possible-duplicates',
      candidates: [{ givenName: 'Zoë', familyName: 'O’Neill' }],
    })

    const again = await referred(world, { person: null, participantId: refused.candidates[0].id })
    expect(again.__typename).toBe('Referral')
    expect(again.case.id).not.toBe(first.case.id)
    const another = await referred(world, { person, confirmNewPerson: 'Born in another town; checked by telephone.' })
    expect(another.__typename).toBe('Referral')
  })

  test('two referrals of the same person at the same moment: the second sees the first', async () => {
    const world = await newWorld()
    const person = { givenName: 'Pat', familyName: 'Double', bornOn: '1990-05-06' }
    const answers = await Promise.all(Array.from({ length: 4 }, () => referred(world, { person })))
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'PossibleDuplicates',
      'PossibleDuplicates',
      'PossibleDuplicates',
      'Referral',
    ])
  })

  test('an outside referrer never learns whom we know, and sees only their own referrals and little of them', async () => {
    const world = await newWorld()
    const { people } = world
    const person = { givenName: 'Ian', familyName: 'Known', bornOn: '1988-01-02' }
    const known = await referred(world, { person })
    const fromOutside = await referred(world, { person, referrerName: null }, people.referrer)
    expect(fromOutside).toMatchObject({
      __typename: 'Referral',
      standing: 'RECEIVED',
      case: null,
      facts: null,
      feedbackAddress: 'rae@council.example',
    })
    expect((await tasksOf(world)).map(({ kind }) => kind)).toContain('check-duplicate')

    const list = await world.send(people.referrer, mine)
    expect(list.data.myReferrals.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([fromOutside.id])
    expect(list.data.myReferrals.edges[0].node).toMatchObject({ case: null, facts: null, factHistory: null })
    // Somebody else's referral, an unknown one and nonsense are answered alike.
    const answers = await Promise.all(
      [known.id, globalId('Referral', newId()), 'nonsense', globalId('Case', newId())].map((id) =>
        world.send(people.referrer, byId, { id }),
      ),
    )
    for (const one of answers) expect(one).toEqual(answers[0])
    expect(answers[0]!.data).toEqual({ referral: null })
    const participantId = (
      await database.asOwner((run) => run(`select participant_id from referrals where provider_id = '${world.providerId}' limit 1`))
    )[0]!.participant_id
    expect(
      await referred(world, { person: null, participantId: globalId('Participant', String(participantId)) }, people.referrer),
    ).toMatchObject({ code: 'not-found' })
  })

  test('what is well formed and still wrong is refused with its place, and nothing is written', async () => {
    const world = await newWorld()
    const wrong: [Record<string, unknown>, string][] = [
      [{ receivedOn: '2026-05-02' }, 'receivedOn'],
      [{ person: null }, 'person'],
      [{ participantId: globalId('Participant', newId()) }, 'person'],
      [{ person: { givenName: 'A', familyName: 'B', bornOn: '2026-04-29' } }, 'person.bornOn'],
      [{ feedbackChannel: 'NONE' }, 'feedbackAddress'],
      [{ feedbackAddress: null }, 'feedbackAddress'],
      [{ source: 'SELF' }, 'referrerName'],
      [{ referrerName: null }, 'referrerName'],
      [{ facts: [answer({ fact: 'referral.basis', text: 'voluntary' })] }, 'facts.0.fact'],
      [{ facts: [answer({ fact: 'history.hasAbusedPartnr', yesNo: true })] }, 'facts.0.fact'],
      [{ facts: [answer({ fact: 'person.ageOnReceipt', whole: 30 })] }, 'facts.0.fact'],
      [{ facts: [answer({ fact: 'history.hasAbusedPartner', text: 'yes' })] }, 'facts.0.text'],
      [{ facts: [answer({ fact: 'history.hasAbusedPartner' })] }, 'facts.0'],
      [{ facts: [answer({ fact: 'history.hasAbusedPartner', yesNo: true, notKnown: true })] }, 'facts.0'],
      [{ facts: [answer({ fact: 'parties.youngestAge', whole: 131 })] }, 'facts.0.whole'],
      [{ facts: [answer({ fact: 'engagement.isWilling', yesNo: true, askedOn: '2026-05-02' })] }, 'facts.0.askedOn'],
      [{ facts: [answer({ fact: 'engagement.isWilling', yesNo: true }), answer({ fact: 'engagement.isWilling', yesNo: false })] }, 'facts'],
    ]
    for (const [changes, field] of wrong) expect(await referred(world, changes), field).toMatchObject({ code: 'invalid-input', field })
    for (const id of ['nonsense', globalId('Agency', newId()), globalId('Case', newId())])
      expect(await referred(world, { agencyId: id })).toMatchObject({ code: 'not-found' })
    expect(
      await referred(world, { receivedOn: '2019-01-01', facts: form().facts.map((one) => ({ ...one, askedOn: '2019-01-01' })) }),
    ).toMatchObject({ code: 'no-rule-set-in-force' })
    for (const bad of [
      { purpose: '' },
      { purpose: 'a\u0000b' },
      { purpose: 'x'.repeat(4001) },
      { receivedOn: '2026-02-30' },
      { source: 'NEIGHBOUR' },
    ]) {
      const answered = await world.send(world.people['intake-worker'], refer, { input: form(bad) })
      expect(answered.status).toBeLessThan(500)
      expect(answered.errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    }
    expect(await database.asOwner((run) => run(`select 1 from participants where provider_id = '${world.providerId}'`))).toEqual([])
  })

  test('answers are corrected with a reason, keep their history and provenance, and never asked is not "no"', async () => {
    const world = await newWorld()
    const intake = world.people['intake-worker']
    const referral = await referred(world)
    const send = (input: Record<string, unknown>) =>
      world.send(intake, recordFacts, { input: { referralId: referral.id, ...input } }).then(({ data }) => data.recordReferralFacts)

    const facts = [answer({ fact: 'history.hasAbusedPartner', notKnown: true, askedOf: 'POLICE' })]
    expect(await send({ facts, expectedVersion: 1 })).toMatchObject({ code: 'invalid-input', field: 'correctionReason' })
    const corrected = await send({ facts, expectedVersion: 1, correctionReason: 'The police had mixed two people up.' })
    expect(corrected.version).toBe(2)
    expect(corrected.facts).toContainEqual({
      fact: 'history.hasAbusedPartner',
      value: null,
      isKnown: false,
      askedOf: 'POLICE',
      askedOn: '2026-04-30',
    })
    expect(corrected.facts.some(({ fact }: { fact: string }) => fact === 'parties.youngestAge')).toBe(false)
    expect(corrected.factHistory.filter(({ fact }: { fact: string }) => fact === 'history.hasAbusedPartner')).toEqual([
      { fact: 'history.hasAbusedPartner', number: 2, value: null, correctionReason: 'The police had mixed two people up.' },
      { fact: 'history.hasAbusedPartner', number: 1, value: 'true', correctionReason: null },
    ])
    expect(await send({ facts: [answer({ fact: 'parties.youngestAge', whole: 30 })], expectedVersion: 1 })).toMatchObject({
      code: 'stale-version',
      currentVersion: 2,
    })
    expect(
      await send({
        facts: [answer({ fact: 'referral.basis', text: 'criminal-court-order' })],
        expectedVersion: 2,
        correctionReason: 'The order came to light.',
      }),
    ).toMatchObject({ version: 3, basis: 'CRIMINAL_COURT_ORDER' })
    expect(
      await send({ facts: [answer({ fact: 'referral.basis', notKnown: true })], expectedVersion: 3, correctionReason: 'x' }),
    ).toMatchObject({ code: 'invalid-input' })
    expect(
      await send({ facts: [answer({ fact: 'referral.receivedOn', day: '2026-05-02' })], expectedVersion: 3, correctionReason: 'x' }),
    ).toMatchObject({ code: 'invalid-input' })
    expect(await send({ facts: [], expectedVersion: 3 })).toMatchObject({ code: 'invalid-input', field: 'facts' })
  })

  test('whoever is not on the case, is excluded from it or works elsewhere finds no referral', async () => {
    const [world, there] = [await newWorld(), await newWorld()]
    const { people } = world
    const referral = await referred(world)
    const intake = people['intake-worker']
    const caseId = localId('Case', referral.case.id)!
    const seen = async (actor = intake, from = world) => (await from.send(actor, byId, { id: referral.id })).data.referral
    expect(await seen()).not.toBeNull()
    for (const role of ['facilitator', 'one-to-one-worker', 'social-worker'] as const) expect(await seen(people[role]), role).toBeNull()
    expect(await seen(there.people['programme-manager'], there)).toBeNull()

    await world.as(people['programme-manager'], (tx, actor) =>
      excludeWorker(tx, actor, { caseId, staffId: intake.id, reason: 'They are cousins.' }),
    )
    expect(await seen()).toBeNull()
    const facts = [answer({ fact: 'engagement.isWilling', yesNo: true })]
    const refused = await world.send(intake, recordFacts, { input: { referralId: referral.id, facts, expectedVersion: 1 } })
    expect(refused.data.recordReferralFacts).toMatchObject({ code: 'not-found', message: 'no such referral' })
    expect(unassignWorker).toBeTypeOf('function')
  })

  test('a referral is withdrawn once, with a reason; the case follows and the partner service hears first', async () => {
    const world = await newWorld()
    const referral = await referred(world)
    const input = { referralId: referral.id, reason: 'He has moved away.', expectedVersion: 1 }
    expect((await world.send(world.people.referrer, withdraw, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const done = (await world.send(world.people['intake-worker'], withdraw, { input })).data.withdrawReferral
    expect(done).toEqual({
      __typename: 'Referral',
      standing: 'WITHDRAWN',
      withdrawnBecause: 'He has moved away.',
      version: 2,
      case: { status: 'WITHDRAWN' },
    })
    expect(await tasksOf(world)).toEqual([
      { kind: 'review-risk', side: 'participant' },
      { kind: 'tell-partner-service', side: 'partner' },
    ])
    expect((await world.send(world.people['intake-worker'], withdraw, { input })).data.withdrawReferral.code).toBe('stale-version')
    expect(
      (await world.send(world.people['programme-manager'], withdraw, { input: { ...input, expectedVersion: 2 } })).data.withdrawReferral,
    ).toMatchObject({ code: 'invalid-move', allowed: [] })
  })

  test('an agency hears in our words, a self-referrer a fixed text, somebody close only that it arrived', async () => {
    const world = await newWorld()
    const say = async (referralId: string, changes: Record<string, unknown>) =>
      (
        await world.send(world.people['intake-worker'], tell, {
          input: { idempotencyKey: newId(), referralId, occasion: 'NO_PLACE', channel: 'TELEPHONE', givenOn: '2026-05-01', ...changes },
        })
      ).data.giveFeedback
    const withdrawn = async (changes: Record<string, unknown> = {}) => {
      const referral = await referred(world, changes)
      const input = { referralId: referral.id, reason: 'He has moved away.', expectedVersion: 1 }
      await world.send(world.people['intake-worker'], withdraw, { input })
      await hearEndings(world, localId('Case', referral.case.id)!)
      return referral
    }
    const agency = await withdrawn()
    expect(await say(agency.id, {})).toMatchObject({ code: 'invalid-input', field: 'text' })
    expect(await say(agency.id, { text: 'No place: he lives outside our area.' })).toMatchObject({
      told: 'No place: he lives outside our area.',
      occasion: 'NO_PLACE',
    })
    expect(await say(agency.id, { text: 'x', givenOn: '2026-05-02' })).toMatchObject({ field: 'givenOn' })
    expect(await say(agency.id, { text: 'x', givenOn: '2026-04-27' })).toMatchObject({ field: 'givenOn' })

    const self = await withdrawn({ source: 'SELF', referrerName: null })
    expect(await say(self.id, { text: 'Your partner said so.' })).toMatchObject({ code: 'invalid-input', field: 'text' })
    const told = await say(self.id, {})
    expect(told.told).toMatch(/^We cannot offer you a place at present\./)
    const other = await withdrawn({ source: 'SELF', referrerName: null, basis: 'CRIMINAL_COURT_ORDER' })
    expect((await say(other.id, {})).told).toBe(told.told)

    const close = await withdrawn({ source: 'FAMILY_OR_FRIEND' })
    const texts = await Promise.all(['OFFERED_A_PLACE', 'NO_PLACE', 'ENDED'].map((occasion) => say(close.id, { occasion })))
    expect(new Set(texts.map(({ told }) => told)).size).toBe(1)
  })

  test('the feedback address is for those who answer and for the referrer', async () => {
    const world = await newWorld()
    const { people } = world
    const referral = await referred(world, { referrerName: null }, people.referrer)
    const addressFor = async (actor: (typeof people)['referrer']) =>
      (await world.send(actor, byId, { id: referral.id })).data.referral?.feedbackAddress
    expect(await addressFor(people.referrer)).toBe('rae@council.example')
    expect(await addressFor(people['intake-worker'])).toBe('rae@council.example')
    expect(await addressFor(people['safeguarding-lead'])).toBeNull()
  })
})
