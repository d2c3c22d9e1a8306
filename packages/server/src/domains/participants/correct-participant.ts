import { and, eq } from 'drizzle-orm'
import { hasRole, type Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotAllowed, NotFound } from '../../platform/errors.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { record } from '../audit/index.ts'
import { correctors } from './access.ts'
import { assertBorn } from './create-participant.ts'
import { ParticipantRef } from './graphql.ts'
import { nameKey } from './names.ts'
import { lockParticipant, type Participant } from './participant.ts'
import { participantCorrections, participants, type correctableFields } from './tables.ts'

export type Correction = {
  participantId: Uuid
  expectedVersion: number
  reason: string
  /** Absent: stays as it is. */
  givenName?: string | null | undefined
  familyName?: string | null | undefined
  /** Null: not known after all. */
  bornOn?: Day | null | undefined
  localAuthority?: string | null | undefined
}

/** Puts right what is recorded of a person. What stood there before stays readable, with who changed it, when and why. */
export async function correctParticipant(tx: Tx, actor: Actor, input: Correction): Promise<Participant> {
  if (!hasRole(actor, ...correctors)) throw new NotAllowed(`participants are corrected by: ${correctors.join(', ')}`)
  const known = await lockParticipant(tx, actor, input.participantId, input.expectedVersion)
  if (input.givenName === null) throw new InvalidInput('givenName', 'a name is needed', 'leave it out to keep the one there is')
  if (input.familyName === null) throw new InvalidInput('familyName', 'a name is needed', 'leave it out to keep the one there is')
  assertBorn(tx, input.bornOn, 'bornOn')

  const now = {
    givenName: input.givenName ?? known.givenName,
    familyName: input.familyName ?? known.familyName,
    bornOn: input.bornOn === undefined ? known.bornOn : input.bornOn,
    localAuthority: input.localAuthority === undefined ? known.localAuthority : input.localAuthority,
  }
  const changes = changed(known, now)
  if (changes.length === 0) throw new InvalidInput('reason', 'nothing differs from what is recorded', 'send only what has to be put right')

  const common = { providerId: actor.providerId, participantId: known.id, reason: input.reason, correctedBy: actor.id, correctedAt: tx.now }
  await tx.orm
    .insert(participantCorrections)
    .values(changes.map(({ field, before, after }) => ({ ...common, id: tx.newId(), field, before, after })))
  const [row] = await tx.orm
    .update(participants)
    .set({ ...now, givenKey: nameKey(now.givenName), familyKey: nameKey(now.familyName), version: known.version + 1 })
    .where(and(eq(participants.providerId, actor.providerId), eq(participants.id, known.id)))
    .returning()
  await record(tx, actor, {
    action: 'participant.corrected',
    subjectType: 'participant',
    subjectId: known.id,
    fields: changes.map(({ name }) => name),
  })
  return row!
}

type Correctable = Pick<Participant, 'givenName' | 'familyName' | 'bornOn' | 'localAuthority'>
const columns: { name: keyof Correctable; field: (typeof correctableFields)[number] }[] = [
  { name: 'givenName', field: 'given-name' },
  { name: 'familyName', field: 'family-name' },
  { name: 'bornOn', field: 'born-on' },
  { name: 'localAuthority', field: 'local-authority' },
]
const changed = (before: Correctable, after: Correctable) =>
  columns
    .filter(({ name }) => before[name] !== after[name])
    .map(({ name, field }) => ({ name, field, before: before[name], after: after[name] }))

const CorrectParticipantInput = builder.inputType('CorrectParticipantInput', {
  description: 'What has to be put right. A field left out stays as it is; null says that it is not known after all.',
  fields: (t) => ({
    participantId: t.id({ required: true, description: 'Global id of the participant.' }),
    givenName: t.field({ type: 'ShortText', description: 'The given name as it should stand. Cannot be null.' }),
    familyName: t.field({ type: 'ShortText', description: 'The family name as it should stand. Cannot be null.' }),
    bornOn: t.field({ type: 'Day', description: 'The day of birth as it should stand, today or earlier; null when it is not known.' }),
    localAuthority: t.field({ type: 'ShortText', description: 'The borough or council area they live in; null when it is not known.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why it has to be put right.' }),
    expectedVersion: t.int({ required: true, description: 'The participant’s version as it was read.' }),
  }),
})

builder.mutationField('correctParticipant', (t) =>
  t.field({
    ...calledBy(correctors, 'Puts right what is recorded of a person; both versions are kept.'),
    type: ParticipantRef,
    args: { input: t.arg({ type: CorrectParticipantInput, required: true, description: 'Whom, what and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'correct-participant', (tx, actor) => {
        const participantId = localId('Participant', input.participantId)
        if (!participantId) throw new NotFound('participant')
        return correctParticipant(tx, actor, { ...input, participantId })
      }),
  }),
)
