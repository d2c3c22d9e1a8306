import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor, Side } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { notExcludedFrom } from '../cases/index.ts'
import { followSubject, notify, type NotificationKind, type Patience } from '../notifications/index.ts'
import { staffWithRole, type Role } from '../providers/index.ts'
import { concerns } from '../safeguarding/index.ts'
import { tasks } from '../tasks/index.ts'
import type { Consequence } from './consequence.ts'
import { attendanceConsequences } from './tables.ts'

/** Whom the rules can name among those who sign in here, in the order in which they hear. The referrer hears after the partner service, of an ending. */
const hears: { tell: string; roles: Role[]; side: Side; patience: Patience | null }[] = [
  {
    tell: 'partner-service',
    roles: ['partner-support-worker', 'safeguarding-lead'],
    side: 'partner',
    patience: { amount: 1, unit: 'working-days' },
  },
  { tell: 'safeguarding-lead', roles: ['safeguarding-lead'], side: 'participant', patience: null },
  { tell: 'programme-manager', roles: ['programme-manager'], side: 'participant', patience: null },
]

type Said = Pick<Consequence, 'id' | 'caseId' | 'tell'>

async function say(tx: Tx, actor: Actor, kind: NotificationKind, { id, caseId, tell }: Said): Promise<Set<Uuid>> {
  const told = new Set<Uuid>()
  for (const one of hears.filter((other) => tell.includes(other.tell))) {
    const [recipientId] = await notExcludedFrom(tx, actor, await staffWithRole(tx, actor, ...one.roles), caseId)
    if (!recipientId || told.has(recipientId)) continue
    told.add(recipientId)
    await notify(tx, actor, { kind, about: about(id), caseId, side: one.side, recipientId, patience: one.patience })
  }
  return told
}

const about = (id: Uuid) => ({ type: 'AttendanceConsequence', id })

/** Whoever the rules name hears at once: the same whether or not a partner is known. */
export const tellOfConsequence = async (tx: Tx, actor: Actor, consequence: Said): Promise<void> =>
  void (await say(tx, actor, 'attendance', consequence))

/** Whoever was told, or had something to do about it, hears that it does not hold; the partner service first. */
export async function tellThatUndone(tx: Tx, actor: Actor, consequence: Consequence): Promise<void> {
  const told = await say(tx, actor, 'attendance-undone', consequence)
  const { id, caseId, taskId, concernId } = consequence
  const owners = [...(await ownersOf(tx, actor, tasks, taskId)), ...(await ownersOf(tx, actor, concerns, concernId))]
  for (const recipientId of new Set(owners.filter((one) => one !== actor.id && !told.has(one))))
    await notify(tx, actor, { kind: 'attendance-undone', about: about(id), caseId, side: 'participant', recipientId, patience: null })
}

/** Whose it is, also where whoever corrects the register would not see it. */
async function ownersOf(tx: Tx, actor: Actor, table: typeof tasks | typeof concerns, id: Uuid | null): Promise<Uuid[]> {
  if (!id) return []
  const rows = await tx.orm
    .select({ ownerId: table.ownerId })
    .from(table)
    .where(and(eq(table.providerId, actor.providerId), eq(table.id, id)))
  return rows.map(({ ownerId }) => ownerId)
}

/** What was undone waits for nobody; that it was undone waits to be acknowledged. */
followSubject('AttendanceConsequence', async (tx, actor, messages) => {
  const ids = messages.map(({ subjectId }) => subjectId)
  const standing = await tx.orm
    .select({ id: attendanceConsequences.id })
    .from(attendanceConsequences)
    .where(
      and(
        eq(attendanceConsequences.providerId, actor.providerId),
        inArray(attendanceConsequences.id, ids),
        isNull(attendanceConsequences.undoneAt),
      ),
    )
  const stands = new Set(standing.map(({ id }) => id))
  return new Set(messages.filter(({ kind, subjectId }) => kind === 'attendance-undone' || stands.has(subjectId)).map(({ id }) => id))
})
