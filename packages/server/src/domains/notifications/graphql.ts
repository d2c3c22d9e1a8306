import { builder } from '../../platform/builder.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { globalId } from '../../platform/ids.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { notificationKinds, type NotificationKind } from './kinds.ts'
import { notificationById, type Notification, type NotificationFilter } from './notification.ts'

export const NotificationKindEnum = enumOf<NotificationKind>(
  'NotificationKind',
  'What a message asks its reader to look at.',
  notificationKinds,
)

export const NotificationFilterEnum = builder.enumType('NotificationFilter', {
  description: 'Which messages to list.',
  values: {
    UNACKNOWLEDGED: { value: 'unacknowledged', description: 'Not acknowledged yet.' },
    ALL: { value: 'all', description: 'All of them.' },
  } satisfies Record<string, { value: NotificationFilter; description: string }>,
})

const ReferenceRef = builder.objectRef<{ type: string; id: string }>('NotificationReference').implement({
  description: 'What a message refers to: nothing of it but its type and id.',
  fields: (t) => ({
    type: t.exposeString('type', { description: 'A type of this schema, `Concern`.' }),
    id: t.id({ description: 'Global id, to be read with `node`.', resolve: ({ id }) => id }),
  }),
})

export const NotificationRef = builder.objectRef<Notification>('Notification').implement({
  description: 'A message to the person signed in that something waits for them.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id; the same in every copy that was sent.', resolve: (row) => globalId('Notification', row.id) }),
    kind: t.expose('kind', { type: NotificationKindEnum, description: 'What it asks to look at.' }),
    about: t.field({
      type: ReferenceRef,
      description: 'What it refers to.',
      resolve: ({ subjectType, subjectId }) => ({ type: subjectType, id: globalId(subjectType, subjectId) }),
    }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When it was written.' }),
    acknowledgeBy: t.expose('acknowledgeBy', {
      type: 'Instant',
      nullable: true,
      description: 'When the next person hears unless it is acknowledged; null where nobody does.',
    }),
    acknowledgedAt: t.expose('acknowledgedAt', { type: 'Instant', nullable: true, description: 'When it was acknowledged; null before.' }),
    isEscalation: t.boolean({
      description: 'True where somebody before did not acknowledge it in time.',
      resolve: ({ escalatedFromId }) => escalatedFromId !== null,
    }),
    deliveredAt: t.expose('deliveredAt', { type: 'Instant', nullable: true, description: 'When it was first sent; null while it waits.' }),
    version: t.exposeInt('version', { description: 'Name it when acknowledging.' }),
  }),
})

refetchable('Notification', (operation, id) => operation.load(notificationById, id))
