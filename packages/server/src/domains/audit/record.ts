import { sql } from 'drizzle-orm'
import { nobody, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { ReadNote } from '../../platform/operation.ts'
import { beginning, macOf, type AuditContent } from './chain.ts'
import { auditEntries, auditHeads } from './tables.ts'

export type AuditEvent = {
  action: string
  subjectType: string
  subjectId: string
  allowedBy?: string
  /** Names of the fields changed or read; never values. */
  fields?: readonly string[]
}

/** Writes to the audit in the caller's transaction: it commits with what it describes or not at all. Call it last, it holds the provider's chain until the commit. */
export async function record(tx: Tx, actor: Actor, ...events: AuditEvent[]): Promise<void> {
  if (events.length === 0) return
  const [head] = await tx.rows<{ number: string | number; mac: string }>(
    sql`insert into audit_heads (provider_id, number, mac) values (${actor.providerId}, 0, ${beginning})
        on conflict (provider_id) do update set number = audit_heads.number returning number, mac`,
  )
  let number = Number(head!.number)
  let previousMac = head!.mac
  const entries = events.map((event) => {
    number += 1
    const content: AuditContent = {
      providerId: actor.providerId,
      number,
      at: tx.now,
      actorId: actor.id === nobody ? null : actor.id,
      action: event.action,
      subjectType: event.subjectType,
      subjectId: event.subjectId,
      allowedBy: event.allowedBy ?? [...actor.roles].sort().join(' '),
      fields: [...(event.fields ?? [])],
    }
    const entry = { ...content, previousMac, mac: macOf(previousMac, content) }
    previousMac = entry.mac
    return entry
  })
  await tx.orm.insert(auditEntries).values(entries)
  await tx.orm.update(auditHeads).set({ number, mac: previousMac }).where(sql`provider_id = ${actor.providerId}`)
}

/** Writes what was read, before the answer is released. */
export const recordReads = (tx: Tx, actor: Actor, notes: readonly ReadNote[]): Promise<void> =>
  record(tx, actor, ...notes.map(({ subjectType, ...note }) => ({ ...note, subjectType, action: `${subjectType}.read` })))

/** Writes that a command was refused. The subject is the command: ids in a refused request prove nothing. */
export const recordRefusal = (tx: Tx, actor: Actor, command: string, code: string): Promise<void> =>
  record(tx, actor, { action: `refused:${command}`, subjectType: 'command', subjectId: command, allowedBy: `refused: ${code}` })
