import { sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'

/** Copies what one assessment says to another, as first answers, keeping who said it and when. What it said before stays behind. */
export async function copyAnswers(tx: Tx, actor: Actor, from: Uuid, to: Uuid): Promise<void> {
  await tx.rows(sql`
    insert into assessment_answers (provider_id, assessment_id, revision, answered_by, answered_at, factor, answer, unknown_reason, sources, last_occurred_on, note)
    select distinct on (factor) provider_id, ${to}::uuid, 1, answered_by, answered_at, factor, answer, unknown_reason, sources, last_occurred_on, note
    from assessment_answers where provider_id = ${actor.providerId} and assessment_id = ${from} order by factor, revision desc`)
  await tx.rows(sql`
    insert into assessment_situation (provider_id, assessment_id, revision, answered_by, answered_at, fact, answer, note)
    select distinct on (fact) provider_id, ${to}::uuid, 1, answered_by, answered_at, fact, answer, note
    from assessment_situation where provider_id = ${actor.providerId} and assessment_id = ${from} order by fact, revision desc`)
}
