import { builder } from '../../platform/builder.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { globalId, type Uuid } from '../../platform/ids.ts'
import { ConcernMatterEnum, SafeguardingLevelEnum } from '../safeguarding/index.ts'
import type { RegisterOutcome } from './check-register.ts'
import { ConsequenceTypeEnum, EntryOutcomeEnum, RegisterOutcomeEnum, StandingEnum } from './enums.ts'
import { placeIdIn, staffIdIn } from './ids.ts'
import type { PersonResult } from './result.ts'

export type RegisterResult = { sessionId: Uuid; version: number; people: PersonResult[] }

const CountsRef = builder.objectRef<NonNullable<PersonResult['counts']>>('AttendanceCounts').implement({
  description: 'What the register of this run adds up to, by the provider’s parameters.',
  fields: (t) => ({
    held: t.exposeInt('held', { description: 'Sessions held since joining that count. One that was not held is none.' }),
    attended: t.exposeInt('attended', { description: 'There, late and left early included.' }),
    missed: t.exposeInt('missed', { description: 'Misses, as the parameters of the day the place began count them.' }),
    unrecorded: t.exposeInt('unrecorded', { description: 'Over, and not recorded; in none of the other counts.' }),
  }),
})

const FollowsRef = builder.objectRef<PersonResult['follows'][number]>('RegisterConsequence').implement({
  description: 'Something that follows anew from a register.',
  fields: (t) => ({
    type: t.expose('type', { type: ConsequenceTypeEnum, description: 'What follows.' }),
    description: t.exposeString('description', { description: 'The same in one line without personal data.' }),
    rules: t.exposeStringList('rules', { description: 'Ids of the rules it comes from; empty where no rule says it.' }),
    label: t.exposeString('label', { nullable: true, description: 'The rule in plain words; null where no rule of attendance says it.' }),
    sessionId: t.id({ description: 'Global id of the session it is about.', resolve: ({ sessionId }) => globalId('Session', sessionId) }),
    tell: t.exposeStringList('tell', { description: 'Whom the rules say to tell, the first first.' }),
    dueAt: t.expose('dueAt', { type: 'Instant', description: 'By when. A contact runs from the end of the session.' }),
    level: t.expose('level', {
      type: SafeguardingLevelEnum,
      nullable: true,
      description: 'Of a concern: how urgent; null for everything else.',
    }),
    what: t.expose('what', { type: [ConcernMatterEnum], description: 'Of a concern: what it is about; empty for everything else.' }),
  }),
})

const UndoneRef = builder.objectRef<PersonResult['undone'][number]>('UndoneConsequence').implement({
  description:
    'Something that stood and holds no more: its task is cancelled, a proposed or confirmed removal is taken back, whoever was told is told.',
  fields: (t) => ({
    type: t.expose('type', { type: ConsequenceTypeEnum, description: 'What it was.' }),
    description: t.exposeString('description', { description: 'The same in one line without personal data.' }),
    rules: t.exposeStringList('rules', { description: 'Ids of the rules it came from.' }),
    sessionId: t.id({ description: 'Global id of the session it was about.', resolve: ({ sessionId }) => globalId('Session', sessionId) }),
  }),
})

const PersonRef = builder.objectRef<PersonResult>('RegisterPerson').implement({
  description: 'What a register comes to for one person.',
  fields: (t) => ({
    placeId: t.id({ description: 'Global id of their place.', resolve: ({ placeId }) => globalId('Place', placeId) }),
    outcome: t.expose('outcome', { type: RegisterOutcomeEnum, description: 'What happened to them at this session.' }),
    standing: t.expose('standing', { type: StandingEnum, description: 'Where their place stands by the rules, this session included.' }),
    counts: t.expose('counts', {
      type: CountsRef,
      nullable: true,
      description: 'What their register adds up to; null while that cannot be counted.',
    }),
    follows: t.expose('follows', { type: [FollowsRef], description: 'What follows anew.' }),
    undone: t.expose('undone', { type: [UndoneRef], description: 'What stood and holds no more.' }),
  }),
})

export const RegisterResultRef = builder.objectRef<RegisterResult>('RegisterResult').implement({
  description: 'What a register comes to, for everybody it is about. Nothing here depends on whether a partner is known.',
  fields: (t) => ({
    sessionId: t.id({ description: 'Global id of the session.', resolve: ({ sessionId }) => globalId('Session', sessionId) }),
    version: t.exposeInt('version', { description: 'The session’s version: name it when recording or correcting.' }),
    people: t.expose('people', {
      type: [PersonRef],
      description: 'Everybody who belonged to the group on that day, by the day they joined.',
    }),
  }),
})

const EntryInput = builder.inputType('RegisterEntryInput', {
  description: 'What happened to one person.',
  fields: (t) => ({
    placeId: t.id({ required: true, description: 'Global id of their place.' }),
    outcome: t.field({ type: EntryOutcomeEnum, required: true, description: 'What happened.' }),
  }),
})

export const RegisterInput = builder.inputType('RegisterInput', {
  description: 'What happened at a session, for everybody who belonged to the group on that day; or why it was not held.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Global id of the session.' }),
    facilitatedBy: t.idList({ description: 'Global ids of those who led it; where it was held.' }),
    entries: t.field({ type: [EntryInput], description: 'One for everybody who belonged to the group on that day; where it was held.' }),
    notHeldBecause: t.field({ type: 'LongText', description: 'Why it was not held; instead of the two above.' }),
  }),
})

type Given = {
  facilitatedBy?: readonly string[] | null | undefined
  entries?: readonly { placeId: string; outcome: 'attended' | 'late' | 'left-early' | 'excused' | 'absent' }[] | null | undefined
  notHeldBecause?: string | null | undefined
}

/** @throws InvalidInput (fields `entries`, `facilitatedBy`, `notHeldBecause`) where it is neither held nor not held, or both */
export function outcomeIn({ facilitatedBy, entries, notHeldBecause }: Given): RegisterOutcome {
  if (notHeldBecause != null) {
    if (facilitatedBy || entries)
      throw new InvalidInput('notHeldBecause', 'a session was held or it was not', 'leave facilitatedBy and entries out, or this')
    return { notHeldBecause }
  }
  if (!entries)
    throw new InvalidInput('entries', 'say what happened to each person', 'or say in notHeldBecause why the session was not held')
  if (!facilitatedBy) throw new InvalidInput('facilitatedBy', 'say who led the session')
  if (entries.length > 200) throw new InvalidInput('entries', 'so many people are in no group')
  return {
    facilitatedBy: facilitatedBy.map(staffIdIn),
    entries: entries.map(({ placeId, outcome }) => ({ placeId: placeIdIn(placeId), outcome })),
  }
}
