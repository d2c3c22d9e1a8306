import { nobody, type Actor } from '../../platform/actor.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput } from '../../platform/errors.ts'
import { nextReference } from '../../platform/reference.ts'
import { record } from '../audit/index.ts'
import { nameKey } from './names.ts'
import type { Participant } from './participant.ts'
import { participants } from './tables.ts'

export type NewParticipant = { givenName: string; familyName: string; bornOn?: Day | null; localAuthority?: string | null }

/** Records a person. Only a referral does, and it has asked who they might be before (`possibleDuplicates`): the caller is what allows it. */
export async function createParticipant(tx: Tx, actor: Actor, input: NewParticipant): Promise<Participant> {
  assertBorn(tx, input.bornOn, 'bornOn')
  const [row] = await tx.orm
    .insert(participants)
    .values({
      providerId: actor.providerId,
      id: tx.newId(),
      reference: await nextReference(tx, actor, 'P'),
      givenName: input.givenName,
      familyName: input.familyName,
      bornOn: input.bornOn ?? null,
      localAuthority: input.localAuthority ?? null,
      givenKey: nameKey(input.givenName),
      familyKey: nameKey(input.familyName),
      recordedBy: actor.id === nobody ? null : actor.id,
      recordedAt: tx.now,
    })
    .returning()
  await record(tx, actor, {
    action: 'participant.recorded',
    subjectType: 'participant',
    subjectId: row!.id,
    fields: ['givenName', 'familyName', 'bornOn', 'localAuthority'],
  })
  return row!
}

/** @throws InvalidInput for a day to come */
export function assertBorn(tx: Tx, bornOn: Day | null | undefined, field: string): void {
  if (bornOn && bornOn > tx.today) throw new InvalidInput(field, 'nobody is born after today', 'leave it out when it is not known')
}
