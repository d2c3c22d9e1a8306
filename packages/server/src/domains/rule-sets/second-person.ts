import { and, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staff, staffWithRole } from '../providers/index.ts'
import { approvers } from './roles.ts'

/** Whoever proposes a version does not decide about it. */
export class SecondPersonNeeded extends DomainError {
  override name = 'SecondPersonNeeded'
  readonly code = 'second-person-needed'
  constructor() {
    super(
      'a second person decides about a proposal, not the one who made it',
      `ask another programme manager or safeguarding lead; the one who made it may withdraw it`,
    )
  }
}

/**
 * Two people, not two accounts: the same subject at another issuer is the same person.
 * @throws SecondPersonNeeded
 */
export async function assertSecondPerson(tx: Tx, actor: Actor, proposedBy: Uuid): Promise<void> {
  const people = await peopleOf(tx, actor, [proposedBy, actor.id])
  if (actor.id === proposedBy || people.get(actor.id) === undefined || people.get(actor.id) === people.get(proposedBy))
    throw new SecondPersonNeeded()
}

/** Those who could approve what this person proposed, who serves longest first. Empty where a provider has nobody else. */
export async function secondPeople(tx: Tx, actor: Actor, proposedBy: Uuid): Promise<Uuid[]> {
  const candidates = await staffWithRole(tx, actor, ...approvers)
  const people = await peopleOf(tx, actor, [proposedBy, ...candidates])
  return candidates.filter((id) => id !== proposedBy && people.get(id) !== people.get(proposedBy))
}

async function peopleOf(tx: Tx, actor: Actor, ids: readonly Uuid[]): Promise<Map<Uuid, string>> {
  const rows = await tx.orm
    .select({ id: staff.id, subject: staff.subject })
    .from(staff)
    .where(and(eq(staff.providerId, actor.providerId), inArray(staff.id, [...ids])))
  return new Map(rows.map(({ id, subject }) => [id, subject.trim().toLowerCase()]))
}
