import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import type { Session } from './access.ts'
import { idIn } from './group.ts'
import { assertPlannable, assertTimeOfDay } from './plan.ts'
import { meetingOn } from './series.ts'
import { changeSession, lockSession } from './session.ts'
import { recorders, SessionRef } from './session-graphql.ts'
import { assertMayRecord } from './settle-session.ts'

export type MovedSession = { sessionId: Uuid; onDay: Day; beginsAt?: string | null | undefined; reason: string; expectedVersion: number }

/**
 * Moves one planned session to another day or time; those after it stay.
 * @throws NotFound, StaleVersion, NotAllowed, InvalidMove for one that was held or not, InvalidInput (fields `onDay`, `beginsAt`)
 */
export async function moveSession(tx: Tx, actor: Actor, input: MovedSession): Promise<Session> {
  const locked = await lockSession(tx, actor, input.sessionId, input.expectedVersion)
  await assertMayRecord(tx, actor, locked)
  const { session, group } = locked
  if (session.status !== 'planned') throw new InvalidMove('session', session.status, 'planned', [])
  const beginsAt = input.beginsAt ?? group.beginsAt
  assertTimeOfDay('beginsAt', beginsAt)
  assertPlannable('onDay', input.onDay, tx.today)
  const minutes = (Date.parse(session.endsAt) - Date.parse(session.startsAt)) / 60_000
  const moved = await changeSession(tx, actor, session, meetingOn(input.onDay, beginsAt, minutes), input.reason)
  await record(tx, actor, {
    action: 'session.moved',
    subjectType: 'session',
    subjectId: session.id,
    fields: ['onDay', 'startsAt', 'reason'],
  })
  return moved
}

const MoveSessionInput = builder.inputType('MoveSessionInput', {
  description: 'Which session takes place when instead, and why.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Global id of the session.' }),
    onDay: t.field({ type: 'Day', required: true, description: 'The day.' }),
    beginsAt: t.field({ type: 'ShortText', description: 'When, by the clock in London, `18:30`; that of the group when left out.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    expectedVersion: t.int({ required: true, description: 'The session’s version as it was read.' }),
  }),
})

builder.mutationField('moveSession', (t) =>
  t.field({
    ...calledBy(recorders, 'Moves one planned session to another day or time. Those after it stay.'),
    type: SessionRef,
    args: { input: t.arg({ type: MoveSessionInput, required: true, description: 'Which, and when.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'move-session', (tx, actor) =>
        moveSession(tx, actor, { ...input, sessionId: idIn('Session', input.sessionId, 'session') }),
      ),
  }),
)
