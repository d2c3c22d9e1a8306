import { builder, RefusalInterface } from '../../platform/builder.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { DomainError } from '../../platform/errors.ts'
import { mayBeKnown, ParticipantRef, possibleDuplicates, type Participant } from '../participants/index.ts'
import { isOutside } from './access.ts'
import type { NewPerson } from './refer-participant.ts'

/** Somebody like this is known already. Nothing was created. */
export class PossibleDuplicates extends DomainError {
  override name = 'PossibleDuplicates'
  readonly code = 'possible-duplicates'
  readonly candidates: Participant[]
  constructor(candidates: Participant[]) {
    super(
      'somebody like this person is known here',
      'if it is the same person, refer them by `participantId`; if not, say why in `confirmNewPerson`',
    )
    this.candidates = candidates
  }
}

/** Whom this person may see of those who could be the same, and whether somebody else has to look. */
export async function duplicatesOf(tx: Tx, actor: Actor, person: NewPerson): Promise<{ readable: Participant[]; mayBeKnown: boolean }> {
  const likeness = { ...person, bornOn: person.bornOn ?? null }
  return {
    readable: isOutside(actor) ? [] : await possibleDuplicates(tx, actor, likeness),
    mayBeKnown: await mayBeKnown(tx, actor, likeness),
  }
}

builder.objectType(PossibleDuplicates, {
  name: 'PossibleDuplicates',
  interfaces: [RefusalInterface],
  description: 'Somebody like this person is known already. Nothing was created.',
  fields: (t) => ({
    candidates: t.expose('candidates', { type: [ParticipantRef], description: 'Whom it may be, as far as you may see them.' }),
  }),
})
