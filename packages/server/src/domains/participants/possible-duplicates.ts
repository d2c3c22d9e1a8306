import { and, asc, eq, or, sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { isDay, type Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { visibleParticipants } from './access.ts'
import { nameKey } from './names.ts'
import type { Participant } from './participant.ts'
import { participants } from './tables.ts'

export type Likeness = { givenName: string; familyName: string; bornOn?: Day | null | undefined }

/** As many as a person can compare; the likeliest first. */
const most = 20

/**
 * Whom a new person could be, as far as the asker may see them: both names alike (in either order) and the birth days not in conflict,
 * or the same birth day and one name alike. Two known birth days conflict unless they are equal or day and month are swapped.
 */
export async function possibleDuplicates(tx: Tx, actor: Actor, person: Likeness): Promise<Participant[]> {
  return tx.orm
    .select()
    .from(participants)
    .where(and(visibleParticipants(actor), isLike(person)))
    .orderBy(sql`${participants.bornOn} is not distinct from ${person.bornOn ?? null}::date desc`, asc(participants.reference))
    .limit(most)
}

/** Whether anybody at all could be meant, whoever asks: decides what happens next and is never shown to somebody from outside. */
export async function mayBeKnown(tx: Tx, actor: Actor, person: Likeness): Promise<boolean> {
  const found = await tx.orm
    .select({ id: participants.id })
    .from(participants)
    .where(and(eq(participants.providerId, actor.providerId), isLike(person)))
    .limit(1)
  return found.length > 0
}

function isLike(person: Likeness): SQL {
  const [given, family] = [nameKey(person.givenName), nameKey(person.familyName)]
  const { givenKey, familyKey, bornOn } = participants
  const bothNames = or(and(eq(familyKey, family), eq(givenKey, given)), and(eq(familyKey, given), eq(givenKey, family)))
  if (!person.bornOn) return bothNames!
  const days = [person.bornOn, swapped(person.bornOn)].filter((day) => day !== null)
  const sameDay = sql`${bornOn} in (${sql.join(
    days.map((day) => sql`${day}::date`),
    sql`, `,
  )})`
  return or(
    and(bothNames, or(sql`${bornOn} is null`, sameDay)),
    and(eq(bornOn, person.bornOn), or(eq(familyKey, family), eq(givenKey, given))),
  )!
}

/** The third of April for the fourth of March; null where that is no day. */
function swapped(day: Day): Day | null {
  const [year, month, dayOfMonth] = day.split('-')
  const other = `${year}-${dayOfMonth}-${month}`
  return isDay(other) ? other : null
}
