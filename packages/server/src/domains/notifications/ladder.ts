import type { Actor, Side } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staffWithRole, type Role } from '../providers/index.ts'
import { mayHear } from './followers.ts'

/** Who hears next, by the side the matter lies on. A programme manager stands on the participant’s side and hears nothing of the partner’s. */
const ladder: Record<Side, Role[]> = {
  participant: ['safeguarding-lead', 'programme-manager'],
  partner: ['safeguarding-lead', 'partner-support-worker'],
  neutral: ['safeguarding-lead'],
}

/** The person after this one on the ladder, from the top again after the last: it never falls silent. Null only where nobody stands on it. */
export async function nextOnLadder(
  tx: Tx,
  actor: Actor,
  matter: { side: Side; caseId: Uuid | null },
  current: Uuid | null,
): Promise<Uuid | null> {
  const people = await mayHear(tx, actor, await staffWithRole(tx, actor, ...ladder[matter.side]), matter.caseId)
  const place = current === null ? -1 : people.indexOf(current)
  return people[(place + 1) % people.length] ?? null
}
