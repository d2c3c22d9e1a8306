import type { Actor, Side } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertActiveStaff, staffWithRole, type Role, type Staff } from '../providers/index.ts'
import { notKeptOut } from './access.ts'

type Owned = { ownerId: Uuid; side: Side; caseId: Uuid | null }

/** Who a side's task falls to when the person meant for it may not see the case, the first first. */
const instead: Record<Side, Role[]> = {
  participant: ['programme-manager', 'safeguarding-lead'],
  partner: ['safeguarding-lead', 'partner-support-worker'],
  neutral: ['safeguarding-lead'],
}

/**
 * The person a new task falls to: the one meant for it, or, where an exclusion would hide it from them, one who answers for its side.
 * A task that nobody sees would be a deadline that nobody keeps.
 * @throws NotFound for people who have left, InvalidInput (field `ownerId`) for people of the other side, or when nobody is left
 */
export async function ownerOf(tx: Tx, actor: Actor, task: Owned): Promise<Staff> {
  const meant = await assertOnSide(tx, actor, task)
  const [stays] = await notKeptOut(tx, actor, [meant.id], task.caseId)
  if (stays) return meant
  const [other] = await notKeptOut(tx, actor, await staffWithRole(tx, actor, ...instead[task.side]), task.caseId)
  if (!other) throw cannotOwn()
  return assertActiveStaff(tx, actor, other)
}

/**
 * The person somebody chose for a task that is there already.
 * @throws NotFound for people who have left, InvalidInput (field `ownerId`) for people of the other side or excluded from the case
 */
export async function assertOwner(tx: Tx, actor: Actor, task: Owned): Promise<Staff> {
  const chosen = await assertOnSide(tx, actor, task)
  const [stays] = await notKeptOut(tx, actor, [chosen.id], task.caseId)
  if (!stays) throw cannotOwn()
  return chosen
}

async function assertOnSide(tx: Tx, actor: Actor, { ownerId, side }: Owned): Promise<Staff> {
  const owner = await assertActiveStaff(tx, actor, ownerId)
  if (side !== 'neutral' && owner.side !== side && owner.side !== 'neutral') throw cannotOwn()
  return owner
}

/** The same words whatever the reason: an exclusion is not for everybody to know. */
const cannotOwn = () => new InvalidInput('ownerId', 'this person cannot own this task', 'choose somebody else who works on its side')
