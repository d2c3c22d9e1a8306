import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgSchema, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { cases } from '../cases/index.ts'
import { participants } from '../participants/index.ts'
import { agencies, staff } from '../providers/index.ts'
import {
  askedOf,
  bases,
  callBackOutcomes,
  feedbackChannels,
  feedbackOccasions,
  referralStates,
  situationsOfHarm,
  sources,
} from './words.ts'

/** Who sent a participant, on what ground, when, and where an answer goes. One case has one referral. */
export const referrals = pgTable(
  'referrals',
  {
    providerId: tenantId(),
    id: id(),
    caseId: uuid('case_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    source: words('source', sources).notNull(),
    basis: words('basis', bases).notNull(),
    /** The organisation behind the referral; null for people who refer themselves or somebody close. */
    agencyId: uuid('agency_id'),
    /** Null where the person refers themself. */
    referrerName: text('referrer_name'),
    /** The referrer who signs in here; null for those who do not. */
    referrerId: uuid('referrer_id'),
    purpose: text('purpose').notNull(),
    feedbackChannel: words('feedback_channel', feedbackChannels).notNull(),
    /** Null where no answer is wanted. */
    feedbackAddress: text('feedback_address'),
    /** The day it arrived: eligibility is judged by the rules in force then. */
    receivedOn: day('received_on').notNull(),
    /** Why this is another person than the possible duplicates; null where there were none. */
    newPersonReason: text('new_person_reason'),
    status: words('status', referralStates).notNull(),
    statusReason: text('status_reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('referrals_case').on(table.providerId, table.caseId),
    index('referrals_participant').on(table.providerId, table.participantId),
    index('referrals_referrer').on(table.providerId, table.referrerId, table.recordedAt),
    oneOf('referrals_source_known', table.source, sources),
    oneOf('referrals_basis_known', table.basis, bases),
    oneOf('referrals_status_known', table.status, referralStates),
    oneOf('referrals_feedback_channel_known', table.feedbackChannel, feedbackChannels),
    check('referrals_feedback_address', sql`(${table.feedbackChannel} = 'none') = (${table.feedbackAddress} is null)`),
    foreignKey({ name: 'referrals_case_of', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({
      name: 'referrals_participant_of',
      columns: [table.providerId, table.participantId],
      foreignColumns: [participants.providerId, participants.id],
    }),
    foreignKey({
      name: 'referrals_agency',
      columns: [table.providerId, table.agencyId],
      foreignColumns: [agencies.providerId, agencies.id],
    }),
    foreignKey({
      name: 'referrals_referrer_of',
      columns: [table.providerId, table.referrerId],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'referrals_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** What somebody answered when asked for a fact. Rows are only added: the highest number is what is known now, the others are how it came to be. */
export const referralFacts = pgTable(
  'referral_facts',
  {
    providerId: tenantId(),
    id: id(),
    referralId: uuid('referral_id').notNull(),
    fact: text('fact').notNull(),
    /** From 1, per referral and fact. */
    number: integer('number').notNull(),
    /** JSON; `null` says that somebody was asked and it is not known, `[]` that they were asked and there is none. */
    valueText: text('value_text').notNull(),
    askedOf: words('asked_of', askedOf).notNull(),
    askedOn: day('asked_on').notNull(),
    /** Why an earlier answer was replaced; null for the first. */
    correctionReason: text('correction_reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('referral_facts_number').on(table.providerId, table.referralId, table.fact, table.number),
    oneOf('referral_facts_asked_of_known', table.askedOf, askedOf),
    check('referral_facts_corrections_say_why', sql`${table.number} = 1 or ${table.correctionReason} is not null`),
    foreignKey({
      name: 'referral_facts_referral',
      columns: [table.providerId, table.referralId],
      foreignColumns: [referrals.providerId, referrals.id],
    }),
    foreignKey({
      name: 'referral_facts_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** What the referrer was told, word for word, and when. Rows are only added. */
export const referrerFeedback = pgTable(
  'referrer_feedback',
  {
    providerId: tenantId(),
    id: id(),
    referralId: uuid('referral_id').notNull(),
    occasion: words('occasion', feedbackOccasions).notNull(),
    told: text('told').notNull(),
    channel: words('channel', feedbackChannels).notNull(),
    givenOn: day('given_on').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    tenantKey(table),
    index('referrer_feedback_referral').on(table.providerId, table.referralId, table.recordedAt),
    oneOf('referrer_feedback_occasion_known', table.occasion, feedbackOccasions),
    oneOf('referrer_feedback_channel_known', table.channel, feedbackChannels),
    foreignKey({
      name: 'referrer_feedback_referral_of',
      columns: [table.providerId, table.referralId],
      foreignColumns: [referrals.providerId, referrals.id],
    }),
    foreignKey({
      name: 'referrer_feedback_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** Everything in it is readable on the partner side only: a restrictive policy on `app.side` stands on each table. */
export const partnerSchema = pgSchema('partner')

/**
 * Somebody who is, or may be, harmed rang and is to be called back by the partner service, safely.
 * Written at triage, on the participant side; from then on that side cannot see it. Text columns ending in `Sealed` are encrypted.
 */
export const safeCallBacks = partnerSchema.table(
  'safe_call_backs',
  {
    providerId: tenantId(),
    id: id(),
    situation: words('situation', situationsOfHarm).notNull(),
    isInDangerNow: boolean('is_in_danger_now').notNull(),
    /** What to ask for when somebody else answers. */
    codeNameSealed: text('code_name_sealed'),
    /** Null where the caller left nothing safe to ring. */
    contactSealed: text('contact_sealed'),
    safeTimesSealed: text('safe_times_sealed'),
    leaveNoMessage: boolean('leave_no_message').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    outcome: words('outcome', callBackOutcomes),
    outcomeNoteSealed: text('outcome_note_sealed'),
    closedBy: uuid('closed_by'),
    closedAt: instant('closed_at'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    index('safe_call_backs_waiting').on(table.providerId, table.closedAt, table.recordedAt),
    oneOf('safe_call_backs_situation_known', table.situation, situationsOfHarm),
    check(
      'safe_call_backs_closed_whole',
      sql`(${table.closedAt} is null) = (${table.outcome} is null) and (${table.closedAt} is null) = (${table.closedBy} is null)`,
    ),
    foreignKey({
      name: 'safe_call_backs_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'safe_call_backs_closed_by',
      columns: [table.providerId, table.closedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
