import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertWorkableCase } from '../cases/index.ts'
import { assessors } from '../providers/index.ts'
import { EvidenceSourceEnum, InquiryAnswerEnum } from './enums.ts'
import { OutsideInquiryRef } from './outside-inquiry-graphql.ts'
import { assertOutsideInquiry, type OutsideInquiry } from './outside-inquiry.ts'
import type { KeptSource } from './outside-tools.ts'
import { outsideInquiries } from './tables.ts'
import type { EvidenceSource, InquiryAnswer } from './words.ts'

export type NewOutsideInquiry = {
  idempotencyKey: string
  caseId: Uuid
  answer: InquiryAnswer
  askedOn: Day
  askedOf: EvidenceSource
  /** Only with `not-known`, and then needed. */
  unknownReason?: string | null | undefined
}

/**
 * Records that somebody asked for results of other tools, and there was none beside those recorded, or it stayed unknown. The latest counts.
 * @throws NotFound, NotAllowed, InvalidInput (field of the input)
 */
export async function recordOutsideInquiry(tx: Tx, actor: Actor, input: NewOutsideInquiry): Promise<OutsideInquiry> {
  const { idempotencyKey: key, ...payload } = input
  await assertWorkableCase(tx, actor, input.caseId)
  return once(
    tx,
    actor,
    { operation: 'record-outside-inquiry', key, payload },
    async () => {
      assertFits(tx, input)
      return write(tx, actor, input)
    },
    (id) => assertOutsideInquiry(tx, actor, id),
  )
}

function assertFits(tx: Tx, { answer, askedOn, askedOf, unknownReason }: NewOutsideInquiry): void {
  if (askedOn > tx.today) throw new InvalidInput('askedOn', 'this day has not come yet')
  if (askedOf === 'partner')
    throw new InvalidInput('askedOf', 'what the partner was asked is not kept on this side', 'leave it to the partner service')
  if (answer === 'none' && askedOf === 'self')
    throw new InvalidInput(
      'askedOf',
      'the person’s own word does not show that there is none',
      'ask who would have a result, such as probation; until then record `NOT_KNOWN`',
    )
  if (answer === 'not-known' && !unknownReason) throw new InvalidInput('unknownReason', 'say why it is not known')
  if (answer === 'none' && unknownReason) throw new InvalidInput('unknownReason', 'nothing is unknown here', 'leave it out')
}

async function write(
  tx: Tx,
  actor: Actor,
  { caseId, answer, askedOn, askedOf, unknownReason }: NewOutsideInquiry,
): Promise<OutsideInquiry> {
  const id = tx.newId()
  await tx.orm.insert(outsideInquiries).values({
    providerId: actor.providerId,
    id,
    caseId,
    answer,
    askedOn,
    // What the partner was asked was refused above, and is by the database.
    askedOf: askedOf as KeptSource,
    unknownReason: unknownReason ?? null,
    recordedBy: actor.id,
    recordedAt: tx.now,
  })
  await addToTimeline(tx, actor, {
    caseId,
    what: 'outside-inquiry-recorded',
    occurredAt: tx.now,
    summary: 'Somebody asked for results of other tools',
    about: { type: 'outside-inquiry', id },
  })
  await record(tx, actor, {
    action: 'outside-inquiry.recorded',
    subjectType: 'outside-inquiry',
    subjectId: id,
    fields: ['answer', 'askedOn', 'askedOf'],
  })
  return assertOutsideInquiry(tx, actor, id)
}

const RecordOutsideInquiryInput = builder.inputType('RecordOutsideInquiryInput', {
  description: 'Who was asked for results of other tools, when, and what came of it.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one inquiry.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    answer: t.field({ type: InquiryAnswerEnum, required: true, description: 'What came of it.' }),
    askedOn: t.field({ type: 'Day', required: true, description: 'The day of asking; today or earlier.' }),
    askedOf: t.field({
      type: EvidenceSourceEnum,
      required: true,
      description:
        'Who was asked. `PARTNER` is refused here, and `SELF` with `NONE`: the person’s own word does not show that there is none.',
    }),
    unknownReason: t.field({ type: 'LongText', description: 'Why it is not known; required with `NOT_KNOWN`, else left out.' }),
  }),
})

builder.mutationField('recordOutsideInquiry', (t) =>
  t.field({
    ...calledBy(
      assessors,
      'Records that somebody asked for results of other tools, and there was none beside those recorded, or it stayed unknown. The latest counts; one recorded by mistake is put right by a further one.',
    ),
    type: OutsideInquiryRef,
    args: { input: t.arg({ type: RecordOutsideInquiryInput, required: true, description: 'Who was asked, and what came of it.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-outside-inquiry', (tx, actor) => {
        const caseId = localId('Case', input.caseId)
        if (!caseId) throw new NotFound('case')
        return recordOutsideInquiry(tx, actor, { ...input, caseId })
      }),
  }),
)
