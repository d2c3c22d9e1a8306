import { and, desc, eq } from 'drizzle-orm'
import { canonicalJson } from '@plumbline/rules'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline } from '../cases/index.ts'
import { assertMayRecord, lockSession, sessionById, settleSession, TooFewFacilitators, type Session } from '../programmes/index.ts'
import { applyPlan } from './apply.ts'
import { plannedFor, type RegisterOutcome } from './check-register.ts'
import { afterRegister } from './followers.ts'
import { sessionIdIn } from './ids.ts'
import { outcomeIn, RegisterInput, RegisterResultRef } from './register-graphql.ts'
import { planRegister, type PersonPlan } from './plan.ts'
import { latestEntry, recordedOf } from './register.ts'
import { asResult, type PersonResult } from './result.ts'
import { leadersOfGroups } from './roles.ts'
import { attendanceEntries, registers } from './tables.ts'

export type Register = typeof registers.$inferSelect

export type RecordedRegister = {
  sessionId: Uuid
  outcome: RegisterOutcome
  /** Why what was recorded before is put right; needed for a correction. */
  correctionReason?: string | null | undefined
  expectedVersion: number
  idempotencyKey: string
}

/**
 * Records what happened at a session for everybody, or puts it right, and with it what follows: contacts, reviews, proposed removals and concerns,
 * raised once each; what a correction takes away is undone, and whoever was told is told. All of it is saved, or none.
 * @throws NotFound, StaleVersion, NotAllowed, InvalidMove, TooFewFacilitators, IdempotencyKeyReused, InvalidInput
 */
export async function recordRegister(tx: Tx, actor: Actor, input: RecordedRegister): Promise<Register> {
  const { idempotencyKey: key, ...payload } = { ...input, correctionReason: input.correctionReason ?? null }
  return once(
    tx,
    actor,
    { operation: 'record-register', key, payload },
    () => write(tx, actor, input),
    (id) => assertReadableRegister(tx, actor, id),
  )
}

async function write(tx: Tx, actor: Actor, input: RecordedRegister): Promise<Register> {
  const { outcome, correctionReason } = input
  const locked = await lockSession(tx, actor, input.sessionId, input.expectedVersion)
  await assertMayRecord(tx, actor, locked)
  const { session } = locked
  // Only now the group is locked, and nobody else writes what is read here.
  const planned = await plannedFor(tx, actor, session, outcome)
  const plans = await planRegister(tx, actor, session, planned)
  const settled = await settleSession(tx, actor, {
    sessionId: session.id,
    outcome: 'notHeldBecause' in outcome ? outcome : { facilitatedBy: outcome.facilitatedBy },
    correction: correctionReason ?? undefined,
  })
  const register = await addRegister(tx, actor, session, plans, correctionReason?.trim() || null)
  await addEntries(tx, actor, register, settled, plans)
  for (const plan of plans)
    await applyPlan(tx, actor, { registerId: register.id, session, reason: correctionReason ?? 'the register was recorded' }, plan)
  await afterRegister(
    tx,
    actor,
    plans.map(({ place }) => place),
  )
  await record(tx, actor, {
    action: register.number === 1 ? 'register.recorded' : 'register.corrected',
    subjectType: 'session',
    subjectId: session.id,
    allowedBy: [...actor.roles].sort().join(' '),
    fields: ['outcome', 'facilitatedBy', 'correctionReason'],
  })
  return register
}

async function addRegister(tx: Tx, actor: Actor, session: Session, plans: readonly PersonPlan[], reason: string | null): Promise<Register> {
  const [last] = await tx.orm
    .select({ number: registers.number })
    .from(registers)
    .where(and(eq(registers.providerId, actor.providerId), eq(registers.sessionId, session.id)))
    .orderBy(desc(registers.number))
    .limit(1)
  const number = (last?.number ?? 0) + 1
  const register: Register = {
    providerId: actor.providerId,
    id: tx.newId(),
    sessionId: session.id,
    number,
    correctionReason: number === 1 ? null : reason,
    resultText: canonicalJson(plans.map(asResult)),
    recordedBy: actor.id,
    recordedAt: tx.now,
  }
  await tx.orm.insert(registers).values(register)
  return register
}

/** Only what differs from what is recorded already, and the line on each case’s timeline that goes with it. */
async function addEntries(tx: Tx, actor: Actor, register: Register, session: Session, plans: readonly PersonPlan[]): Promise<void> {
  const recorded = await recordedOf(
    tx,
    actor,
    plans.map(({ place }) => place),
  )
  for (const { place, outcome } of plans) {
    const earlier = latestEntry(recorded, session.id, place.id)
    if (outcome !== 'not-held' && earlier?.outcome !== outcome)
      await tx.orm.insert(attendanceEntries).values({
        providerId: actor.providerId,
        id: tx.newId(),
        registerId: register.id,
        sessionId: session.id,
        placeId: place.id,
        caseId: place.caseId,
        number: (earlier?.number ?? 0) + 1,
        outcome,
      })
    await addToTimeline(tx, actor, {
      caseId: place.caseId,
      what: register.number === 1 ? 'attendance-recorded' : 'attendance-corrected',
      occurredAt: session.startsAt,
      summary: register.number === 1 ? 'Attendance at a session was recorded' : 'Attendance at a session was put right',
      about: { type: 'session', id: session.id },
    })
  }
}

/** @throws NotFound, as for the session */
async function assertReadableRegister(tx: Tx, actor: Actor, id: Uuid): Promise<Register> {
  const [row] = await tx.orm
    .select()
    .from(registers)
    .where(and(eq(registers.providerId, actor.providerId), eq(registers.id, id)))
  const [session] = row ? await sessionById.batch(tx, actor, [row.sessionId]) : []
  if (!row || !session) throw new NotFound('session')
  return row
}

const RecordRegisterInput = builder.inputType('RecordRegisterInput', {
  description: 'A register to be saved: the same as was previewed.',
  fields: (t) => ({
    register: t.field({ type: RegisterInput, required: true, description: 'Which session, and what happened.' }),
    correctionReason: t.field({ type: 'LongText', description: 'Why what was recorded before is put right; needed for a correction.' }),
    expectedVersion: t.int({ required: true, description: 'The session’s version as it was read.' }),
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'The same key records once.' }),
  }),
})

builder.mutationField('recordRegister', (t) =>
  t.field({
    ...calledBy(
      leadersOfGroups,
      'Records the register of a session, or puts it right, and raises what follows from it. Whoever leads the group does, or works on the case of a one-to-one. Recording late is normal.',
    ),
    type: RegisterResultRef,
    args: { input: t.arg({ type: RecordRegisterInput, required: true, description: 'The register, and the version it was made from.' }) },
    errors: { types: [...usualRefusals, TooFewFacilitators] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-register', async (tx, actor) => {
        const { idempotencyKey, expectedVersion, correctionReason } = input
        const sessionId = sessionIdIn(input.register.sessionId)
        const outcome = outcomeIn(input.register)
        const register = await recordRegister(tx, actor, { sessionId, outcome, correctionReason, expectedVersion, idempotencyKey })
        const [session] = await sessionById.batch(tx, actor, [sessionId])
        return { sessionId, version: session!.version, people: JSON.parse(register.resultText) as PersonResult[] }
      }),
  }),
)
