/** For evaluators: how well past results went with what was seen afterwards. About a sample of cases, never about a person. */
export { type Accuracy, accuracyOf, type AccuracyQuestion } from './accuracy.ts'
export { areaUnderCurve, type AreaUnderCurve } from './area-under-curve.ts'
export { type BandFinding, type OutOfOrder, type ThresholdFinding } from './bands.ts'
export type { Observation } from './observation.ts'
export { observe, type Observed } from './observe.ts'
export { outcomesFromCsv, type ReadOutcomes } from './outcomes.ts'
export { type Interval, proportion, type Proportion } from './proportion.ts'
export { accuracyInWords } from './sentences.ts'
