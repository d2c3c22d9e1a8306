export {
  assertLeads,
  groupReaders,
  leaders,
  lockGroup,
  notePlaceRead,
  readPlaces,
  visibleGroups,
  visiblePlaces,
  visibleSessions,
  type Group,
  type Place,
  type Session,
} from './access.ts'
export { publishProgramme, ProgrammeRefused, type NewProgramme } from './publish-programme.ts'
export { publishShippedProgrammes, shippedProgrammes } from './publish-shipped-programmes.ts'
export { retireProgramme, type RetiredProgramme } from './retire-programme.ts'
export { assertProgramme, programmeById, type Programme } from './programme.ts'
export { templateOf, warningsOf, type Template, type Theme } from './template.ts'
export { createGroup, type NewGroup } from './create-group.ts'
export { changeGroup, type ChangedGroup } from './change-group.ts'
export { startGroup, NoPartnerService, type StartedGroup } from './start-group.ts'
export { endGroup, GroupNotFinished, type EndedGroup } from './end-group.ts'
export { planSessions, type FurtherSessions } from './plan-sessions.ts'
export { moveSession, type MovedSession } from './move-session.ts'
export { planOneToOnes, type NewOneToOnes } from './plan-one-to-ones.ts'
export { addFacilitator, type NewFacilitator } from './add-facilitator.ts'
export { removeFacilitator, type RemovedFacilitator } from './remove-facilitator.ts'
export { facilitatorsOf } from './assignments.ts'
export { groupById } from './group.ts'
export { CaseHasPlace, givePlace, GroupFull, waitForPlace, type NewPlace, type NewWait } from './give-place.ts'
export { openPlace, type OpenedPlace } from './open-place.ts'
export { movePlace, type MovedPlace } from './move-place.ts'
export { changePriority, leaveWaitingList, type ChangedPriority, type EndedWait } from './leave-waiting-list.ts'
export { endPlace, type EndedPlace } from './end-place.ts'
export { followEndedPlaces, type EndedPlaceFollower } from './ended-places.ts'
export { endPlaceByHand, type PlaceEndedByHand } from './end-place-field.ts'
export { reopenPlace, type Reopened, type ReopenedPlace } from './reopen-place.ts'
export { latestBegunPlace, lockPlace, membersOn, openPlaceOfCase, placeById, placesOfCase, placesOfGroup } from './place.ts'
export { caseOfSession, lockSession, oneToOnesOfPlace, sessionById, sessionsOfGroup, type LockedSession } from './session.ts'
export { assertMayRecord, settleSession, TooFewFacilitators, type SettledSession } from './settle-session.ts'
export { groupStatuses, type OneToOneReason } from './states.ts'
export { programmeFactSupplier } from './facts.ts'
export { GroupRef } from './group-graphql.ts'
export { PlaceRef } from './place-graphql.ts'
export { recorders, SessionRef } from './session-graphql.ts'
export { groups, placeChanges, places, programmes, sessions } from './tables.ts'
import './list-groups.ts'
import './on-case.ts'
import './place-fields.ts'
