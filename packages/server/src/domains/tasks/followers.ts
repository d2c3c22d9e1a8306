import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { TaskKind } from './kinds.ts'
import type { Task } from './task.ts'

/** What else follows when somebody has done a task, in the same transaction. */
export type CompletionFollower = (tx: Tx, actor: Actor, task: Task) => Promise<void>
const followers = new Map<TaskKind, CompletionFollower>()

/** Called once by the slice for which a kind of task is done. */
export const followCompletion = (kind: TaskKind, follow: CompletionFollower): void => void followers.set(kind, follow)

export const afterCompletion: CompletionFollower = async (tx, actor, task) => followers.get(task.kind)?.(tx, actor, task)
