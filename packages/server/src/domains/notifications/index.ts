export { notify, type NewNotification } from './notify.ts'
export { nextOnLadder } from './ladder.ts'
export {
  followAcknowledgement,
  followSubject,
  registerRecipientExclusion,
  watchDeadlines,
  type AcknowledgementFollower,
  type NotExcluded,
  type StillWaiting,
  type Watch,
} from './followers.ts'
export { endOf, type Patience } from './patience.ts'
export { escalate } from './escalate.ts'
export { createDispatcher, type Dispatcher, type DispatcherParts } from './dispatcher.ts'
export { isLoopback, logSink, SinkFault, webhookSink, type Message, type Sink, type WebhookSettings } from './sinks.ts'
export { acknowledgeAbout } from './acknowledge-about.ts'
export { acknowledgeNotification, type Acknowledgement } from './acknowledge-notification.ts'
export { notificationById, type Notification } from './notification.ts'
export { notificationKindIds, notificationKinds, type NotificationKind } from './kinds.ts'
export { NotificationRef } from './graphql.ts'
export { notifications } from './tables.ts'
import './list-notifications.ts'
