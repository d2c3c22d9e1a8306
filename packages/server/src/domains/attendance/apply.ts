import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { raiseConcern } from '../safeguarding/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { decide } from '../rule-sets/index.ts'
import { cancelTaskAbout, openTask } from '../tasks/index.ts'
import { factsOnceIt } from './judge.ts'
import { causeOf, type Follows, type PersonPlan } from './plan.ts'
import { proposeRemoval, takeRemovalBack } from './removal.ts'
import type { Session } from '../programmes/index.ts'
import { attendanceConsequences } from './tables.ts'
import { tellOfConsequence, tellThatUndone } from './tell.ts'
import { consequences } from './words.ts'

/** Where a change of consequences comes from. */
export type Cause = { registerId: Uuid; session: Session; reason: string }

/** Does what the plan says for one person: stores the decision it rests on, undoes what holds no more, raises what is new. */
export async function applyPlan(tx: Tx, actor: Actor, cause: Cause, plan: PersonPlan): Promise<void> {
  const { place, facts, asOf } = plan
  const decision = await decide(tx, actor, {
    kind: 'attendance',
    inForceOn: place.joinedOn!,
    asOf,
    facts,
    about: { type: 'place', id: place.id },
    caseId: place.caseId,
  })
  for (const { id } of plan.undone) await undo(tx, actor, cause, id)
  for (const follows of plan.follows) await raise(tx, actor, cause, plan, follows, decision.id)
}

async function raise(tx: Tx, actor: Actor, { registerId }: Cause, plan: PersonPlan, follows: Follows, decisionId: Uuid): Promise<void> {
  const { place } = plan
  const id = tx.newId()
  const ofSafety = follows.type === 'safeguarding' || follows.type === 'cannot-be-ruled-out'
  const decidedBy = ofSafety ? await decideSafety(tx, actor, plan, follows) : decisionId
  const concernId = follows.concern
    ? (
        await raiseConcern(tx, actor, {
          caseId: place.caseId,
          side: 'participant',
          ...asConcern(follows),
          source: sourceOf(follows, decidedBy),
        })
      ).id
    : null
  const taskId = await openTaskFor(tx, actor, plan, follows, id, decidedBy)
  const row = {
    providerId: actor.providerId,
    id,
    placeId: place.id,
    caseId: place.caseId,
    type: follows.type,
    sessionId: follows.sessionId,
    rules: follows.rules,
    tell: follows.tell,
    cause: causeOf(follows),
    decisionId: decidedBy,
    taskId,
    concernId,
    dueAt: follows.dueAt,
    raisedById: registerId,
    raisedAt: tx.now,
  }
  await tx.orm.insert(attendanceConsequences).values(row)
  if (follows.type === 'removal-due') await proposeRemoval(tx, actor, row)
  // A concern tells of itself.
  if (follows.type !== 'safeguarding') await tellOfConsequence(tx, actor, row)
}

const asConcern = ({ concern, from, within }: Follows) => ({ level: concern!.level, what: concern!.what, due: { from, within } })
const sourceOf = ({ rules, tell }: Follows, decisionId: Uuid) => ({ decisionId, rules, tell })

async function decideSafety(tx: Tx, actor: Actor, { place, facts }: PersonPlan, follows: Follows): Promise<Uuid> {
  const decision = await decide(tx, actor, {
    kind: 'safeguarding',
    inForceOn: follows.onDay,
    asOf: follows.onDay,
    facts: factsOnceIt('safeguarding.hasMissedSession', facts),
    about: { type: 'place', id: place.id },
    caseId: place.caseId,
  })
  return decision.id
}

async function openTaskFor(
  tx: Tx,
  actor: Actor,
  { place }: PersonPlan,
  follows: Follows,
  id: Uuid,
  decisionId: Uuid,
): Promise<Uuid | null> {
  const { asks } = consequences[follows.type]
  if (!asks) return null
  const ownerId = asks.owner === 'recorder' ? actor.id : (await staffWithRole(tx, actor, ...asks.owner))[0]
  if (!ownerId) return null
  const task = await openTask(tx, actor, {
    kind: asks.kind,
    title: asks.title,
    about: { type: 'attendance-consequence', id },
    caseId: place.caseId,
    ownerId,
    side: 'participant',
    due: { from: follows.from, within: follows.within },
    decisionId,
  })
  return task.id
}

/** Cancels what was still to be done, takes back what was proposed or confirmed, and tells everybody who was told: the partner service first. */
async function undo(tx: Tx, actor: Actor, { registerId, reason }: Cause, id: Uuid): Promise<void> {
  const [row] = await tx.orm
    .update(attendanceConsequences)
    .set({ undoneById: registerId, undoneAt: tx.now })
    .where(and(eq(attendanceConsequences.providerId, actor.providerId), eq(attendanceConsequences.id, id)))
    .returning()
  await tellThatUndone(tx, actor, row!)
  const { asks } = consequences[row!.type]
  if (asks) await cancelTaskAbout(tx, actor, { type: 'attendance-consequence', id }, asks.kind, 'the register was corrected')
  if (row!.type === 'removal-due') await takeRemovalBack(tx, actor, id, reason)
}
