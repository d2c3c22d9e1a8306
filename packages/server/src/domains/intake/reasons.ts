import { explain, type ConditionTrace, type ComparisonTrace, type Day, type EligibilityOutcome, type Facts } from '@plumbline/rules'
import { canonicalJson } from '@plumbline/rules'
import type { LoadedRuleSet } from '../rule-sets/index.ts'

/** One rule behind an outcome, in the order of the rule set. */
export type EligibilityReason = {
  rule: string
  label: string
  source: string
  effect: 'refuses' | 'asks-for-a-person' | 'undecided'
  /** For the record, in the words of the rule. */
  reason: string
  route: string | null
  /** No provider can undo it. */
  isLocked: boolean
  comparisons: EligibilityComparison[]
}
/** What one condition saw and what it needed; values as text, null when unknown. */
export type EligibilityComparison = { fact: string; label: string; operator: string; seen: string | null; needed: string | null }

/** An unknown fact that would decide, and how to ask for it. */
export type NeededFact = { fact: string; label: string; question: string }

/** Every rule that refuses, asks for a person or is undecided, with what it saw. */
export function reasonsFor(
  { ruleSet }: LoadedRuleSet,
  outcome: EligibilityOutcome,
  input: { asOf: Day; facts: Facts },
): EligibilityReason[] {
  const effectOf = (rule: string) =>
    outcome.refusedBy.includes(rule)
      ? ('refuses' as const)
      : outcome.reviewBy.includes(rule)
        ? ('asks-for-a-person' as const)
        : outcome.undecided.includes(rule)
          ? ('undecided' as const)
          : null
  return explain(ruleSet, 'eligibility', input).rules.flatMap((trace) => {
    const effect = effectOf(trace.rule)
    if (!effect) return []
    const { reason, route, locked } = trace.event.params
    return [
      {
        rule: trace.rule,
        label: trace.label,
        source: trace.source,
        effect,
        reason: String(reason),
        route: typeof route === 'string' ? route : null,
        isLocked: locked === true,
        comparisons: comparisonsIn(trace.conditions).map(asText),
      },
    ]
  })
}

function comparisonsIn(trace: ConditionTrace): ComparisonTrace[] {
  if ('fact' in trace) return [trace]
  if ('is' in trace) return comparisonsIn(trace.is)
  if ('not' in trace) return comparisonsIn(trace.not)
  return ('all' in trace ? trace.all : 'any' in trace ? trace.any : trace.of).flatMap(comparisonsIn)
}

const asText = ({ fact, label, operator, seen, needed }: ComparisonTrace): EligibilityComparison => ({
  fact,
  label,
  operator,
  seen: shown(seen),
  needed: shown(needed),
})
const shown = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : canonicalJson(value)

export function neededFacts({ ruleSet }: LoadedRuleSet, outcome: EligibilityOutcome): NeededFact[] {
  return outcome.needs.map((fact) => {
    const definition = ruleSet.document.facts[fact]
    return { fact, label: definition?.label ?? fact, question: definition?.question ?? '' }
  })
}
