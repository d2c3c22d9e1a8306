import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { globalId, type Uuid } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import type { Group } from './access.ts'
import { facilitatorsOfGroup, groupById, occupancyOfGroup, type GroupFacilitator } from './group.ts'
import { placesOfGroup, waitingListOfGroup, type Occupancy } from './place.ts'
import { PlaceRef } from './place-graphql.ts'
import { programmeById } from './programme.ts'
import { ProgrammeRef } from './programme-graphql.ts'
import { sessionsOfGroup } from './session.ts'
import { SessionRef } from './session-graphql.ts'
import { groupStatusWords, type GroupStatus } from './states.ts'

export const GroupStatusEnum = enumOf<GroupStatus>('GroupStatus', 'Where a group stands.', groupStatusWords)

export const HolidayRuleEnum = builder.enumType('HolidayRule', {
  description: 'What is done about sessions on bank holidays of England and Wales.',
  values: {
    SKIP: { value: 'skip' as const, description: 'Moved on by a week, with all after them.' },
    HOLD: { value: 'hold' as const, description: 'Held all the same.' },
  },
})

const person = (context: Context, id: Uuid | null) => (id ? signedIn(context).operation.load(staffById, id) : null)

export const GroupFacilitatorRef = builder.objectRef<GroupFacilitator>('GroupFacilitator').implement({
  description: 'Somebody who leads a group.',
  fields: (t) => ({
    id: t.id({ description: 'Global id of this.', resolve: (row) => globalId('GroupFacilitator', row.id) }),
    staff: t.field({ type: StaffRef, nullable: true, description: 'Who.', resolve: (row, _, context) => person(context, row.staffId) }),
    joinedAt: t.expose('joinedAt', { type: 'Instant', description: 'Since when.' }),
    leftAt: t.expose('leftAt', { type: 'Instant', nullable: true, description: 'Until when; null while they lead it.' }),
    version: t.exposeInt('version', { description: 'Name it when ending this.' }),
  }),
})

const OccupancyRef = builder.objectRef<Occupancy>('GroupOccupancy').implement({
  description: 'How full a group is, counted over everybody, those included whose cases the person signed in may not open.',
  fields: (t) => ({
    open: t.exposeInt('open', { description: 'People in it.' }),
    waiting: t.exposeInt('waiting', { description: 'People who wait for a place.' }),
    free: t.exposeInt('free', { description: 'Places nobody has. While people wait they are theirs.' }),
  }),
})

export const GroupRef = builder.objectRef<Group>('Group')
GroupRef.implement({
  description: 'One run of a programme.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Group', row.id) }),
    reference: t.exposeString('reference', { description: 'What people say on the telephone, `G-2026-0003`.' }),
    programme: t.field({
      type: ProgrammeRef,
      nullable: true,
      description: 'The version of the programme it began with.',
      resolve: (row, _, context) => signedIn(context).operation.load(programmeById, row.programmeId),
    }),
    status: t.expose('status', { type: GroupStatusEnum, description: 'Where it stands.' }),
    firstOn: t.expose('firstOn', { type: 'Day', description: 'The first day as it was planned; the group meets on this weekday.' }),
    beginsAt: t.exposeString('beginsAt', { description: 'When sessions begin, by the clock in London: `18:30`.' }),
    minutes: t.exposeInt('minutes', { description: 'Minutes of one session.' }),
    holidays: t.expose('holidays', { type: HolidayRuleEnum, description: 'What is done about bank holidays.' }),
    capacity: t.exposeInt('capacity', { description: 'How many it holds.' }),
    occupancy: t.field({
      type: OccupancyRef,
      description: 'How full it is.',
      resolve: (row, _, context) => signedIn(context).operation.load(occupancyOfGroup, row.id),
    }),
    venue: t.exposeString('venue', { nullable: true, description: 'Where it meets, as the provider calls it; null where that is open.' }),
    facilitators: t.field({
      type: [GroupFacilitatorRef],
      description: 'Who leads it now, longest first.',
      resolve: (row, _, context) => signedIn(context).operation.load(facilitatorsOfGroup, row.id),
    }),
    sessions: t.field({
      type: [SessionRef],
      description: 'Its meetings, the earliest first; 104 at most.',
      resolve: (row, _, context) => signedIn(context).operation.load(sessionsOfGroup, row.id),
    }),
    places: t.field({
      type: [PlaceRef],
      description: 'Who is or was in it, by the day they joined; only those whose cases the person signed in may open.',
      resolve: (row, _, context) => signedIn(context).operation.load(placesOfGroup, row.id),
    }),
    waitingList: t.field({
      type: [PlaceRef],
      description:
        'Who waits for a place, the head first; only those whose cases the person signed in may open. Positions count everybody.',
      resolve: (row, _, context) => signedIn(context).operation.load(waitingListOfGroup, row.id),
    }),
    startedAt: t.expose('startedAt', { type: 'Instant', nullable: true, description: 'When it started; null before.' }),
    startedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who started it; null before.',
      resolve: (row, _, context) => person(context, row.startedBy),
    }),
    startedUnder: t.string({
      nullable: true,
      description: 'Id, within this provider, of the partner service or exception in force when it started; null before.',
      resolve: (row) => row.partnerArrangementId,
    }),
    endedAt: t.expose('endedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it ended or was cancelled; null while it goes on.',
    }),
    endReason: t.exposeString('endReason', { nullable: true, description: 'Why it ended or was cancelled.' }),
    version: t.exposeInt('version', { description: 'Name it when changing this group.' }),
  }),
})

refetchable('Group', (operation, id) => operation.load(groupById, id))
