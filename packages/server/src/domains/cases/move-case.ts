import { and, eq } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertMove } from '../../platform/states.ts'
import { oversight } from '../providers/index.ts'
import { record } from '../audit/index.ts'
import { isNotExcluded, type Case } from './access.ts'
import { followEnding, takeBackEnding } from './after-ending.ts'
import { assignWorker } from './assign-worker.ts'
import { personOf } from './case.ts'
import { beforeAcceptance, caseMoves, ended, type CaseStatus, type EndingWord } from './states.ts'
import { cases, caseStatusChanges } from './tables.ts'
import { addToTimeline } from './timeline.ts'

const among = (list: readonly CaseStatus[], status: CaseStatus): boolean => list.includes(status)

/**
 * Moves a case along its status table. The slice whose command settles the matter calls it, after its own check of access.
 * A step that ends something, or takes an ending back, brings with it what follows for the partner service, the risk and the referrer;
 * but where a place ends because it `goesOn` in another group, nothing has ended.
 * @throws NotFound, StaleVersion, InvalidMove, NotAllowed, InvalidInput (field `reason`)
 */
export async function moveCase(
  tx: Tx,
  actor: Actor,
  caseId: Uuid,
  to: CaseStatus,
  reason: string | null,
  expectedVersion?: number,
  goesOn?: 'in-another-group',
): Promise<Case> {
  const [known] = await tx.orm
    .select()
    .from(cases)
    .where(and(eq(cases.providerId, actor.providerId), eq(cases.id, caseId), isNotExcluded(actor)))
    .for('no key update')
  if (!known) throw new NotFound('case')
  if (expectedVersion !== undefined && known.version !== expectedVersion) throw new StaleVersion(known.version)
  assertMove('case', caseMoves, actor, known.status, to, reason)

  const [moved] = await tx.orm
    .update(cases)
    .set({ status: to, statusChangedAt: tx.now, closedAt: among(ended, to) ? tx.now : null, version: known.version + 1 })
    .where(and(eq(cases.providerId, actor.providerId), eq(cases.id, caseId)))
    .returning()
  const change = {
    providerId: actor.providerId,
    id: tx.newId(),
    caseId,
    fromStatus: known.status,
    toStatus: to,
    reason,
    changedBy: personOf(actor),
    changedAt: tx.now,
  }
  await tx.orm.insert(caseStatusChanges).values(change)
  if (among(beforeAcceptance, known.status) && !among(beforeAcceptance, to)) await keepWithWhoDecided(tx, actor, caseId)
  await addToTimeline(tx, actor, {
    caseId,
    what: `case-${to}`,
    occurredAt: tx.now,
    summary: `The case became ${to}`,
    about: { type: 'case', id: caseId },
  })
  const { ends } = caseMoves.find((move) => move.from === known.status && move.to === to)!
  if (goesOn) assertGoesOn(ends)
  else if (ends === 'taken-back') await takeBackEnding(tx, actor, caseId)
  else if (ends) await followEnding(tx, actor, caseId, ends)
  await record(tx, actor, { action: 'case.moved', subjectType: 'case', subjectId: caseId, fields: ['status', 'reason'] })
  return moved!
}

/** Only of a place can it be said that nothing has ended. */
function assertGoesOn(ends: EndingWord | undefined): void {
  if (ends !== 'place-ended') throw new Error('only a place goes on in another group')
}

/** Intake workers share what is not yet accepted. Whoever takes a case out of there stays with it, to tell the referrer and to answer questions. */
async function keepWithWhoDecided(tx: Tx, actor: Actor, caseId: Uuid): Promise<void> {
  if (personOf(actor) && hasRole(actor, 'intake-worker') && !hasRole(actor, ...oversight))
    await assignWorker(tx, actor, { caseId, staffId: actor.id, role: 'intake-worker' })
}
