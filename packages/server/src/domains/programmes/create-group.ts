import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { nextReference } from '../../platform/reference.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { planners, type Group } from './access.ts'
import { assertReadableGroup, idIn } from './group.ts'
import { GroupRef, HolidayRuleEnum } from './group-graphql.ts'
import { assertPlannable, assertTimeOfDay, planMeetings, sessionCountOf, themesOf, type WantedThemes } from './plan.ts'
import { assertProgramme } from './programme.ts'
import { weeklySeries, type HolidayRule } from './series.ts'
import { groups } from './tables.ts'
import { templateOf, type Template } from './template.ts'

export type NewGroup = WantedThemes & {
  idempotencyKey: string
  programmeId: Uuid
  firstOn: Day
  /** In London, `18:30`. */
  beginsAt: string
  minutes?: number | null | undefined
  holidays: HolidayRule
  capacity?: number | null | undefined
  venue?: string | null | undefined
  sessionCount?: number | null | undefined
}

/**
 * Plans a group: one run of a programme, with its weekly sessions in the calendar.
 * @throws NotFound, InvalidInput (fields `programmeId`, `firstOn`, `beginsAt`, `minutes`, `capacity`, `sessionCount`, `themes`, `firstTheme`)
 */
export async function createGroup(tx: Tx, actor: Actor, { idempotencyKey: key, ...input }: NewGroup): Promise<Group> {
  return once(
    tx,
    actor,
    { operation: 'create-group', key, payload: { ...input, themes: input.themes ?? null } },
    () => create(tx, actor, input),
    (id) => assertReadableGroup(tx, actor, id),
  )
}

async function create(tx: Tx, actor: Actor, input: Omit<NewGroup, 'idempotencyKey'>): Promise<Group> {
  const programme = await assertProgramme(tx, actor, input.programmeId)
  if (programme.retiredAt) throw new InvalidInput('programmeId', 'this version of the programme is out of use', 'choose one that is not')
  const template = templateOf(programme)
  assertPlannable('firstOn', input.firstOn, tx.today)
  assertTimeOfDay('beginsAt', input.beginsAt)
  const minutes = assertMinutes(input.minutes ?? template.sessions.minutes)
  const capacity = assertCapacity(template, input.capacity ?? template.capacity.most)
  const count = sessionCountOf(template, input.sessionCount)
  const themes = themesOf(template, count, input)

  const [group] = await tx.orm
    .insert(groups)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      reference: await nextReference(tx, actor, 'G'),
      programmeId: programme.id,
      status: 'planned',
      firstOn: input.firstOn,
      beginsAt: input.beginsAt,
      minutes,
      holidays: input.holidays,
      capacity,
      venue: input.venue ?? null,
      createdAt: tx.now,
      createdBy: actor.id,
    })
    .returning()
  await planMeetings(tx, actor, group!, weeklySeries({ ...input, minutes, count }), themes, 0)
  await record(tx, actor, {
    action: 'group.created',
    subjectType: 'group',
    subjectId: group!.id,
    fields: ['programmeId', 'firstOn', 'beginsAt', 'minutes', 'holidays', 'capacity', 'venue', 'sessions'],
  })
  return group!
}

function assertMinutes(minutes: number): number {
  if (minutes < 15 || minutes > 480) throw new InvalidInput('minutes', 'a session takes 15 to 480 minutes')
  return minutes
}

/** @throws InvalidInput (field `capacity`) */
export function assertCapacity({ capacity: { most } }: Template, capacity: number): number {
  if (capacity < 1 || capacity > most) throw new InvalidInput('capacity', `a group of this programme holds 1 to ${most}`)
  return capacity
}

const CreateGroupInput = builder.inputType('CreateGroupInput', {
  description: 'A run of a programme, and when it meets.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one group.' }),
    programmeId: t.id({ required: true, description: 'Global id of the version of the programme.' }),
    firstOn: t.field({ type: 'Day', required: true, description: 'The first day; the group meets on this weekday.' }),
    beginsAt: t.field({ type: 'ShortText', required: true, description: 'When sessions begin, by the clock in London: `18:30`.' }),
    minutes: t.int({ description: 'Minutes of one session, 15 to 480; those of the programme when left out.' }),
    holidays: t.field({ type: HolidayRuleEnum, required: true, defaultValue: 'skip', description: 'What is done about bank holidays.' }),
    capacity: t.int({ description: 'How many it holds, at most what the programme says; that when left out.' }),
    venue: t.field({ type: 'ShortText', description: 'Where it meets, as you call it.' }),
    sessionCount: t.int({ description: 'How many sessions, 1 to 104, where the programme is rolling; one round when left out.' }),
    firstTheme: t.field({
      type: 'ShortText',
      description: 'Id of the first theme, where the programme is rolling; its first when left out.',
    }),
    themes: t.field({ type: ['ShortText'], description: 'Id of the theme of each session, where the group sets them.' }),
  }),
})

builder.mutationField('createGroup', (t) =>
  t.field({
    ...calledBy(planners, 'Plans a group with its weekly sessions. Nobody is in it, and nobody leads it yet.'),
    type: GroupRef,
    args: { input: t.arg({ type: CreateGroupInput, required: true, description: 'Of what, and when.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'create-group', (tx, actor) =>
        createGroup(tx, actor, { ...input, programmeId: idIn('Programme', input.programmeId, 'programme') }),
      ),
  }),
)
