/**
 * Going to and coming from json-rules-engine: import, export, a ready `Engine`, and its second opinion.
 * json-rules-engine is an optional peer of this package; only `engineFor` and `secondOpinion` load it.
 */
export { engineFor, type ReadyEngine } from './engine.ts'
export { exportRules, type Exported, type Precomputed } from './export.ts'
export { importRules, type Imported, type ImportOptions } from './import.ts'
export { secondOpinion, type SecondOpinion } from './second-opinion.ts'
export type { AlmanacLike, DynamicFact, ExportedRule, NestedCondition } from './engine-types.ts'
export type { RuleSetLike } from './rule-program.ts'
