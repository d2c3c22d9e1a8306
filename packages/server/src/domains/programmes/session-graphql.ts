import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { oversight, StaffRef, staffById, type Role } from '../providers/index.ts'
import type { Session } from './access.ts'
import { groupById } from './group.ts'
import { GroupRef } from './group-graphql.ts'
import { placeById } from './place.ts'
import { PlaceRef } from './place-graphql.ts'
import { programmeById } from './programme.ts'
import { OneToOneReasonEnum, ThemeRef } from './programme-graphql.ts'
import { changesOfSession, sessionById, type SessionChange } from './session.ts'
import { type SessionStatus } from './states.ts'
import { templateOf } from './template.ts'

/** Who records sessions and moves them: of a group those who lead it, of a one-to-one those who work on the case. */
export const recorders: Role[] = ['facilitator', 'one-to-one-worker', ...oversight]

const statusWords: Record<SessionStatus, string> = {
  planned: 'It stands in the calendar.',
  held: 'It took place.',
  'not-held': 'It did not take place. It counts as no session for anybody.',
}

export const SessionStatusEnum = enumOf<SessionStatus>('SessionStatus', 'What has become of a session.', statusWords)

const SessionKindEnum = builder.enumType('SessionKind', {
  description: 'Who meets.',
  values: {
    GROUP: { value: 'group' as const, description: 'The whole group.' },
    ONE_TO_ONE: { value: 'one-to-one' as const, description: 'One participant alone.' },
  },
})

const SessionChangeRef = builder.objectRef<SessionChange>('SessionChange').implement({
  description: 'One step of a session: moved, held, not held, or put right.',
  fields: (t) => ({
    from: t.expose('fromStatus', { type: SessionStatusEnum, description: 'What it was.' }),
    to: t.expose('toStatus', { type: SessionStatusEnum, description: 'What it was from then on.' }),
    fromStartsAt: t.expose('fromStartsAt', { type: 'Instant', description: 'When it was to begin.' }),
    toStartsAt: t.expose('toStartsAt', { type: 'Instant', description: 'When it was to begin from then on.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why; null where the step needs no reason.' }),
    changedAt: t.expose('changedAt', { type: 'Instant', description: 'When that was recorded.' }),
    changedBy: t.field({
      type: StaffRef,
      nullable: true,
      description: 'Who recorded it.',
      resolve: (row, _, context) => (row.changedBy ? signedIn(context).operation.load(staffById, row.changedBy) : null),
    }),
  }),
})

export const SessionRef = builder.objectRef<Session>('Session')
SessionRef.implement({
  description: 'One meeting: of a group, or of one participant alone.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Session', row.id) }),
    kind: t.expose('kind', { type: SessionKindEnum, description: 'Who meets.' }),
    group: t.field({
      type: GroupRef,
      nullable: true,
      description: 'The group it belongs to.',
      resolve: (row, _, context) => signedIn(context).operation.load(groupById, row.groupId),
    }),
    place: t.field({
      type: PlaceRef,
      nullable: true,
      description: 'Whose one-to-one it is; null for a meeting of the group.',
      resolve: (row, _, context) => (row.placeId ? signedIn(context).operation.load(placeById, row.placeId) : null),
    }),
    number: t.exposeInt('number', { description: 'From 1: in the group, or among the one-to-ones of the place.' }),
    theme: t.field({
      type: ThemeRef,
      nullable: true,
      description: 'What it is about; null for one-to-ones.',
      resolve: async (row, _, context) => {
        const { operation } = signedIn(context)
        const group = row.themeId && (await operation.load(groupById, row.groupId))
        const programme = group && (await operation.load(programmeById, group.programmeId))
        return (programme && templateOf(programme).themes.find(({ id }) => id === row.themeId)) || null
      },
    }),
    oneToOneReason: t.expose('oneToOneReason', {
      type: OneToOneReasonEnum,
      nullable: true,
      description: 'Why they are seen alone; null for a meeting of the group.',
    }),
    onDay: t.expose('onDay', { type: 'Day', description: 'The day in London.' }),
    startsAt: t.expose('startsAt', { type: 'Instant', description: 'When it begins.' }),
    endsAt: t.expose('endsAt', { type: 'Instant', description: 'When it ends.' }),
    dayIsProvisional: t.exposeBoolean('dayIsProvisional', {
      description: 'True where it lies beyond the bank holidays published so far, and may turn out to be on one.',
    }),
    status: t.expose('status', { type: SessionStatusEnum, description: 'What has become of it.' }),
    facilitatedBy: t.field({
      type: [StaffRef],
      nullable: { list: false, items: true },
      description: 'Who was there to lead it; empty unless it was held.',
      resolve: (row, _, context) => Promise.all(row.facilitatedBy.map((id) => signedIn(context).operation.load(staffById, id))),
    }),
    notHeldReason: t.exposeString('notHeldReason', { nullable: true, description: 'Why it was not held; null unless it was not.' }),
    history: t.field({
      type: [SessionChangeRef],
      description: 'Every step it took, oldest first; empty while it is as it was planned.',
      resolve: (row, _, context) => signedIn(context).operation.load(changesOfSession, row.id),
    }),
    version: t.exposeInt('version', { description: 'Name it when changing this session.' }),
  }),
})

refetchable('Session', (operation, id) => operation.load(sessionById, id))
