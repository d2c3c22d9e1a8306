/** What a change would do: the difference between two rule sets, and past cases tried under both. */
export { type Change, type ChangeClass, changeClasses, diff, type Difference } from '../diff/index.ts'
export { casesFromCsv, casesFromNdjson, type ReadCases } from './read-cases.ts'
export type { CaseIssue, PastCase } from './case.ts'
export { type Move, moves } from './move.ts'
export type { Reason } from './reasons.ts'
export { effectInWords, resultInWords } from './sentences.ts'
export { type KindResult, type MovedCase, simulate, type SimulateOptions, type Simulation, type Swap } from './simulate.ts'
export { directions } from './standing.ts'
