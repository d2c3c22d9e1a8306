/**
 * Reading rule sets: the strict loader, and what the form of a document is.
 * Larger than deciding, because everything that somebody may write wrongly has its message here.
 */
export { load, type LoadResult } from './rule-set/load.ts'
export { defineRuleSet, RuleSetRefused } from './rule-set/define.ts'
export type { FactsOf } from './rule-set/facts-of.ts'
export { parseJson, type ParsedJson } from './rule-set/json-text.ts'
export type { Place } from './rule-set/places.ts'
export { kinds } from './kinds/index.ts'
