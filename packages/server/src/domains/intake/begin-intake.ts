import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidMove } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertWorkableCase, moveCase, type Case } from '../cases/index.ts'

/** Intake begins with its first step. @throws InvalidMove once a case is decided or over */
export async function beginIntake(tx: Tx, actor: Actor, caseId: Uuid): Promise<Case> {
  const found = await assertWorkableCase(tx, actor, caseId)
  if (found.status === 'referred') return moveCase(tx, actor, caseId, 'intake', 'intake began')
  if (found.status !== 'intake' && found.status !== 'deferred') throw new InvalidMove('case', found.status, 'intake', [])
  return found
}
