import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { connection, instantKey } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { roleIds } from '../providers/index.ts'
import { NotificationFilterEnum, NotificationRef } from './graphql.ts'
import { listNotifications, type Notification } from './notification.ts'

builder.queryField('myNotifications', (t) =>
  t.connection(
    {
      ...calledBy(roleIds, 'Messages to the person signed in, the newest first. Nobody reads another person’s.'),
      type: NotificationRef,
      nullable: false,
      args: {
        filter: t.arg({
          type: NotificationFilterEnum,
          defaultValue: 'unacknowledged',
          required: true,
          description: 'Which of them; those not acknowledged unless said otherwise.',
        }),
      },
      resolve: (_, { filter, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        const cursorOf = ({ createdAt, id }: Notification) => ({ key: createdAt, id })
        return connection(page, cursorOf, async (query) => listNotifications(await operation.read(), actor, instantKey(query), filter))
      },
    },
    { name: 'NotificationConnection', description: 'A page of messages, the newest first.' },
    { name: 'NotificationEdge', description: 'One message and its place in the list.' },
  ),
)
