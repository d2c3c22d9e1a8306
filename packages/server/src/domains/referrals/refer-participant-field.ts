import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import { calledBy } from '../../platform/root-access.ts'
import { NoRuleSetInForce } from '../rule-sets/index.ts'
import { idIn, whoRefers } from './access.ts'
import { PossibleDuplicates } from './duplicates.ts'
import { BasisEnum, FeedbackChannelEnum, SourceEnum } from './enums.ts'
import { ReferralFactInput } from './fact-values.ts'
import { ReferralRef } from './graphql.ts'
import { referParticipant } from './refer-participant.ts'

const NewPersonInput = builder.inputType('NewPersonInput', {
  description: 'Somebody who is not known here.',
  fields: (t) => ({
    givenName: t.field({ type: 'ShortText', required: true, description: 'Given name or names.' }),
    familyName: t.field({ type: 'ShortText', required: true, description: 'Family name.' }),
    bornOn: t.field({ type: 'Day', description: 'Date of birth, where it is known.' }),
    localAuthority: t.field({ type: 'ShortText', description: 'The borough or council area they live in, where it is known.' }),
  }),
})

const ReferParticipantInput = builder.inputType('ReferParticipantInput', {
  description: 'A referral as it arrived. Exactly one of `participantId` and `person`.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one referral.' }),
    participantId: t.id({ description: 'Global id of a participant who is known; the referral opens a further case.' }),
    person: t.field({ type: NewPersonInput, description: 'Somebody new.' }),
    confirmNewPerson: t.field({
      type: 'LongText',
      description: 'Why the new person is none of the possible duplicates; only after `PossibleDuplicates`.',
    }),
    source: t.field({ type: SourceEnum, required: true, description: 'Who sends them.' }),
    basis: t.field({ type: BasisEnum, required: true, description: 'What it rests on.' }),
    agencyId: t.id({ description: 'Global id of the agency behind it. Outside referrers leave it out: it is their own.' }),
    referrerName: t.field({ type: 'ShortText', description: 'Who refers; left out when the person refers themself.' }),
    referrerId: t.id({ description: 'Global id of the referrer’s sign-in here, where they have one. Outside referrers leave it out.' }),
    purpose: t.field({ type: 'LongText', required: true, description: 'What the referrer hopes for.' }),
    feedbackChannel: t.field({ type: FeedbackChannelEnum, required: true, description: 'How the referrer wants to hear.' }),
    feedbackAddress: t.field({ type: 'ShortText', description: 'Where; left out with `NONE`. Shown only to those who answer.' }),
    receivedOn: t.field({ type: 'Day', required: true, description: 'The day it arrived, today or earlier.' }),
    facts: t.field({ type: [ReferralFactInput], description: 'What the referral says beyond its form, at most 50 facts.' }),
  }),
})

builder.mutationField('referParticipant', (t) =>
  t.field({
    ...calledBy(whoRefers, 'Records a referral and opens a case for it.'),
    type: ReferralRef,
    args: { input: t.arg({ type: ReferParticipantInput, required: true, description: 'The referral as it arrived.' }) },
    errors: { types: [...usualRefusals, PossibleDuplicates, NoRuleSetInForce] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'refer-participant', (tx, actor) =>
        referParticipant(tx, actor, {
          ...input,
          participantId: input.participantId ? idIn('Participant', input.participantId, 'participant') : null,
          agencyId: input.agencyId ? idIn('Agency', input.agencyId, 'agency') : null,
          referrerId: input.referrerId ? idIn('Staff', input.referrerId, 'staff member') : null,
          facts: input.facts ?? [],
        }),
      ),
  }),
)
