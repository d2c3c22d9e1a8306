import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertMove } from '../../platform/states.ts'
import { record } from '../audit/index.ts'
import { acknowledgeAbout } from '../notifications/index.ts'
import { caseReaders } from '../providers/index.ts'
import { assertMayAct } from './access.ts'
import { changeConcern, lockConcern, type Concern } from './concern.ts'
import { ConcernRef, localConcernId, ToldEnum } from './graphql.ts'
import type { Told } from './matters.ts'
import { onTimeline } from './raise-concern.ts'
import { concernMoves } from './states.ts'

export type ClosedConcern = {
  concernId: Uuid
  action: string
  told: readonly Told[]
  whyNotTold?: string | null | undefined
  expectedVersion: number
}

/**
 * Closes a concern with a record of what was done and who was told. Whom the rules name must be among them, or the record says why not.
 * @throws NotFound, StaleVersion, NotAllowed, InvalidMove, InvalidInput (fields `told`, `whyNotTold`)
 */
export async function closeConcern(tx: Tx, actor: Actor, input: ClosedConcern): Promise<Concern> {
  const concern = await lockConcern(tx, actor, input.concernId, input.expectedVersion)
  const allowedBy = assertMayAct(actor, concern)
  assertMove('concern', concernMoves, actor, concern.status, 'closed', input.action)
  assertTold(actor, concern, input)
  const taken = concern.acknowledgedAt === null ? { acknowledgedAt: tx.now, acknowledgedBy: actor.id } : {}
  const changed = await changeConcern(tx, actor, concern, {
    ...taken,
    status: 'closed',
    closedAt: tx.now,
    closedBy: actor.id,
    action: input.action.trim(),
    told: [...new Set(input.told)],
    whyNotTold: input.whyNotTold?.trim() || null,
  })
  await acknowledgeAbout(tx, actor, { type: 'Concern', id: concern.id })
  await onTimeline(tx, actor, concern, 'concern-closed', 'A concern was acted on and closed')
  await record(tx, actor, {
    action: 'concern.closed',
    subjectType: 'concern',
    subjectId: concern.id,
    allowedBy,
    fields: ['status', 'action', 'told', 'whyNotTold'],
  })
  return changed
}

/** Whoever closes it knows of it. @throws InvalidInput */
function assertTold(actor: Actor, { tell }: Concern, { told, whyNotTold }: ClosedConcern): void {
  if (told.length === 0) throw new InvalidInput('told', 'say who was told', 'NOBODY_ELSE where nobody was, beside you')
  if (told.includes('nobody-else') && told.length > 1)
    throw new InvalidInput('told', 'somebody was told, or nobody else', 'leave NOBODY_ELSE out')
  const missing = tell.filter((who) => !(told as readonly string[]).includes(who) && !actor.roles.has(who))
  if (missing.length > 0 && !whyNotTold?.trim())
    throw new InvalidInput(
      'whyNotTold',
      `the rules say to tell: ${missing.join(', ')}`,
      'tell them and name them, or record why they were not told',
    )
}

const CloseConcernInput = builder.inputType('CloseConcernInput', {
  description: 'What was done about a concern.',
  fields: (t) => ({
    concernId: t.id({ required: true, description: 'Global id of the concern.' }),
    action: t.field({ type: 'LongText', required: true, description: 'What was done: without it nothing is closed.' }),
    told: t.field({ type: [ToldEnum], required: true, description: 'Who was told, one at least.' }),
    whyNotTold: t.field({ type: 'LongText', description: 'Why somebody the rules name was not told.' }),
    expectedVersion: t.int({ required: true, description: 'Its version as it was read.' }),
  }),
})

builder.mutationField('closeConcern', (t) =>
  t.field({
    ...calledBy(
      caseReaders,
      'Closes a concern with a record of what was done and who was told. Its owner does, or those who answer for its side.',
    ),
    type: ConcernRef,
    args: { input: t.arg({ type: CloseConcernInput, required: true, description: 'Which concern, and what was done.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'close-concern', (tx, actor) =>
        closeConcern(tx, actor, { ...input, concernId: localConcernId(input.concernId) }),
      ),
  }),
)
