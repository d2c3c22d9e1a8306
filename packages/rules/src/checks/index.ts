/**
 * What a rule set does that nobody can have meant: looked for before it is published, each finding with what shows it.
 * Pure and synchronous. What can be refused by looking at one place is refused by `load` already.
 */
import type { RuleSet } from '../rule-set/rule-set.ts'
import { alwaysFires } from './always-fires.ts'
import type { Check } from './check.ts'
import { contradictoryEligibility } from './contradictory-eligibility.ts'
import { duplicateRule } from './duplicate-rule.ts'
import type { Finding } from './finding.ts'
import { impossibleComparison } from './impossible-comparison.ts'
import { monotonyOf } from './monotony.ts'
import { neverFires } from './never-fires.ts'
import { notDecided } from './not-decided.ts'
import { notMonotone } from './not-monotone.ts'
import { partnersWord } from './partners-word.ts'
import { placeholderText } from './placeholder-text.ts'
import { shadowedRule } from './shadowed-rule.ts'
import { subjectOf } from './subject.ts'
import { trivialComparison } from './trivial-comparison.ts'
import { unreachableBand } from './unreachable-band.ts'

/** Every check, the gravest first. `not-decided` hears of all of them, and comes last. */
export const checks: readonly Check[] = [
  notMonotone,
  contradictoryEligibility,
  partnersWord,
  unreachableBand,
  neverFires,
  alwaysFires,
  impossibleComparison,
  trivialComparison,
  duplicateRule,
  shadowedRule,
  placeholderText,
  notDecided,
]

/** Every finding, errors first, then in the order of the checks. None says nothing is wrong that was looked for, and nothing more. */
export function checkRuleSet(ruleSet: RuleSet): Finding[] {
  const subject = subjectOf(ruleSet)
  const findings = checks.flatMap(({ code, severity, check }) => {
    const found: Finding[] = []
    check(subject, (each) => found.push({ code, ...each, severity: each.severity ?? severity }))
    return found
  })
  const weight = ({ severity }: Finding) => ['error', 'warning', 'note'].indexOf(severity)
  return findings.toSorted((one, other) => weight(one) - weight(other))
}

/** Whether a worse answer never lowers the band: proven for every form there is, disproved by one, or not decided. Null without an instrument. */
export function monotony(ruleSet: RuleSet): { is: 'proven' | 'disproved' | 'not-decided'; questions: number } | null {
  const found = monotonyOf(subjectOf(ruleSet))
  return found ? { is: found.is, questions: found.questions } : null
}

export { inText, type FindingInText } from './in-text.ts'
export { refusedByLoad } from './refused-by-load.ts'
export type { Check } from './check.ts'
export type { Finding, RuleRef, SeenForm, Severity, Witness } from './finding.ts'
