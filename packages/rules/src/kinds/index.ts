import { attendance, type AttendanceOutcome } from './attendance/index.ts'
import { completion, type CompletionOutcome } from './completion/index.ts'
import { eligibility, type EligibilityOutcome } from './eligibility/index.ts'
import type { Kind } from './kind.ts'
import { pathway, type PathwayOutcome } from './pathway/index.ts'
import { risk, type RiskOutcome } from './risk/index.ts'
import { safeguarding, type SafeguardingOutcome } from './safeguarding/index.ts'
import type { KindId } from '../rule-set/document.ts'

/** What each kind of rule answers with. */
export type Outcomes = {
  risk: RiskOutcome
  eligibility: EligibilityOutcome
  safeguarding: SafeguardingOutcome
  attendance: AttendanceOutcome
  pathway: PathwayOutcome
  completion: CompletionOutcome
}

/** Every kind, in the order they are decided: risk first, so that the others may read its band. */
export const kinds = { risk, eligibility, safeguarding, attendance, pathway, completion } as const

/** Whatever it compiles to and answers with. */
export const kindOf = (id: KindId): Kind<unknown, unknown> => kinds[id]

export type { AttendanceOutcome, Consequence } from './attendance/index.ts'
export type { AttendanceCounts, SessionOutcome } from './attendance/register.ts'
export type { CompletionOutcome, YesNo } from './completion/index.ts'
export type { Measure, MeasureCounts } from './completion/measures.ts'
export type { EligibilityOutcome } from './eligibility/index.ts'
export type { OneToOneReason, Proposed, ProposedWhat } from './pathway/events.ts'
export type { PathwayOutcome, Proposal } from './pathway/index.ts'
export type { Contribution, Floor, Pattern, RiskOutcome, RiskStatus, Score } from './risk/index.ts'
export type { BandId, Factor, FactorId, Instrument } from './risk/instrument.ts'
export type { Level, SafeguardingOutcome, Trigger } from './safeguarding/index.ts'
export type { Duration, EventDefinition, EventParameter, Kind, RuleTrace } from './kind.ts'
export { byNumber, type Rule, type RuleId } from './rule.ts'
