import { and, eq } from 'drizzle-orm'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound, StaleVersion } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { addToTimeline, assertReadableCase, assertWorkableCase } from '../cases/index.ts'
import { assertActiveStaff } from '../providers/index.ts'
import { idIn, intakeRoles } from './access.ts'
import { consentTextById, consentTextOn, type Consent } from './consent.ts'
import { ConsentRef } from './graphql.ts'
import { consents } from './tables.ts'

export type RecordConsent = { idempotencyKey: string; caseId: Uuid; consentTextId: Uuid; signedOn: Day; witnessedBy: Uuid }

/** Records that a person signed a version of a consent text, with its notice of the limits of confidentiality, before a witness. */
export async function recordConsent(tx: Tx, actor: Actor, input: RecordConsent): Promise<Consent> {
  await assertWorkableCase(tx, actor, input.caseId)
  return once(
    tx,
    actor,
    { operation: 'record-consent', key: input.idempotencyKey, payload: { ...input, idempotencyKey: null } },
    async () => {
      const [version] = await consentTextById.batch(tx, actor, [input.consentTextId])
      if (!version) throw new NotFound('consent text')
      if (input.signedOn > tx.today) throw new InvalidInput('signedOn', 'this day has not come yet')
      const inForce = await consentTextOn(tx, actor, version.kind, input.signedOn)
      if (inForce?.id !== version.id)
        throw new InvalidInput(
          'consentTextId',
          'this version was not the one to sign on that day',
          inForce ? `version ${inForce.number} was` : 'none was published yet',
        )
      const witness = await assertActiveStaff(tx, actor, input.witnessedBy)
      if (witness.side === 'partner' || witness.agencyId)
        throw new InvalidInput('witnessedBy', 'a colleague of the participant side witnesses a consent')
      const [row] = await tx.orm
        .insert(consents)
        .values({
          providerId: actor.providerId,
          id: tx.newId(),
          caseId: input.caseId,
          consentTextId: version.id,
          signedOn: input.signedOn,
          witnessedBy: witness.id,
          recordedBy: actor.id,
          recordedAt: tx.now,
        })
        .returning()
      await addToTimeline(tx, actor, {
        caseId: input.caseId,
        what: 'consent-signed',
        occurredAt: tx.now,
        summary: 'A consent was recorded',
        about: { type: 'consent', id: row!.id },
      })
      await record(tx, actor, {
        action: 'consent.recorded',
        subjectType: 'consent',
        subjectId: row!.id,
        fields: ['consentTextId', 'signedOn', 'witnessedBy'],
      })
      return row!
    },
    async (id) => {
      await assertReadableCase(tx, actor, input.caseId)
      return (await findConsent(tx, actor, id))!
    },
  )
}

export type WithdrawConsent = { consentId: Uuid; withdrawnOn: Day; note?: string | null | undefined; expectedVersion: number }

/**
 * Records that a consent was withdrawn. Nothing else changes: what safeguarding requires is done without consent, tasks and
 * deadlines stand, and what was lawful before stays on record.
 */
export async function withdrawConsent(tx: Tx, actor: Actor, input: WithdrawConsent): Promise<Consent> {
  const found = await findConsent(tx, actor, input.consentId)
  if (!found) throw new NotFound('consent')
  await assertWorkableCase(tx, actor, found.caseId).catch((error: unknown) => {
    throw error instanceof NotFound ? new NotFound('consent') : error
  })
  // Read again under the lock of its case.
  const consent = (await findConsent(tx, actor, input.consentId)) ?? found
  if (consent.version !== input.expectedVersion) throw new StaleVersion(consent.version)
  if (consent.withdrawnOn)
    throw new InvalidInput('consentId', 'this consent has been withdrawn', 'record a new signature if the person consents again')
  if (input.withdrawnOn > tx.today) throw new InvalidInput('withdrawnOn', 'this day has not come yet')
  if (input.withdrawnOn < consent.signedOn) throw new InvalidInput('withdrawnOn', 'a consent is withdrawn after it was signed')
  const [withdrawn] = await tx.orm
    .update(consents)
    .set({
      withdrawnOn: input.withdrawnOn,
      withdrawalNote: input.note ?? null,
      withdrawalRecordedBy: actor.id,
      withdrawalRecordedAt: tx.now,
      version: consent.version + 1,
    })
    .where(and(eq(consents.providerId, actor.providerId), eq(consents.id, consent.id)))
    .returning()
  await addToTimeline(tx, actor, {
    caseId: consent.caseId,
    what: 'consent-withdrawn',
    occurredAt: tx.now,
    summary: 'A consent was withdrawn',
    about: { type: 'consent', id: consent.id },
  })
  await record(tx, actor, {
    action: 'consent.withdrawn',
    subjectType: 'consent',
    subjectId: consent.id,
    fields: ['withdrawnOn', 'withdrawalNote'],
  })
  return withdrawn!
}

async function findConsent(tx: Tx, actor: Actor, id: Uuid): Promise<Consent | null> {
  const [row] = await tx.orm
    .select()
    .from(consents)
    .where(and(eq(consents.providerId, actor.providerId), eq(consents.id, id)))
  return row ?? null
}

const RecordConsentInput = builder.inputType('RecordConsentInput', {
  description: 'A consent that was signed.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one signature.' }),
    caseId: t.id({ required: true, description: 'Global id of the case.' }),
    consentTextId: t.id({ required: true, description: 'Global id of the version signed; it was in force on that day.' }),
    signedOn: t.field({ type: 'Day', required: true, description: 'When it was signed, today or earlier.' }),
    witnessedBy: t.id({ required: true, description: 'Global id of the member of staff who saw it signed.' }),
  }),
})

builder.mutationField('recordConsent', (t) =>
  t.field({
    ...calledBy(
      [...intakeRoles, 'one-to-one-worker', 'facilitator'],
      'Records that a person signed a version of a consent text and was told where confidentiality ends.',
    ),
    type: ConsentRef,
    args: { input: t.arg({ type: RecordConsentInput, required: true, description: 'Who signed what, when, before whom.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'record-consent', (tx, actor) =>
        recordConsent(tx, actor, {
          ...input,
          caseId: idIn('Case', input.caseId, 'case'),
          consentTextId: idIn('ConsentText', input.consentTextId, 'consent text'),
          witnessedBy: idIn('Staff', input.witnessedBy, 'staff member'),
        }),
      ),
  }),
)

const WithdrawConsentInput = builder.inputType('WithdrawConsentInput', {
  description: 'A consent that was withdrawn.',
  fields: (t) => ({
    consentId: t.id({ required: true, description: 'Global id of the consent.' }),
    withdrawnOn: t.field({ type: 'Day', required: true, description: 'When, from the day it was signed to today.' }),
    note: t.field({ type: 'LongText', description: 'What was said.' }),
    expectedVersion: t.int({ required: true, description: 'The consent’s version as it was read.' }),
  }),
})

builder.mutationField('withdrawConsent', (t) =>
  t.field({
    ...calledBy(
      [...intakeRoles, 'one-to-one-worker', 'facilitator'],
      'Records that a consent was withdrawn. It never stops safeguarding: nobody who must be told of a danger is told less.',
    ),
    type: ConsentRef,
    args: { input: t.arg({ type: WithdrawConsentInput, required: true, description: 'Which, and when.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'withdraw-consent', (tx, actor) =>
        withdrawConsent(tx, actor, { ...input, consentId: idIn('Consent', input.consentId, 'consent') }),
      ),
  }),
)
