export {
  readPlaces,
  visibleGroups,
  visiblePlaces,
  visibleSessions,
  assertLeads,
  lockGroup,
  notePlaceRead,
  type Group,
  type Place,
  type Session,
} from './access.ts'
export { latestBegunPlace, lockPlace, membersOn, openPlaceOfCase, placeById, placesOfCase, placesOfGroup } from './place.ts'
export { caseOfSession, lockSession, oneToOnesOfPlace, sessionById, sessionsOfGroup, type LockedSession } from './session.ts'
export { assertMayRecord, settleSession, TooFewFacilitators, type SettledSession } from './settle-session.ts'
export { endPlace, type EndedPlace } from './end-place.ts'
export { reopenPlace, type Reopened, type ReopenedPlace } from './reopen-place.ts'
export { facilitatorsOf } from './assignments.ts'
export { programmeFactSupplier } from './facts.ts'
export { templateOf, type Template, type Theme } from './template.ts'
export { groups, places, programmes, sessions } from './tables.ts'
