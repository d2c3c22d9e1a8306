import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { staffWithRole } from '../providers/index.ts'
import { openTask } from '../tasks/index.ts'
import type { Referral } from './referral.ts'

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
