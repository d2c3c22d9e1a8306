import { and, desc, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { lockGroup, planners, type Group } from './access.ts'
import { assertLive, updateGroup } from './change-group.ts'
import { idIn } from './group.ts'
import { GroupRef } from './group-graphql.ts'
import { furtherThemes, greatestSessionCount, planMeetings } from './plan.ts'
import { assertProgramme } from './programme.ts'
import { weekAfter, weeklySeries } from './series.ts'
import { sessions } from './tables.ts'
import { templateOf } from './template.ts'

export type FurtherSessions = { groupId: Uuid; count: number; themes?: readonly string[] | null | undefined; expectedVersion: number }

/**
 * Plans further sessions from the week after the last: the next round of a rolling programme, or in place of sessions that were not held.
 * @throws NotFound, StaleVersion, InvalidMove, InvalidInput (fields `count`, `themes`)
 */
export async function planSessions(tx: Tx, actor: Actor, input: FurtherSessions): Promise<Group> {
  const group = await lockGroup(tx, actor, input.groupId, input.expectedVersion)
  assertLive(group)
  const mine = and(eq(sessions.providerId, actor.providerId), eq(sessions.groupId, group.id), eq(sessions.kind, 'group'))
  const [last] = await tx.orm.select().from(sessions).where(mine).orderBy(desc(sessions.number)).limit(1)
  const [latest] = await tx.orm.select({ onDay: sessions.onDay }).from(sessions).where(mine).orderBy(desc(sessions.onDay)).limit(1)
  if (input.count < 1 || last!.number + input.count > greatestSessionCount)
    throw new InvalidInput('count', `a group has at most ${greatestSessionCount} sessions, and this one has ${last!.number}`)
  const template = templateOf(await assertProgramme(tx, actor, group.programmeId))
  const themes = furtherThemes(template, last!.themeId, input.count, input.themes)
  const meetings = weeklySeries({ ...group, firstOn: onWeekdayOf(group, latest!.onDay), count: input.count })
  await planMeetings(tx, actor, group, meetings, themes, last!.number)
  const changed = await updateGroup(tx, actor, group, {})
  await record(tx, actor, { action: 'group.sessions-planned', subjectType: 'group', subjectId: group.id, fields: ['sessions'] })
  return changed
}

/** The first day of the group’s weekday after one of its sessions, which may have been moved to another weekday. */
function onWeekdayOf({ firstOn }: Group, latest: string): string {
  let day = firstOn
  while (day <= latest) day = weekAfter(day)
  return day
}

const PlanSessionsInput = builder.inputType('PlanSessionsInput', {
  description: 'How many further sessions a group gets.',
  fields: (t) => ({
    groupId: t.id({ required: true, description: 'Global id of the group.' }),
    count: t.int({ required: true, description: 'How many; 104 in all at most.' }),
    themes: t.field({ type: ['ShortText'], description: 'Id of the theme of each; left out where the programme is rolling.' }),
    expectedVersion: t.int({ required: true, description: 'The group’s version as it was read.' }),
  }),
})

builder.mutationField('planSessions', (t) =>
  t.field({
    ...calledBy(
      planners,
      'Plans further weekly sessions after the last of a group: another round, or in place of sessions that were not held.',
    ),
    type: GroupRef,
    args: { input: t.arg({ type: PlanSessionsInput, required: true, description: 'For which group, and how many.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'plan-sessions', (tx, actor) =>
        planSessions(tx, actor, { ...input, groupId: idIn('Group', input.groupId, 'group') }),
      ),
  }),
)
