import { and, asc, eq, ne } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { refusalType } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput } from '../../platform/errors.ts'
import type { Group } from './access.ts'
import { assertPlannable } from './plan.ts'
import { assertProgramme } from './programme.ts'
import { sessions } from './tables.ts'
import { templateOf, type Template } from './template.ts'

/** The programme takes nobody in at this session. */
export class NotAJoiningPoint extends DomainError {
  override name = 'NotAJoiningPoint'
  readonly code = 'not-a-joining-point'
}
refusalType(NotAJoiningPoint, 'NotAJoiningPoint', 'The programme takes nobody in on this day. What is left of it can be waited for.')

type Dated = { number: number; onDay: Day }

/**
 * The day somebody joins: the one asked for, or the first session from today on.
 * @throws NotAJoiningPoint, InvalidInput (field `joinedOn`)
 */
export async function joiningDay(tx: Tx, actor: Actor, group: Group, wanted: Day | null | undefined): Promise<Day> {
  const meetings = await tx.orm
    .select({ number: sessions.number, onDay: sessions.onDay })
    .from(sessions)
    .where(
      and(
        eq(sessions.providerId, actor.providerId),
        eq(sessions.groupId, group.id),
        eq(sessions.kind, 'group'),
        // A session that was not held is no point to join at, and none that was missed.
        ne(sessions.status, 'not-held'),
      ),
    )
    .orderBy(asc(sessions.onDay), asc(sessions.number))
  const joinedOn = wanted ?? meetings.find(({ onDay }) => onDay >= tx.today)?.onDay ?? tx.today
  assertPlannable('joinedOn', joinedOn, tx.today)
  if (joinedOn < group.firstOn) throw new InvalidInput('joinedOn', `the group begins on ${group.firstOn}`, 'name that day or a later one')
  const { joining, sessions: dose } = templateOf(await assertProgramme(tx, actor, group.programmeId))
  const help = whereToJoin(joining, dose.count, meetings, joinedOn)
  if (help) throw new NotAJoiningPoint(`nobody joins this group on ${joinedOn}`, help)
  return joinedOn
}

/** Undefined where one may join, else what to do. Sessions in the order of their days. */
export function whereToJoin(joining: Template['joining'], round: number, meetings: readonly Dated[], joinedOn: Day): string | undefined {
  const next = meetings.findIndex(({ onDay }) => onDay >= joinedOn)
  if (next < 0) return 'no session is left; plan further sessions first'
  if (joining.at === 'any-session') return undefined
  if (joining.at === 'start')
    return next === 0 ? undefined : 'this programme is joined by the day of its first session; choose another group'
  const { number } = meetings[next]!
  return joining.sessions.includes(((number - 1) % round) + 1)
    ? undefined
    : `this programme is joined at the sessions: ${joining.sessions.join(', ')}`
}
