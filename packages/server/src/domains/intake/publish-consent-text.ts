import { and, desc, eq } from 'drizzle-orm'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction, signedIn } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { once } from '../../platform/idempotency.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { intakeRoles } from './access.ts'
import { consentTextById, type ConsentText } from './consent.ts'
import { ConsentKindEnum, ConsentTextRef } from './graphql.ts'
import { consentTexts } from './tables.ts'
import type { ConsentKind } from './words.ts'

export type PublishConsentText = {
  idempotencyKey: string
  kind: ConsentKind
  text: string
  confidentialityNotice: string
  effectiveFrom: Day
}

/** Adds the next version of what people sign. Versions already there are never changed. */
export async function publishConsentText(tx: Tx, actor: Actor, input: PublishConsentText): Promise<ConsentText> {
  return once(
    tx,
    actor,
    { operation: 'publish-consent-text', key: input.idempotencyKey, payload: { ...input, idempotencyKey: null } },
    async () => {
      const [last] = await tx.orm
        .select()
        .from(consentTexts)
        .where(and(eq(consentTexts.providerId, actor.providerId), eq(consentTexts.kind, input.kind)))
        .orderBy(desc(consentTexts.number))
        .limit(1)
      if (last && input.effectiveFrom <= last.effectiveFrom)
        throw new InvalidInput('effectiveFrom', 'a version begins after the one before it')
      const [row] = await tx.orm
        .insert(consentTexts)
        .values({
          providerId: actor.providerId,
          id: tx.newId(),
          kind: input.kind,
          number: (last?.number ?? 0) + 1,
          text: input.text,
          confidentialityNotice: input.confidentialityNotice,
          effectiveFrom: input.effectiveFrom,
          publishedBy: actor.id,
          publishedAt: tx.now,
        })
        .onConflictDoNothing()
        .returning()
      if (!row) throw new InvalidInput('effectiveFrom', 'somebody published a version at the same moment', 'read the versions again')
      await record(tx, actor, {
        action: 'consent-text.published',
        subjectType: 'consent-text',
        subjectId: row.id,
        fields: ['text', 'confidentialityNotice', 'effectiveFrom'],
      })
      return row
    },
    async (id) => (await consentTextById.batch(tx, actor, [id]))[0]!,
  )
}

const PublishConsentTextInput = builder.inputType('PublishConsentTextInput', {
  description: 'The next version of what people sign.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one version.' }),
    kind: t.field({ type: ConsentKindEnum, required: true, description: 'What it is a consent to.' }),
    text: t.field({ type: 'LongText', required: true, description: 'The words, expectations such as full participation included.' }),
    confidentialityNotice: t.field({
      type: 'LongText',
      required: true,
      description: 'Where confidentiality ends: who is told when a child or an adult is in danger, and what social workers get.',
    }),
    effectiveFrom: t.field({
      type: 'Day',
      required: true,
      description: 'The first day it may be signed; after that of the version before.',
    }),
  }),
})

builder.mutationField('publishConsentText', (t) =>
  t.field({
    ...calledBy(['programme-manager'], 'Publishes the next version of a consent text.'),
    type: ConsentTextRef,
    args: { input: t.arg({ type: PublishConsentTextInput, required: true, description: 'The version.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) => inTransaction(context, 'publish-consent-text', (tx, actor) => publishConsentText(tx, actor, input)),
  }),
)

builder.queryField('consentTexts', (t) =>
  t.field({
    ...calledBy(
      [...intakeRoles, 'facilitator', 'one-to-one-worker', 'safeguarding-lead'],
      'Every version of the consent texts, the newest of each kind first.',
    ),
    type: [ConsentTextRef],
    args: { kind: t.arg({ type: ConsentKindEnum, description: 'Only this kind.' }) },
    resolve: async (_, { kind }, context) => {
      const { actor, operation } = signedIn(context)
      const tx = await operation.read()
      return tx.orm
        .select()
        .from(consentTexts)
        .where(and(eq(consentTexts.providerId, actor.providerId), kind ? eq(consentTexts.kind, kind) : undefined))
        .orderBy(consentTexts.kind, desc(consentTexts.number))
    },
  }),
)
