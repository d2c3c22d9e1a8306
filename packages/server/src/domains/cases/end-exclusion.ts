import { and, eq, isNull } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove, NotAllowed, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { oversight } from '../providers/index.ts'
import type { CaseExclusion } from './case.ts'
import { assertReadableExclusion } from './exclude-worker.ts'
import { caseExclusions } from './tables.ts'

export type EndedExclusion = { exclusionId: Uuid; reason: string; expectedVersion: number }

/** Lets an excluded worker back in. Somebody else does it, with a reason: the person excluded does not even see the case. */
export async function endExclusion(tx: Tx, actor: Actor, input: EndedExclusion): Promise<CaseExclusion> {
  if (!hasRole(actor, ...oversight)) throw new NotAllowed(`an exclusion is ended by: ${oversight.join(', ')}`)
  const known = await assertReadableExclusion(tx, actor, input.exclusionId)
  if (known.version !== input.expectedVersion) throw new StaleVersion(known.version)
  if (known.endedAt) throw new InvalidMove('exclusion', 'ended', 'ended', [])
  const [row] = await tx.orm
    .update(caseExclusions)
    .set({ endedAt: tx.now, endedBy: actor.id, endReason: input.reason, version: known.version + 1 })
    .where(and(eq(caseExclusions.providerId, actor.providerId), eq(caseExclusions.id, known.id), isNull(caseExclusions.endedAt)))
    .returning()
  await record(tx, actor, { action: 'case.exclusion-ended', subjectType: 'case', subjectId: known.caseId, fields: ['staffId', 'reason'] })
  return row!
}
