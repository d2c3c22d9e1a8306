import { and, eq } from 'drizzle-orm'
import { followTelling, type FeedbackOccasion } from '../referrals/index.ts'
import { completeTasksAbout } from '../tasks/index.ts'
import type { CompletionStatus } from './states.ts'
import { completions } from './tables.ts'

/** What a referrer has heard of a completion: that it ended with one, or that it goes on after one was undone. */
const heard: Partial<Record<FeedbackOccasion, CompletionStatus>> = { ended: 'confirmed', progress: 'undone' }

/** The referrer was told: whoever was asked to tell them of a completion need not any more. */
followTelling(async (tx, actor, caseId, occasion) => {
  const status = heard[occasion]
  if (!status) return
  const told = await tx.orm
    .select({ id: completions.id })
    .from(completions)
    .where(and(eq(completions.providerId, actor.providerId), eq(completions.caseId, caseId), eq(completions.status, status)))
  for (const { id } of told) await completeTasksAbout(tx, actor, { type: 'completion', id }, 'tell-referrer', 'the referrer was told')
})
