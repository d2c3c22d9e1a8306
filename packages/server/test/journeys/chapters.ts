import { readFileSync } from 'node:fs'
import type { ShippedId } from '../harness/groups.ts'
import { clock, type Answer } from '../harness/world.ts'
import type { Client } from './client.ts'

const nodes = (connection: Answer['data']): Answer['data'][] => connection.edges.map(({ node }: Answer['data']) => node)

/** The provider's consent text, and one of the programmes that ship. @returns their ids */
export async function offers({ send }: Client, templateId: ShippedId): Promise<{ programmeId: string; consentTextId: string }> {
  const document = readFileSync(new URL(`../../programmes/${templateId}.json`, import.meta.url), 'utf8')
  const { id: programmeId } = await send('programme-manager', 'publishProgramme', { document })
  const { id: consentTextId } = await send('programme-manager', 'publishConsentText', {
    kind: 'PROGRAMME',
    text: 'I take full part in every session and speak honestly of what I did.',
    confidentialityNotice: 'When a child or another person is in danger, those who must know are told.',
    effectiveFrom: '2026-05-01',
  })
  return { programmeId, consentTextId }
}

/** The person signs before the intake worker. */
export async function consents(
  { read, send }: Client,
  { caseId, consentTextId }: { caseId: string; consentTextId: string },
  signedOn: string,
): Promise<void> {
  const { id: witnessedBy } = await read('intake-worker', 'viewer')
  await send('intake-worker', 'recordConsent', { caseId, consentTextId, signedOn, witnessedBy })
}

/** The whole form: some factors present on the word of social services, the others absent, nothing in the present situation. @returns it signed */
export async function isAssessed({ send }: Client, caseId: string, assessedOn: string, present: string[]): Promise<Answer['data']> {
  const draft = await send('intake-worker', 'startAssessment', { caseId, kind: 'INTAKE', assessedOn })
  const assessmentId = draft.id
  const answers = draft.unanswered.map((factor: string) => ({
    factor,
    answer: present.includes(factor) ? 'PRESENT' : 'ABSENT',
    sources: ['SOCIAL_SERVICES', 'SELF'],
    ...(present.includes(factor) ? { lastOccurredOn: '2026-02-10' } : {}),
  }))
  const { version } = await send('intake-worker', 'answerFactors', { assessmentId, answers, expectedVersion: draft.version })
  const asked = await send('intake-worker', 'answerSituation', {
    assessmentId,
    answers: draft.situation.map(({ fact }: { fact: string }) => ({ fact, answer: 'NO' })),
    expectedVersion: version,
  })
  return send('intake-worker', 'signAssessment', { assessmentId, expectedVersion: asked.version })
}

/** A second facilitator joins the provider, and both lead the group. */
export async function isLedByTwo({ read, send }: Client, groupId: string): Promise<void> {
  await send('programme-manager', 'addStaff', {
    name: 'Person who leads too',
    issuer: 'https://issuer.example',
    subject: `second-facilitator-of-${groupId}`,
    roles: ['FACILITATOR'],
  })
  for (const { id: staffId } of nodes(await read('programme-manager', 'staff')))
    await send('programme-manager', 'addFacilitator', { groupId, staffId })
}

/** The evening of one session of the group: its register, recorded when it is over. @returns what the register says of the only person in it */
export async function meets(
  { read, send }: Client,
  { groupId, placeId }: { groupId: string; placeId: string },
  number: number,
  outcome = 'ATTENDED',
): Promise<Answer['data']> {
  const group = await read('facilitator', 'group', { id: groupId })
  const session = group.sessions.find((one: { number: number }) => one.number === number)
  clock.moveTo(session.endsAt)
  const { people } = await send('facilitator', 'recordRegister', {
    register: {
      sessionId: session.id,
      facilitatedBy: group.facilitators.map(({ staff }: { staff: { id: string } }) => staff.id),
      entries: [{ placeId, outcome }],
    },
    expectedVersion: session.version,
  })
  return people[0]
}

/** What waits for somebody: the kinds of their open tasks, in order of deadline. */
export const waitingFor = async ({ read }: Client, who: Parameters<Client['read']>[0]): Promise<string[]> =>
  nodes(await read(who, 'myTasks')).map(({ kind }) => kind)

/** The task of this kind that waits for somebody. There must be exactly one. */
export async function taskOf({ read }: Client, who: Parameters<Client['read']>[0], kind: string): Promise<Answer['data']> {
  const [task, ...others] = nodes(await read(who, 'myTasks')).filter((one) => one.kind === kind)
  if (!task || others.length > 0) throw new Error(`${who} has ${others.length + (task ? 1 : 0)} tasks ${kind}`)
  return task
}

/** What happened in a case, the oldest first; what happened several times in a row is told once. */
export async function toldOf({ read }: Client, caseId: string): Promise<string[]> {
  const { timeline } = await read('programme-manager', 'timeline', { id: caseId })
  const events = nodes(timeline)
    .map(({ what }) => what)
    .toReversed()
  return events.filter((what, index) => what !== events[index - 1])
}
