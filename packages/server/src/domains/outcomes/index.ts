export {
  recordOutcomes,
  correctOutcomes,
  MeasureFromPartner,
  type CorrectedOutcomes,
  type NewMeasure,
  type NewOutcomes,
} from './record-outcomes.ts'
export { decideCompletion } from './decide-completion.ts'
export { confirmCompletion, declineCompletion, type SettledCompletion } from './settle-completion.ts'
export { undoCompletion, type UndoneCompletion } from './undo-completion.ts'
export { currentCompletion, type Completion } from './completion.ts'
export { outcomeReviewsOfCase, type OutcomeMeasure, type OutcomeReview } from './outcome-review.ts'
export { outcomeFactSupplier } from './facts.ts'
export { CompletionRef, OutcomeReviewRef } from './graphql.ts'
export { completions, outcomeMeasures, outcomeReviews } from './tables.ts'
import './after-register.ts'
import './after-telling.ts'
