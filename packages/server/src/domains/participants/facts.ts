import { and, eq } from 'drizzle-orm'
import type { FactSupplier } from '../rule-sets/index.ts'
import { participantOfCase } from './access.ts'
import { participants } from './tables.ts'

/** Every referral form has a line for both, so what is not there was asked and is not known: null. */
export const participantFactSupplier: FactSupplier = {
  slice: 'participants',
  names: ['person.bornOn', 'residence.localAuthority'],
  async supply(tx, actor, caseId) {
    const id = await participantOfCase(tx, actor, caseId)
    if (!id) return {}
    const [row] = await tx.orm
      .select()
      .from(participants)
      .where(and(eq(participants.providerId, actor.providerId), eq(participants.id, id)))
    return row ? { 'person.bornOn': row.bornOn, 'residence.localAuthority': row.localAuthority } : {}
  },
}
