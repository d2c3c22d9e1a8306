import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove, NotFound, StaleVersion } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { planners } from './access.ts'
import type { Programme } from './programme.ts'
import { ProgrammeRef } from './programme-graphql.ts'
import { programmes } from './tables.ts'

export type RetiredProgramme = { programmeId: Uuid; reason: string; expectedVersion: number }

/** Takes a version of a programme out of use: no further group begins with it. Groups that have, go on. @throws NotFound, StaleVersion, InvalidMove */
export async function retireProgramme(tx: Tx, actor: Actor, input: RetiredProgramme): Promise<Programme> {
  const mine = and(eq(programmes.providerId, actor.providerId), eq(programmes.id, input.programmeId))
  const [known] = await tx.orm.select().from(programmes).where(mine).for('no key update')
  if (!known) throw new NotFound('programme')
  if (known.version !== input.expectedVersion) throw new StaleVersion(known.version)
  if (known.retiredAt) throw new InvalidMove('programme', 'retired', 'retired', [])
  const [retired] = await tx.orm
    .update(programmes)
    .set({ retiredAt: tx.now, retiredBy: actor.id, retireReason: input.reason, version: known.version + 1 })
    .where(mine)
    .returning()
  await record(tx, actor, { action: 'programme.retired', subjectType: 'programme', subjectId: known.id, fields: ['retireReason'] })
  return retired!
}

const RetireProgrammeInput = builder.inputType('RetireProgrammeInput', {
  description: 'Which version of a programme goes out of use, and why.',
  fields: (t) => ({
    programmeId: t.id({ required: true, description: 'Global id of the version.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    expectedVersion: t.int({ required: true, description: 'The row’s version as it was read.' }),
  }),
})

builder.mutationField('retireProgramme', (t) =>
  t.field({
    ...calledBy(planners, 'Takes a version of a programme out of use. No group begins with it any more; those that have, go on.'),
    type: ProgrammeRef,
    args: { input: t.arg({ type: RetireProgrammeInput, required: true, description: 'Which, and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'retire-programme', (tx, actor) => {
        const programmeId = localId('Programme', input.programmeId)
        if (!programmeId) throw new NotFound('programme')
        return retireProgramme(tx, actor, { ...input, programmeId })
      }),
  }),
)
