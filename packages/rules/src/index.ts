/**
 * Rules for programmes that work with people who have abused a partner.
 * A rule set (JSON) and facts (JSON) give a decision with its reasons. Pure and synchronous; the clock is always an argument.
 * A rule set is read with `load` from `@plumbline/rules/load`.
 */
export { decide, type Decider, type DocumentRef, type RuleSet } from './rule-set/rule-set.ts'
export { english, explain, type Explanation, type Messages, pluralIn, type PluralForms } from './explain/index.ts'
export { hashOf } from './rule-set/hash.ts'
export { canonicalJson } from './rule-set/canonical-json.ts'
export { inForceOn } from './rule-set/in-force.ts'
export { runExamples, untried, type ExampleResult, type Untried } from './rule-set/examples.ts'
export { kindIds } from './rule-set/document.ts'
export type { Document, Example, KindId, ParameterDefinition, ParameterSetting, ResolvedDocument } from './rule-set/document.ts'

export { byNumber } from './kinds/rule.ts'
export type * from './kinds/index.ts'

export { addDays, addMonths, daysBetween, isDay, isRecent, yearsBetween } from './language/civil-day.ts'
export { didYouMean } from './language/did-you-mean.ts'
export { operators } from './language/operators.ts'
export type {
  ComparisonTrace,
  Condition,
  ConditionTrace,
  Day,
  DecisionInput,
  FactDefinition,
  Facts,
  FactValue,
  TruthWord,
  ValueType,
} from './language/index.ts'
export type { Issue } from './issue.ts'
