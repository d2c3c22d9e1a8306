/** What a message asks its reader to look at. It says that something waits, never what is in it. */
export const notificationKinds = {
  'task-overdue': 'The deadline of a task has passed.',
  ending: 'A case or a place has ended, or an ending was taken back: acknowledge it, and consider what it means for the partner.',
  'concern-raised': 'A concern was raised: acknowledge it, and act on it.',
  'concern-assigned': 'A concern was given to the reader.',
  'concern-unacknowledged': 'Nobody has acknowledged a concern in time.',
  'concern-overdue': 'The deadline of a concern has passed.',
} as const satisfies Record<string, string>

export type NotificationKind = keyof typeof notificationKinds
export const notificationKindIds = Object.keys(notificationKinds) as [NotificationKind, ...NotificationKind[]]
