import { and, eq } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { assertReadableCase, assertWorkableCase, cases, isNotExcluded } from '../cases/index.ts'
import type { Role } from '../providers/index.ts'
import { findReferral, lockReferral, type Referral } from './referral.ts'

/** Who records what arrives. */
export const recorders: Role[] = ['intake-worker', 'programme-manager']
/** Who works on a referral once it is here. */
export const workers: Role[] = ['intake-worker', 'programme-manager', 'safeguarding-lead']
/** Who may refer: the provider's own people and outside referrers. */
export const whoRefers: Role[] = ['referrer', 'social-worker', ...recorders]

/** Somebody from outside: hears nothing of who is known here already. */
export const isOutside = (actor: Actor): boolean => !hasRole(actor, ...workers)
export const isOwnReferral = (actor: Actor, referral: Referral): boolean => referral.referrerId === actor.id
/** An address to answer to is for those who answer, and for whoever gave it. */
export const maySeeFeedbackAddress = (actor: Actor, referral: Referral): boolean =>
  hasRole(actor, ...recorders) || isOwnReferral(actor, referral)

/** The referrer reads their own; everybody else reads it as they read the case. @throws NotFound, the same for whatever may not be seen */
export async function assertReadableReferral(tx: Tx, actor: Actor, id: Uuid): Promise<Referral> {
  const referral = await findReferral(tx, actor, id)
  if (!referral) throw new NotFound('referral')
  if (isOwnReferral(actor, referral)) await assertNotExcluded(tx, actor, referral)
  else await caseOrNoReferral(() => assertReadableCase(tx, actor, referral.caseId))
  return referral
}

/** An exclusion beats having made the referral. */
async function assertNotExcluded(tx: Tx, actor: Actor, { caseId }: Referral): Promise<void> {
  const [open] = await tx.orm
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.providerId, actor.providerId), eq(cases.id, caseId), isNotExcluded(actor)))
  if (!open) throw new NotFound('referral')
}

/** Locks its case, then itself: every command takes them in this order. @throws NotFound, StaleVersion */
export async function assertWorkableReferral(tx: Tx, actor: Actor, id: Uuid, expectedVersion?: number): Promise<Referral> {
  const found = await findReferral(tx, actor, id)
  if (!found) throw new NotFound('referral')
  await caseOrNoReferral(() => assertWorkableCase(tx, actor, found.caseId))
  const referral = (await lockReferral(tx, actor, id)) ?? found
  if (expectedVersion !== undefined && referral.version !== expectedVersion) throw new StaleVersion(referral.version)
  return referral
}

/** A referral that may not be seen is answered like one that does not exist, not like a case. */
async function caseOrNoReferral(check: () => Promise<unknown>): Promise<void> {
  try {
    await check()
  } catch (error) {
    throw error instanceof NotFound ? new NotFound('referral') : error
  }
}

/** @throws NotFound for what is malformed, of another type or left out */
export const referralIdIn = (id: string): Uuid => idIn('Referral', id, 'referral')

export function idIn(type: string, id: string, what: string): Uuid {
  const local = localId(type, id)
  if (!local) throw new NotFound(what)
  return local
}

/** For queries: null for what may not be seen, exactly as for what does not exist. Faults stay faults. */
export async function orNull<Row>(found: Promise<Row>): Promise<Row | null> {
  try {
    return await found
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
