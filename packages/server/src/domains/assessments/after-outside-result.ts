import type { Duration } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { readBy, rulesOn } from '../rule-sets/index.ts'
import { openTask } from '../tasks/index.ts'
import { latestSigned } from './assessment.ts'

/** How soon the risk is assessed again. */
const within: Duration = { amount: 1, unit: 'working-days' }

/** A result of another tool moves no signed assessment. Where today’s rules look at it, somebody assesses the risk again. */
export async function afterOutsideResult(tx: Tx, actor: Actor, caseId: Uuid): Promise<void> {
  const assessment = await latestSigned(tx, actor, caseId)
  if (!assessment) return
  const { loaded } = await rulesOn(tx, actor, tx.today)
  const isRead = loaded && (['risk', 'safeguarding'] as const).some((kind) => readBy(loaded, kind).has('assessment.outsideResults'))
  if (!isRead) return
  await openTask(tx, actor, {
    kind: 'review-risk',
    title: 'Assess the risk again: the rules look at the result of another tool',
    about: { type: 'assessment', id: assessment.id },
    caseId,
    ownerId: actor.id,
    side: 'participant',
    due: { within },
  })
}
