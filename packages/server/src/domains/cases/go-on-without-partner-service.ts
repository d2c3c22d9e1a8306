import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { afterHeard } from './acknowledge-ending.ts'
import { changeEnding, isHeard, lockEnding, type Ending } from './ending.ts'
import { EndingRef } from './ending-graphql.ts'
import { idIn } from './graphql.ts'

export type GoingOn = { endingId: Uuid; reason: string; expectedVersion: number }

/**
 * The safeguarding lead lets the referrer be told although the partner service has not acknowledged an ending. It is still asked to.
 * @throws NotFound, StaleVersion, InvalidInput where nothing is awaited
 */
export async function goOnWithoutPartnerService(tx: Tx, actor: Actor, input: GoingOn): Promise<Ending> {
  const ending = await lockEnding(tx, actor, input.endingId)
  if (isHeard(ending)) throw new InvalidInput('endingId', 'nothing is awaited here', 'the referrer may be told')
  const change = { wentOnAt: tx.now, wentOnBy: actor.id, wentOnReason: input.reason.trim() }
  const changed = await changeEnding(tx, actor, ending, input.expectedVersion, change)
  await afterHeard(tx, changed)
  await record(tx, actor, {
    action: 'case.went-on-without-partner-service',
    subjectType: 'case-ending',
    subjectId: ending.id,
    allowedBy: 'oversight: safeguarding-lead',
    fields: ['wentOnReason'],
  })
  return changed
}

const GoOnInput = builder.inputType('GoOnWithoutPartnerServiceInput', {
  description: 'An ending of which the referrer must hear before the partner service has acknowledged it.',
  fields: (t) => ({
    endingId: t.id({ required: true, description: 'Global id of the ending.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it cannot wait. Kept, and audited.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('goOnWithoutPartnerService', (t) =>
  t.field({
    ...calledBy(
      ['safeguarding-lead'],
      'Lets the referrer be told of an ending that the partner service has not acknowledged yet, with the reason. The partner service is still asked to.',
    ),
    type: EndingRef,
    args: { input: t.arg({ type: GoOnInput, required: true, description: 'Which ending, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'go-on-without-partner-service', (tx, actor) =>
        goOnWithoutPartnerService(tx, actor, { ...input, endingId: idIn('CaseEnding', input.endingId, 'ending') }),
      ),
  }),
)
