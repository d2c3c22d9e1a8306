/** What a message asks its reader to look at. It says that something waits, never what is in it. */
export const notificationKinds = {
  'task-overdue': 'The deadline of a task has passed.',
  ending: 'A case or a place has ended, or an ending was taken back: acknowledge it, and consider what it means for the partner.',
  attendance: 'Something follows from a register that the reader is to know of: acknowledge it.',
  'attendance-undone': 'What followed from a register does not hold: it was corrected, or a person decided otherwise.',
  'concern-raised': 'A concern was raised: acknowledge it, and act on it.',
  'concern-assigned': 'A concern was given to the reader.',
  'concern-unacknowledged': 'Nobody has acknowledged a concern in time.',
  'concern-overdue': 'The deadline of a concern has passed.',
} as const satisfies Record<string, string>

export type NotificationKind = keyof typeof notificationKinds
export const notificationKindIds = Object.keys(notificationKinds) as [NotificationKind, ...NotificationKind[]]
