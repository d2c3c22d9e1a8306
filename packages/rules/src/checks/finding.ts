import type { RuleId } from '../kinds/rule.ts'
import type { Issue } from '../issue.ts'
import type { Day, Facts, FactValue } from '../language/facts.ts'
import type { KindId } from '../rule-set/document.ts'

/** `note`: nothing is wrong; a parameter is set so that something rests, or a search was given up. */
export type Severity = 'error' | 'warning' | 'note'

/** One thing a rule set does that nobody can have meant, with what shows it. `at` leads into the resolved document. */
export type Finding = Omit<Issue, 'severity' | 'code'> & {
  severity: Severity
  code: string
  witness: Witness
  /** Parameters whose value brings it about; with other values within their bounds it would not be so. */
  parameters?: readonly string[]
}

export type RuleRef = { kind: KindId; rule: RuleId }

/** What shows that a finding is true: as data, and as a sentence without what a person's file says. */
export type Witness = { inWords: string } & (
  | { is: 'values'; fact: string; values: readonly FactValue[] }
  /** JSON pointers of conditions that cannot all hold. None can be left out. */
  | { is: 'conditions'; at: readonly string[] }
  | { is: 'rules'; rules: readonly RuleRef[] }
  | { is: 'facts'; asOf: Day; facts: Facts }
  /** Two forms that differ in one answer, and what each comes to. */
  | { is: 'forms'; asOf: Day; factor: string; better: SeenForm; worse: SeenForm }
  /** Totals of a complete form next to a band that none of them reaches. */
  | { is: 'totals'; below: number | null; above: number | null; of: number }
  | { is: 'text'; text: string }
  | { is: 'tried'; steps: number }
)

export type SeenForm = { facts: Facts; band: { atLeast: string; atMost: string } }

/** What a check says of one place. Code and severity are the check's own, unless it says less than that. */
export type Report = (found: Omit<Finding, 'code' | 'severity'> & { severity?: 'note' }) => void
