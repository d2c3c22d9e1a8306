/**
 * **For staff only.** What would tip an outcome: what stands in the way of another one, which rules nearly held,
 * the smallest changes, the questions that would settle it.
 *
 * Not for the eyes of the person it is about, who could be coached by it, and so not for reports, feedback to referrers,
 * court papers or answers to subject-access requests: ask for a permission of its own, and do not store it beside the decision.
 */
export { whyNot, type RuleInTheWay, type WhyNot } from './why-not.ts'
export { nearlyFired, type NearlyFired, type NearRule } from './nearly-fired.ts'
export {
  MOST_CHANGES,
  smallestChange,
  type AnswerChange,
  type Change,
  type ChangeOptions,
  type SmallestChanges,
} from './smallest-change.ts'
export { settlingQuestions, type SettlingQuestions } from './settling-questions.ts'
export { ANY_OTHER_TEXT } from '../language/values.ts'
export type { ForStaffOnly } from './head.ts'
export type { InstrumentPart } from './instrument-parts.ts'
export { counterfactualsInEnglish, type CounterfactualMessages } from './messages.ts'
