import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, RefusalInterface, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError, InvalidInput, NotFound } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { globalId, localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { NoRuleSetInForce, ruleSetOn } from '../rule-sets/index.ts'
import { copyAnswers } from './copy-answers.ts'
import { assertReadable, type Assessment } from './assessment.ts'
import { AssessmentKindEnum } from './enums.ts'
import { AssessmentRef } from './graphql.ts'
import { assessments } from './tables.ts'
import { assessors } from '../providers/index.ts'
import type { AssessmentKind } from './words.ts'

/** The case has a draft of this kind already. */
export class AssessmentAlreadyOpen extends DomainError {
  override name = 'AssessmentAlreadyOpen'
  readonly code = 'assessment-already-open'
  readonly assessmentId: Uuid
  constructor(assessmentId: Uuid) {
    super('this case has an unsigned assessment of this kind', 'go on with that one, sign it, or discard it')
    this.assessmentId = assessmentId
  }
}

export type NewAssessment = {
  caseId: Uuid
  kind: AssessmentKind
  assessedOn: Day
  eventReason?: string | null | undefined
  /** The signed assessment this one puts right; its answers are copied. */
  amendsId?: Uuid | null | undefined
  amendReason?: string | null | undefined
  idempotencyKey: string
}

/**
 * Opens a draft under the instrument in force on the day. Repeating the key changes nothing.
 * @throws NotFound, InvalidInput, AssessmentAlreadyOpen, NoRuleSetInForce
 */
export async function startAssessment(tx: Tx, actor: Actor, input: NewAssessment): Promise<Assessment> {
  await assertWorkableCase(tx, actor, input.caseId)
  assertSensible(tx, input)
  return once(
    tx,
    actor,
    { operation: 'start-assessment', key: input.idempotencyKey, payload: { ...input, idempotencyKey: null } },
    () => create(tx, actor, input),
    (id) => assertReadable(tx, actor, id),
  )
}

function assertSensible(tx: Tx, { kind, assessedOn, eventReason, amendsId, amendReason }: NewAssessment): void {
  if (assessedOn > tx.today)
    throw new InvalidInput('assessedOn', 'an assessment cannot be made on a day to come', 'name the day of the conversation it rests on')
  if (kind === 'event' && !eventReason) throw new InvalidInput('eventReason', 'say what happened that calls for this assessment')
  if (kind !== 'event' && eventReason)
    throw new InvalidInput(
      'eventReason',
      'only an assessment after an event has a reason of its own',
      'choose the kind event, or leave the reason out',
    )
  if (amendsId && !amendReason) throw new InvalidInput('amendReason', 'say what has to be put right')
  if (!amendsId && amendReason) throw new InvalidInput('amendReason', 'nothing is amended', 'name the assessment, or leave the reason out')
}

async function create(tx: Tx, actor: Actor, input: NewAssessment): Promise<Assessment> {
  const { id: ruleSetId, version: ruleSetVersion, hash: ruleSetHash } = await ruleSetOn(tx, actor, input.assessedOn)
  const amended = input.amendsId ? await assertAmendable(tx, actor, input.amendsId, input) : null
  const [row] = await tx.orm
    .insert(assessments)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      caseId: input.caseId,
      kind: input.kind,
      eventReason: input.eventReason ?? null,
      assessedOn: input.assessedOn,
      status: 'draft',
      ruleSetId,
      ruleSetVersion,
      ruleSetHash,
      amendsId: amended?.id ?? null,
      amendReason: input.amendReason ?? null,
      startedBy: actor.id,
      startedAt: tx.now,
    })
    .onConflictDoNothing()
    .returning()
  if (!row) throw new AssessmentAlreadyOpen(await openDraft(tx, actor, input))
  if (amended) await copyAnswers(tx, actor, amended.id, row.id)
  await record(tx, actor, { action: 'assessment.started', subjectType: 'assessment', subjectId: row.id, fields: ['kind', 'assessedOn'] })
  return row
}

/** The same case, and signed: a draft needs no amendment. */
async function assertAmendable(tx: Tx, actor: Actor, id: Uuid, { caseId, kind, assessedOn }: NewAssessment): Promise<Assessment> {
  const amended = await assertReadable(tx, actor, id)
  if (amended.caseId !== caseId) throw new NotFound('assessment')
  if (amended.status !== 'signed') throw new InvalidInput('amendsId', 'only a signed assessment is amended', 'answer the draft itself')
  if (amended.kind !== kind || amended.assessedOn !== assessedOn)
    throw new InvalidInput(
      'amendsId',
      'an amendment keeps the kind and the day of what it amends',
      'for another day, start an assessment of its own',
    )
  return amended
}

async function openDraft(tx: Tx, actor: Actor, { caseId, kind }: NewAssessment): Promise<Uuid> {
  const [open] = await tx.orm
    .select({ id: assessments.id })
    .from(assessments)
    .where(
      and(
        eq(assessments.providerId, actor.providerId),
        eq(assessments.caseId, caseId),
        eq(assessments.kind, kind),
        eq(assessments.status, 'draft'),
      ),
    )
  return open!.id
}

builder.objectType(AssessmentAlreadyOpen, {
  name: 'AssessmentAlreadyOpen',
  interfaces: [RefusalInterface],
  description: 'There is one unsigned assessment of a kind for a case, not two.',
  fields: (t) => ({
    assessmentId: t.id({
      description: 'Global id of the one that is open.',
      resolve: ({ assessmentId }) => globalId('Assessment', assessmentId),
    }),
  }),
})

const StartAssessmentInput = builder.inputType('StartAssessmentInput', {
  description: 'A new assessment of a case.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one new assessment.' }),
    caseId: t.id({ required: true, description: 'The case that is assessed.' }),
    kind: t.field({ type: AssessmentKindEnum, required: true, description: 'Where in the case it stands.' }),
    assessedOn: t.field({
      type: 'Day',
      required: true,
      description: 'The day it speaks of, today or earlier. Decides which rule set and instrument are used.',
    }),
    eventReason: t.field({ type: 'LongText', description: 'What happened. Needed for an event, and only then.' }),
    amendsId: t.id({ description: 'The signed assessment this one puts right. Its answers are copied; kind and day stay the same.' }),
    amendReason: t.field({ type: 'LongText', description: 'What has to be put right. Needed with amendsId.' }),
  }),
})

builder.mutationField('startAssessment', (t) =>
  t.field({
    ...calledBy(assessors, 'Opens an assessment of a case, to be answered and signed.'),
    type: AssessmentRef,
    args: { input: t.arg({ type: StartAssessmentInput, required: true, description: 'Which case, when and why.' }) },
    errors: { types: [...usualRefusals, AssessmentAlreadyOpen, NoRuleSetInForce] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'start-assessment', (tx, actor) => {
        const caseId = localId('Case', input.caseId)
        const amendsId = input.amendsId ? localId('Assessment', input.amendsId) : null
        if (!caseId) throw new NotFound('case')
        if (amendsId === undefined) throw new NotFound('assessment')
        return startAssessment(tx, actor, { ...input, caseId, amendsId })
      }),
  }),
)
