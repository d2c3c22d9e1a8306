import { beforeAll, describe, expect, test } from 'vitest'
import { clock, lane } from '../harness/world.ts'
import { consents, isAssessed, isLedByTwo, meets, offers, taskOf, toldOf, waitingFor } from './chapters.ts'
import { clientOf } from './client.ts'

describe.sequential(`from referral to completion at CDARS on ${lane}`, () => {
  const client = clientOf('cdars-phoenix')
  const { read, refused, send } = client
  const story = { referralId: '', caseId: '', groupId: '', placeId: '', programmeId: '', consentTextId: '' }
  const decisions: string[] = []
  const theCase = () => read('programme-manager', 'case', { id: story.caseId })

  beforeAll(async () => Object.assign(story, await offers(client, 'phoenix-12')))

  test('a criminal court sends him from Merton, and the rules say with their reasons that a place may be offered', async () => {
    const referral = await send('intake-worker', 'referParticipant', {
      person: { givenName: 'Robin', familyName: 'Journey', bornOn: '1988-02-14', localAuthority: 'Merton' },
      source: 'PROBATION',
      basis: 'CRIMINAL_COURT_ORDER',
      referrerName: 'The court team',
      purpose: 'A rehabilitation activity under the order.',
      feedbackChannel: 'EMAIL',
      feedbackAddress: 'court-team@probation.example',
      receivedOn: '2026-05-01',
      facts: [{ fact: 'history.hasAbusedPartner', yesNo: true, askedOf: 'REFERRER', askedOn: '2026-05-01' }],
    })
    Object.assign(story, { referralId: referral.id, caseId: referral.case.id })
    expect(referral.case.status).toBe('REFERRED')
    const decided = await send('intake-worker', 'decideEligibility', { caseId: story.caseId })
    expect(decided).toMatchObject({ outcome: 'ELIGIBLE', isCleared: true, needs: [], decision: { ruleSet: { id: 'cdars-phoenix' } } })
    decisions.push(decided.decision.id)
  })

  test('he signs the consent, without which he is not accepted, and a risk assessment says what it does not claim', async () => {
    clock.moveTo('2026-05-05T09:00:00.000Z')
    const acceptance = {
      caseId: story.caseId,
      outcome: 'ACCEPTED',
      category: 'SUITABLE',
      reason: 'He says what he did, and wants to stop.',
      staffSafetyRisk: 'NONE_KNOWN',
      programmeExplainedOn: '2026-05-05',
    }
    expect(await refused('intake-worker', 'recordSuitability', acceptance)).toBe('not-ready-for-acceptance')
    await consents(client, story, '2026-05-05')
    const signed = await isAssessed(client, story.caseId, '2026-05-05', ['physical-violence', 'minimising-denial-blame'])
    expect(signed).toMatchObject({ status: 'SIGNED', risk: { band: { inWords: 'standard' } } })
    expect(signed.risk.statement).toContain('not been validated')
    // Phoenix sees everybody alone beside the group.
    expect(signed.pathway.proposals).toContainEqual({
      what: 'ONE_TO_ONE',
      reason: 'everybody-in-a-group',
      every: { amount: 1, unit: 'weeks' },
    })
    decisions.push(signed.riskDecision.id, signed.safeguardingDecision.id)
    await send('intake-worker', 'recordSuitability', acceptance)
    expect(await theCase()).toMatchObject({ status: 'ACCEPTED' })
    await send('intake-worker', 'giveFeedback', {
      referralId: story.referralId,
      occasion: 'OFFERED_A_PLACE',
      text: 'We offer a place from 11 May on.',
      channel: 'EMAIL',
      givenOn: '2026-05-05',
    })
  })

  test('a group of twelve evenings is planned around two bank holidays; it starts with two facilitators and a partner service, and not before', async () => {
    clock.moveTo('2026-05-06T09:00:00.000Z')
    const { programmeId } = story
    const group = await send('programme-manager', 'createGroup', { programmeId, firstOn: '2026-05-04', beginsAt: '18:30' })
    story.groupId = group.id
    // 4 and 25 May 2026 are bank holidays.
    expect(group.sessions.map(({ onDay }: { onDay: string }) => onDay)).toEqual(
      '05-11 05-18 06-01 06-08 06-15 06-22 06-29 07-06 07-13 07-20 07-27 08-03'.split(' ').map((day) => `2026-${day}`),
    )
    const starting = { groupId: group.id, expectedVersion: group.version }
    expect(await refused('programme-manager', 'startGroup', starting)).toBe('too-few-facilitators')
    await isLedByTwo(client, group.id)
    expect(await refused('programme-manager', 'startGroup', starting)).toBe('no-partner-service')
    await send('programme-manager', 'namePartnerService', { serviceName: 'Phoenix family coordinator' })
    expect(await send('programme-manager', 'startGroup', starting)).toMatchObject({ status: 'RUNNING' })
  })

  test('he is given a place from the first evening on, and those who lead the group are given his case', async () => {
    const place = await send('programme-manager', 'givePlace', { caseId: story.caseId, groupId: story.groupId })
    story.placeId = place.id
    expect(place).toMatchObject({ status: 'OPEN', joinedOn: '2026-05-11', case: { status: 'IN_PROGRAMME' } })
    const leading = (await theCase()).workers.filter(({ role }: { role: string }) => role === 'FACILITATOR')
    expect(leading).toHaveLength(2)
  })

  test('an excused miss brings a contact on the same evening, which partner support hears of; he stays', async () => {
    expect(await meets(client, story, 1)).toMatchObject({ standing: 'IN_GOOD_STANDING', follows: [] })
    expect(await meets(client, story, 2, 'EXCUSED')).toMatchObject({
      standing: 'CONTACT',
      // Over at 20:30 in London, and four hours later in UTC is half past eleven.
      follows: [{ type: 'CONTACT', tell: ['partner-service'], dueAt: '2026-05-18T23:30:00.000Z' }],
    })
    const contact = await taskOf(client, 'facilitator', 'CONTACT_AFTER_ABSENCE')
    const done = { taskId: contact.id, record: 'Reached him at home: his shift was changed.', expectedVersion: contact.version }
    expect(await send('facilitator', 'completeTask', done)).toMatchObject({ status: 'DONE' })
    const [message] = (await read('partner-support-worker', 'myNotifications')).edges
    expect(message.node).toMatchObject({ kind: 'ATTENDANCE' })
    await send('partner-support-worker', 'acknowledgeNotification', {
      notificationId: message.node.id,
      expectedVersion: message.node.version,
    })
  })

  test('beside the group he is seen alone, by a worker who is given his case', async () => {
    const { id: staffId } = await read('one-to-one-worker', 'viewer')
    await send('programme-manager', 'assignWorker', { caseId: story.caseId, staffId, role: 'ONE_TO_ONE_WORKER' })
    const { oneToOnes } = await send('one-to-one-worker', 'planOneToOnes', {
      placeId: story.placeId,
      firstOn: '2026-05-21',
      beginsAt: '10:00',
      minutes: 60,
      count: 1,
    })
    clock.moveTo(oneToOnes[0].endsAt)
    const recorded = await send('one-to-one-worker', 'recordRegister', {
      register: { sessionId: oneToOnes[0].id, facilitatedBy: [staffId], entries: [{ placeId: story.placeId, outcome: 'ATTENDED' }] },
      expectedVersion: oneToOnes[0].version,
    })
    expect(recorded.people).toMatchObject([{ outcome: 'ATTENDED', standing: 'CONTACT', follows: [] }])
  })

  test('eleven of twelve evenings are no completion; the one he missed is held again, and then the rules propose it', async () => {
    for (const number of [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) await meets(client, story, number)
    expect(await send('facilitator', 'decideCompletion', { placeId: story.placeId })).toMatchObject({ status: 'NOT_COMPLETED' })
    const { version } = await read('programme-manager', 'group', { id: story.groupId })
    const again = { groupId: story.groupId, count: 1, themes: ['harm-to-partner-and-children'], expectedVersion: version }
    const planned = await send('programme-manager', 'planSessions', again)
    expect(planned.sessions.at(-1)).toMatchObject({ number: 13, onDay: '2026-08-10' })
    expect(await meets(client, story, 13)).toMatchObject({ counts: { held: 13, attended: 12, missed: 1 } })
    expect((await theCase()).places[0].completion).toMatchObject({ status: 'PROPOSED', improved: 'CANNOT_TELL' })
  })

  test('better by what somebody else says, and a named person confirms: completed, which is no evidence of safety', async () => {
    clock.moveTo('2026-08-11T09:00:00.000Z')
    const better = (measure: string, source: string) => ({ measure, version: '1', source, change: 'SIGNIFICANTLY_BETTER' })
    await send('facilitator', 'recordOutcomes', {
      caseId: story.caseId,
      point: 'END',
      takenOn: '2026-08-11',
      measures: [better('safety-from-violence', 'SOCIAL_SERVICES'), better('respectful-communication', 'WORKER')],
    })
    const asked = await send('facilitator', 'decideCompletion', { placeId: story.placeId })
    expect(asked).toMatchObject({ status: 'PROPOSED', improved: 'YES' })
    const settling = { completionId: asked.id, reason: 'Twelve evenings, and he took part.', expectedVersion: asked.version }
    expect(await refused('facilitator', 'confirmCompletion', settling)).toBe('FORBIDDEN')
    const confirmed = await send('programme-manager', 'confirmCompletion', settling)
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', improved: 'YES', statement: 'Attendance is not evidence of safety.' })
    expect(await theCase()).toMatchObject({ status: 'COMPLETED', places: [{ status: 'ENDED', ending: 'COMPLETED' }] })
    decisions.push(confirmed.decision.id)
  })

  test('the partner service is told on the same day, and the referrer after it', async () => {
    const task = await taskOf(client, 'partner-support-worker', 'TELL_PARTNER_SERVICE')
    expect(task.dueAt).toMatch(/^2026-08-11T/)
    await send('partner-support-worker', 'completeTask', {
      taskId: task.id,
      record: 'Looked at with the family coordinator.',
      expectedVersion: task.version,
    })
    expect(await waitingFor(client, 'partner-support-worker')).toEqual([])
    expect(await waitingFor(client, 'programme-manager')).toContain('TELL_REFERRER')
    const text = 'He has completed the twelve evenings. Attendance is not evidence of safety.'
    const feedback = { referralId: story.referralId, occasion: 'ENDED', text, channel: 'EMAIL', givenOn: '2026-08-11' }
    expect(await send('programme-manager', 'giveFeedback', feedback)).toEqual({
      __typename: 'ReferrerFeedback',
      occasion: 'ENDED',
      told: text,
    })
    // Told, the task is done.
    expect(await waitingFor(client, 'programme-manager')).not.toContain('TELL_REFERRER')
  })

  test('the risk at the end and a look six months later are still to be done', async () => {
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
      'referrer-told',
      'case-in-programme',
      'place-opened',
      'attendance-recorded',
      'completion-decided',
      'attendance-recorded',
      'completion-decided',
      'outcomes-recorded',
      'completion-decided',
      'place-completed',
      'case-completed',
      'completion-confirmed',
      'referrer-told',
    ])
    for (const id of decisions)
      expect(await send('safeguarding-lead', 'replayDecision', { id })).toMatchObject({ same: true, recordIsIntact: true })
    expect(decisions).toHaveLength(4)
  })
})
