/**
 * Scores of outside questionnaires, from scales that a rule set keeps as data: how many answers may be missing, what is computed,
 * where the cut-off lies and from when on a change is one. Never a question's text.
 */
export { type Filling, fillingsFromCsv, fillingsFromJson, type ReadFillings } from './filling.ts'
export { type Comparable, reliableChange, type ReliableChange } from './reliable-change.ts'
export { reliableChanges, scoreFillings, type ScoredFilling } from './score-fillings.ts'
export { scoresOf, scoreScale, type ScaleResult, type Scored, type ScoreOutcome } from './score-scale.ts'
export type { AnsweredItem, Item, ItemAnswer, ScaleAnswers } from './read-answers.ts'
export type { Fraction } from './fraction.ts'
export { reachOf } from '../rule-set/scale.ts'
export type { Formula, Scale, ScaleBandId, ScaleId, ScaleScore, ScoreId, Subscale, SubscaleId } from '../rule-set/scale.ts'
