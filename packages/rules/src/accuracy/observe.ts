import type { PastCase } from '../bulk/case.ts'
import { decide, type RuleSet } from '../rule-set/rule-set.ts'
import type { Observation } from './observation.ts'

/**
 * `withoutRisk`: cases of which no risk decision is stored. `withoutCase`: outcomes of cases that were not given.
 * `withoutOutcome`: cases with a risk decision of which nobody wrote down what was seen. They are in no figure, and may differ from those that are.
 */
export type Observed = { observations: Observation[]; withoutRisk: string[]; withoutCase: string[]; withoutOutcome: string[] }

/** Puts each past case's risk, decided by this rule set on the facts stored then, beside what was seen afterwards. */
export function observe(ruleSet: RuleSet, cases: readonly PastCase[], happened: ReadonlyMap<string, boolean | null>): Observed {
  const observations: Observation[] = []
  const withoutRisk: string[] = []
  const withoutOutcome: string[] = []
  const met = new Set<string>()
  for (const { id, asked } of cases) {
    const after = happened.get(id)
    met.add(id)
    if (after === undefined) {
      if (asked.risk) withoutOutcome.push(id)
      continue
    }
    if (!asked.risk) {
      withoutRisk.push(id)
      continue
    }
    const { score, band } = decide(ruleSet, 'risk', asked.risk)
    observations.push({ score, band, happened: after })
  }
  return { observations, withoutRisk, withoutCase: [...happened.keys()].filter((id) => !met.has(id)), withoutOutcome }
}
