import { and, desc, eq, gte, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface } from '../../platform/builder.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import { partnerServiceArrangements } from '../providers/index.ts'
import type { EvidenceSource } from './words.ts'

/** Nobody but the partner says so. Kept here it could be traced back to her; it belongs behind the wall. */
export class RestsOnPartnerOnly extends DomainError {
  override name = 'RestsOnPartnerOnly'
  readonly code = 'rests-on-partner-only'
  readonly factor: string
  readonly partnerService: string | null
  constructor(factor: string, partnerService: string | null) {
    super(
      'an answer that rests only on the partner’s word is not kept on this side; nothing was saved',
      partnerService
        ? `tell the partner service (${partnerService}), which keeps it safe for her; here, name a further source or answer unknown`
        : 'tell the safeguarding lead, because no partner service is named at present; here, name a further source or answer unknown',
    )
    this.factor = factor
    this.partnerService = partnerService
  }
}

export const isPartnerOnly = (sources: readonly EvidenceSource[]): boolean =>
  sources.length > 0 && sources.every((source) => source === 'partner')

/** The provider's partner service today. Says nothing about whether this case has a partner there. */
export async function partnerService(tx: Tx, actor: Actor): Promise<string | null> {
  const { providerId, serviceName, fromOn, untilOn } = partnerServiceArrangements
  const [inForce] = await tx.orm
    .select({ serviceName })
    .from(partnerServiceArrangements)
    .where(
      and(eq(providerId, actor.providerId), isNotNull(serviceName), lte(fromOn, tx.today), or(isNull(untilOn), gte(untilOn, tx.today))),
    )
    .orderBy(desc(fromOn))
    .limit(1)
  return inForce?.serviceName ?? null
}

builder.objectType(RestsOnPartnerOnly, {
  name: 'RestsOnPartnerOnly',
  interfaces: [RefusalInterface],
  description: 'What only the partner said is kept by the partner service, never on the participant’s side.',
  fields: (t) => ({
    factor: t.exposeString('factor', { description: 'Id of the factor whose answer was refused.' }),
    partnerService: t.exposeString('partnerService', {
      nullable: true,
      description: 'Name of this provider’s partner service; null while none is named.',
    }),
  }),
})
