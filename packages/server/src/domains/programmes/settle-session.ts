import type { Actor } from '../../platform/actor.ts'
import { refusalType } from '../../platform/builder.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput, NotAllowed } from '../../platform/errors.ts'
import { hasRole } from '../../platform/actor.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { oversight, rolesHeldBy, assertActiveStaff } from '../providers/index.ts'
import { assertLeads, type Session } from './access.ts'
import { caseOfSession, changeSession, lockSession, type LockedSession } from './session.ts'
import { sessionMoves } from './states.ts'

/** Fewer were there to lead the session than the programme asks for. */
export class TooFewFacilitators extends DomainError {
  override name = 'TooFewFacilitators'
  readonly code = 'too-few-facilitators'
}
refusalType(
  TooFewFacilitators,
  'TooFewFacilitators',
  'Fewer were there to lead it than the programme asks for. It is recorded as not held.',
)

export type SettledSession = {
  sessionId: Uuid
  /** Who was there to lead it, and that it took place; or why it did not. */
  outcome: { facilitatedBy: readonly Uuid[] } | { notHeldBecause: string }
  /** Why what was recorded before is put right; needed for a correction. */
  correction?: string | undefined
  expectedVersion?: number | undefined
}

/**
 * Records that a session was held or not, or puts that right, in the caller’s transaction: the register is written by the slice downstream.
 * A meeting of the group needs as many facilitators as its template says, a one-to-one one worker.
 * @throws NotFound, StaleVersion, NotAllowed, InvalidMove, TooFewFacilitators, InvalidInput (fields `facilitatedBy`, `sessionId`, `reason`)
 */
export async function settleSession(tx: Tx, actor: Actor, input: SettledSession): Promise<Session> {
  const locked = await lockSession(tx, actor, input.sessionId, input.expectedVersion)
  await assertMayRecord(tx, actor, locked)
  const { session, group } = locked
  if (group.status !== 'running')
    throw new InvalidInput('sessionId', `the group is ${group.status}`, 'what happened is recorded while the group runs; start it first')
  if (session.startsAt > tx.now) throw new InvalidInput('sessionId', 'this session has not begun', 'record it when it has')

  const { outcome } = input
  const held = 'facilitatedBy' in outcome
  const reason = input.correction ?? (held ? null : outcome.notHeldBecause)
  const to = held ? 'held' : 'not-held'
  // Who led it, or why it was not held, is put right without a step.
  if (session.status !== to) assertMove('session', sessionMoves, actor, session.status, to, reason)
  else if (!input.correction?.trim()) throw new InvalidInput('reason', `this session is ${to} already; say what was wrong`)
  if (held) await assertEnough(tx, actor, locked, outcome.facilitatedBy)
  const settled = await changeSession(
    tx,
    actor,
    session,
    held
      ? { status: 'held', facilitatedBy: [...new Set(outcome.facilitatedBy)], notHeldReason: null }
      : { status: 'not-held', facilitatedBy: [], notHeldReason: outcome.notHeldBecause },
    reason,
  )
  await record(tx, actor, {
    action: held ? 'session.held' : 'session.not-held',
    subjectType: 'session',
    subjectId: session.id,
    fields: ['status', 'facilitatedBy', 'notHeldReason'],
  })
  return settled
}

/** Whoever leads the group; of a one-to-one also whoever works on the case. @throws NotAllowed */
export async function assertMayRecord(tx: Tx, actor: Actor, { session, group }: LockedSession): Promise<void> {
  if (session.kind === 'group') return assertLeads(tx, actor, group.id)
  const caseId = await caseOfSession(tx, actor, session)
  if (!caseId || !hasRole(actor, 'facilitator', 'one-to-one-worker', ...oversight))
    throw new NotAllowed('a one-to-one is recorded by those who work on the case')
  await assertWorkableCase(tx, actor, caseId)
}

async function assertEnough(tx: Tx, actor: Actor, { session, template }: LockedSession, staffIds: readonly Uuid[]): Promise<void> {
  const present = [...new Set(staffIds)]
  const needed = session.kind === 'group' ? template.facilitators : 1
  if (present.length < needed)
    throw new TooFewFacilitators(
      `this session needs ${needed} to lead it, and ${present.length} ${present.length === 1 ? 'was' : 'were'} there`,
      'record it as not held, with the reason',
    )
  for (const id of present) {
    await assertActiveStaff(tx, actor, id)
    const roles = await rolesHeldBy(tx, actor, id)
    if (!roles.includes('facilitator') && !(session.kind === 'one-to-one' && roles.includes('one-to-one-worker')))
      throw new InvalidInput('facilitatedBy', 'somebody named here does not lead sessions', 'name facilitators')
  }
}
