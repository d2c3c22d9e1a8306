import type { Actor } from '../../src/platform/actor.ts'
import {
  answerFactors,
  answerSituation,
  signAssessment,
  startAssessment,
  type Assessment,
  type NewAnswer,
  type SituationWord,
} from '../../src/domains/assessments/index.ts'
import { assignWorker, openCase } from '../../src/domains/cases/index.ts'
import { createParticipant } from '../../src/domains/participants/index.ts'
import { globalId, newId } from '../../src/platform/ids.ts'
import type { World } from './world.ts'

/** The factors of pdv-24 in the order of the form. */
export const factors = [
  'physical-violence',
  'non-fatal-strangulation',
  'sexual-violence',
  'weapon-use-or-access',
  'escalation',
  'abuse-in-pregnancy-or-new-baby',
  'harm-or-threat-to-children',
  'coercive-control',
  'stalking-or-surveillance',
  'threats-to-kill',
  'possessive-jealousy',
  'suicidal-or-homicidal-thoughts',
  'earlier-partner-abuse',
  'offending-or-violence-elsewhere',
  'breach-of-orders',
  'childhood-adversity',
  'minimising-denial-blame',
  'beliefs-excusing-abuse',
  'substance-misuse',
  'mental-health-or-personality-difficulty',
  'work-or-money-instability',
  'separation',
  'child-contact-conflict',
  'victim-fear-or-barriers',
] as const

export const situation = [
  'hasThreatenedOrPlannedToKill',
  'hasWeaponToHand',
  'hasSuicidalPlan',
  'childIsHurtOrAtImmediateRisk',
  'hasAssaultedSinceLastContact',
  'hasStrangledSinceLastContact',
  'hasStalkedOrMadeUnwantedContact',
  'hasBreachedOrderOrCondition',
  'isPregnancyOrNewBaby',
  'hasNewPartnerWithChildren',
  'isAdultAtRiskInvolved',
  'hasThreatenedStaff',
  'hasMissedSession',
  'hasEndedEarly',
].map((name) => `safeguarding.${name}`)

/** By their numbers in the form, from 1; the rest is absent on the word of a record. */
export type Numbers = { present?: number[]; possible?: number[]; unknown?: number[] }

export function formWith({ present = [], possible = [], unknown = [] }: Numbers): NewAnswer[] {
  return factors.map((factor, index): NewAnswer => {
    const number = index + 1
    if (unknown.includes(number)) return { factor, answer: 'unknown', unknownReason: 'he would not speak of it' }
    const answer = present.includes(number) ? 'present' : possible.includes(number) ? 'possible' : 'absent'
    return { factor, answer, sources: ['record', 'self'] }
  })
}

/** V6 of the instrument's vectors: four unknown, a critical one among them. */
export const vector6: Numbers = { present: [1, 8, 17, 19], possible: [5], unknown: [3, 9, 10, 20] }

export type OpenCase = { caseId: string; globalCaseId: string }

/** A case of this world, assigned to the intake worker. */
export async function newCase(world: World): Promise<OpenCase> {
  const { people, as } = world
  return as(people['programme-manager'], async (tx, actor) => {
    const participant = await createParticipant(tx, actor, {
      givenName: 'Sam',
      familyName: 'Example',
      bornOn: '1990-03-04',
      localAuthority: 'Sutton',
    })
    const opened = await openCase(tx, actor, { participantId: participant.id, openedOn: tx.today })
    await assignWorker(tx, actor, { caseId: opened.id, staffId: people['intake-worker'].id })
    return { caseId: opened.id, globalCaseId: globalId('Case', opened.id) }
  })
}

export const draftOf = (
  world: World,
  caseId: string,
  more: { kind?: 'intake' | 'mid' | 'event'; assessedOn?: string; eventReason?: string } = {},
): Promise<Assessment> =>
  world.as(world.people['intake-worker'], (tx, actor) =>
    startAssessment(tx, actor, { caseId, kind: 'intake', assessedOn: '2026-05-01', ...more, idempotencyKey: newId() }),
  )

export const answered = (world: World, draft: Assessment, numbers: Numbers): Promise<Assessment> =>
  world.as(world.people['intake-worker'], (tx, actor) => answerFactors(tx, actor, draft.id, formWith(numbers), draft.version))

/** All questions about the present situation, `no` unless said otherwise. */
export const situationAnswered = (world: World, draft: Assessment, said: Record<string, SituationWord> = {}): Promise<Assessment> =>
  world.as(world.people['intake-worker'], (tx, actor) =>
    answerSituation(
      tx,
      actor,
      draft.id,
      situation.map((fact) => ({ fact, answer: said[fact.slice('safeguarding.'.length)] ?? 'no' })),
      draft.version,
    ),
  )

export const signed = (world: World, draft: Assessment, signer: Actor = world.people['intake-worker']): Promise<Assessment> =>
  world.as(signer, (tx, actor) => signAssessment(tx, actor, draft.id, draft.version))

/** Started, answered and signed; the present situation all `no` unless said otherwise. */
export async function assessed(
  world: World,
  caseId: string,
  numbers: Numbers,
  said: Record<string, SituationWord> = {},
  more: Parameters<typeof draftOf>[2] = {},
): Promise<Assessment> {
  const draft = await answered(world, await draftOf(world, caseId, more), numbers)
  return signed(world, await situationAnswered(world, draft, said))
}
