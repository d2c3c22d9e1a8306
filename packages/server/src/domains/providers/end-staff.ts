import { hasRole, type Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotAllowed } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { assertAnotherManager, bumpStaff, followRoleLoss, LastProgrammeManager, lockStaff, staffIdIn } from './change-staff.ts'
import { StaffRef } from './graphql.ts'
import { rolesHeldBy, type Staff } from './staff.ts'

export type EndedStaff = { staffId: Uuid; reason: string; expectedVersion: number }

/** Somebody leaves. They cannot sign in from then on, their assignments end and their open tasks fall to others; what they did keeps their name. */
export async function endStaff(tx: Tx, actor: Actor, input: EndedStaff): Promise<Staff> {
  const person = await lockStaff(tx, actor, input.staffId, input.expectedVersion)
  // Their open tasks lie behind the wall, where a programme manager sees nothing, not even whether there are any.
  if (person.side === 'partner' && !hasRole(actor, 'safeguarding-lead'))
    throw new NotAllowed('people of partner support are ended by: safeguarding-lead')
  await assertAnotherManager(tx, actor, person.id)
  const held = await rolesHeldBy(tx, actor, person.id)
  const changed = await bumpStaff(tx, actor, person.id, { endedAt: tx.now, endReason: input.reason })
  await followRoleLoss(tx, actor, { staffId: person.id, roles: held, hasLeft: true })
  await record(tx, actor, { action: 'staff.ended', subjectType: 'staff', subjectId: person.id, fields: ['endedAt', 'endReason'] })
  return changed
}

const EndStaffInput = builder.inputType('EndStaffInput', {
  description: 'Who leaves, and why.',
  fields: (t) => ({
    staffId: t.id({ required: true, description: 'Global id of the person.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why they leave.' }),
    expectedVersion: t.int({ required: true, description: 'The person’s version as it was read.' }),
  }),
})

builder.mutationField('endStaff', (t) =>
  t.field({
    ...calledBy(
      ['programme-manager', 'safeguarding-lead'],
      'Ends somebody’s time here; that of partner-support workers only the safeguarding lead. They cannot sign in from then on; assignments end, open tasks fall to others.',
    ),
    type: StaffRef,
    args: { input: t.arg({ type: EndStaffInput, required: true, description: 'Who, and why.' }) },
    errors: { types: [...usualRefusals, LastProgrammeManager] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'end-staff', (tx, actor) => endStaff(tx, actor, { ...input, staffId: staffIdIn(input.staffId) })),
  }),
)
