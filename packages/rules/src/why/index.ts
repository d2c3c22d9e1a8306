/** Why a decision came out as it did, beyond its reasons: what alone forces it, and what is still possible. */
export { sufficientReason, type GivenAnswer, type ReasonOptions, type SufficientReason } from './sufficient-reason.ts'
export { range, type Range } from './range.ts'
export { outcomesOf } from './outcomes-of.ts'
export type { AnswerRef } from '../answers/answer.ts'
export { whyInEnglish, type WhyMessages } from './messages.ts'
