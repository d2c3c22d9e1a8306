import type { Actor } from '../platform/actor.ts'
import type { Day } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Uuid } from '../platform/ids.ts'
import {
  answerFactors,
  answerSituation,
  formOf,
  raiseBand,
  signAssessment,
  startAssessment,
  type Assessment,
} from '../domains/assessments/index.ts'
import { caseById, closeCase } from '../domains/cases/index.ts'
import { confirmIneligible, decideEligibility, decideForMinor, recordConsent, recordSuitability } from '../domains/intake/index.ts'
import type { Role } from '../domains/providers/index.ts'
import { referParticipant, withdrawReferral, type Source } from '../domains/referrals/index.ts'
import { formAnswers, situationAnswers, type Profile } from './answers.ts'
import type { Chance } from './chance.ts'
import { daysLater, momentOn, workingDayAfter } from './moments.ts'
import { answerConcerns, hearFirst, tellReferrer } from './after.ts'
import { inventedPerson } from './people.ts'
import type { DemoProvider } from './providers.ts'
import { areasOf, referralFor } from './referring.ts'
import type { Life } from './schedule.ts'

/** How far a life gets in the demo's year. */
export type Ending =
  | 'just-referred'
  | 'withdrawn'
  | 'needs-information'
  | 'proposed-refusal'
  | 'refused-by-rule'
  | 'minor'
  | 'minor-decided'
  | 'eligible'
  | 'assessment-open'
  | 'assessed'
  | 'raised'
  | 'refused'
  | 'deferred'
  | 'accepted'
  | 'reviewed'
  | 'closed'
/** `referredOn`: where it is not spread over the year with the others. */
export type Story = { ends: Ending; profile: Profile; referredOn?: Day }

export type KnownCase = { caseId: Uuid; referralId: Uuid; source: Source }

export type Stage = {
  provider: DemoProvider
  people: Record<Role, Actor>
  /** Leads the groups together with the facilitator among the people. */
  secondFacilitator: Actor
  consentTextId: Uuid
  /** The cases there are so far, by the number of their life. */
  cases: Map<number, KnownCase>
  /** The groups there are so far, by their name in the story. */
  groups: Map<string, Uuid>
  /** One command in one transaction, as this person. */
  as<Result>(role: Role, work: (tx: Tx, actor: Actor) => Promise<Result>): Promise<Result>
}

export type Begin = { stage: Stage; story: Story; number: number; firstDay: Day; luck: Chance }
export type Steps = Begin & { key(what: string): string; moment(days: number, hour: number): string }

/** A participant's way from the referral to where the story ends. Every step is a command that a person of the provider gives. */
export async function* life(begin: Begin): Life {
  const { stage, story, number, firstDay, luck } = begin
  const steps: Steps = {
    ...begin,
    key: (what) => `demo-${stage.provider.ruleSetId}-${number}-${what}`,
    moment: (days, hour) => momentOn(workingDayAfter(firstDay, days), hour, luck),
  }
  const person = inventedPerson(luck, areasOf(stage.provider), story.ends.startsWith('minor') ? 2009 : luck.whole(1966, 2003))

  yield steps.moment(0, 9)
  const {
    id: referralId,
    caseId,
    version,
    source,
  } = await stage.as('intake-worker', (tx, actor) => referParticipant(tx, actor, referralFor(steps, person, tx.today)))
  const known = { caseId, referralId, source }
  stage.cases.set(number, known)
  if (story.ends === 'just-referred') return

  yield steps.moment(luck.whole(1, 3), 11)
  if (story.ends === 'withdrawn') {
    await stage.as('intake-worker', (tx, actor) =>
      withdrawReferral(tx, actor, {
        referralId,
        reason: 'The referrer found a service nearer to the person’s home.',
        expectedVersion: version,
      }),
    )
    await hearFirst(stage, known)
    await tellReferrer(stage, known, 'withdrawn', steps.key('feedback'))
    return
  }
  const eligibility = await stage.as('intake-worker', (tx, actor) =>
    decideEligibility(tx, actor, { caseId, idempotencyKey: steps.key('eligibility') }),
  )
  const ofEligibility = { eligibilityDecisionId: eligibility.id, expectedVersion: eligibility.version }
  if (story.ends === 'needs-information' || story.ends === 'proposed-refusal' || story.ends === 'minor' || story.ends === 'eligible') return

  yield steps.moment(luck.whole(4, 6), 10)
  if (story.ends === 'minor-decided') {
    await stage.as('safeguarding-lead', (tx, actor) =>
      decideForMinor(tx, actor, {
        ...ofEligibility,
        ruling: 'accept-one-to-one',
        reason: 'One-to-one only, with children’s services at the table.',
      }),
    )
    return
  }
  if (story.ends === 'refused-by-rule') {
    await stage.as('programme-manager', (tx, actor) =>
      confirmIneligible(tx, actor, { ...ofEligibility, reason: 'Checked with the referrer; the rule applies.' }),
    )
    await hearFirst(stage, known)
    await tellReferrer(stage, known, 'no-place', steps.key('feedback'))
    return
  }
  yield* assessment(steps, known)
}

/** The intake assessment, and what follows from it. */
async function* assessment(steps: Steps, known: KnownCase): Life {
  const { stage, story, luck } = steps
  const { caseId } = known
  const day = luck.whole(8, 14)
  yield steps.moment(day, 14)
  const signed = await assess(steps, caseId, 'intake', story.profile, story.ends === 'assessment-open')
  if (story.ends === 'assessment-open') return

  // The safeguarding lead acts on the next morning; what came up in the year's last weeks is still open.
  yield steps.moment(day + 1, 9)
  if (steps.number < 20 || steps.number >= 30) await answerConcerns(stage, caseId)
  if (story.ends === 'assessed') return

  yield steps.moment(luck.whole(16, 20), 15)
  if (story.ends === 'raised') {
    await stage.as('intake-worker', (tx, actor) =>
      raiseBand(tx, actor, {
        assessmentId: signed.id,
        to: 'very-high',
        reason: 'He spoke of the separation in a way that the answers do not show.',
        evidence: 'Interview notes of the same week; call from the referrer.',
        expectedVersion: signed.version,
      }),
    )
    return
  }
  yield* decision(steps, known)
}

/** Consent, suitability, and for some a review months later. */
async function* decision(steps: Steps, known: KnownCase): Life {
  const { stage, story, luck, key } = steps
  const { caseId } = known
  const common = { idempotencyKey: key('suitability'), caseId, staffSafetyRisk: 'none-known' as const }
  if (story.ends === 'refused') {
    await stage.as('intake-worker', (tx, actor) =>
      recordSuitability(tx, actor, {
        ...common,
        outcome: 'refused',
        category: 'unwilling-to-engage',
        reason: 'Left the interview twice and will not come again.',
      }),
    )
    await hearFirst(stage, known)
    await tellReferrer(stage, known, 'no-place', key('feedback'))
    return
  }
  if (story.ends === 'deferred') {
    await stage.as('intake-worker', (tx, actor) =>
      recordSuitability(tx, actor, {
        ...common,
        outcome: 'deferred',
        category: 'needs-other-service',
        reason: 'Treatment for alcohol comes first.',
        reviewOn: daysLater(tx.today, 42),
      }),
    )
    return
  }
  await stage.as('intake-worker', (tx, actor) =>
    recordConsent(tx, actor, {
      idempotencyKey: key('consent'),
      caseId,
      consentTextId: stage.consentTextId,
      signedOn: tx.today,
      witnessedBy: stage.people['intake-worker'].id,
    }),
  )
  await stage.as('intake-worker', (tx, actor) =>
    recordSuitability(tx, actor, {
      ...common,
      outcome: 'accepted',
      category: 'suitable',
      reason: 'Accepts what happened and what the programme asks.',
      programmeExplainedOn: tx.today,
      motivation: 'Wants to be a safe father.',
    }),
  )
  if (story.ends === 'closed') {
    yield momentOn('2026-04-28', 15, luck)
    await stage.as('programme-manager', async (tx, actor) => {
      const [row] = await caseById.batch(tx, actor, [caseId])
      await closeCase(tx, actor, { caseId, reason: 'Has moved away before a place was free.', expectedVersion: row!.version })
    })
  }
  if (story.ends !== 'reviewed') return
  yield steps.moment(luck.whole(70, 100), 10)
  await assess(steps, caseId, 'mid', story.profile === 'dangerous' ? 'controlling' : story.profile, false)
  await answerConcerns(stage, caseId)
}

/** A whole form, answered and signed; or left open after the first answers. */
async function assess(
  { stage, key, luck }: Steps,
  caseId: Uuid,
  kind: 'intake' | 'mid',
  profile: Profile,
  leaveOpen: boolean,
): Promise<Assessment> {
  const started = await stage.as('intake-worker', (tx, actor) =>
    startAssessment(tx, actor, { idempotencyKey: key(`${kind}-assessment`), caseId, kind, assessedOn: tx.today }),
  )
  return stage.as('intake-worker', async (tx, actor) => {
    const form = await formOf(tx, actor, started)
    const answers = formAnswers(
      form.factors.map(({ id }) => id),
      profile,
      tx.today,
      luck,
    )
    const answered = await answerFactors(tx, actor, started.id, leaveOpen ? answers.slice(0, 15) : answers, started.version)
    if (leaveOpen) return answered
    const asked = await answerSituation(
      tx,
      actor,
      started.id,
      situationAnswers(
        form.situation.map(({ fact }) => fact),
        profile,
      ),
      answered.version,
    )
    return signAssessment(tx, actor, started.id, asked.version)
  })
}
