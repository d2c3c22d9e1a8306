import { and, eq } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove, NotAllowed, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { oversight, staff } from '../providers/index.ts'
import { lockReadableCase } from './access.ts'
import type { CaseExclusion } from './case.ts'
import { caseExclusions } from './tables.ts'

export type EndedExclusion = { exclusionId: Uuid; reason: string; expectedVersion: number }

/** Lets an excluded worker back in. Somebody else does it, with a reason: the person excluded does not even see the case. */
export async function endExclusion(tx: Tx, actor: Actor, input: EndedExclusion): Promise<CaseExclusion> {
  if (!hasRole(actor, ...oversight)) throw new NotAllowed(`an exclusion is ended by: ${oversight.join(', ')}`)
  const mine = and(eq(caseExclusions.providerId, actor.providerId), eq(caseExclusions.id, input.exclusionId))
  const [known] = await tx.orm.select({ caseId: caseExclusions.caseId }).from(caseExclusions).where(mine)
  if (!known) throw new NotFound('exclusion')
  await lockReadableCase(tx, actor, known.caseId, 'exclusion')

  const [found] = await tx.orm
    .select({ row: caseExclusions, side: staff.side })
    .from(caseExclusions)
    .innerJoin(staff, and(eq(staff.providerId, caseExclusions.providerId), eq(staff.id, caseExclusions.staffId)))
    .where(mine)
  if (!found || !maySeeExclusion(actor, found.side)) throw new NotFound('exclusion')
  if (found.row.version !== input.expectedVersion) throw new StaleVersion(found.row.version)
  if (found.row.endedAt) throw new InvalidMove('exclusion', 'ended', 'ended', [])
  const [row] = await tx.orm
    .update(caseExclusions)
    .set({ endedAt: tx.now, endedBy: actor.id, endReason: input.reason, version: found.row.version + 1 })
    .where(mine)
    .returning()
  await record(tx, actor, { action: 'case.exclusion-ended', subjectType: 'case', subjectId: known.caseId, fields: ['staffId', 'reason'] })
  return row!
}

/** Oversight sees who is excluded and why; what concerns partner support, the safeguarding lead only. */
export const maySeeExclusion = (actor: Actor, side: 'participant' | 'partner' | 'neutral'): boolean =>
  hasRole(actor, 'safeguarding-lead') || (hasRole(actor, ...oversight) && side !== 'partner')
