import { builder } from '../../platform/builder.ts'
import { signedIn, type Context } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { caseById, CaseRef, isReadInFull } from '../cases/index.ts'
import { StaffRef, staffById } from '../providers/index.ts'
import { notePlaceRead, type Place } from './access.ts'
import { groupById } from './group.ts'
import { GroupRef } from './group-graphql.ts'
import { changesOfPlace, placeById, positionOfPlace, type PlaceChange } from './place.ts'
import { oneToOnesOfPlace } from './session.ts'
import { SessionRef } from './session-graphql.ts'
import { endings, placeStatusWords, priorities, priorityOf, type PlaceEnding, type PlaceStatus, type Priority } from './states.ts'

export const PlaceStatusEnum = enumOf<PlaceStatus>('PlaceStatus', 'Where a place stands.', placeStatusWords)

export const PlaceEndingEnum = enumOf<PlaceEnding>('PlaceEnding', 'How a place ended.', endings)

const PriorityEnum = enumOf<Priority>('PlacePriority', 'Who comes first on a waiting list; within one, who has waited longest.', priorities)

/** Says in the audit that this field of a place was read, and hands it on. */
function read<Value>(context: Context, { caseId }: Place, field: string, value: Value): Value {
  const { actor, operation } = signedIn(context)
  notePlaceRead(operation, actor, caseId, `place.${field}`)
  return value
}

/** Referrers hear what they are told, whatever else they are elsewhere; reasons are for those who read the case. */
const readsReasons = (context: Context, { caseId }: Place): Promise<boolean> => {
  const { actor, operation } = signedIn(context)
  return isReadInFull(operation, actor, caseId)
}

const PlaceChangeRef = builder.objectRef<PlaceChange>('PlaceChange').implement({
  description: 'One step of a place, with who took it, when and why.',
  fields: (t) => ({
    from: t.expose('fromStatus', { type: PlaceStatusEnum, nullable: true, description: 'Where it stood; null for the first.' }),
    to: t.expose('toStatus', { type: PlaceStatusEnum, description: 'Where it stood from then on.' }),
    ending: t.expose('ending', { type: PlaceEndingEnum, nullable: true, description: 'How it ended, where it did.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why; null where the step needs no reason.' }),
    changedAt: t.expose('changedAt', { type: 'Instant', description: 'When.' }),
    changedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who; null for what the server did by itself.',
      resolve: (row, _, context) => (row.changedBy ? signedIn(context).operation.load(staffById, row.changedBy) : null),
    }),
  }),
})

export const PlaceRef = builder.objectRef<Place>('Place')
PlaceRef.implement({
  description: 'A participant’s membership of a group, waiting for it included.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Place', row.id) }),
    case: t.field({
      type: CaseRef,
      nullable: true,
      description: 'Whose place it is.',
      resolve: (row, _, context) => signedIn(context).operation.load(caseById, row.caseId),
    }),
    group: t.field({
      type: GroupRef,
      nullable: true,
      description: 'The group; null for those who see the case and not the group, such as its referrer.',
      resolve: (row, _, context) => signedIn(context).operation.load(groupById, row.groupId),
    }),
    status: t.field({
      type: PlaceStatusEnum,
      description: 'Where it stands.',
      resolve: (row, _, context) => read(context, row, 'status', row.status),
    }),
    joinedOn: t.field({
      type: 'Day',
      nullable: true,
      description: 'The day membership begins; null while it waits. The rules in force that day judge attendance and completion.',
      resolve: (row, _, context) => read(context, row, 'joinedOn', row.joinedOn),
    }),
    endedOn: t.field({
      type: 'Day',
      nullable: true,
      description: 'The last day of membership, itself included; null unless it ended.',
      resolve: (row, _, context) => read(context, row, 'endedOn', row.endedOn),
    }),
    ending: t.field({
      type: PlaceEndingEnum,
      nullable: true,
      description: 'How it ended; null unless it did.',
      resolve: (row, _, context) => read(context, row, 'ending', row.ending),
    }),
    endReason: t.string({
      nullable: true,
      description: 'Why it ended; null unless it did, and for referrers.',
      resolve: async (row, _, context) => ((await readsReasons(context, row)) ? read(context, row, 'endReason', row.endReason) : null),
    }),
    priority: t.field({
      type: PriorityEnum,
      nullable: true,
      description: 'Who comes first; null unless it waits, and for referrers.',
      resolve: async (row, _, context) =>
        row.status === 'waiting' && (await readsReasons(context, row)) ? read(context, row, 'priority', priorityOf(row.priority)) : null,
    }),
    waitingSince: t.field({
      type: 'Instant',
      nullable: true,
      description: 'Since when it waits, or waited last; null where it never did.',
      resolve: (row, _, context) => read(context, row, 'waitingSince', row.waitingSince),
    }),
    position: t.int({
      nullable: true,
      description: 'Where it stands on the waiting list, from 1, counted over everybody; null unless it waits.',
      resolve: (row, _, context) =>
        row.status === 'waiting' ? signedIn(context).operation.load(positionOfPlace, read(context, row, 'position', row.id)) : null,
    }),
    oneToOnes: t.field({
      type: [SessionRef],
      description: 'Meetings of the participant alone, the earliest first; empty for those who do not see the group.',
      resolve: (row, _, context) => signedIn(context).operation.load(oneToOnesOfPlace, read(context, row, 'oneToOnes', row.id)),
    }),
    history: t.field({
      type: [PlaceChangeRef],
      nullable: true,
      description: 'Every step it took, oldest first; null for referrers.',
      resolve: async (row, _, context) =>
        (await readsReasons(context, row)) ? signedIn(context).operation.load(changesOfPlace, read(context, row, 'history', row.id)) : null,
    }),
    version: t.exposeInt('version', { description: 'Name it when changing this place.' }),
  }),
})

refetchable('Place', (operation, id) => operation.load(placeById, id))
