import { hasRole, type Actor, type Side } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { notExcludedFrom } from '../cases/index.ts'
import { assertActiveStaff, caseReaders, rolesHeldBy, staffWithRole, type Role, type Staff } from '../providers/index.ts'

/** Who a side’s concern falls to, the first first. */
const fallsTo: Record<Side, Role[]> = {
  participant: ['safeguarding-lead', 'programme-manager'],
  partner: ['safeguarding-lead', 'partner-support-worker'],
  neutral: ['safeguarding-lead'],
}

type Matter = { caseId: Uuid; side: Side }

/** The safeguarding lead, or who stands in for them; never somebody excluded from the case. @throws InvalidInput (field `ownerId`) where nobody is left */
export async function chooseOwner(tx: Tx, actor: Actor, { caseId, side }: Matter, except?: Uuid): Promise<Staff> {
  const candidates = (await staffWithRole(tx, actor, ...fallsTo[side])).filter((id) => id !== except)
  const [first] = await notExcludedFrom(tx, actor, candidates, caseId)
  if (!first)
    throw new InvalidInput('ownerId', 'nobody can own this concern', `give somebody the role first: ${fallsTo[side].join(' or ')}`)
  return assertActiveStaff(tx, actor, first)
}

/** The person somebody chose. @throws NotFound for people who have left, InvalidInput (field `ownerId`) for people of the other side, excluded, or without a role for cases */
export async function assertOwner(tx: Tx, actor: Actor, { caseId, side }: Matter, ownerId: Uuid): Promise<Staff> {
  const owner = await assertActiveStaff(tx, actor, ownerId)
  const roles = new Set<string>(await rolesHeldBy(tx, actor, owner.id))
  const onSide = side === 'neutral' || owner.side === side || owner.side === 'neutral'
  const [stays] = await notExcludedFrom(tx, actor, [owner.id], caseId)
  // The same words whatever the reason: an exclusion is not for everybody to know.
  if (!onSide || !stays || !hasRole({ ...actor, roles }, ...caseReaders))
    throw new InvalidInput('ownerId', 'this person cannot own this concern', 'choose somebody else who works on its side')
  return owner
}
