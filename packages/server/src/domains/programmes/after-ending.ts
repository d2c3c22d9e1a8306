import type { Duration } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { lookAtSafetyAfterEnding, notExcludedFrom } from '../cases/index.ts'
import { notify } from '../notifications/index.ts'
import { staffWithRole, type Role } from '../providers/index.ts'
import { openTask, type TaskKind } from '../tasks/index.ts'
import type { Place } from './access.ts'

/** What follows on the participant’s side, in this order; the referrer last. */
const following: { kind: TaskKind; title: string; within: Duration; roles: Role[] }[] = [
  {
    kind: 'review-risk',
    title: 'A place in a group ended: score the risk again',
    within: { amount: 1, unit: 'working-days' },
    roles: ['safeguarding-lead', 'programme-manager'],
  },
  {
    kind: 'tell-referrer',
    title: 'A place in a group ended: tell the referrer, after the partner service',
    within: { amount: 2, unit: 'working-days' },
    roles: ['programme-manager', 'safeguarding-lead'],
  },
]

/**
 * A place ended as nobody had planned. The partner service hears first, the same day, and acknowledges it; then the risk is scored again;
 * then the referrer is told. All of it is the same whether or not a partner is known.
 */
export async function followUnplannedEnding(tx: Tx, actor: Actor, { id, caseId }: Place): Promise<void> {
  const [support] = await notExcludedFrom(tx, actor, await staffWithRole(tx, actor, 'partner-support-worker', 'safeguarding-lead'), caseId)
  if (support)
    await notify(tx, actor, {
      kind: 'place-ended',
      about: { type: 'Place', id },
      caseId,
      side: 'partner',
      recipientId: support,
      patience: { amount: 4, unit: 'hours' },
    })
  const about = { type: 'place', id }
  await lookAtSafetyAfterEnding(tx, actor, { caseId, about, ended: 'from-a-group' })
  for (const { kind, title, within, roles } of following) {
    const [ownerId] = await staffWithRole(tx, actor, ...roles)
    if (ownerId) await openTask(tx, actor, { kind, title, about, caseId, ownerId, side: 'participant', due: { within } })
  }
}
