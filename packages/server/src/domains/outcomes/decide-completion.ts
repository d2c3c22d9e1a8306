import { and, eq, isNull } from 'drizzle-orm'
import { nobody, type Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assessmentFactSupplier } from '../assessments/index.ts'
import { attendanceFactSupplier } from '../attendance/index.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertWorkableCase } from '../cases/index.ts'
import { participantFactSupplier } from '../participants/index.ts'
import { lockPlace, programmeFactSupplier, type Place } from '../programmes/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { referralFactSupplier } from '../referrals/index.ts'
import { collectFacts, decide, resultOf, type StoredDecision } from '../rule-sets/index.ts'
import { completeTasksAbout, openTask } from '../tasks/index.ts'
import { idIn } from './access.ts'
import { readableCompletion, type Completion } from './completion.ts'
import { outcomeFactSupplier } from './facts.ts'
import { CompletionRef } from './graphql.ts'
import { completionAskers, type CompletionStatus } from './states.ts'
import { completions } from './tables.ts'

const suppliers = [
  participantFactSupplier,
  referralFactSupplier,
  assessmentFactSupplier,
  programmeFactSupplier,
  attendanceFactSupplier,
  outcomeFactSupplier,
]

/**
 * Asks the rules in force on the day the place began whether the programme was completed and whether anything became better, on all
 * that is known now, and keeps their answer. The newest counts. Nothing ends by it: a named person confirms.
 * @throws NotFound, NotAllowed, InvalidInput (field `placeId`) for a place that never began or has ended otherwise
 */
export async function decideCompletion(tx: Tx, actor: Actor, input: { placeId: Uuid; idempotencyKey: string }): Promise<Completion> {
  // Locks group, place and case: answers about one place follow one another.
  const { place } = await lockPlace(tx, actor, input.placeId)
  await assertWorkableCase(tx, actor, place.caseId)
  return once(
    tx,
    actor,
    { operation: 'decide-completion', key: input.idempotencyKey, payload: { placeId: input.placeId } },
    () => askForCompletion(tx, actor, place),
    async (id) => {
      const completion = await readableCompletion(tx, actor, id)
      if (!completion) throw new NotFound('completion')
      return completion
    },
  )
}

/** The same inside another command's transaction; group and place are locked by then. */
export async function askForCompletion(tx: Tx, actor: Actor, place: Place): Promise<Completion> {
  if (place.joinedOn === null) throw new InvalidInput('placeId', 'this place never began, so there is nothing to complete')
  if (place.status === 'ended' && place.ending !== 'completed')
    throw new InvalidInput('placeId', 'this place has ended otherwise', 'what a later place comes to is asked of that place')
  const facts = await collectFacts(tx, actor, place.caseId, suppliers)
  const decision = await decide(tx, actor, {
    kind: 'completion',
    inForceOn: place.joinedOn,
    asOf: tx.today,
    // The case may have another place by now; this one's joining day settles whose rules judge.
    facts: { ...facts, 'place.joinedOn': place.joinedOn },
    about: { type: 'place', id: place.id },
    caseId: place.caseId,
  })
  await supersede(tx, actor, place.id)
  const [row] = await tx.orm
    .insert(completions)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      caseId: place.caseId,
      placeId: place.id,
      decisionId: decision.id,
      status: statusOf(decision),
      decidedAt: tx.now,
      decidedBy: actor.id === nobody ? null : actor.id,
    })
    .returning()
  await askSomebody(tx, actor, row!)
  await addToTimeline(tx, actor, {
    caseId: place.caseId,
    what: 'completion-decided',
    occurredAt: tx.now,
    summary: 'The rules were asked whether the programme is completed',
    about: { type: 'completion', id: row!.id },
  })
  await record(tx, actor, {
    action: 'completion.decided',
    subjectType: 'completion',
    subjectId: row!.id,
    fields: Object.keys(facts).sort(),
  })
  return row!
}

/** A fault of the rules is never an answer: whatever they said all the same, a person looks. */
function statusOf(decision: StoredDecision): CompletionStatus {
  const result = resultOf(decision, 'completion')
  if (decision.needsHumanReview || !result) return 'needs-human-review'
  return { yes: 'proposed', no: 'not-completed', 'cannot-tell': 'cannot-tell' }[result.completed] as CompletionStatus
}

/** The answer before stays on record; what it asked people to do is over. */
async function supersede(tx: Tx, actor: Actor, placeId: Uuid): Promise<void> {
  const [earlier] = await tx.orm
    .update(completions)
    .set({ supersededAt: tx.now })
    .where(and(eq(completions.providerId, actor.providerId), eq(completions.placeId, placeId), isNull(completions.supersededAt)))
    .returning({ id: completions.id })
  if (earlier) await closeCompletionTasks(tx, actor, earlier.id, 'completion was asked for again')
}

export async function closeCompletionTasks(tx: Tx, actor: Actor, id: Uuid, reason: string): Promise<void> {
  for (const kind of ['confirm-completion', 'human-review'] as const)
    await completeTasksAbout(tx, actor, { type: 'completion', id }, kind, reason)
}

const wanted = {
  proposed: { kind: 'confirm-completion', title: 'Confirm or decline a completion that the rules propose', days: 5 },
  'needs-human-review': { kind: 'human-review', title: 'Decide on a completion where the rules could not be evaluated', days: 2 },
} as const

async function askSomebody(tx: Tx, actor: Actor, { id, caseId, status, decisionId }: Completion): Promise<void> {
  const ask = status === 'proposed' || status === 'needs-human-review' ? wanted[status] : undefined
  const [ownerId] = ask ? await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead') : []
  if (!ask || !ownerId) return
  await openTask(tx, actor, {
    kind: ask.kind,
    title: ask.title,
    about: { type: 'completion', id },
    caseId,
    ownerId,
    side: 'participant',
    due: { within: { amount: ask.days, unit: 'working-days' } },
    decisionId,
  })
}

const DecideCompletionInput = builder.inputType('DecideCompletionInput', {
  description: 'Which place is asked about.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one answer; a new one asks again.' }),
    placeId: t.id({ required: true, description: 'Global id of the place.' }),
  }),
})

builder.mutationField('decideCompletion', (t) =>
  t.field({
    ...calledBy(
      completionAskers,
      'Asks the rules in force on the day the place began whether the programme is completed. They propose; a named person confirms.',
    ),
    type: CompletionRef,
    args: { input: t.arg({ type: DecideCompletionInput, required: true, description: 'Which place.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'decide-completion', (tx, actor) =>
        decideCompletion(tx, actor, { ...input, placeId: idIn('Place', input.placeId, 'place') }),
      ),
  }),
)
