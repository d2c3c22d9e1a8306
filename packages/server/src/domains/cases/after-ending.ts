import type { Actor } from '../../platform/actor.ts'
import { dueSameDay } from '../../platform/calendar/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { notify } from '../notifications/index.ts'
import { staffWithRole } from '../providers/index.ts'
import { cancelTaskAbout, openTask } from '../tasks/index.ts'
import { personOf } from './case.ts'
import { endingsOfCase, type Ending } from './ending.ts'
import { notExcludedFrom } from './not-excluded.ts'
import { endings, type EndingWord } from './states.ts'
import { caseEndings } from './tables.ts'
import { addToTimeline } from './timeline.ts'

/** How long a message about an ending waits for partner support before the next person hears. */
const patience = { amount: 2, unit: 'hours' } as const
/** "The same day": within so many clock hours, and before the day ends in London. */
const partnerServiceHours = 8

/**
 * What every refusal, withdrawal, removal and unplanned ending brings with it, in the caller's transaction: partner support hears at once and
 * has the same day to consider it; the risk is assessed again within a working day; the referrer hears when the partner service has
 * acknowledged it (`acknowledge-ending.ts`). The same rows whether or not a partner is known. `moveCase` calls it for the steps that end something.
 */
export async function followEnding(tx: Tx, actor: Actor, caseId: Uuid, what: Exclude<EndingWord, 'taken-back'>): Promise<Ending> {
  const ending = await begin(tx, actor, caseId, what, null)
  const [lead] = await staffWithRole(tx, actor, 'safeguarding-lead', 'programme-manager')
  if (lead)
    await openTask(tx, actor, {
      kind: 'review-risk',
      title: `${endings[what]}: assess the risk again`,
      about: aboutTask(ending),
      caseId,
      ownerId: lead,
      side: 'participant',
      due: { within: { amount: 1, unit: 'working-days' } },
    })
  return ending
}

/**
 * Takes the case's latest ending back, because what it rested on was corrected or challenged. What was still to be done about it is not done
 * any more, and whoever heard of it hears again, the partner service first. Null where nothing stands.
 */
export async function takeBackEnding(tx: Tx, actor: Actor, caseId: Uuid): Promise<Ending | null> {
  const [all = []] = await endingsOfCase.batch(tx, actor, [caseId])
  const standing = all.findLast(({ what, takenBackAt }) => what !== 'taken-back' && takenBackAt === null)
  if (!standing) return null
  for (const kind of ['review-risk', 'tell-referrer'] as const)
    await cancelTaskAbout(tx, actor, aboutTask(standing), kind, 'the ending was taken back')
  return begin(tx, actor, caseId, 'taken-back', standing.id)
}

/** What tasks about an ending name as their subject. */
export const aboutTask = ({ id }: Pick<Ending, 'id'>) => ({ type: 'case-ending', id })

async function begin(tx: Tx, actor: Actor, caseId: Uuid, what: EndingWord, takesBackId: Uuid | null): Promise<Ending> {
  const ending = { providerId: actor.providerId, id: tx.newId(), caseId, what, takesBackId, endedAt: tx.now, endedBy: personOf(actor) }
  const [row] = await tx.orm.insert(caseEndings).values(ending).returning()
  await tellPartnerService(tx, actor, row!)
  if (what === 'taken-back')
    await addToTimeline(tx, actor, {
      caseId,
      what: 'ending-taken-back',
      occurredAt: tx.now,
      summary: endings[what],
      about: aboutTask(row!),
    })
  return { ...row!, takenBackAt: null }
}

async function tellPartnerService(tx: Tx, actor: Actor, { id, caseId, what }: typeof caseEndings.$inferSelect): Promise<void> {
  const [support] = await notExcludedFrom(tx, actor, await staffWithRole(tx, actor, 'partner-support-worker', 'safeguarding-lead'), caseId)
  if (!support) return
  await notify(tx, actor, { kind: 'ending', about: { type: 'CaseEnding', id }, caseId, side: 'partner', recipientId: support, patience })
  await openTask(tx, actor, {
    kind: 'tell-partner-service',
    title: `${endings[what]}: consider what it means for the partner`,
    about: aboutTask({ id }),
    caseId,
    ownerId: support,
    side: 'partner',
    due: { by: dueSameDay(tx.now, partnerServiceHours) },
  })
}
