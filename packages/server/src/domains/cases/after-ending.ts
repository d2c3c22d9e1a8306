import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staffWithRole } from '../providers/index.ts'
import { openTask } from '../tasks/index.ts'

const endings = {
  'before-a-place': 'A case ended before a place began',
  'before-completion': 'A case was closed before the programme was completed',
  'from-a-group': 'A place in a group ended before the programme was completed',
} as const

export type UnplannedEnding = { caseId: Uuid; about: { type: string; id: Uuid }; ended: keyof typeof endings }

/**
 * A case ends other than by completing: the partner service hears of it the same day, and the safeguarding lead looks at what it means,
 * both before anybody outside is told. The tasks are the same whether or not a partner is known.
 */
export async function lookAtSafetyAfterEnding(tx: Tx, actor: Actor, { caseId, about, ended }: UnplannedEnding): Promise<void> {
  const [partnerService] = await staffWithRole(tx, actor, 'partner-support-worker', 'safeguarding-lead')
  if (partnerService)
    await openTask(tx, actor, {
      kind: 'tell-partner-service',
      title: `${endings[ended]}: consider what it means for the partner`,
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
      title: `${endings[ended]}: consider the safety of others before the referrer is told`,
      about,
      caseId,
      ownerId: lead,
      side: 'participant',
      due: { within: { amount: 1, unit: 'working-days' } },
    })
}
