import { enumOf } from '../../platform/enum-of.ts'
import { removalStatusWords, type RemovalStatus } from './states.ts'
import { consequences, entryOutcomeWords, standings, type ConsequenceType, type EntryOutcome, type Standing } from './words.ts'

export const EntryOutcomeEnum = enumOf<EntryOutcome>(
  'AttendanceOutcome',
  'What happened to one person at a session that was held.',
  entryOutcomeWords,
)

export const RegisterOutcomeEnum = enumOf<EntryOutcome | 'not-held'>(
  'RegisterOutcome',
  'What happened to one person at a session, held or not.',
  {
    ...entryOutcomeWords,
    'not-held': 'The session was not held: it counts for nobody.',
  },
)

export const ConsequenceTypeEnum = enumOf<ConsequenceType>('AttendanceConsequenceType', 'What can follow from a register.', consequences)

export const StandingEnum = enumOf<Standing>('AttendanceStanding', 'Where a place stands by the rules of the day it began.', standings)

export const RemovalStatusEnum = enumOf<RemovalStatus>(
  'RemovalStatus',
  'Where a removal stands. The rules propose, a named person decides.',
  removalStatusWords,
)
