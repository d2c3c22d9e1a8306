import { sql } from 'drizzle-orm'
import type { Actor } from './actor.ts'
import type { Tx } from './db/database.ts'

/**
 * The next number people say aloud, `P-2026-0001`: counted per provider, kind and year in London, without gaps.
 * The counter's row stays locked until the commit and goes back with a rollback, so no number is given twice or lost.
 */
export async function nextReference(tx: Tx, actor: Actor, kind: string): Promise<string> {
  const year = Number(tx.today.slice(0, 4))
  const [counter] = await tx.rows<{ last: number }>(
    sql`insert into reference_counters (provider_id, kind, year, last) values (${actor.providerId}, ${kind}, ${year}, 1)
        on conflict (provider_id, kind, year) do update set last = reference_counters.last + 1 returning last`,
  )
  return `${kind}-${year}-${String(counter!.last).padStart(4, '0')}`
}
