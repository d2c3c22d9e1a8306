import { builder } from '../../platform/builder.ts'
import { removalStatuses, removalStatusWords, type RemovalStatus } from './states.ts'
import {
  consequences,
  consequenceTypes,
  entryOutcomes,
  entryOutcomeWords,
  standingIds,
  standings,
  type ConsequenceType,
  type EntryOutcome,
  type Standing,
} from './words.ts'

const values = <Id extends string>(ids: readonly Id[], describe: (id: Id) => string) =>
  Object.fromEntries(ids.map((id) => [id.toUpperCase().replaceAll('-', '_'), { value: id, description: describe(id) }])) as Record<
    string,
    { value: Id; description: string }
  >

export const EntryOutcomeEnum = builder.enumType('AttendanceOutcome', {
  description: 'What happened to one person at a session that was held.',
  values: values<EntryOutcome>(entryOutcomes, (id) => entryOutcomeWords[id]),
})

export const RegisterOutcomeEnum = builder.enumType('RegisterOutcome', {
  description: 'What happened to one person at a session, held or not.',
  values: {
    ...values<EntryOutcome | 'not-held'>(entryOutcomes, (id) => entryOutcomeWords[id as EntryOutcome]),
    NOT_HELD: { value: 'not-held' as EntryOutcome | 'not-held', description: 'The session was not held: it counts for nobody.' },
  },
})

export const ConsequenceTypeEnum = builder.enumType('AttendanceConsequenceType', {
  description: 'What can follow from a register.',
  values: values<ConsequenceType>(consequenceTypes, (id) => consequences[id].description),
})

export const StandingEnum = builder.enumType('AttendanceStanding', {
  description: 'Where a place stands by the rules of the day it began.',
  values: values<Standing>(standingIds, (id) => standings[id]),
})

export const RemovalStatusEnum = builder.enumType('RemovalStatus', {
  description: 'Where a removal stands. The rules propose, a named person decides.',
  values: values<RemovalStatus>(removalStatuses, (id) => removalStatusWords[id]),
})
