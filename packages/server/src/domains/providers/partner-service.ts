import { and, desc, eq, gte, isNull, lt, lte, or } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { partnerServiceArrangements as arrangements } from './tables.ts'

export type PartnerServiceArrangement = typeof arrangements.$inferSelect

/** The arrangement in force on a day: of several the one that begins last. */
export async function partnerServiceOn(tx: Tx, actor: Actor, day: Day): Promise<PartnerServiceArrangement | null> {
  const [row] = await tx.orm
    .select()
    .from(arrangements)
    .where(
      and(
        eq(arrangements.providerId, actor.providerId),
        lte(arrangements.fromOn, day),
        or(isNull(arrangements.untilOn), gte(arrangements.untilOn, day)),
      ),
    )
    .orderBy(desc(arrangements.fromOn), desc(arrangements.recordedAt), desc(arrangements.id))
    .limit(1)
  return row ?? null
}

export type MayStartGroups = { allowed: boolean; reason: string; untilOn: Day | null }

/** Whether a group may start on this day: only with a named partner service, or while a recorded exception lasts. */
export function mayStartGroups(inForce: PartnerServiceArrangement | null): MayStartGroups {
  if (!inForce)
    return {
      allowed: false,
      reason: 'no partner service is named and no exception is recorded; a programme without one can raise the danger',
      untilOn: null,
    }
  const reason = inForce.serviceName === null ? 'a recorded exception is in force' : 'a partner service is named'
  return { allowed: true, reason, untilOn: inForce.untilOn }
}

/** @throws NotFound */
export async function assertArrangement(tx: Tx, actor: Actor, id: Uuid): Promise<PartnerServiceArrangement> {
  const [row] = await tx.orm
    .select()
    .from(arrangements)
    .where(and(eq(arrangements.providerId, actor.providerId), eq(arrangements.id, id)))
  if (!row) throw new NotFound('arrangement')
  return row
}

/** Adds an arrangement and lets those before it end on the day before: a service that stopped does not come back when an exception runs out. */
export async function addArrangement(
  tx: Tx,
  actor: Actor,
  input: { serviceName: string | null; exceptionReason: string | null; fromOn: Day; untilOn: Day | null },
): Promise<PartnerServiceArrangement> {
  if (input.fromOn < tx.today)
    throw new InvalidInput('fromOn', 'an arrangement begins today or later', 'a group that started without one started without one')
  if (input.untilOn && input.untilOn < input.fromOn) throw new InvalidInput('untilOn', 'the last day cannot lie before the first')
  const dayBefore = Temporal.PlainDate.from(input.fromOn).subtract({ days: 1 }).toString()
  await tx.orm
    .update(arrangements)
    .set({ untilOn: dayBefore })
    .where(
      and(
        eq(arrangements.providerId, actor.providerId),
        lt(arrangements.fromOn, input.fromOn),
        or(isNull(arrangements.untilOn), gte(arrangements.untilOn, input.fromOn)),
      ),
    )
  const [row] = await tx.orm
    .insert(arrangements)
    .values({ providerId: actor.providerId, id: tx.newId(), ...input, recordedBy: actor.id, recordedAt: tx.now })
    .returning()
  return row!
}
