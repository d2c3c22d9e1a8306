export { startAssessment, AssessmentAlreadyOpen, type NewAssessment } from './start-assessment.ts'
export { answerFactors, type NewAnswer } from './answer-factors.ts'
export { answerSituation, type NewSituationAnswer } from './answer-situation.ts'
export { signAssessment } from './sign-assessment.ts'
export { concernsOf, raiseConcerns, type ExpectedConcern } from './concerns.ts'
export { FactorsUnanswered, RestsOnSelfReportOnly } from './sign-refusals.ts'
export { RestsOnPartnerOnly } from './partner-only.ts'
export { raiseBand, AssessmentNotInForce, JudgementOnlyRaises, type Raise } from './raise-band.ts'
export { recordOutsideResult, OutsideResultFromPartner, type NewOutsideResult } from './record-outside-result.ts'
export { scoreQuestionnaire, AnswersNotUsable, type Questionnaire } from './score-questionnaire.ts'
export { recordOutsideInquiry, type NewOutsideInquiry } from './record-outside-inquiry.ts'
export { discardAssessment } from './discard-assessment.ts'
export {
  AssessmentNotDraft,
  assessmentById,
  isSigned,
  latestAssessment,
  latestSigned,
  readableAssessment,
  type Assessment,
  type SignedAssessment,
} from './assessment.ts'
export { formOf, type Band, type Factor, type Form, type SituationQuestion } from './form.ts'
export { assessmentFactSupplier } from './facts.ts'
export { AssessmentRef } from './graphql.ts'
export { BandRef, RiskResultRef } from './result-graphql.ts'
export {
  assessmentKinds,
  answerWords,
  evidenceSources,
  situationWords,
  type AnswerWord,
  type AssessmentKind,
  type EvidenceSource,
  type SituationWord,
} from './words.ts'
export { assessments } from './tables.ts'
import './on-case.ts'
import './scoring-graphql.ts'
import './preview-assessment.ts'
