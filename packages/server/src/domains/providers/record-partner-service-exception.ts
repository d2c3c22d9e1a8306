import { Temporal } from 'temporal-polyfill'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addArrangement, assertArrangement, type PartnerServiceArrangement } from './partner-service.ts'
import { PartnerServiceRef } from './provider-graphql.ts'

/** An exception lasts this long at most, first and last day counted; after that somebody has to answer for another. */
export const longestException = 92

export type PartnerServiceException = { reason: string; fromOn?: Day | null | undefined; untilOn: Day; idempotencyKey: string }

/** Records why groups may start without a partner service for now. A named service in force ends with it. Repeating the key changes nothing. */
export async function recordPartnerServiceException(
  tx: Tx,
  actor: Actor,
  input: PartnerServiceException,
): Promise<PartnerServiceArrangement> {
  const { idempotencyKey: key, ...payload } = { ...input, fromOn: input.fromOn ?? null }
  return once(
    tx,
    actor,
    { operation: 'record-partner-service-exception', key, payload },
    async () => {
      const fromOn = payload.fromOn ?? tx.today
      const days = Temporal.PlainDate.from(fromOn).until(payload.untilOn).days + 1
      if (days > longestException)
        throw new InvalidInput('untilOn', `an exception lasts ${longestException} days at most`, 'record another one when it runs out')
      const row = await addArrangement(tx, actor, { serviceName: null, exceptionReason: payload.reason, fromOn, untilOn: payload.untilOn })
      await record(tx, actor, {
        action: 'provider.partner-service-exception',
        subjectType: 'provider',
        subjectId: actor.providerId,
        fields: ['exceptionReason', 'fromOn', 'untilOn'],
      })
      return row
    },
    (id) => assertArrangement(tx, actor, id),
  )
}

const RecordExceptionInput = builder.inputType('RecordPartnerServiceExceptionInput', {
  description: 'Why groups may start without a partner service, and until when.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one exception.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why there is none, and how partners are kept safe meanwhile.' }),
    fromOn: t.field({ type: 'Day', description: 'First day; today when left out, never earlier.' }),
    untilOn: t.field({ type: 'Day', required: true, description: `Last day; an exception lasts ${longestException} days at most.` }),
  }),
})

builder.mutationField('recordPartnerServiceException', (t) =>
  t.field({
    ...calledBy(['programme-manager', 'safeguarding-lead'], 'Records why groups may start without a partner service for now.'),
    type: PartnerServiceRef,
    args: { input: t.arg({ type: RecordExceptionInput, required: true, description: 'Why, and until when.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-partner-service-exception', (tx, actor) => recordPartnerServiceException(tx, actor, input)),
  }),
)
