import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { assertAgency, type Agency } from './agency.ts'
import { AgencyKindEnum, AgencyRef } from './provider-graphql.ts'
import { agencies, type agencyKinds } from './tables.ts'

export type NewAgency = { name: string; kind: (typeof agencyKinds)[number]; idempotencyKey: string }

/** Adds an organisation that refers people, buys places or is told. Repeating the key changes nothing. */
export async function addAgency(tx: Tx, actor: Actor, input: NewAgency): Promise<Agency> {
  const { idempotencyKey: key, ...payload } = input
  return once(
    tx,
    actor,
    { operation: 'add-agency', key, payload },
    async () => {
      const [row] = await tx.orm
        .insert(agencies)
        .values({ providerId: actor.providerId, id: tx.newId(), ...payload })
        .onConflictDoNothing()
        .returning()
      if (!row)
        throw new InvalidInput('name', 'there is an agency of this name', 'use that one, or give this one a name that tells them apart')
      await record(tx, actor, { action: 'agency.added', subjectType: 'agency', subjectId: row.id, fields: ['name', 'kind'] })
      return row
    },
    (id) => assertAgency(tx, actor, id),
  )
}

const AddAgencyInput = builder.inputType('AddAgencyInput', {
  description: 'An organisation to add.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one new agency.' }),
    name: t.field({ type: 'ShortText', required: true, description: 'Its name; no two are called the same.' }),
    kind: t.field({ type: AgencyKindEnum, required: true, description: 'What it is.' }),
  }),
})

builder.mutationField('addAgency', (t) =>
  t.field({
    ...calledBy(['programme-manager', 'intake-worker'], 'Adds an organisation that refers people, buys places or is told.'),
    type: AgencyRef,
    args: { input: t.arg({ type: AddAgencyInput, required: true, description: 'Which.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) => inTransaction(context, 'add-agency', (tx, actor) => addAgency(tx, actor, input)),
  }),
)
