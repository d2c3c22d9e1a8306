import type { Duration } from '@plumbline/rules'
import { nobody, type Actor, type Side } from '../../platform/actor.ts'
import { deadlineOf } from '../../platform/calendar/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { ownerOf } from './owner.ts'
import type { TaskKind } from './kinds.ts'
import { tasks } from './tables.ts'
import type { Task } from './task.ts'

export type NewTask = {
  kind: TaskKind
  /** Constant wording, no personal data: it travels in notifications. */
  title: string
  about: { type: string; id: Uuid }
  caseId: Uuid | null
  /** Who must do it; when they are excluded from the case, it falls to somebody who answers for its side. Active staff on the task's side of the wall, or on neither; anybody for a task of neither side, which others than the safeguarding lead then do not see. */
  ownerId: Uuid
  side: Side
  /** A length of time, or an instant. `from` is when it became known, `tx.now` unless it became known earlier: recording late does not move a deadline. */
  due: ({ within: Duration } | { by: Instant }) & { from?: Instant }
  decisionId?: Uuid
}

/** Opens a task in the caller's transaction. The person who causes it need not be able to see it: a refusal opens one on the partner's side. */
export async function openTask(tx: Tx, actor: Actor, input: NewTask): Promise<Task> {
  const owner = await ownerOf(tx, actor, input)
  const runsFrom = input.due.from ?? tx.now
  const deadline = 'by' in input.due ? { at: input.due.by, beyondKnownHolidays: false } : deadlineOf(runsFrom, input.due.within)
  const task: Task = {
    providerId: actor.providerId,
    id: tx.newId(),
    kind: input.kind,
    title: input.title,
    subjectType: input.about.type,
    subjectId: input.about.id,
    caseId: input.caseId,
    ownerId: owner.id,
    ownerSide: owner.side,
    side: input.side,
    status: 'open',
    runsFrom,
    dueAt: deadline.at,
    dueIsProvisional: deadline.beyondKnownHolidays,
    decisionId: input.decisionId ?? null,
    openedAt: tx.now,
    openedBy: actor.id === nobody ? null : actor.id,
    closedAt: null,
    closedBy: null,
    record: null,
    version: 1,
  }
  // Nothing is read back: the row may lie on the other side of the wall.
  await tx.orm.insert(tasks).values(task)
  await record(tx, actor, { action: 'task.opened', subjectType: 'task', subjectId: task.id, fields: ['kind', 'ownerId', 'dueAt'] })
  return task
}
