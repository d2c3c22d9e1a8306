import type { Actor, Side } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { assertActiveStaff } from '../providers/index.ts'
import { mayHear } from './followers.ts'
import type { NotificationKind } from './kinds.ts'
import { nextOnLadder } from './ladder.ts'
import type { Notification } from './notification.ts'
import { endOf, type Patience } from './patience.ts'
import { notifications } from './tables.ts'

export type NewNotification = {
  kind: NotificationKind
  /** A type of the schema and a row of it: with them its recipient reads the matter, where they may. */
  about: { type: string; id: Uuid }
  caseId: Uuid | null
  side: Side
  /** Whoever is excluded from the case hears nothing: the message goes up the ladder instead. */
  recipientId: Uuid
  /** How long it waits for an acknowledgement before the next person hears. Null: nobody else does. */
  patience: Patience | null
  /** Written at most once for one provider. */
  onceKey?: string
}

/**
 * Writes a message in the caller’s transaction: it is sent when that commits, and never existed when it does not.
 * The caller’s own audit entry covers it. @throws NotFound for people who have left, InvalidInput (field `recipientId`) across the wall
 */
export async function notify(tx: Tx, actor: Actor, message: NewNotification): Promise<void> {
  const [hears] = await mayHear(tx, actor, [message.recipientId], message.caseId)
  const recipientId = hears ?? (await nextOnLadder(tx, actor, message, null))
  if (recipientId) await write(tx, actor, { ...message, recipientId })
}

/** One step up a ladder: the same matter, to the next person, with the same patience. */
export const notifyNext = (tx: Tx, actor: Actor, from: Notification, recipientId: Uuid): Promise<void> =>
  write(
    tx,
    actor,
    {
      kind: from.kind,
      about: { type: from.subjectType, id: from.subjectId },
      caseId: from.caseId,
      side: from.side,
      recipientId,
      patience:
        from.patienceAmount !== null && from.patienceUnit !== null ? { amount: from.patienceAmount, unit: from.patienceUnit } : null,
    },
    from,
  )

async function write(tx: Tx, actor: Actor, message: NewNotification, from?: Notification): Promise<void> {
  const recipient = await assertActiveStaff(tx, actor, message.recipientId)
  if (message.side === 'partner' && recipient.side === 'participant')
    throw new InvalidInput('recipientId', 'this person cannot hear of this', 'choose somebody else')
  const id = tx.newId()
  // Nothing is read back: the row is its recipient's.
  await tx.orm
    .insert(notifications)
    .values({
      providerId: actor.providerId,
      id,
      kind: message.kind,
      subjectType: message.about.type,
      subjectId: message.about.id,
      caseId: message.caseId,
      recipientId: recipient.id,
      recipientSide: recipient.side,
      side: message.side,
      createdAt: tx.now,
      onceKey: message.onceKey ?? null,
      patienceAmount: message.patience?.amount ?? null,
      patienceUnit: message.patience?.unit ?? null,
      acknowledgeBy: message.patience && endOf(tx.now, message.patience),
      ladderId: from?.ladderId ?? id,
      escalatedFromId: from?.id ?? null,
      nextAttemptAt: tx.now,
    })
    .onConflictDoNothing()
}
