import type { Issue } from '../issue.ts'
import type { Outcomes } from '../kinds/index.ts'
import type { RuleTrace } from '../kinds/kind.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { tellAttendance } from './attendance.ts'
import { tellCompletion } from './completion.ts'
import { tellEligibility } from './eligibility.ts'
import { tellRisk } from './risk.ts'
import { tellSafeguarding } from './safeguarding.ts'
import { sentence } from './words.ts'

/** What a kind's decision says, in the order a reader wants it. Empty parts are dropped, capitals and full stops added. */
export type Teller<Id extends KindId> = (decision: Outcomes[Id], rules: readonly RuleTrace[], ruleSet: RuleSet) => string[]

const tellers: { readonly [Id in KindId]: Teller<Id> } = {
  risk: tellRisk,
  eligibility: tellEligibility,
  safeguarding: tellSafeguarding,
  attendance: tellAttendance,
  completion: tellCompletion,
}

export function sentencesOf<Id extends KindId>(
  ruleSet: RuleSet,
  kind: Id,
  decision: Outcomes[Id],
  rules: readonly RuleTrace[],
  problems: readonly Issue[],
): string[] {
  const unread = problems.map(({ at, message }) => `Not used, ${at.replace(/^\/facts\//, '')}: ${message}`)
  return [...tellers[kind](decision, rules, ruleSet), ...unread].filter((part) => part !== '').map(sentence)
}
