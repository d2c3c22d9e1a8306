import { and, asc, eq } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { staffWithRole } from '../providers/index.ts'
import { cancelTaskAbout, completeTasksAbout, openTask, tasks } from '../tasks/index.ts'
import type { Group } from './access.ts'
import { occupancyOf } from './place.ts'
import { liveGroups } from './states.ts'
import { places } from './tables.ts'

const offers = { offer: 'offer-place' } as const
const aboutGroup = (groupId: Uuid) => ({ type: 'group', id: groupId })

/**
 * Where a place is free and somebody waits, a programme manager is asked to offer it to the head of the list: one task a group at a time.
 * Nothing begins by itself. Where nothing is free or nobody waits any more, the task is not needed.
 */
export async function offerFreePlace(tx: Tx, actor: Actor, group: Group): Promise<void> {
  const about = aboutGroup(group.id)
  const { free, waiting } = await occupancyOf(tx, actor, group)
  const wanted = free > 0 && waiting > 0 && (liveGroups as readonly string[]).includes(group.status)
  const [asked] = await tx.orm
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(eq(tasks.providerId, actor.providerId), eq(tasks.subjectId, group.id), eq(tasks.kind, offers.offer), eq(tasks.status, 'open')),
    )
  if (asked && !wanted) await cancelTaskAbout(tx, actor, about, offers.offer, 'nothing is free, or nobody waits')
  if (asked || !wanted) return
  const [manager] = await staffWithRole(tx, actor, 'programme-manager', 'safeguarding-lead')
  if (!manager) return
  await openTask(tx, actor, {
    kind: offers.offer,
    title: 'A place in a group is free: offer it to the head of the waiting list',
    about,
    caseId: await headOf(tx, actor, group.id),
    ownerId: manager,
    side: 'participant',
    due: { within: { amount: 2, unit: 'working-days' } },
  })
}

/** Somebody took the place that was offered; where more is free and others wait, the next is asked for. */
export async function offerTaken(tx: Tx, actor: Actor, group: Group): Promise<void> {
  await completeTasksAbout(tx, actor, aboutGroup(group.id), offers.offer, 'a place was given')
  await offerFreePlace(tx, actor, group)
}

/** The case at the head of the list, so that nobody who is kept out of it is asked. */
async function headOf(tx: Tx, actor: Actor, groupId: Uuid): Promise<Uuid> {
  const [head] = await tx.orm
    .select({ caseId: places.caseId })
    .from(places)
    .where(and(eq(places.providerId, actor.providerId), eq(places.groupId, groupId), eq(places.status, 'waiting')))
    .orderBy(asc(places.priority), asc(places.waitingSince), asc(places.id))
    .limit(1)
  return head!.caseId
}
