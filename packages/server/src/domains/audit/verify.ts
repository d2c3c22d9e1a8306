import { and, asc, gt, eq } from 'drizzle-orm'
import type { Tx } from '../../platform/db/database.ts'
import { beginning, macOf } from './chain.ts'
import { auditEntries, auditHeads } from './tables.ts'

export type ChainFault = { number: number; what: 'missing' | 'changed' | 'head-differs' }
export type ChainReport = { providerId: string; entries: number; faults: ChainFault[] }

const batch = 5_000

/** Walks one provider's chain from the beginning. A changed, missing or swapped entry is named by its number; a cut tail shows in the head. */
export async function verifyChain(tx: Tx, providerId: string): Promise<ChainReport> {
  const faults: ChainFault[] = []
  let expected = 1
  let previousMac = beginning
  for (;;) {
    const entries = await tx.orm
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.providerId, providerId), gt(auditEntries.number, expected - 1)))
      .orderBy(asc(auditEntries.number))
      .limit(batch)
    for (const { previousMac: written, mac, ...content } of entries) {
      const isAfterGap = expected < content.number
      for (; expected < content.number; expected += 1) faults.push({ number: expected, what: 'missing' })
      // What is missing cannot be compared with; the entry behind the gap still vouches for itself.
      if (isAfterGap) previousMac = written
      if (written !== previousMac || mac !== macOf(written, content)) faults.push({ number: content.number, what: 'changed' })
      previousMac = mac
      expected = content.number + 1
    }
    if (entries.length < batch) break
  }
  const [head] = await tx.orm.select().from(auditHeads).where(eq(auditHeads.providerId, providerId))
  const number = head?.number ?? 0
  if (number !== expected - 1 || (head && head.mac !== previousMac)) faults.push({ number, what: 'head-differs' })
  return { providerId, entries: expected - 1, faults }
}
