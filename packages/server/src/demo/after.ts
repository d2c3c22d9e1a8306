import { and, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Uuid } from '../platform/ids.ts'
import { acknowledgeEnding, endingsOfCase } from '../domains/cases/index.ts'
import type { Role } from '../domains/providers/index.ts'
import { fixedTextFor, giveFeedback } from '../domains/referrals/index.ts'
import { closeConcern, openConcernsOfCase, type Told } from '../domains/safeguarding/index.ts'
import { completeTask, tasks, type Task, type TaskKind } from '../domains/tasks/index.ts'
import type { KnownCase, Stage } from './lives.ts'

/** What is still open of these kinds in a case. */
export const openTasks = (tx: Tx, actor: Actor, caseId: Uuid, kinds: readonly TaskKind[]): Promise<Task[]> =>
  tx.orm
    .select()
    .from(tasks)
    .where(and(eq(tasks.providerId, actor.providerId), eq(tasks.caseId, caseId), eq(tasks.status, 'open'), inArray(tasks.kind, [...kinds])))
    .orderBy(tasks.dueAt, tasks.id)

/** What was open of these kinds in a case is done by the person with the role, where it is theirs. */
export const doTasks = (stage: Stage, role: Role, kinds: readonly TaskKind[], caseId: Uuid, record: string): Promise<void> =>
  stage.as(role, async (tx, actor) => {
    for (const { id, version, ownerId } of await openTasks(tx, actor, caseId, kinds))
      if (ownerId === actor.id) await completeTask(tx, actor, { taskId: id, record, expectedVersion: version })
  })

/** Partner support hears of what has ended, before the referrer does, and considers what it means. */
export async function hearFirst(stage: Stage, { caseId }: KnownCase): Promise<void> {
  await stage.as('partner-support-worker', async (tx, actor) => {
    const [endings = []] = await endingsOfCase.batch(tx, actor, [caseId])
    for (const { id, version, acknowledgedAt } of endings)
      if (acknowledgedAt === null) await acknowledgeEnding(tx, actor, { endingId: id, expectedVersion: version })
  })
  await doTasks(stage, 'partner-support-worker', ['tell-partner-service'], caseId, 'Considered, with her safety in mind.')
  await doTasks(stage, 'safeguarding-lead', ['review-risk'], caseId, 'Looked at again with all that is known.')
}

const words = {
  'no-place': 'We cannot offer a place. Please keep the safety plan you have in place.',
  withdrawn: 'The referral is closed, as you asked. Please keep the safety plan you have in place.',
  progress: 'His place goes on after all: the register was put right. Please keep the safety plan you have in place.',
  ended: 'His place in the group has ended. That he came says nothing of safety: please keep the safety plan you have in place.',
} as const

/** The referrer hears what has become of it, in the words that this referrer gets. */
export const tellReferrer = (
  stage: Stage,
  { referralId, source }: KnownCase,
  occasion: keyof typeof words,
  key: string,
): Promise<unknown> =>
  stage.as('programme-manager', (tx, actor) =>
    giveFeedback(tx, actor, {
      idempotencyKey: key,
      referralId,
      occasion,
      ...(fixedTextFor(source, occasion) === null ? { text: words[occasion] } : {}),
      channel: 'letter',
      givenOn: tx.today,
    }),
  )

/** What was raised is acted on, and whoever the rules name is told. */
export async function answerConcerns(stage: Stage, caseId: Uuid): Promise<void> {
  await stage.as('safeguarding-lead', async (tx, actor) => {
    const [open = []] = await openConcernsOfCase.batch(tx, actor, [caseId])
    for (const { id, version, tell } of open)
      await closeConcern(tx, actor, {
        concernId: id,
        action: 'Safety plan looked at with everybody involved; police and children’s services have what they need.',
        told: tell.length > 0 ? (tell as Told[]) : ['nobody-else'],
        expectedVersion: version,
      })
  })
}
