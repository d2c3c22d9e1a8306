import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { globalId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { CaseRef, readsInFull, type Case } from '../cases/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { DecisionRef, decisionById } from '../rule-sets/index.ts'
import { consentsOfCase, consentTextById, type Consent, type ConsentText } from './consent.ts'
import {
  currentEligibility,
  eligibilityHistory,
  isCleared,
  needsOf,
  readableEligibility,
  reasonsOf,
  type EligibilityDecision,
} from './eligibility.ts'
import {
  ConsentKindEnum,
  EligibilityOutcomeEnum,
  RulingEnum,
  StaffSafetyRiskEnum,
  SuitabilityCategoryEnum,
  SuitabilityOutcomeEnum,
} from './enums.ts'
import type { EligibilityComparison, EligibilityReason, NeededFact } from './reasons.ts'
import { suitabilityOfCase, type SuitabilityDecision } from './suitability.ts'

export * from './enums.ts'

const staffOf = (context: Context, id: Uuid | null) => (id ? signedIn(context).operation.load(staffById, id) : null)
const noteRead = (context: Context, subjectType: string, subjectId: Uuid, ...fields: string[]): void =>
  signedIn(context).operation.noteRead({ subjectType, subjectId, fields, allowedBy: 'case' })

const EffectEnum = builder.enumType('EligibilityEffect', {
  description: 'What a rule does to the outcome.',
  values: {
    REFUSES: { value: 'refuses' as const, description: 'It is true and refuses.' },
    ASKS_FOR_A_PERSON: { value: 'asks-for-a-person' as const, description: 'It is true and leaves the decision to a person.' },
    UNDECIDED: { value: 'undecided' as const, description: 'It waits for facts that are not known.' },
  },
})

const ComparisonRef = builder.objectRef<EligibilityComparison>('EligibilityComparison').implement({
  description: 'One condition of a rule: what it saw and what it needed.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'The fact’s name in the catalogue.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    operator: t.exposeString('operator', { description: 'How it was compared.' }),
    seen: t.exposeString('seen', { nullable: true, description: 'What was seen; null when it is not known.' }),
    needed: t.exposeString('needed', { nullable: true, description: 'What it was compared with; a list as JSON.' }),
  }),
})

const ReasonRef = builder.objectRef<EligibilityReason>('EligibilityReason').implement({
  description: 'One rule behind an outcome.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Its id in the rule set.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    source: t.exposeString('source', { description: 'Where it comes from.' }),
    effect: t.expose('effect', { type: EffectEnum, description: 'What it does to the outcome.' }),
    reason: t.exposeString('reason', { description: 'What it says when it holds.' }),
    route: t.exposeString('route', { nullable: true, description: 'Where the referral goes instead; null where the rule names nothing.' }),
    isLocked: t.exposeBoolean('isLocked', { description: 'True: no provider can undo it.' }),
    comparisons: t.field({
      type: [ComparisonRef],
      description: 'What it saw and needed, condition by condition.',
      resolve: (row) => row.comparisons,
    }),
  }),
})

const NeededFactRef = builder.objectRef<NeededFact>('NeededFact').implement({
  description: 'A fact that is not known and would decide.',
  fields: (t) => ({
    fact: t.exposeString('fact', { description: 'Its name in the catalogue.' }),
    label: t.exposeString('label', { description: 'Its name for people.' }),
    question: t.exposeString('question', { description: 'How to ask for it.' }),
  }),
})

export const EligibilityDecisionRef = builder.objectRef<EligibilityDecision>('EligibilityDecision').implement({
  description: 'What the rules in force on the day of receipt said of a case, and what a named person made of it.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('EligibilityDecision', row.id) }),
    outcome: t.field({
      type: EligibilityOutcomeEnum,
      description: 'What the rules said.',
      resolve: (row, _, context) => {
        noteRead(context, 'eligibility-decision', row.id, 'outcome')
        return row.outcome
      },
    }),
    isCleared: t.boolean({
      description: 'True where a place may be offered: by the rules, or by the person they leave it to.',
      resolve: isCleared,
    }),
    reasons: t.field({
      type: [ReasonRef],
      description: 'Every rule that refuses, asks for a person or is undecided, in the order of the rule set.',
      resolve: (row, _, context) => {
        noteRead(context, 'eligibility-decision', row.id, 'reasons')
        return reasonsOf(row)
      },
    }),
    needs: t.field({
      type: [NeededFactRef],
      description: 'The facts that would decide; empty unless the outcome is `NEEDS_INFORMATION`.',
      resolve: needsOf,
    }),
    route: t.exposeString('route', {
      nullable: true,
      description: 'Where the referral goes instead, such as children’s services; null where nothing is named.',
    }),
    decision: t.field({
      type: DecisionRef,
      nullable: true,
      description: 'The record of the rules, to explain and replay; null for those who may not read it.',
      resolve: (row, _, context) => signedIn(context).operation.load(decisionById, row.decisionId),
    }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', description: 'When the rules were asked.' }),
    decidedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who asked them.',
      resolve: (row, _, context) => staffOf(context, row.decidedBy),
    }),
    supersededAt: t.expose('supersededAt', {
      type: 'Instant',
      nullable: true,
      description: 'When a newer decision took its place; null for the one that counts.',
    }),
    ruling: t.expose('ruling', {
      type: RulingEnum,
      nullable: true,
      description: 'What a person decided where the rules left it to one; null where they did not, or not yet.',
    }),
    rulingReason: t.exposeString('rulingReason', { nullable: true, description: 'Why they decided so.' }),
    ruledBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who decided.',
      resolve: (row, _, context) => staffOf(context, row.ruledBy),
    }),
    ruledAt: t.expose('ruledAt', { type: 'Instant', nullable: true, description: 'When they decided.' }),
    confirmedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who confirmed the refusal that the rules proposed; null while nobody has.',
      resolve: (row, _, context) => staffOf(context, row.confirmedBy),
    }),
    confirmedAt: t.expose('confirmedAt', { type: 'Instant', nullable: true, description: 'When they confirmed it.' }),
    version: t.exposeInt('version', { description: 'Name it when ruling on or confirming this decision.' }),
  }),
})

export const SuitabilityDecisionRef = builder.objectRef<SuitabilityDecision>('SuitabilityDecision').implement({
  description: 'Whether a place is offered, by whom and why.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('SuitabilityDecision', row.id) }),
    outcome: t.expose('outcome', { type: SuitabilityOutcomeEnum, description: 'Accepted, refused or deferred.' }),
    category: t.expose('category', { type: SuitabilityCategoryEnum, description: 'Why, in one word.' }),
    reason: t.field({
      type: 'String',
      description: 'Why, for the record.',
      resolve: (row, _, context) => {
        noteRead(context, 'suitability-decision', row.id, 'reason', 'needs', 'motivation', 'staffSafetyNote')
        return row.reason
      },
    }),
    staffSafetyRisk: t.expose('staffSafetyRisk', {
      type: StaffSafetyRiskEnum,
      description: 'The danger to those who work with the person.',
    }),
    staffSafetyNote: t.exposeString('staffSafetyNote', { nullable: true, description: 'What they must know.' }),
    programmeExplainedOn: t.expose('programmeExplainedOn', {
      type: 'Day',
      nullable: true,
      description: 'When the programme was explained.',
    }),
    needs: t.exposeString('needs', { nullable: true, description: 'What the person needs beside it.' }),
    motivation: t.exposeString('motivation', { nullable: true, description: 'Where their motivation comes from.' }),
    reviewOn: t.expose('reviewOn', { type: 'Day', nullable: true, description: 'When a deferred case is looked at again.' }),
    decidedAt: t.expose('decidedAt', { type: 'Instant', description: 'When it was decided.' }),
    decidedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who decided.',
      resolve: (row, _, context) => staffOf(context, row.decidedBy),
    }),
  }),
})

export const ConsentTextRef = builder.objectRef<ConsentText>('ConsentText').implement({
  description: 'One version of what people sign, with the notice of where confidentiality ends.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('ConsentText', row.id) }),
    kind: t.expose('kind', { type: ConsentKindEnum, description: 'What it is a consent to.' }),
    number: t.exposeInt('number', { description: 'Its version, from 1.' }),
    text: t.exposeString('text', { description: 'The words.' }),
    confidentialityNotice: t.exposeString('confidentialityNotice', { description: 'Where confidentiality ends.' }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'Day', description: 'The first day it may be signed.' }),
  }),
})

export const ConsentRef = builder.objectRef<Consent>('Consent').implement({
  description: 'Who signed which version and when. Neither a consent nor its withdrawal changes who is told of a danger.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Consent', row.id) }),
    text: t.field({
      type: ConsentTextRef,
      nullable: true,
      description: 'The version signed.',
      resolve: (row, _, context) => signedIn(context).operation.load(consentTextById, row.consentTextId),
    }),
    signedOn: t.expose('signedOn', { type: 'Day', description: 'When it was signed.' }),
    witnessedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who saw it signed.',
      resolve: (row, _, context) => staffOf(context, row.witnessedBy),
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
    withdrawnOn: t.expose('withdrawnOn', { type: 'Day', nullable: true, description: 'When it was withdrawn; null while it stands.' }),
    withdrawalNote: t.exposeString('withdrawalNote', { nullable: true, description: 'What was said.' }),
    version: t.exposeInt('version', { description: 'Name it when withdrawing this consent.' }),
  }),
})

const isReader = (context: Context, row: Case): boolean => readsInFull(signedIn(context).actor, row)

refetchable('EligibilityDecision', async (operation, id, actor) => readableEligibility(await operation.read(), actor, id))

builder.objectFields(CaseRef, (t) => ({
  eligibility: t.field({
    type: EligibilityDecisionRef,
    nullable: true,
    description: 'The eligibility decision that counts; null before the first, and for referrers.',
    resolve: (row, _, context) => (isReader(context, row) ? signedIn(context).operation.load(currentEligibility, row.id) : null),
  }),
  eligibilityHistory: t.field({
    type: [EligibilityDecisionRef],
    description: 'Every eligibility decision, newest first; empty for referrers.',
    resolve: (row, _, context) => (isReader(context, row) ? signedIn(context).operation.load(eligibilityHistory, row.id) : []),
  }),
  suitability: t.field({
    type: [SuitabilityDecisionRef],
    description: 'Every suitability decision, newest first: the first one counts. Empty for referrers.',
    resolve: (row, _, context) => (isReader(context, row) ? signedIn(context).operation.load(suitabilityOfCase, row.id) : []),
  }),
  consents: t.field({
    type: [ConsentRef],
    description: 'What was signed, oldest first; empty for referrers.',
    resolve: (row, _, context) => (isReader(context, row) ? signedIn(context).operation.load(consentsOfCase, row.id) : []),
  }),
}))
