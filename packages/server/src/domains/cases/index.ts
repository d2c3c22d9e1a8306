export {
  assertReadableCase,
  assertWorkableCase,
  casesInFull,
  isNotExcluded,
  readsInFull,
  unheardCases,
  visibleCases,
  type Case,
} from './access.ts'
export { caseById, caseInFull, casesOfParticipant, isReadInFull, openCase, type Assignment } from './case.ts'
export { moveCase } from './move-case.ts'
export { aboutTask, takeBackEnding } from './after-ending.ts'
export { acknowledgeEnding, followHeardEnding, type AcknowledgedEnding, type HeardFollower } from './acknowledge-ending.ts'
export { goOnWithoutPartnerService, type GoingOn } from './go-on-without-partner-service.ts'
export { assertPartnerServiceHeard, PartnerServiceFirst } from './partner-service-first.ts'
export { endingById, endingsOfCase, isHeard, type Ending, type PartnerServiceStep } from './ending.ts'
export { EndingRef } from './ending-graphql.ts'
export { assignWorker, type NewAssignment } from './assign-worker.ts'
export { unassignWorker, type EndedAssignment } from './unassign-worker.ts'
export { excludeWorker, type NewExclusion } from './exclude-worker.ts'
export { registerAfterExclusion, type AfterExclusion } from './after-exclusion.ts'
export { notExcludedFrom } from './not-excluded.ts'
export { addToTimeline, type NewCaseEvent } from './timeline.ts'
export { caseStatuses, type CaseStatus } from './states.ts'
export { assignableRoles, caseOpeners, caseWorkers, type AssignableRole } from './roles.ts'
export { CaseRef, CaseStatusEnum } from './graphql.ts'
export { caseEndings, caseExclusions, cases } from './tables.ts'
export { closeCase, type ClosedCase } from './close-case.ts'
import './exclusion-fields.ts'
import './list-cases.ts'
import './worker-fields.ts'
import './role-loss.ts'
