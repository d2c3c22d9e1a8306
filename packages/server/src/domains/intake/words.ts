/** What the rules, or their absence, came to. */
export const eligibilityOutcomes = ['eligible', 'ineligible', 'needs-information', 'human-review', 'needs-human-review'] as const
export type EligibilityOutcomeWord = (typeof eligibilityOutcomes)[number]

/** What a person decided where the rules leave it to one. */
export const rulings = ['accept-one-to-one', 'accept', 'refuse'] as const
export type Ruling = (typeof rulings)[number]

export const suitabilityOutcomes = ['accepted', 'refused', 'deferred'] as const
export type SuitabilityOutcome = (typeof suitabilityOutcomes)[number]

export const suitabilityCategories = [
  'suitable',
  'unwilling-to-engage',
  'staff-safety-risk',
  'needs-other-service',
  'risk-too-high-for-this-programme',
  'cannot-follow-the-group',
  'not-ready-yet',
  'other',
] as const
export type SuitabilityCategory = (typeof suitabilityCategories)[number]

/** The danger to those who work with the person; a field of its own, apart from the danger to a partner. */
export const staffSafetyRisks = ['none-known', 'precautions-needed', 'cannot-be-managed'] as const
export type StaffSafetyRisk = (typeof staffSafetyRisks)[number]

/** Separate, so that one can be withdrawn without the others. */
export const consentKinds = ['programme', 'partner-contact-notice', 'research'] as const
export type ConsentKind = (typeof consentKinds)[number]
