import type { Day, DecisionInput } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'
import type { DocumentRef, RuleSet } from '../rule-set/rule-set.ts'

/**
 * What every result here begins with. **Not for the eyes of the person it is about**, nor for reports, feedback to referrers,
 * court papers or answers to subject-access requests: it says which answers would tip the outcome.
 */
export type ForStaffOnly = {
  audience: 'staff-only'
  ruleSet: DocumentRef
  kind: KindId
  asOf: Day
}

export const headOf = ({ id, version }: RuleSet, kind: KindId, { asOf }: DecisionInput): ForStaffOnly => ({
  audience: 'staff-only',
  ruleSet: { id, version },
  kind,
  asOf,
})
