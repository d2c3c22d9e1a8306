import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { globalId, localId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { calledBy } from '../../platform/root-access.ts'
import { canonicalJson } from '@plumbline/rules'
import { CaseRef, caseById, endingsOfCase, isHeard } from '../cases/index.ts'
import { caseReaders, StaffRef, staffById } from '../providers/index.ts'
import { assertReadableReferral, isOutside, maySeeFeedbackAddress, orNull } from './access.ts'
import { AskedOfEnum, BasisEnum, FeedbackChannelEnum, FeedbackOccasionEnum, SourceEnum } from './enums.ts'
import {
  agencyName,
  factsOfReferral,
  feedbackOfReferral,
  latestOfEach,
  referralOfCase,
  type Referral,
  type ReferralFact,
  type ReferrerFeedback,
} from './referral.ts'

/** What a referrer may know of it. Whether a place is offered they hear in words, after the partner service. */
export type Standing = 'received' | 'answered' | 'withdrawn'

const StandingEnum = builder.enumType('ReferralStanding', {
  description: 'Where a referral stands, as far as its referrer may know.',
  values: {
    RECEIVED: { value: 'received' as const, description: 'It is here and being considered.' },
    ANSWERED: { value: 'answered' as const, description: 'The referrer was told something: see the feedback.' },
    WITHDRAWN: { value: 'withdrawn' as const, description: 'It was withdrawn.' },
  },
})

const ReferralFactRef = builder.objectRef<ReferralFact>('ReferralFact').implement({
  description: 'An answer to one fact: what, who was asked, when, and who recorded it.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'Its name in the catalogue, `history.hasAbusedPartner`.' }),
    number: t.exposeInt('number', { description: '1 for the first answer to this fact, 2 for the one that replaced it…' }),
    isKnown: t.boolean({ description: 'False: somebody was asked and it is not known.', resolve: (row) => row.valueText !== 'null' }),
    value: t.string({
      nullable: true,
      description: 'The answer: a word, a number or a day as it stands, a list as JSON; null when it is not known.',
      resolve: (row) => {
        const value: unknown = JSON.parse(row.valueText)
        return value === null ? null : typeof value === 'string' ? value : canonicalJson(value)
      },
    }),
    askedOf: t.expose('askedOf', { type: AskedOfEnum, description: 'Who was asked.' }),
    askedOn: t.expose('askedOn', { type: 'Day', description: 'When they were asked.' }),
    correctionReason: t.exposeString('correctionReason', {
      nullable: true,
      description: 'Why it replaced the answer before; null for the first.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
    recordedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who recorded it.',
      resolve: (row, _, context) => signedIn(context).operation.load(staffById, row.recordedBy),
    }),
  }),
})

export const FeedbackRef = builder.objectRef<ReferrerFeedback>('ReferrerFeedback').implement({
  description: 'What a referrer was told, word for word.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('ReferrerFeedback', row.id) }),
    occasion: t.expose('occasion', { type: FeedbackOccasionEnum, description: 'What it was about.' }),
    told: t.exposeString('told', { description: 'The words.' }),
    channel: t.expose('channel', { type: FeedbackChannelEnum, description: 'How they were told.' }),
    givenOn: t.expose('givenOn', { type: 'Day', description: 'When they were told.' }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
  }),
})

/** Says in the audit which part of a referral was read. */
const noteRead = (context: Context, row: Referral, field: string): void => {
  const { actor, operation } = signedIn(context)
  operation.noteRead({
    subjectType: 'referral',
    subjectId: row.id,
    fields: [field],
    allowedBy: row.referrerId === actor.id ? 'own referral' : 'case',
  })
}

export const ReferralRef = builder.objectRef<Referral>('Referral').implement({
  description: 'Who sent a participant, on what ground and when. An outside referrer sees only their own, and nothing of the case.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Referral', row.id) }),
    source: t.expose('source', { type: SourceEnum, description: 'Who sent it.' }),
    basis: t.expose('basis', { type: BasisEnum, description: 'What it rests on.' }),
    receivedOn: t.expose('receivedOn', {
      type: 'Day',
      description: 'The day it arrived. Eligibility is judged by the rules in force then.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was written down here.' }),
    standing: t.field({
      type: StandingEnum,
      description: 'Where it stands, as far as its referrer may know.',
      resolve: async (row, _, context): Promise<Standing> => {
        if (row.status === 'withdrawn' && (await mayKnow(context, row))) return 'withdrawn'
        return (await signedIn(context).operation.load(feedbackOfReferral, row.id)).some(({ occasion }) => occasion !== 'received')
          ? 'answered'
          : 'received'
      },
    }),
    withdrawnBecause: t.string({
      nullable: true,
      description: 'Why it was withdrawn; for those who work on the case.',
      resolve: (row, _, context) => (isOutside(signedIn(context).actor) ? null : row.statusReason),
    }),
    purpose: t.string({
      description: 'What the referrer hopes for.',
      resolve: (row, _, context) => {
        noteRead(context, row, 'purpose')
        return row.purpose
      },
    }),
    agencyName: t.string({
      nullable: true,
      description: 'The organisation behind it; null where there is none.',
      resolve: (row, _, context) => (row.agencyId ? signedIn(context).operation.load(agencyName, row.agencyId) : null),
    }),
    referrerName: t.exposeString('referrerName', { nullable: true, description: 'Who referred; null for people who referred themselves.' }),
    feedbackChannel: t.expose('feedbackChannel', { type: FeedbackChannelEnum, description: 'How the referrer wants to hear.' }),
    feedbackAddress: t.string({
      nullable: true,
      description: 'Where; for those who answer and for the referrer, null for everybody else.',
      resolve: (row, _, context) => {
        if (!maySeeFeedbackAddress(signedIn(context).actor, row)) return null
        noteRead(context, row, 'feedbackAddress')
        return row.feedbackAddress
      },
    }),
    facts: t.field({
      type: [ReferralFactRef],
      nullable: true,
      description: 'What is known now, one answer per fact; null for outside referrers. What was never asked is not among them.',
      resolve: async (row, _, context) => {
        if (isOutsideReferrer(context)) return null
        noteRead(context, row, 'facts')
        return latestOfEach(await signedIn(context).operation.load(factsOfReferral, row.id))
      },
    }),
    factHistory: t.field({
      type: [ReferralFactRef],
      nullable: true,
      description: 'Every answer ever recorded, by fact, newest first; null for outside referrers.',
      resolve: (row, _, context) => {
        if (isOutsideReferrer(context)) return null
        noteRead(context, row, 'facts')
        return signedIn(context).operation.load(factsOfReferral, row.id)
      },
    }),
    feedback: t.field({
      type: [FeedbackRef],
      description: 'What the referrer was told, oldest first.',
      resolve: (row, _, context) => {
        noteRead(context, row, 'feedback')
        return signedIn(context).operation.load(feedbackOfReferral, row.id)
      },
    }),
    case: t.field({
      type: CaseRef,
      nullable: true,
      description: 'The case it opened; null for those who may not read it, outside referrers among them.',
      resolve: (row, _, context) => signedIn(context).operation.load(caseById, row.caseId),
    }),
    version: t.int({
      description: 'Name it when changing this referral.',
      // A withdrawal counts as a change, and nobody outside hears of one before the partner service.
      resolve: async (row, _, context) => (row.status === 'withdrawn' && !(await mayKnow(context, row)) ? row.version - 1 : row.version),
    }),
  }),
})

const isOutsideReferrer = (context: Context): boolean => {
  const { actor } = signedIn(context)
  return actor.roles.has('referrer') && isOutside(actor)
}

/** An outside referrer hears of a withdrawal after the partner service. */
const mayKnow = async (context: Context, { caseId }: Referral): Promise<boolean> =>
  !isOutside(signedIn(context).actor) ||
  (await signedIn(context).operation.load(endingsOfCase, caseId)).every((ending) => isHeard(ending) || ending.takenBackAt !== null)

const readable = async (context: Context, id: string | undefined): Promise<Referral | null> => {
  if (!id) return null
  const { actor, operation } = signedIn(context)
  return orNull(assertReadableReferral(await operation.read(), actor, id))
}

builder.objectField(CaseRef, 'referral', (t) =>
  t.field({
    type: ReferralRef,
    nullable: true,
    description: 'What the case began with; null for those who may not read it.',
    resolve: (row, _, context) => signedIn(context).operation.load(referralOfCase, row.id),
  }),
)

builder.queryField('referral', (t) =>
  t.field({
    ...calledBy(['referrer', ...caseReaders], 'One referral: the referrer’s own, or one whose case may be read.'),
    type: ReferralRef,
    nullable: true,
    args: { id: t.arg.id({ required: true, description: 'Global id of the referral.' }) },
    resolve: (_, { id }, context) => readable(context, localId('Referral', id)),
  }),
)

refetchable('Referral', async (operation, id, actor) => orNull(assertReadableReferral(await operation.read(), actor, id)))
