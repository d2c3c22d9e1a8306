/** When in a case an assessment is made. `event`: something happened, whatever the calendar says. */
export const assessmentKinds = ['intake', 'mid', 'end', 'follow-up', 'event'] as const
export type AssessmentKind = (typeof assessmentKinds)[number]

/** What can be said of a factor. Not asked yet is none of these: it has no row. */
export const answerWords = ['absent', 'possible', 'present', 'unknown'] as const
export type AnswerWord = (typeof answerWords)[number]

/** What can be said of a question about the present situation. Never asked has no row. */
export const situationWords = ['yes', 'no', 'unknown'] as const
export type SituationWord = (typeof situationWords)[number]

/** Whose word an answer may rest on; the names are those of the fact catalogue. */
export const evidenceSources = [
  'self',
  'partner',
  'police',
  'court',
  'social-services',
  'probation',
  'health',
  'other-agency',
  'record',
  'observation',
] as const
export type EvidenceSource = (typeof evidenceSources)[number]

/** What came of asking whether another tool has a result. That it has one is recorded as the result itself; nobody asked has no row. */
export const inquiryAnswers = ['none', 'not-known'] as const
export type InquiryAnswer = (typeof inquiryAnswers)[number]
