import { and, eq, gte, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { aboutTask, assertPartnerServiceHeard, caseById, endingsOfCase, followHeardEnding, type Ending } from '../cases/index.ts'
import { rolesHeldBy, staffById, staffWithRole, type Role } from '../providers/index.ts'
import { completeTasksAbout, openTask } from '../tasks/index.ts'
import { referralOfCase, type Referral } from './referral.ts'
import { referrerFeedback } from './tables.ts'
import type { FeedbackOccasion } from './words.ts'

/** What a referrer is told after an ending: `progress` too, because a removal shows in it. */
const ofAnEnding = ['no-place', 'withdrawn', 'ended', 'progress'] as const satisfies readonly FeedbackOccasion[]
const tellsOfAnEnding = (occasion: FeedbackOccasion): boolean => (ofAnEnding as readonly FeedbackOccasion[]).includes(occasion)

/** Who tells the referrer when nobody of the case is left to. */
const answers: Role[] = ['programme-manager', 'safeguarding-lead']

/** The partner service was heard: the referrer is told within two working days of the ending, by whoever ended it. */
followHeardEnding(async (tx, server, ending) => {
  const [referral] = await referralOfCase.batch(tx, server, [ending.caseId])
  if (!referral || ending.takenBackAt !== null || !(await concernsTheReferrer(tx, server, referral, ending))) return
  const [ownerId] = await whoTells(tx, server, ending)
  if (!ownerId) return
  await openTask(tx, server, {
    kind: 'tell-referrer',
    title: ending.what === 'taken-back' ? 'Tell the referrer that an ending was taken back' : 'Tell the referrer what has ended',
    about: aboutTask(ending),
    caseId: ending.caseId,
    ownerId,
    side: 'participant',
    due: { from: ending.endedAt, within: { amount: 2, unit: 'working-days' } },
  })
})

/** An ending that was taken back before the referrer heard of it is nothing to tell. */
async function concernsTheReferrer(tx: Tx, server: Actor, referral: Referral, { caseId, takesBackId }: Ending): Promise<boolean> {
  if (takesBackId === null) return true
  const [all = []] = await endingsOfCase.batch(tx, server, [caseId])
  const since = all.find(({ id }) => id === takesBackId)?.endedAt
  if (!since) return false
  const [told] = await tx.orm
    .select({ id: referrerFeedback.id })
    .from(referrerFeedback)
    .where(
      and(
        eq(referrerFeedback.providerId, server.providerId),
        eq(referrerFeedback.referralId, referral.id),
        gte(referrerFeedback.recordedAt, since),
        inArray(referrerFeedback.occasion, [...ofAnEnding]),
      ),
    )
    .limit(1)
  return told !== undefined
}

/** Whoever ended it where they still work here, then those who answer for the programme; an exclusion is looked after by the task itself. */
async function whoTells(tx: Tx, server: Actor, { endedBy }: Ending): Promise<string[]> {
  const others = await staffWithRole(tx, server, ...answers)
  if (endedBy === null) return others
  const [person] = await staffById.batch(tx, server, [endedBy])
  const isHere = person !== null && person !== undefined && person.endedAt === null && person.side !== 'partner'
  return isHere && (await rolesHeldBy(tx, server, endedBy)).length > 0 ? [endedBy, ...others] : others
}

/**
 * A referrer hears of an ending when there is one, and after the partner service.
 * @throws PartnerServiceFirst, InvalidInput (field `occasion`)
 */
export async function assertMayTell(tx: Tx, actor: Actor, { caseId }: Referral, occasion: FeedbackOccasion): Promise<void> {
  if (!tellsOfAnEnding(occasion)) return
  const standing = await assertPartnerServiceHeard(tx, actor, caseId)
  if (occasion === 'progress' || standing.length > 0) return
  const [theCase] = await caseById.batch(tx, actor, [caseId])
  if (occasion === 'ended' && (theCase?.status === 'completed' || theCase?.status === 'closed')) return
  throw new InvalidInput(
    'occasion',
    'nothing has ended in this case',
    'refuse, withdraw or end it first, so that the partner service hears of it before the referrer; how things go is told as PROGRESS',
  )
}

/** The referrer was told of what stands. */
export async function afterTelling(tx: Tx, actor: Actor, { caseId }: Referral, occasion: FeedbackOccasion): Promise<void> {
  if (!tellsOfAnEnding(occasion)) return
  const [all = []] = await endingsOfCase.batch(tx, actor, [caseId])
  for (const ending of all) await completeTasksAbout(tx, actor, aboutTask(ending), 'tell-referrer', 'the referrer was told')
}
