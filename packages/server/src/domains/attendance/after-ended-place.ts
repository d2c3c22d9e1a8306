import { and, eq } from 'drizzle-orm'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { followEndedPlaces } from '../programmes/index.ts'
import { cancelTaskAbout } from '../tasks/index.ts'
import { aboutRemoval, changeRemoval } from './removal.ts'
import { removals } from './tables.ts'

/** However a place has ended: a removal that still waits for a decision has nothing left to end. One that was just confirmed waits no more. */
followEndedPlaces(async (tx, actor, { id, ending }) => {
  const waiting = await tx.orm
    .select()
    .from(removals)
    .where(and(eq(removals.providerId, actor.providerId), eq(removals.placeId, id), eq(removals.status, 'proposed')))
  const reason = `the place has ended: ${ending}`
  for (const removal of waiting) {
    await changeRemoval(tx, actor, removal, { status: 'withdrawn', undoneReason: reason })
    await cancelTaskAbout(tx, actor, aboutRemoval(removal), 'confirm-removal', reason)
    await addToTimeline(tx, actor, {
      caseId: removal.caseId,
      what: 'removal-withdrawn',
      occurredAt: tx.now,
      summary: 'A removal that the rules proposed is not decided: the place has ended',
      about: { type: 'removal', id: removal.id },
    })
    await record(tx, actor, {
      action: 'removal.withdrawn',
      subjectType: 'removal',
      subjectId: removal.id,
      fields: ['status', 'undoneReason'],
    })
  }
})
