import fc from 'fast-check'
import type { DecisionInput, KindId } from '../../src/index.ts'
import { kindIds } from '../../src/index.ts'
import * as main from '../../src/index.ts'
import * as bulk from '../../src/bulk/index.ts'
import * as loading from '../../src/load.ts'
import { inputFor, riskFormFor } from '../../src/testing/index.ts'
import { shippedIds, shippedRuleSet, shippedText } from '../support/shipped.ts'

/** What every runtime is given: as JSON, so that it is the same everywhere. */
export type Material = {
  texts: Record<string, string>
  draft: string
  cases: { id: string; ruleSet: string; kind: KindId; input: DecisionInput }[]
}

export type Outcomes = { decided: number; bytes: number; sum: string; moved: string[] }
type Shared = {
  outcomesOf(rules: object, material: Material): Outcomes
  hashesOf(rules: object, material: Material): Promise<Record<string, string>>
}

/** The same file that the other runtimes get. */
export const { outcomesOf, hashesOf } = (await import(new URL('same-bytes.mjs', import.meta.url).href)) as Shared

/** About a thousand cases, each decided, explained and tried under a draft: every kind, every shipped rule set, much of it unknown. */
export function material(each = 32): Material {
  const cases = shippedIds.flatMap((ruleSet) =>
    kindIds.flatMap((kind) => {
      const inputs = fc.sample(inputFor(shippedRuleSet(ruleSet), { kind, known: 'some' }), { numRuns: each, seed: 20_260_501 })
      const complete = fc.sample(inputFor(shippedRuleSet(ruleSet), { kind }), { numRuns: each, seed: 7 })
      const forms = fc.sample(riskFormFor(shippedRuleSet(ruleSet), { known: 'some' }), { numRuns: kind === 'risk' ? each : 0, seed: 11 })
      const all = [...inputs, ...complete, ...forms.map((facts) => ({ asOf: '2026-05-01', facts }))]
      return all.map((input, index) => ({ id: `${ruleSet} ${kind} ${index}`, ruleSet, kind, input }))
    }),
  )
  const draft = JSON.parse(shippedText('core')) as { instrument: { bands: { high: { from: number } } }; examples?: unknown }
  draft.instrument.bands.high.from = 40
  delete draft.examples
  return JSON.parse(
    JSON.stringify({ texts: Object.fromEntries(shippedIds.map((id) => [id, shippedText(id)])), draft: JSON.stringify(draft), cases }),
  ) as Material
}

/** From the source itself, in the Node that runs the tests. */
export const here = (given: Material): Outcomes => outcomesOf({ ...main, ...loading, ...bulk }, given)
export const hashesHere = (given: Material): Promise<Record<string, string>> => hashesOf({ ...main, ...loading, ...bulk }, given)
