import type { Condition } from '../language/condition.ts'

/** One rule as a provider writes it: data with a source. */
export type Rule = {
  /** Order in results and documents, from 1; unique within the kind. */
  number: number
  /** In plain words, for reasons and reports. */
  label: string
  source: string
  conditions: Condition
  event: { type: string; params?: Readonly<Record<string, unknown>> }
  /** Replaces the parent's rule of the same id, whole. */
  replaces?: true
}

export type RuleId = string

/** Entries in the order of their `number`. Order never comes from where something was written. */
export function byNumber<Numbered extends { number: number }>(record: Readonly<Record<string, Numbered>>): [string, Numbered][] {
  return Object.entries(record).sort(([, one], [, other]) => one.number - other.number)
}
