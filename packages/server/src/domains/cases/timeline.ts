import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import type { PageQuery } from '../../platform/page.ts'
import { personOf } from './case.ts'
import { caseEvents } from './tables.ts'

export type CaseEvent = typeof caseEvents.$inferSelect

export type NewCaseEvent = {
  caseId: Uuid
  /** `referral-received`. */
  what: string
  occurredAt: Instant
  /** Constant wording without personal data. */
  summary: string
  about: { type: string; id: Uuid }
}

/** Adds a line to a case's timeline, in the transaction of what happened. Nothing of the partner side may be put here. */
export async function addToTimeline(tx: Tx, actor: Actor, { about, ...event }: NewCaseEvent): Promise<void> {
  await tx.orm.insert(caseEvents).values({
    ...event,
    providerId: actor.providerId,
    id: tx.newId(),
    subjectType: about.type,
    subjectId: about.id,
    recordedAt: tx.now,
    recordedBy: personOf(actor),
  })
}

/** Latest first, by when it happened. Read through a case. */
export async function listTimeline(tx: Tx, actor: Actor, caseId: Uuid, { limit, after, backwards }: PageQuery): Promise<CaseEvent[]> {
  const { occurredAt, id } = caseEvents
  const direction = sql.raw(backwards ? 'asc' : 'desc')
  const beyond = after
    ? sql`(${occurredAt}, ${id}) ${sql.raw(backwards ? '>' : '<')} (${after.key}::timestamptz, ${after.id}::uuid)`
    : undefined
  return tx.orm
    .select()
    .from(caseEvents)
    .where(and(eq(caseEvents.providerId, actor.providerId), eq(caseEvents.caseId, caseId), beyond))
    .orderBy(sql`${occurredAt} ${direction}, ${id} ${direction}`)
    .limit(limit)
}
