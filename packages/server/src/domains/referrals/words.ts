/** Who sends people. The same words as the fact `referral.source` of the rule sets. */
export const sources = [
  'self',
  'family-or-friend',
  'social-services',
  'family-court',
  'police',
  'probation',
  'health',
  'housing',
  'education',
  'voluntary-organisation',
  'other-agency',
] as const
export type Source = (typeof sources)[number]

/** What a referral rests on. The same words as the fact `referral.basis`. */
export const bases = ['voluntary', 'agency-condition', 'child-protection', 'family-court', 'civil-order', 'criminal-court-order'] as const
export type Basis = (typeof bases)[number]

/**
 * Who was asked for a fact. The (ex-)partner is not among them: what she says stays on her side of the wall,
 * and what is recorded here was said by somebody else.
 */
export const askedOf = [
  'participant',
  'referrer',
  'social-services',
  'police',
  'court',
  'probation',
  'health',
  'other-agency',
  'record',
] as const
export type AskedOf = (typeof askedOf)[number]

export const referralStates = ['received', 'withdrawn'] as const
export type ReferralState = (typeof referralStates)[number]

export const feedbackChannels = ['email', 'telephone', 'letter', 'meeting', 'none'] as const
export type FeedbackChannel = (typeof feedbackChannels)[number]

/** What the referrer is told about. Only these; nothing about the partner, ever. */
export const feedbackOccasions = ['received', 'offered-a-place', 'no-place', 'withdrawn', 'progress', 'ended'] as const
export type FeedbackOccasion = (typeof feedbackOccasions)[number]

/** What a caller who "feels at risk" says of themself. */
export const situations = ['harms', 'is-harmed', 'both', 'unclear'] as const
export type Situation = (typeof situations)[number]

/** Those that lead to the partner service: being harmed, and whatever cannot be told apart from it. */
export const situationsOfHarm = ['is-harmed', 'both', 'unclear'] as const
export type SituationOfHarm = (typeof situationsOfHarm)[number]

export const callBackOutcomes = ['reached', 'not-reached', 'not-safe-to-call', 'passed-on'] as const
export type CallBackOutcome = (typeof callBackOutcomes)[number]
