import type { Duration } from '@plumbline/rules'
import { nobody, type Actor, type Side } from '../../platform/actor.ts'
import { deadlineOf } from '../../platform/calendar/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Uuid } from '../../platform/ids.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, notExcludedFrom } from '../cases/index.ts'
import { endOf, notify } from '../notifications/index.ts'
import { staffWithRole } from '../providers/index.ts'
import type { Concern } from './concern.ts'
import { levels, type ConcernLevel, type Matter } from './matters.ts'
import { chooseOwner } from './owner.ts'
import { concerns } from './tables.ts'

export type NewConcern = {
  caseId: Uuid
  side: Side
  level: ConcernLevel
  /** One at least. */
  what: readonly Matter[]
  /** Clock hours or working days; that of the level when left out. `from` is when it became known: recording late does not move a deadline. */
  due?: { within?: Duration; from?: Instant }
  /** A decision and the rules of it that fired, with whom they say to tell; or what a person saw or heard. */
  source: { decisionId: Uuid; rules: readonly string[]; tell: readonly string[] } | { details: string }
}

/**
 * Raises a concern in the caller's transaction: owner, deadline, messages and the case's timeline with it, or nothing.
 * The caller answers for access; whoever causes a concern need not be able to read it.
 * @throws InvalidInput (field `ownerId`) where nobody is left to own it
 */
export async function raiseConcern(tx: Tx, actor: Actor, input: NewConcern): Promise<Concern> {
  const concern = await concernFrom(tx, actor, input)
  // Nothing is read back: the row may lie where this person does not look.
  await tx.orm.insert(concerns).values(concern)
  await tellOf(tx, actor, concern)
  await onTimeline(tx, actor, concern, 'concern-raised', 'A concern was raised')
  await record(tx, actor, {
    action: 'concern.raised',
    subjectType: 'concern',
    subjectId: concern.id,
    fields: ['level', 'what', 'ownerId', 'dueAt', 'notification'],
  })
  return concern
}

async function concernFrom(tx: Tx, actor: Actor, { source, ...input }: NewConcern): Promise<Concern> {
  const owner = await chooseOwner(tx, actor, input)
  const { within, patience } = levels[input.level]
  const runsFrom = input.due?.from ?? tx.now
  const deadline = deadlineOf(runsFrom, input.due?.within ?? within)
  const answerBy = endOf(tx.now, patience)
  const byRule = 'decisionId' in source
  return {
    providerId: actor.providerId,
    id: tx.newId(),
    caseId: input.caseId,
    side: input.side,
    level: input.level,
    what: [...new Set(input.what)],
    decisionId: byRule ? source.decisionId : null,
    rules: byRule ? [...source.rules] : [],
    details: byRule ? null : source.details,
    tell: byRule ? [...source.tell] : [],
    ownerId: owner.id,
    ownerSide: owner.side,
    status: 'raised',
    runsFrom,
    dueAt: deadline.at,
    dueIsProvisional: deadline.beyondKnownHolidays,
    // Never later than the deadline itself, and never in the past.
    acknowledgeBy: deadline.at < tx.now ? tx.now : deadline.at < answerBy ? deadline.at : answerBy,
    raisedAt: tx.now,
    raisedBy: actor.id === nobody ? null : actor.id,
    acknowledgedAt: null,
    acknowledgedBy: null,
    closedAt: null,
    closedBy: null,
    action: null,
    told: null,
    whyNotTold: null,
    version: 1,
  }
}

/** Its owner, and where the rules name the partner service, partner support: the same whether or not a partner is known. */
async function tellOf(tx: Tx, actor: Actor, { id, caseId, side, ownerId, level, tell }: Concern): Promise<void> {
  const message = { kind: 'concern-raised', about: { type: 'Concern', id }, caseId, side } as const
  // An owner who stays silent is passed over by the concern's own deadline, not by the message's.
  await notify(tx, actor, { ...message, recipientId: ownerId, patience: null })
  if (!tell.includes('partner-service')) return
  const [support] = await notExcludedFrom(tx, actor, await staffWithRole(tx, actor, 'partner-support-worker'), caseId)
  if (support && support !== ownerId) await notify(tx, actor, { ...message, recipientId: support, patience: levels[level].patience })
}

/** The timeline belongs to the participant's side: only what lies there is said there. */
export async function onTimeline(tx: Tx, actor: Actor, { id, caseId, side }: Concern, what: string, summary: string): Promise<void> {
  if (side === 'participant') await addToTimeline(tx, actor, { caseId, what, occurredAt: tx.now, summary, about: { type: 'concern', id } })
}
