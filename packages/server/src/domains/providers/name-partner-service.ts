import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addArrangement, assertArrangement, type PartnerServiceArrangement } from './partner-service.ts'
import { PartnerServiceRef } from './provider-graphql.ts'

export type NamedPartnerService = {
  serviceName: string
  fromOn?: Day | null | undefined
  untilOn?: Day | null | undefined
  idempotencyKey: string
}

/** Names the service that supports partners; whatever was in force before ends the day before. Repeating the key changes nothing. */
export async function namePartnerService(tx: Tx, actor: Actor, input: NamedPartnerService): Promise<PartnerServiceArrangement> {
  const { idempotencyKey: key, ...payload } = { ...input, fromOn: input.fromOn ?? null, untilOn: input.untilOn ?? null }
  return once(
    tx,
    actor,
    { operation: 'name-partner-service', key, payload },
    async () => {
      const row = await addArrangement(tx, actor, { ...payload, exceptionReason: null, fromOn: payload.fromOn ?? tx.today })
      await record(tx, actor, {
        action: 'provider.partner-service-named',
        subjectType: 'provider',
        subjectId: actor.providerId,
        fields: ['serviceName', 'fromOn', 'untilOn'],
      })
      return row
    },
    (id) => assertArrangement(tx, actor, id),
  )
}

const NamePartnerServiceInput = builder.inputType('NamePartnerServiceInput', {
  description: 'The service that supports partners.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one arrangement.' }),
    serviceName: t.field({ type: 'ShortText', required: true, description: 'Its name, as staff know it.' }),
    fromOn: t.field({ type: 'Day', description: 'First day; today when left out, never earlier.' }),
    untilOn: t.field({ type: 'Day', description: 'Last day, if the arrangement ends.' }),
  }),
})

builder.mutationField('namePartnerService', (t) =>
  t.field({
    ...calledBy(['programme-manager', 'safeguarding-lead'], 'Names the service that supports partners, without which no group starts.'),
    type: PartnerServiceRef,
    args: { input: t.arg({ type: NamePartnerServiceInput, required: true, description: 'Which service, and from when.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) => inTransaction(context, 'name-partner-service', (tx, actor) => namePartnerService(tx, actor, input)),
  }),
)
