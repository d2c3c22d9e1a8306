import { beforeAll, describe, expect, test } from 'vitest'
import { clock, lane } from '../harness/world.ts'
import { consents, isAssessed, isLedByTwo, meets, offers, taskOf, toldOf, waitingFor } from './chapters.ts'
import { clientOf } from './client.ts'

describe.sequential(`from referral to completion at Step by Step on ${lane}`, () => {
  const client = clientOf('step-by-step')
  const { read, refused, send } = client
  const story = { referralId: '', caseId: '', groupId: '', placeId: '', programmeId: '', consentTextId: '' }
  const decisions: string[] = []
  const theCase = () => read('programme-manager', 'case', { id: story.caseId })

  beforeAll(async () => Object.assign(story, await offers(client, 'step-by-step-rolling-nine')))

  test('a family court sends him from another county; the rules ask for the one fact that would decide, and then offer a place', async () => {
    const referral = await send('intake-worker', 'referParticipant', {
      person: { givenName: 'Robin', familyName: 'Journey', bornOn: '1988-02-14', localAuthority: 'Croydon' },
      source: 'FAMILY_COURT',
      basis: 'FAMILY_COURT',
      referrerName: 'The court office',
      purpose: 'Report on risk and change for the hearing.',
      feedbackChannel: 'LETTER',
      feedbackAddress: 'court-office@family-court.example',
      receivedOn: '2026-05-01',
      facts: [{ fact: 'history.hasAbusedPartner', yesNo: true, askedOf: 'REFERRER', askedOn: '2026-05-01' }],
    })
    Object.assign(story, { referralId: referral.id, caseId: referral.case.id })
    const first = await send('intake-worker', 'decideEligibility', { caseId: story.caseId })
    expect(first).toMatchObject({ outcome: 'NEEDS_INFORMATION', needs: [{ fact: 'engagement.isWilling' }] })
    await send('intake-worker', 'recordReferralFacts', {
      referralId: story.referralId,
      facts: [{ fact: 'engagement.isWilling', yesNo: true, askedOf: 'PARTICIPANT', askedOn: '2026-05-01' }],
      expectedVersion: referral.version,
    })
    const decided = await send('intake-worker', 'decideEligibility', { caseId: story.caseId })
    expect(decided).toMatchObject({ outcome: 'ELIGIBLE', isCleared: true, decision: { ruleSet: { id: 'step-by-step' } } })
    decisions.push(first.decision.id, decided.decision.id)
  })

  test('he signs the consent and is assessed: one-to-one work is proposed for a reason only, and there is none', async () => {
    clock.moveTo('2026-05-05T09:00:00.000Z')
    await consents(client, story, '2026-05-05')
    const signed = await isAssessed(client, story.caseId, '2026-05-05', ['physical-violence', 'minimising-denial-blame'])
    expect(signed.pathway.proposals.map(({ what }: { what: string }) => what)).not.toContain('ONE_TO_ONE')
    decisions.push(signed.riskDecision.id, signed.safeguardingDecision.id)
    await send('intake-worker', 'recordSuitability', {
      caseId: story.caseId,
      outcome: 'ACCEPTED',
      category: 'SUITABLE',
      reason: 'He wants to be a safe father.',
      staffSafetyRisk: 'NONE_KNOWN',
    })
    expect(await theCase()).toMatchObject({ status: 'ACCEPTED' })
  })

  test('a group of nine rolling themes begins with any of them, goes round by itself, and starts with two facilitators and a partner service', async () => {
    clock.moveTo('2026-05-06T09:00:00.000Z')
    const { programmeId } = story
    const planned = { programmeId, firstOn: '2026-05-11', beginsAt: '19:00', sessionCount: 12, firstTheme: 'empathy' }
    const group = await send('programme-manager', 'createGroup', planned)
    story.groupId = group.id
    const themes = group.sessions.map(({ theme }: { theme: { themeId: string } }) => theme.themeId)
    expect(themes.slice(0, 2)).toEqual(['empathy', 'children-and-parenting'])
    expect(themes.slice(9)).toEqual(themes.slice(0, 3))
    await send('programme-manager', 'namePartnerService', { serviceName: 'Step by Step partner service' })
    await isLedByTwo(client, group.id)
    const started = await send('programme-manager', 'startGroup', { groupId: group.id, expectedVersion: group.version })
    expect(started).toMatchObject({ status: 'RUNNING' })
  })

  test('he joins a group that runs already, at its second evening', async () => {
    clock.moveTo('2026-05-12T09:00:00.000Z')
    const place = await send('programme-manager', 'givePlace', { caseId: story.caseId, groupId: story.groupId })
    story.placeId = place.id
    expect(place).toMatchObject({ status: 'OPEN', joinedOn: '2026-05-18', case: { status: 'IN_PROGRAMME' } })
  })

  test('an excused miss makes a removal due; it is proposed, and a named person declines it with the reason', async () => {
    expect(await meets(client, story, 2)).toMatchObject({ standing: 'IN_GOOD_STANDING', follows: [] })
    const missed = await meets(client, story, 3, 'EXCUSED')
    expect(missed.standing).toBe('REMOVAL_DUE')
    expect(missed.follows.map(({ type, tell }: { type: string; tell: string[] }) => [type, tell])).toEqual([
      ['CONTACT', ['partner-service']],
      ['REMOVAL_DUE', ['partner-service', 'referrer']],
    ])
    const [removal] = (await theCase()).removals
    expect(removal.status).toBe('PROPOSED')
    await taskOf(client, 'programme-manager', 'CONFIRM_REMOVAL')
    const declining = { removalId: removal.id, reason: 'He was in hospital, and rang from there.', expectedVersion: removal.version }
    expect(await refused('facilitator', 'declineRemoval', declining)).toBe('FORBIDDEN')
    expect(await send('programme-manager', 'declineRemoval', declining)).toMatchObject({
      status: 'DECLINED',
      decidedBy: { name: 'Person in programme-manager' },
    })
    expect(await waitingFor(client, 'programme-manager')).toEqual([])
  })

  test('he goes on, and nothing is proposed again for the same miss', async () => {
    expect(await meets(client, story, 4)).toMatchObject({ standing: 'REMOVAL_DUE', follows: [] })
    for (const number of [5, 6, 7, 8, 9, 10, 11]) await meets(client, story, number)
    expect((await theCase()).removals).toHaveLength(1)
  })

  test('eight themes are no completion, however many evenings; the ninth comes round again, and then the rules propose it', async () => {
    expect(await send('facilitator', 'decideCompletion', { placeId: story.placeId })).toMatchObject({ status: 'NOT_COMPLETED' })
    expect(await meets(client, story, 12)).toMatchObject({ counts: { held: 11, attended: 10, missed: 1 } })
    expect((await theCase()).places[0].completion).toMatchObject({ status: 'PROPOSED' })
  })

  test('a named person confirms; whether anything is better nobody has asked, and it is not said', async () => {
    clock.moveTo('2026-08-11T09:00:00.000Z')
    const { completion } = (await theCase()).places[0]
    const settling = { completionId: completion.id, reason: 'All nine themes, one of them late.', expectedVersion: completion.version }
    const confirmed = await send('safeguarding-lead', 'confirmCompletion', settling)
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', improved: 'CANNOT_TELL', settledBy: { name: 'Person in safeguarding-lead' } })
    expect(await theCase()).toMatchObject({ status: 'COMPLETED', places: [{ status: 'ENDED', ending: 'COMPLETED' }] })
    decisions.push(confirmed.decision.id)
  })

  test('the partner service is told on the same day, and the court after it', async () => {
    const task = await taskOf(client, 'partner-support-worker', 'TELL_PARTNER_SERVICE')
    expect(task.dueAt).toMatch(/^2026-08-11T/)
    const done = { taskId: task.id, record: 'Considered with the partner service.', expectedVersion: task.version }
    await send('partner-support-worker', 'completeTask', done)
    expect(await waitingFor(client, 'programme-manager')).toContain('TELL_REFERRER')
    const text = 'He has worked through the nine themes. Attendance is not evidence of safety.'
    await send('programme-manager', 'giveFeedback', {
      referralId: story.referralId,
      occasion: 'ENDED',
      text,
      channel: 'LETTER',
      givenOn: '2026-08-11',
    })
    expect(await waitingFor(client, 'programme-manager')).toEqual(['ASSESS_RISK', 'FOLLOW_UP'])
  })

  test('the case tells all of it in order, and every decision says the same when it is replayed', async () => {
    expect(await toldOf(client, story.caseId)).toEqual([
      'referral-received',
      'case-intake',
      'eligibility-decided',
      'consent-signed',
      'assessment-signed',
      'case-accepted',
      'suitability-decided',
      'case-in-programme',
      'place-opened',
      'attendance-recorded',
      'removal-proposed',
      'removal-declined',
      'attendance-recorded',
      'completion-decided',
      'attendance-recorded',
      'completion-decided',
      'place-completed',
      'case-completed',
      'completion-confirmed',
      'referrer-told',
    ])
    for (const id of decisions)
      expect(await send('safeguarding-lead', 'replayDecision', { id })).toMatchObject({ same: true, recordIsIntact: true })
    expect(decisions).toHaveLength(5)
  })
})
