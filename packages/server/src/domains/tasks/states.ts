import type { Move } from '../../platform/states.ts'
import { roleIds } from '../providers/index.ts'

export const taskStatuses = ['open', 'done', 'cancelled'] as const
export type TaskStatus = (typeof taskStatuses)[number]

/**
 * A closed task stays closed: what comes up again is a new task. Overdue is no status, it is computed from the deadline.
 * Anybody's role may stand here because the relationship decides: `access.ts` lets the owner and those who answer for the side close a task;
 * a command that settles what a task was about cancels it, whoever gave the command.
 */
export const taskMoves: readonly Move<TaskStatus>[] = [
  { from: 'open', to: 'done', by: roleIds, reason: 'required' },
  { from: 'open', to: 'cancelled', by: roleIds, reason: 'required' },
]
