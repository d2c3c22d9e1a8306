import type { Condition } from '../language/condition.ts'
import type { Day, FactDefinition, Facts, FactValue, ValueType } from '../language/facts.ts'
import type { Rule, RuleId } from '../kinds/rule.ts'
import type { Instrument } from '../kinds/risk/instrument.ts'
import type { Scale, ScaleId } from './scale.ts'

/** In the order they are decided: risk first, the others may read `risk.atLeast` and `risk.atMost`. */
export const kindIds = ['risk', 'eligibility', 'safeguarding', 'attendance', 'pathway', 'completion'] as const
export type KindId = (typeof kindIds)[number]

export type ParameterValue = Exclude<FactValue, null>

/** A named number, flag or list a provider may tune. Defined once, in the document that introduces it. */
export type ParameterDefinition = ValueType & { number: number; label: string; source: string; value: ParameterValue }

/** In a document that extends another: a plain value, or a value with bounds that may only tighten. */
export type ParameterSetting = ParameterValue | { value: ParameterValue; minimum?: number; maximum?: number; choices?: readonly string[] }

export type Example = {
  kind: KindId
  asOf: Day
  facts: Facts
  /** Partial: what is named must be equal; what is not named may be anything. */
  expect: Readonly<Record<string, unknown>>
}

export type Removable = KindId | 'conditions'

/** A rule set as it is written: JSON, everything keyed by id. */
export type Document = {
  $schema?: string
  id: string
  version: string
  title: string
  effectiveFrom: Day
  extends?: { id: string; version: string }
  /** Statements printed with every result, by id. `not-validated` is locked in core. */
  statements?: Readonly<Record<string, string>>
  facts?: Readonly<Record<string, FactDefinition>>
  parameters?: Readonly<Record<string, ParameterDefinition | ParameterSetting>>
  instrument?: Instrument
  /** How outside questionnaires are scored. No rule looks at one; `scoreScale` does. */
  scales?: Readonly<Record<ScaleId, Scale>>
  conditions?: Readonly<Record<string, Condition>>
  remove?: Partial<Readonly<Record<Removable, Readonly<Record<string, string>>>>>
  /** What no document that extends this one may remove, replace or weaken: by kind, the rule ids; and parameters, statements. */
  locked?: Partial<Readonly<Record<KindId | 'parameters' | 'statements' | 'instrument', readonly string[]>>>
  examples?: Readonly<Record<string, Example>>
} & Partial<Readonly<Record<KindId, Readonly<Record<RuleId, Rule>>>>>

/** A document with its parents folded in: no `extends`, no `remove`, every parameter a definition, no examples. What is hashed. */
export type ResolvedDocument = {
  id: string
  version: string
  title: string
  effectiveFrom: Day
  statements: Readonly<Record<string, string>>
  facts: Readonly<Record<string, FactDefinition>>
  parameters: Readonly<Record<string, ParameterDefinition>>
  instrument?: Instrument
  scales: Readonly<Record<ScaleId, Scale>>
  conditions: Readonly<Record<string, Condition>>
  locked: Document['locked'] & {}
} & Readonly<Record<KindId, Readonly<Record<RuleId, Rule>>>>
