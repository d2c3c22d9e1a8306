import { and, eq } from 'drizzle-orm'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, PartnerServiceFirst } from '../cases/index.ts'
import { assertWorkableReferral, recorders, referralIdIn } from './access.ts'
import { afterTelling, assertMayTell } from './after-ending.ts'
import { FeedbackChannelEnum, FeedbackOccasionEnum } from './enums.ts'
import { wasTold } from './followers.ts'
import { FeedbackRef } from './graphql.ts'
import type { ReferrerFeedback } from './referral.ts'
import { referrerFeedback } from './tables.ts'
import type { FeedbackChannel, FeedbackOccasion, Source } from './words.ts'

/**
 * What people hear who referred themselves: one text per occasion, the same for everybody. No reason, no fact and nothing
 * that somebody else may have said can be read from it.
 */
export const fixedTexts: Readonly<Record<FeedbackOccasion, string>> = {
  received: 'Thank you for getting in touch. We have your referral and will talk with you about what comes next.',
  'offered-a-place': 'We can offer you a place. We will talk with you about when and how it begins.',
  'no-place':
    'We cannot offer you a place at present. We will talk with you about other help. If you are worried about what you might do, call the Respect Phoneline; in an emergency call 999.',
  withdrawn: 'Your referral is closed. You can get in touch again at any time.',
  progress: 'We will talk with you in person about how things are going.',
  ended: 'Your place has ended. You can get in touch again at any time. In an emergency call 999.',
}

/** Somebody close may be the person harmed, or be close to both: they hear that the referral arrived, and no more. */
const closeToThePerson =
  'Thank you for getting in touch. We cannot tell you what becomes of a referral. If you are worried about your own or somebody else’s safety, call us; in an emergency call 999.'

/** The text a referrer of this kind always gets; null where an agency is written to in our own words. */
export function fixedTextFor(source: Source, occasion: FeedbackOccasion): string | null {
  if (source === 'self') return fixedTexts[occasion]
  if (source === 'family-or-friend') return closeToThePerson
  return null
}

export type GiveFeedback = {
  idempotencyKey: string
  referralId: Uuid
  occasion: FeedbackOccasion
  text?: string | null | undefined
  channel: FeedbackChannel
  givenOn: Day
}

/** Records what the referrer was told, word for word. Of an ending they hear after the partner service. @throws PartnerServiceFirst */
export async function giveFeedback(tx: Tx, actor: Actor, input: GiveFeedback): Promise<ReferrerFeedback> {
  const referral = await assertWorkableReferral(tx, actor, input.referralId)
  return once(
    tx,
    actor,
    { operation: 'give-feedback', key: input.idempotencyKey, payload: { ...input, idempotencyKey: null } },
    async () => {
      if (input.channel === 'none') throw new InvalidInput('channel', 'say how the referrer was told')
      if (input.givenOn > tx.today) throw new InvalidInput('givenOn', 'this day has not come yet')
      if (input.givenOn < referral.receivedOn) throw new InvalidInput('givenOn', 'nobody was told before the referral arrived')
      const fixed = fixedTextFor(referral.source, input.occasion)
      if (fixed && input.text)
        throw new InvalidInput('text', 'this referrer gets a fixed text', 'leave the text out; the answer holds what to say')
      const told = fixed ?? input.text
      if (!told) throw new InvalidInput('text', 'say what the referrer was told')
      await assertMayTell(tx, actor, referral, input.occasion)
      const [row] = await tx.orm
        .insert(referrerFeedback)
        .values({
          providerId: actor.providerId,
          id: tx.newId(),
          referralId: referral.id,
          occasion: input.occasion,
          told,
          channel: input.channel,
          givenOn: input.givenOn,
          recordedBy: actor.id,
          recordedAt: tx.now,
        })
        .returning()
      await addToTimeline(tx, actor, {
        caseId: referral.caseId,
        what: 'referrer-told',
        occurredAt: tx.now,
        summary: 'The referrer was told',
        about: { type: 'referral', id: referral.id },
      })
      await afterTelling(tx, actor, referral, input.occasion)
      await wasTold(tx, actor, referral.caseId, input.occasion)
      await record(tx, actor, {
        action: 'referral.feedback-given',
        subjectType: 'referral',
        subjectId: referral.id,
        fields: ['occasion', 'told', 'channel', 'givenOn'],
      })
      return row!
    },
    async (id) => {
      const [row] = await tx.orm
        .select()
        .from(referrerFeedback)
        .where(and(eq(referrerFeedback.providerId, actor.providerId), eq(referrerFeedback.id, id)))
      return row!
    },
  )
}

const GiveFeedbackInput = builder.inputType('GiveFeedbackInput', {
  description: 'What a referrer was told.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one thing told.' }),
    referralId: t.id({ required: true, description: 'Global id of the referral.' }),
    occasion: t.field({ type: FeedbackOccasionEnum, required: true, description: 'What it is about.' }),
    text: t.field({
      type: 'LongText',
      description: 'Word for word, for an agency. Left out for people who referred themselves or somebody close: they get a fixed text.',
    }),
    channel: t.field({ type: FeedbackChannelEnum, required: true, description: 'How they were told; not `NONE`.' }),
    givenOn: t.field({ type: 'Day', required: true, description: 'When, from the day of receipt to today.' }),
  }),
})

builder.mutationField('giveFeedback', (t) =>
  t.field({
    ...calledBy(
      recorders,
      'Records what the referrer was told and when. It sends nothing. Of a refusal, a removal or another ending they hear after the partner service.',
    ),
    type: FeedbackRef,
    args: { input: t.arg({ type: GiveFeedbackInput, required: true, description: 'To which referral, what and when.' }) },
    errors: { types: [...usualRefusals, PartnerServiceFirst] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'give-feedback', (tx, actor) =>
        giveFeedback(tx, actor, { ...input, referralId: referralIdIn(input.referralId) }),
      ),
  }),
)
