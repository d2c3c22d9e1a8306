import { and, desc, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, InvalidMove } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { assertReadablePlace, type Place } from './access.ts'
import { assertLive } from './change-group.ts'
import { idIn } from './group.ts'
import { HolidayRuleEnum } from './group-graphql.ts'
import { assertPlannable, assertTimeOfDay, greatestSessionCount } from './plan.ts'
import { lockPlace } from './place.ts'
import { PlaceRef } from './place-graphql.ts'
import { assertProgramme } from './programme.ts'
import { OneToOneReasonEnum } from './programme-graphql.ts'
import { weeklySeries, type HolidayRule } from './series.ts'
import { recorders } from './session-graphql.ts'
import { oneToOneReasons, type OneToOneReason } from './states.ts'
import { sessions } from './tables.ts'
import { templateOf, type OneToOnes } from './template.ts'

export type NewOneToOnes = {
  idempotencyKey: string
  placeId: Uuid
  firstOn: Day
  /** In London, `10:00`. */
  beginsAt: string
  minutes: number
  count: number
  holidays: HolidayRule
  /** Why they are seen alone; left out where the programme has one-to-ones for everybody. */
  reason?: OneToOneReason | null | undefined
}

/**
 * Plans weekly meetings with one participant alone, beside the group. A programme that asks for a reason names which ones it knows.
 * @throws NotFound, NotAllowed, InvalidMove unless the place is open, InvalidInput (fields `reason`, `count`, `minutes`, `firstOn`, `beginsAt`)
 */
export async function planOneToOnes(tx: Tx, actor: Actor, { idempotencyKey: key, ...input }: NewOneToOnes): Promise<Place> {
  return once(
    tx,
    actor,
    { operation: 'plan-one-to-ones', key, payload: input },
    () => plan(tx, actor, input),
    (id) => assertReadablePlace(tx, actor, id),
  )
}

async function plan(tx: Tx, actor: Actor, input: Omit<NewOneToOnes, 'idempotencyKey'>): Promise<Place> {
  const { place, group } = await lockPlace(tx, actor, input.placeId)
  await assertWorkableCase(tx, actor, place.caseId)
  assertLive(group)
  if (place.status !== 'open') throw new InvalidMove('place', place.status, 'open', [])
  assertPlannable('firstOn', input.firstOn, tx.today)
  assertTimeOfDay('beginsAt', input.beginsAt)
  if (input.minutes < 15 || input.minutes > 480) throw new InvalidInput('minutes', 'a session takes 15 to 480 minutes')
  const { oneToOnes } = templateOf(await assertProgramme(tx, actor, group.programmeId))
  const oneToOneReason = reasonFor(oneToOnes, input.reason)
  const last = await lastNumber(tx, actor, place.id)
  if (input.count < 1 || last + input.count > greatestSessionCount)
    throw new InvalidInput('count', `one person has at most ${greatestSessionCount} one-to-ones in a group, and there are ${last}`)
  await tx.orm.insert(sessions).values(
    weeklySeries(input).map((meeting, index) => ({
      providerId: actor.providerId,
      id: tx.newId(),
      groupId: group.id,
      kind: 'one-to-one' as const,
      placeId: place.id,
      number: last + index + 1,
      oneToOneReason,
      ...meeting,
      status: 'planned' as const,
      facilitatedBy: [],
    })),
  )
  await record(tx, actor, {
    action: 'place.one-to-ones-planned',
    subjectType: 'place',
    subjectId: place.id,
    fields: ['sessions', 'reason'],
  })
  return place
}

function reasonFor(oneToOnes: OneToOnes, wanted: OneToOneReason | null | undefined): OneToOneReason {
  if (oneToOnes.offered === 'never') throw new InvalidInput('reason', 'this programme has no one-to-ones')
  if (oneToOnes.offered === 'weekly') return wanted ?? 'part-of-the-programme'
  if (wanted == null || !oneToOnes.reasons.includes(wanted))
    throw new InvalidInput(
      'reason',
      'this programme sees people alone for a reason it names',
      `one of: ${oneToOnes.reasons.map((id) => oneToOneReasons[id]).join(' ')}`,
    )
  return wanted
}

async function lastNumber(tx: Tx, actor: Actor, placeId: Uuid): Promise<number> {
  const [last] = await tx.orm
    .select({ number: sessions.number })
    .from(sessions)
    .where(and(eq(sessions.providerId, actor.providerId), eq(sessions.placeId, placeId)))
    .orderBy(desc(sessions.number))
    .limit(1)
  return last?.number ?? 0
}

const PlanOneToOnesInput = builder.inputType('PlanOneToOnesInput', {
  description: 'Weekly meetings with one participant alone.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one series.' }),
    placeId: t.id({ required: true, description: 'Global id of their open place.' }),
    firstOn: t.field({ type: 'Day', required: true, description: 'The first day; they meet on this weekday.' }),
    beginsAt: t.field({ type: 'ShortText', required: true, description: 'When, by the clock in London: `10:00`.' }),
    minutes: t.int({ required: true, description: 'Minutes of one meeting, 15 to 480.' }),
    count: t.int({ required: true, description: 'How many meetings; 104 in all at most.' }),
    holidays: t.field({ type: HolidayRuleEnum, required: true, defaultValue: 'skip', description: 'What is done about bank holidays.' }),
    reason: t.field({ type: OneToOneReasonEnum, description: 'Why they are seen alone, where the programme asks for a reason.' }),
  }),
})

builder.mutationField('planOneToOnes', (t) =>
  t.field({
    ...calledBy(recorders, 'Plans weekly meetings with one participant alone, beside the group.'),
    type: PlaceRef,
    args: { input: t.arg({ type: PlanOneToOnesInput, required: true, description: 'With whom, and when.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'plan-one-to-ones', (tx, actor) =>
        planOneToOnes(tx, actor, { ...input, placeId: idIn('Place', input.placeId, 'place') }),
      ),
  }),
)
