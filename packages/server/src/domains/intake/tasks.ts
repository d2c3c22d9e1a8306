import type { Duration } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { Case } from '../cases/index.ts'
import { staffWithRole, type Role } from '../providers/index.ts'
import { completeTasksAbout, openTask, type TaskKind } from '../tasks/index.ts'
import type { EligibilityReading } from './decide-eligibility.ts'
import type { EligibilityDecision } from './eligibility.ts'

type Wanted = { kind: TaskKind; title: string; within: Duration; roles: Role[] }

const workingDays = (amount: number): Duration => ({ amount, unit: 'working-days' })

/** What a person must do about each outcome, and by when. */
function wantedFor({ outcome, whom, reasons }: EligibilityReading): Wanted[] {
  const manager: Role[] = ['programme-manager', 'safeguarding-lead']
  const lead: Role[] = ['safeguarding-lead', 'programme-manager']
  // A lock that names a route is about somebody who needs another service now.
  const mustBeTakenElsewhere = reasons.some(({ effect, isLocked, route }) => effect === 'refuses' && isLocked && route !== null)
  switch (outcome) {
    case 'eligible':
      return []
    case 'needs-information':
      return [
        {
          kind: 'open-questions',
          title: 'Find out the facts that eligibility waits for',
          within: workingDays(5),
          roles: ['intake-worker', ...manager],
        },
      ]
    case 'ineligible':
      return [
        {
          kind: 'decide-eligibility',
          title: 'Confirm the refusal that the rules propose, or correct what it rests on',
          within: workingDays(2),
          roles: ['intake-worker', ...manager],
        },
        ...(mustBeTakenElsewhere
          ? [
              {
                kind: 'safeguarding' as const,
                title: 'Take the referral to the service that the decision names',
                within: workingDays(1),
                roles: lead,
              },
            ]
          : []),
      ]
    case 'human-review':
      return [
        {
          kind: 'decide-eligibility',
          title: 'Decide what the rules leave to a person',
          within: workingDays(2),
          roles: whom === 'safeguarding-lead' ? lead : manager,
        },
      ]
    case 'needs-human-review':
      return [{ kind: 'human-review', title: 'Decide where the rules could not be evaluated', within: workingDays(1), roles: manager }]
  }
}

export async function openEligibilityTask(
  tx: Tx,
  actor: Actor,
  theCase: Case,
  row: EligibilityDecision,
  reading: EligibilityReading,
): Promise<void> {
  for (const { kind, title, within, roles } of wantedFor(reading)) {
    const ownerId =
      roles.some((role) => actor.roles.has(role)) && roles[0] === 'intake-worker' ? actor.id : (await staffWithRole(tx, actor, ...roles))[0]
    if (!ownerId) continue
    await openTask(tx, actor, {
      kind,
      title,
      about: { type: 'eligibility-decision', id: row.id },
      caseId: theCase.id,
      ownerId,
      side: 'participant',
      due: { within },
      decisionId: row.decisionId,
    })
  }
}

/** Ends what an eligibility decision asked for, except taking somebody to another service: that is done, not overtaken. */
export async function closeEligibilityTasks(tx: Tx, actor: Actor, eligibilityDecisionId: Uuid, reason: string): Promise<void> {
  for (const kind of ['open-questions', 'decide-eligibility', 'human-review'] as const)
    await completeTasksAbout(tx, actor, { type: 'eligibility-decision', id: eligibilityDecisionId }, kind, reason)
}

/** A deferred case is looked at again on the day that was set. */
export async function openDeferralReview(tx: Tx, actor: Actor, caseId: Uuid, suitabilityId: Uuid, days: number): Promise<void> {
  await openTask(tx, actor, {
    kind: 'follow-up',
    title: 'Look at a deferred case again',
    about: { type: 'suitability-decision', id: suitabilityId },
    caseId,
    ownerId: actor.id,
    side: 'participant',
    due: { within: { amount: days, unit: 'days' } },
  })
}
