import { readFileSync } from 'node:fs'
import { type RuleSet } from '../../src/index.ts'
import { load } from '../../src/load.ts'

/** The documents that come with the package. */
export const shippedIds = ['core', 'cdars-phoenix', 'step-by-step'] as const
export type ShippedId = (typeof shippedIds)[number]

export const shippedText = (id: ShippedId): string => readFileSync(new URL(`../../rule-sets/${id}.json`, import.meta.url), 'utf8')

const loaded = new Map<ShippedId, RuleSet>()

export function shippedRuleSet(id: ShippedId): RuleSet {
  const known = loaded.get(id)
  if (known) return known
  const result = load(shippedText(id), [shippedText('core')])
  if (!result.ok) throw new Error(`${id}: ${JSON.stringify(result.issues, null, 1)}`)
  loaded.set(id, result.ruleSet)
  return result.ruleSet
}
