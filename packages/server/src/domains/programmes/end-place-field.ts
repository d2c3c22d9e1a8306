import { hasRole, type Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { enumOf } from '../../platform/enum-of.ts'
import { NotAllowed } from '../../platform/errors.ts'
import { calledBy } from '../../platform/root-access.ts'
import { assertWorkableCase } from '../cases/index.ts'
import { assertLeads, leaders, type Place } from './access.ts'
import { endPlace, type EndedPlace } from './end-place.ts'
import { idIn } from './group.ts'
import { lockPlace } from './place.ts'
import { PlaceRef } from './place-graphql.ts'
import { endings, endingsByHand, type EndingByHand } from './states.ts'

export type PlaceEndedByHand = Omit<EndedPlace, 'ending'> & { ending: EndingByHand; expectedVersion: number }

/** Ends a place as the person who decides it may: what the rules propose is confirmed elsewhere. @throws as `endPlace`, and NotAllowed */
export async function endPlaceByHand(tx: Tx, actor: Actor, input: PlaceEndedByHand): Promise<Place> {
  const { place, group } = await lockPlace(tx, actor, input.placeId, input.expectedVersion)
  await assertWorkableCase(tx, actor, place.caseId)
  await assertLeads(tx, actor, group.id)
  const { by } = endings[input.ending]
  if (!hasRole(actor, ...by)) throw new NotAllowed(`a place ends in this way by: ${by.join(', ')}`)
  return endPlace(tx, actor, input)
}

const EndingByHandEnum = enumOf<EndingByHand>(
  'PlaceEndingByHand',
  'How a person ends a place. Completing and removing are proposed by rules and confirmed by a named person.',
  endings,
  endingsByHand,
)

const EndPlaceInput = builder.inputType('EndPlaceInput', {
  description: 'Which place ends, how and why.',
  fields: (t) => ({
    placeId: t.id({ required: true, description: 'Global id of the place.' }),
    ending: t.field({ type: EndingByHandEnum, required: true, description: 'How.' }),
    reason: t.field({ type: 'LongText', required: true, description: 'Why.' }),
    endedOn: t.field({ type: 'Day', description: 'The last day of membership, itself included; today when left out.' }),
    expectedVersion: t.int({ required: true, description: 'The place’s version as it was read.' }),
  }),
})

builder.mutationField('endPlace', (t) =>
  t.field({
    ...calledBy(
      leaders,
      'Ends a place. Where nobody had planned it, the partner service hears first, then the risk is scored again, then the referrer is told.',
    ),
    type: PlaceRef,
    args: { input: t.arg({ type: EndPlaceInput, required: true, description: 'Which, how and why.' }) },
    errors: { types: usualRefusals },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'end-place', (tx, actor) =>
        endPlaceByHand(tx, actor, { ...input, endedOn: input.endedOn ?? undefined, placeId: idIn('Place', input.placeId, 'place') }),
      ),
  }),
)
