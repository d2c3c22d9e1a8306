import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staffWithRole } from '../providers/index.ts'
import { openTask } from '../tasks/index.ts'
import type { Referral } from './referral.ts'

/**
 * A case ends before a place began: the partner service hears of it the same day, and the safeguarding lead looks at what
 * it means, both before the referrer is told. The tasks are the same whether or not a partner is known.
 */
export async function lookAtSafetyAfterEnding(tx: Tx, actor: Actor, ending: { caseId: Uuid; about: { type: string; id: Uuid } }): Promise<void> {
  const { caseId, about } = ending
  const [partnerService] = await staffWithRole(tx, actor, 'partner-support-worker', 'safeguarding-lead')
  if (partnerService)
    await openTask(tx, actor, {
      kind: 'tell-partner-service',
      title: 'A case ended before a place began: consider what it means for the partner',
      about,
      caseId,
      ownerId: partnerService,
      side: 'partner',
      due: { within: { amount: 8, unit: 'hours' } },
    })
  const [lead] = await staffWithRole(tx, actor, 'safeguarding-lead', 'programme-manager')
  if (lead)
    await openTask(tx, actor, {
      kind: 'review-refusal',
      title: 'A case ended before a place began: consider the safety of others before the referrer is told',
      about,
      caseId,
      ownerId: lead,
      side: 'participant',
      due: { within: { amount: 1, unit: 'working-days' } },
    })
}

/** Somebody of ours compares a referral with people already known; a referrer from outside does not hear of it. */
export async function openDuplicateCheck(tx: Tx, actor: Actor, referral: Referral): Promise<void> {
  const [ownerId] = await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead')
  if (!ownerId) return
  await openTask(tx, actor, {
    kind: 'check-duplicate',
    title: 'Compare the person referred with people already known',
    about: { type: 'referral', id: referral.id },
    caseId: referral.caseId,
    ownerId,
    side: 'participant',
    due: { within: { amount: 2, unit: 'working-days' } },
  })
}
