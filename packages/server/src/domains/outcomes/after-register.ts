import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { attendanceFactSupplier, followRegisters } from '../attendance/index.ts'
import type { Place } from '../programmes/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { collectFacts, evaluate, rulesOn } from '../rule-sets/index.ts'
import { cancelTaskAbout, openTask } from '../tasks/index.ts'
import { currentCompletion, type Completion } from './completion.ts'
import { askForCompletion } from './decide-completion.ts'
import { outcomeFactSupplier } from './facts.ts'

/**
 * A register was recorded or put right, so what its people have completed may be another answer now. What comes into reach is proposed.
 * A confirmed completion that holds no more is put before a named person, and stands until they undo it.
 */
followRegisters(async (tx, actor, places) => {
  const current = await currentCompletion.batch(
    tx,
    actor,
    places.map(({ id }) => id),
  )
  for (const [index, place] of places.entries()) await lookAgain(tx, actor, place, current[index] ?? null)
})

async function lookAgain(tx: Tx, actor: Actor, place: Place, current: Completion | null): Promise<void> {
  const isConfirmed = current?.status === 'confirmed'
  if ((place.status !== 'open' && !isConfirmed) || current?.status === 'declined') return
  const completed = await byRegister(tx, actor, place)
  if (isConfirmed) {
    if (completed !== 'yes') await askWhetherItStands(tx, actor, current)
  } else if ((completed === 'yes') !== (current?.status === 'proposed')) await askForCompletion(tx, actor, place)
}

/** By what registers and measures say, nothing stored. Where the rules look at more than that, it stays open until somebody asks. */
async function byRegister(tx: Tx, actor: Actor, { caseId, joinedOn }: Place): Promise<'yes' | 'no' | 'cannot-tell'> {
  const facts = await collectFacts(tx, actor, caseId, [attendanceFactSupplier, outcomeFactSupplier])
  const rules = await rulesOn(tx, actor, joinedOn!)
  const { result, needsHumanReview } = evaluate(rules, 'completion', { asOf: tx.today, facts: { ...facts, 'place.joinedOn': joinedOn } })
  return needsHumanReview || !('completed' in result) ? 'cannot-tell' : result.completed
}

async function askWhetherItStands(tx: Tx, actor: Actor, { id, caseId }: Completion): Promise<void> {
  const about = { type: 'completion', id }
  await cancelTaskAbout(tx, actor, about, 'confirm-completion', 'the register was put right once more')
  const [ownerId] = await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead')
  if (!ownerId) return
  await openTask(tx, actor, {
    kind: 'confirm-completion',
    title: 'A corrected register no longer shows a completed programme: undo the completion, or record why it stands',
    about,
    caseId,
    ownerId,
    side: 'participant',
    due: { within: { amount: 2, unit: 'working-days' } },
  })
}
