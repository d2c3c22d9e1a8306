import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { hasRole, type Actor, type Side } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotAllowed, NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { assertActiveStaff, oversight, staff, staffWithRole, type Staff } from '../providers/index.ts'
import { lockReadableCase } from './access.ts'
import { followExclusion } from './after-exclusion.ts'
import type { CaseExclusion } from './case.ts'
import { handOverTasks } from './hand-over-tasks.ts'
import { caseAssignments, caseExclusions, cases } from './tables.ts'

export type NewExclusion = { caseId: Uuid; staffId: Uuid; reason: string }

/**
 * Keeps a named worker away from a participant: this case and every other of theirs, later ones too. It beats every role and every assignment,
 * ends the worker’s assignments and hands their open tasks on. Oversight excludes anybody, everybody may exclude themself.
 * Repeating it changes nothing.
 */
export async function excludeWorker(tx: Tx, actor: Actor, input: NewExclusion): Promise<CaseExclusion> {
  const { participantId } = await lockReadableCase(tx, actor, input.caseId)
  const worker = await assertActiveStaff(tx, actor, input.staffId)
  assertMayExclude(actor, worker)
  const inForce = and(
    eq(caseExclusions.providerId, actor.providerId),
    eq(caseExclusions.participantId, participantId),
    eq(caseExclusions.staffId, worker.id),
    isNull(caseExclusions.endedAt),
  )
  const [known] = await tx.orm.select().from(caseExclusions).where(inForce)
  if (known) return known
  await assertSomebodyIsLeft(tx, actor, participantId, worker.id)

  const [row] = await tx.orm
    .insert(caseExclusions)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      caseId: input.caseId,
      participantId,
      staffId: worker.id,
      reason: input.reason,
      excludedBy: actor.id,
      excludedAt: tx.now,
    })
    .returning()
  await endAssignments(tx, actor, participantId, worker.id)
  await handOverTasks(tx, actor, worker.id, participantId)
  await followExclusion({ tx, actor, staffId: worker.id, participantId })
  await record(tx, actor, { action: 'case.worker-excluded', subjectType: 'case', subjectId: input.caseId, fields: ['staffId', 'reason'] })
  return row!
}

/** What is known of conflicts on the partner’s side of the wall stays with the safeguarding lead. */
function assertMayExclude(actor: Actor, worker: Staff): void {
  if (worker.id === actor.id) return
  if (!hasRole(actor, ...oversight)) throw new NotAllowed(`somebody else is excluded by: ${oversight.join(', ')}; you may exclude yourself`)
  if (worker.side === 'partner' && !hasRole(actor, 'safeguarding-lead'))
    throw new NotAllowed('people of partner support are excluded by: safeguarding-lead')
}

/** Somebody who answers for every case must still see this one: who else would end the exclusion, and keep its deadlines? */
async function assertSomebodyIsLeft(tx: Tx, actor: Actor, participantId: Uuid, leaving: Uuid): Promise<void> {
  const answering = await staffWithRole(tx, actor, ...oversight)
  const excluded = await tx.orm
    .select({ id: caseExclusions.staffId })
    .from(caseExclusions)
    .where(
      and(eq(caseExclusions.providerId, actor.providerId), eq(caseExclusions.participantId, participantId), isNull(caseExclusions.endedAt)),
    )
  const gone = new Set([leaving, ...excluded.map(({ id }) => id)])
  if (answering.every((id) => gone.has(id)))
    throw new InvalidInput(
      'staffId',
      'nobody who answers for every case would be left to see this one',
      `give somebody else the role first: ${oversight.join(' or ')}`,
    )
}

async function endAssignments(tx: Tx, actor: Actor, participantId: Uuid, staffId: Uuid): Promise<void> {
  const theirs = tx.orm
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.providerId, actor.providerId), eq(cases.participantId, participantId)))
  await tx.orm
    .update(caseAssignments)
    .set({ endedAt: tx.now, endedBy: actor.id, endReason: 'excluded from the case', version: sql`${caseAssignments.version} + 1` })
    .where(
      and(
        eq(caseAssignments.providerId, actor.providerId),
        eq(caseAssignments.staffId, staffId),
        isNull(caseAssignments.endedAt),
        inArray(caseAssignments.caseId, theirs),
      ),
    )
}

/** @throws NotFound also for the exclusion of a person one may not hear about, and of a case one may not read */
export async function assertReadableExclusion(tx: Tx, actor: Actor, id: Uuid): Promise<CaseExclusion> {
  const [found] = await tx.orm
    .select({ row: caseExclusions, side: staff.side })
    .from(caseExclusions)
    .innerJoin(staff, and(eq(staff.providerId, caseExclusions.providerId), eq(staff.id, caseExclusions.staffId)))
    .where(and(eq(caseExclusions.providerId, actor.providerId), eq(caseExclusions.id, id)))
  if (!found || !maySeeExclusion(actor, found.side)) throw new NotFound('exclusion')
  await lockReadableCase(tx, actor, found.row.caseId, 'exclusion')
  return found.row
}

/** Oversight sees who is excluded and why; what concerns partner support, the safeguarding lead only. */
export const maySeeExclusion = (actor: Actor, side: Side): boolean =>
  hasRole(actor, 'safeguarding-lead') || (hasRole(actor, ...oversight) && side !== 'partner')
