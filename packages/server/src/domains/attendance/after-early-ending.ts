import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { concernsOf, raiseConcerns } from '../assessments/index.ts'
import type { Place } from '../programmes/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { decide } from '../rule-sets/index.ts'
import { openTask } from '../tasks/index.ts'
import { factsForPlace } from './facts.ts'
import { askSafeguarding, factsOnceIt } from './judge.ts'
import { recordedOf, registerOf } from './register.ts'
import { consequences } from './words.ts'

/** A place ends before completion: whether somebody must be told, with the risk as it stands now, is decided in the transaction that ends it. */
export async function afterEarlyEnding(tx: Tx, actor: Actor, place: Place): Promise<void> {
  const items = registerOf(place, await recordedOf(tx, actor, [place]), tx.now)
  const facts = await factsForPlace(tx, actor, place, items)
  const said = await askSafeguarding(tx, actor, tx.today, 'safeguarding.hasEndedEarly', facts)
  const expected = concernsOf(tx.now, said)
  const isOpen = (said.outcome?.cannotBeRuledOut.length ?? 0) > 0 || said.needsHumanReview
  if (expected.length === 0 && !isOpen) return

  const decision = await decide(tx, actor, {
    kind: 'safeguarding',
    inForceOn: tx.today,
    asOf: tx.today,
    facts: factsOnceIt('safeguarding.hasEndedEarly', facts),
    about: { type: 'place', id: place.id },
    caseId: place.caseId,
  })
  await raiseConcerns(tx, actor, place, decision.id, expected)
  const [ownerId] = isOpen ? await staffWithRole(tx, actor, 'safeguarding-lead', 'programme-manager') : []
  if (!ownerId) return
  await openTask(tx, actor, {
    kind: 'open-questions',
    title: 'Find out what an ending means for the safety of others: the risk is not known',
    about: { type: 'place', id: place.id },
    caseId: place.caseId,
    ownerId,
    side: 'participant',
    due: { within: said.outcome?.task?.within ?? consequences['cannot-be-ruled-out'].within },
    decisionId: decision.id,
  })
}
