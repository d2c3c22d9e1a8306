import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { registerRecipientExclusion } from '../notifications/index.ts'
import { caseExclusions, cases } from './tables.ts'

/** Those of the staff, in their order, who are not kept out of a case. */
export async function notExcludedFrom(tx: Tx, actor: Actor, staffIds: readonly Uuid[], caseId: Uuid): Promise<Uuid[]> {
  if (staffIds.length === 0) return []
  const excluded = await tx.orm
    .select({ id: caseExclusions.staffId })
    .from(caseExclusions)
    .innerJoin(cases, and(eq(cases.providerId, caseExclusions.providerId), eq(cases.participantId, caseExclusions.participantId)))
    .where(
      and(
        eq(caseExclusions.providerId, actor.providerId),
        eq(cases.id, caseId),
        inArray(caseExclusions.staffId, [...staffIds]),
        isNull(caseExclusions.endedAt),
      ),
    )
  const keptOut = new Set(excluded.map(({ id }) => id))
  return staffIds.filter((id) => !keptOut.has(id))
}

// Whoever is kept out of a case hears nothing of it either.
registerRecipientExclusion(notExcludedFrom)
