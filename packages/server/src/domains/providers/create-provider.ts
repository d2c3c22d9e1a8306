import { theServer, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { addStaff } from './add-staff.ts'
import { areasServed, providers } from './tables.ts'

export type NewProvider = {
  providerId: Uuid
  name: string
  /** Which rule set decides its cases. */
  ruleSetId: string
  /** Local authorities it takes people from; empty for anywhere. */
  areasServed: readonly string[]
  /** The first person, who adds the others. */
  manager: { name: string; issuer: string; subject: string }
}

/** Sets a provider up with its first programme manager. Run by an operator in that provider's scope, never over GraphQL. */
export async function createProvider(tx: Tx, input: NewProvider): Promise<Actor> {
  const server = theServer(input.providerId)
  await tx.orm.insert(providers).values({ providerId: input.providerId, name: input.name, ruleSetId: input.ruleSetId, createdAt: tx.now })
  if (input.areasServed.length > 0)
    await tx.orm.insert(areasServed).values(input.areasServed.map((localAuthority) => ({ providerId: input.providerId, localAuthority })))
  await record(tx, server, {
    action: 'provider.created',
    subjectType: 'provider',
    subjectId: input.providerId,
    allowedBy: 'operator',
    fields: ['name', 'ruleSetId', 'areasServed'],
  })
  const manager = await addStaff(tx, server, { ...input.manager, roles: ['programme-manager'], idempotencyKey: 'first-programme-manager' })
  return { providerId: input.providerId, id: manager.id, side: manager.side, roles: new Set(['programme-manager']) }
}
