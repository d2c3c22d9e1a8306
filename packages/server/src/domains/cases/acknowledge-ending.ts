import { eq, and, inArray } from 'drizzle-orm'
import { hasRole, theServer, type Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { acknowledgeAbout, followAcknowledgement, followSubject } from '../notifications/index.ts'
import { followCompletion } from '../tasks/index.ts'
import { aboutTask } from './after-ending.ts'
import { changeEnding, endingById, isHeard, lockEnding, type Ending } from './ending.ts'
import { EndingRef } from './ending-graphql.ts'
import { idIn } from './graphql.ts'
import { caseEndings } from './tables.ts'
import { addToTimeline } from './timeline.ts'

/** What becomes possible once the partner service was heard, or the safeguarding lead has gone on. Acts as the server: nothing of partner support shows. */
export type HeardFollower = (tx: Tx, server: Actor, ending: Ending) => Promise<void>
const followers: HeardFollower[] = []

/** Called once by each slice that waits for it. */
export const followHeardEnding = (follow: HeardFollower): void => void followers.push(follow)

/** The first time an ending counts as heard. */
export async function afterHeard(tx: Tx, ending: Ending): Promise<void> {
  const server = theServer(ending.providerId, 'safeguarding-lead')
  await addToTimeline(tx, server, {
    caseId: ending.caseId,
    what: 'partner-service-first',
    occurredAt: tx.now,
    summary: 'The partner service was heard first: the referrer may be told',
    about: aboutTask(ending),
  })
  for (const follow of followers) await follow(tx, server, ending)
}

export type AcknowledgedEnding = { endingId: Uuid; expectedVersion: number | null }

/** Partner support says that it has heard of an ending. A second call changes nothing. @throws NotFound, StaleVersion */
export async function acknowledgeEnding(tx: Tx, actor: Actor, input: AcknowledgedEnding): Promise<Ending> {
  const ending = await lockEnding(tx, actor, input.endingId)
  if (ending.acknowledgedAt !== null) return ending
  const changed = await changeEnding(tx, actor, ending, input.expectedVersion, { acknowledgedAt: tx.now, acknowledgedBy: actor.id })
  await acknowledgeAbout(tx, actor, { type: 'CaseEnding', id: ending.id })
  if (!isHeard(ending)) await afterHeard(tx, changed)
  await record(tx, actor, {
    action: 'case.ending-acknowledged',
    subjectType: 'case-ending',
    subjectId: ending.id,
    allowedBy: 'partner support',
    fields: ['acknowledgedAt'],
  })
  return changed
}

/** Whoever of partner support takes the message, or does the task, has heard. Anybody else has not: the lead goes on with a reason, or not at all. */
async function hearWherePartnerSupport(tx: Tx, actor: Actor, endingId: Uuid): Promise<void> {
  if (!hasRole(actor, 'partner-support-worker')) return
  const [ending] = await endingById.batch(tx, actor, [endingId])
  if (ending) await acknowledgeEnding(tx, actor, { endingId, expectedVersion: null })
}
followAcknowledgement('CaseEnding', hearWherePartnerSupport)
followCompletion('tell-partner-service', async (tx, actor, { subjectType, subjectId }) => {
  if (subjectType === 'case-ending') await hearWherePartnerSupport(tx, actor, subjectId)
})

/** A message climbs until partner support has acknowledged the ending, also where the safeguarding lead has gone on. */
followSubject('CaseEnding', async (tx, actor, messages) => {
  const ids = messages.map(({ subjectId }) => subjectId)
  const rows = await tx.orm
    .select({ id: caseEndings.id, acknowledgedAt: caseEndings.acknowledgedAt })
    .from(caseEndings)
    .where(and(eq(caseEndings.providerId, actor.providerId), inArray(caseEndings.id, ids)))
  const waits = new Set(rows.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ id }) => id))
  return new Set(messages.filter(({ subjectId }) => waits.has(subjectId)).map(({ id }) => id))
})

const AcknowledgeEndingInput = builder.inputType('AcknowledgeEndingInput', {
  description: 'An ending that partner support has heard of.',
  fields: (t) => ({
    endingId: t.id({ required: true, description: 'Global id of the ending.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('acknowledgeEnding', (t) =>
  t.field({
    ...calledBy(
      ['partner-support-worker'],
      'Says that partner support has heard of a refusal, a removal or another ending; from then on the referrer may be told. The same step in every case, whether or not a partner is known.',
    ),
    type: EndingRef,
    args: { input: t.arg({ type: AcknowledgeEndingInput, required: true, description: 'Which ending.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'acknowledge-ending', (tx, actor) =>
        acknowledgeEnding(tx, actor, { ...input, endingId: idIn('CaseEnding', input.endingId, 'ending') }),
      ),
  }),
)
