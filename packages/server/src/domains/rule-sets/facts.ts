import type { Facts, FactValue } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'

/** A slice's part of the facts about a case. Every fact of the catalogue has one supplier. */
export type FactSupplier = {
  slice: string
  /** Exact names, or `factor.*` for all that begin so. */
  names: readonly string[]
  /** Null for what was asked and is not known; absent for what was never asked. A list only when somebody recorded having asked. */
  supply(tx: Tx, actor: Actor, caseId: Uuid): Promise<Facts>
}

export const supplies = (supplier: FactSupplier, name: string): boolean =>
  supplier.names.some((one) => (one.endsWith('.*') ? name.startsWith(one.slice(0, -1)) : one === name))

/** What all suppliers know about a case, in one record. */
export async function collectFacts(tx: Tx, actor: Actor, caseId: Uuid, suppliers: readonly FactSupplier[]): Promise<Facts> {
  const facts: Record<string, FactValue> = {}
  for (const supplier of suppliers) {
    for (const [name, value] of Object.entries(await supplier.supply(tx, actor, caseId))) {
      if (!supplies(supplier, name)) throw new Error(`${supplier.slice} supplied "${name}" without saying that it does`)
      if (Object.hasOwn(facts, name)) throw new Error(`"${name}" has two suppliers, the second is ${supplier.slice}`)
      if (value !== undefined) facts[name] = value
    }
  }
  return facts
}
