import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { followSubject, nextOnLadder, notifications, notify, watchDeadlines, type NotificationKind } from '../notifications/index.ts'
import type { Concern } from './concern.ts'
import { levels } from './matters.ts'
import { concerns } from './tables.ts'

const batch = 50
type Passed = Extract<NotificationKind, 'concern-unacknowledged' | 'concern-overdue'>

/** Once for every owner: whoever is given a late concern is not taken for the one before. */
const onceKey = (kind: Passed) => sql<string>`${`${kind}/`}::text || ${concerns.id} || '/' || ${concerns.ownerId}`

const late = (tx: Tx, actor: Actor, kind: Passed, hasPassed: SQL) =>
  tx.orm
    .select({ concern: concerns, key: onceKey(kind) })
    .from(concerns)
    .where(
      and(
        eq(concerns.providerId, actor.providerId),
        hasPassed,
        sql`not exists (select from ${notifications} said where said.provider_id = ${concerns.providerId} and said.once_key = ${onceKey(kind)})`,
      ),
    )
    .orderBy(asc(concerns.dueAt), asc(concerns.id))
    .limit(batch)

const say = (tx: Tx, actor: Actor, kind: Passed, { id, caseId, side, level }: Concern, recipientId: string, key: string) =>
  notify(tx, actor, { kind, about: { type: 'Concern', id }, caseId, side, recipientId, patience: levels[level].patience, onceKey: key })

/** Nobody took it on in time: the next person after its owner hears, and the message climbs from there. */
watchDeadlines('unacknowledged concerns', async (tx, actor) => {
  const found = await late(
    tx,
    actor,
    'concern-unacknowledged',
    sql`${concerns.status} = 'raised' and ${concerns.acknowledgeBy} < ${tx.now}::timestamptz`,
  )
  for (const { concern, key } of found) {
    const next = await nextOnLadder(tx, actor, concern, concern.ownerId)
    await say(tx, actor, 'concern-unacknowledged', concern, next ?? concern.ownerId, key)
  }
  return found.length
})

/** Nobody closed it in time: its owner hears, and the message climbs from there. */
watchDeadlines('overdue concerns', async (tx, actor) => {
  const found = await late(
    tx,
    actor,
    'concern-overdue',
    sql`${concerns.status} in ('raised', 'acknowledged') and ${concerns.dueAt} < ${tx.now}::timestamptz`,
  )
  for (const { concern, key } of found) await say(tx, actor, 'concern-overdue', concern, concern.ownerId, key)
  return found.length
})

/** A message that nobody took it on waits until somebody does; every other until it is closed. */
followSubject('Concern', async (tx, actor, messages) => {
  const ids = messages.map(({ subjectId }) => subjectId)
  const rows = await tx.orm
    .select({ id: concerns.id, status: concerns.status })
    .from(concerns)
    .where(and(eq(concerns.providerId, actor.providerId), inArray(concerns.id, ids)))
  const status = new Map(rows.map((row) => [row.id, row.status]))
  const waits = (kind: NotificationKind, now: string | undefined) =>
    now === 'raised' || (now === 'acknowledged' && kind !== 'concern-unacknowledged')
  return new Set(messages.filter(({ kind, subjectId }) => waits(kind, status.get(subjectId))).map(({ id }) => id))
})
