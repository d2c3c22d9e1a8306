import type { Issue } from '../issue.ts'
import type { Outcomes } from '../kinds/index.ts'
import type { RuleTrace } from '../kinds/kind.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { tellAttendance } from './attendance.ts'
import { tellCompletion } from './completion.ts'
import { tellEligibility } from './eligibility.ts'
import type { Messages } from './messages/index.ts'
import { tellPathway } from './pathway.ts'
import { tellRisk } from './risk.ts'
import { tellSafeguarding } from './safeguarding.ts'

/** What a kind's decision says, in the order a reader wants it. Empty parts are dropped, capitals and full stops added. */
export type Teller<Id extends KindId> = (told: Told<Id>) => string[]

/** `isHidden`: facts of which whoever reads may not see the value. */
export type Told<Id extends KindId> = {
  decision: Outcomes[Id]
  rules: readonly RuleTrace[]
  ruleSet: RuleSet
  messages: Messages
  isHidden: (fact: string) => boolean
}

const tellers: { readonly [Id in KindId]: Teller<Id> } = {
  risk: tellRisk,
  eligibility: tellEligibility,
  safeguarding: tellSafeguarding,
  attendance: tellAttendance,
  pathway: tellPathway,
  completion: tellCompletion,
}

export function sentencesOf<Id extends KindId>(kind: Id, told: Told<Id>, problems: readonly Issue[]): string[] {
  const { messages } = told
  const unread = problems.map(({ at, code, message }) => messages.notUsed({ fact: at.replace(/^\/facts\//, ''), code, message }))
  return [...tellers[kind](told), ...unread].filter((part) => part !== '').map((text) => messages.words.sentence({ text }))
}
