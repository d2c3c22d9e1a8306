import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound, StaleVersion } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { roleIds } from '../providers/index.ts'
import { afterAcknowledgement } from './followers.ts'
import { NotificationRef } from './graphql.ts'
import { ownNotifications, type Notification } from './notification.ts'
import { notifications } from './tables.ts'

export type Acknowledgement = { notificationId: Uuid; expectedVersion: number }

/** Says that a message was received: from then on nobody else hears of it. A second call changes nothing. @throws NotFound, StaleVersion */
export async function acknowledgeNotification(tx: Tx, actor: Actor, input: Acknowledgement): Promise<Notification> {
  const mine = and(ownNotifications(actor), eq(notifications.id, input.notificationId))
  const [message] = await tx.orm.select().from(notifications).where(mine).for('update')
  if (!message) throw new NotFound('notification')
  if (message.acknowledgedAt !== null) return message
  if (message.version !== input.expectedVersion) throw new StaleVersion(message.version)
  const [changed] = await tx.orm
    .update(notifications)
    .set({ acknowledgedAt: tx.now, version: message.version + 1 })
    .where(mine)
    .returning()
  await afterAcknowledgement(tx, actor, message)
  await record(tx, actor, {
    action: 'notification.acknowledged',
    subjectType: 'notification',
    subjectId: message.id,
    allowedBy: 'recipient',
    fields: ['acknowledgedAt'],
  })
  return changed!
}

const AcknowledgeNotificationInput = builder.inputType('AcknowledgeNotificationInput', {
  description: 'A message that was received.',
  fields: (t) => ({
    notificationId: t.id({ required: true, description: 'Global id of the message.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('acknowledgeNotification', (t) =>
  t.field({
    ...calledBy(roleIds, 'Says that a message was received, so that nobody else needs to hear. Its recipient does.'),
    type: NotificationRef,
    args: { input: t.arg({ type: AcknowledgeNotificationInput, required: true, description: 'Which message.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'acknowledge-notification', (tx, actor) => {
        const notificationId = localId('Notification', input.notificationId)
        if (!notificationId) throw new NotFound('notification')
        return acknowledgeNotification(tx, actor, { notificationId, expectedVersion: input.expectedVersion })
      }),
  }),
)
