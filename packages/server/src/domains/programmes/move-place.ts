import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder, usualRefusals } from '../../platform/builder.ts'
import type { Day } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { InvalidInput, NotFound } from '../../platform/errors.ts'
import type { Uuid } from '../../platform/ids.ts'
import { calledBy } from '../../platform/root-access.ts'
import { oversight } from '../providers/index.ts'
import { assertReadablePlace, readPlaces, type Place } from './access.ts'
import { unassignCasesOfGroup, facilitatorsOf } from './assignments.ts'
import { endPlaceByHand } from './end-place-field.ts'
import { CaseHasPlace, givePlace, GroupFull } from './give-place.ts'
import { idIn } from './group.ts'
import { NotAJoiningPoint } from './joining.ts'
import { openPlace } from './open-place.ts'
import { PlaceRef } from './place-graphql.ts'
import { groups, places } from './tables.ts'

export type MovedPlace = { placeId: Uuid; toGroupId: Uuid; joinedOn?: Day | null | undefined; reason: string; expectedVersion: number }

/**
 * Moves somebody to another group in one step: nobody is left between two groups. A place they wait for there is the one they get.
 * The rules of the day the new place begins judge from then on. @returns the new place
 * @throws as `endPlace` and `givePlace`, and InvalidInput (field `toGroupId`)
 */
export async function movePlace(tx: Tx, actor: Actor, input: MovedPlace): Promise<Place> {
  const { groupId, caseId } = await assertReadablePlace(tx, actor, input.placeId)
  if (groupId === input.toGroupId) throw new InvalidInput('toGroupId', 'they are in this group already', 'name another group')
  await lockInOrder(tx, actor, [groupId, input.toGroupId])
  await endPlaceByHand(tx, actor, { ...input, ending: 'moved-to-other-group' })
  const [waiting] = await readPlaces(
    tx,
    actor,
    and(eq(places.caseId, caseId), eq(places.groupId, input.toGroupId), eq(places.status, 'waiting'))!,
  )
  const moved = waiting
    ? await openPlace(tx, actor, {
        placeId: waiting.id,
        joinedOn: input.joinedOn,
        passOverReason: input.reason,
        expectedVersion: waiting.version,
      })
    : await givePlace(tx, actor, {
        idempotencyKey: `moved-from/${input.placeId}/${input.expectedVersion}`,
        caseId,
        groupId: input.toGroupId,
        joinedOn: input.joinedOn,
        orWait: false,
      })
  for (const staffId of await facilitatorsOf(tx, actor, groupId))
    await unassignCasesOfGroup(tx, actor, groupId, staffId, 'moved to another group', [caseId])
  return moved
}

/** Two who move people to and fro between the same groups wait for one another, and never for ever. */
async function lockInOrder(tx: Tx, actor: Actor, ids: Uuid[]): Promise<void> {
  const found = await tx.orm
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.providerId, actor.providerId), inArray(groups.id, ids)))
    .orderBy(asc(groups.id))
    .for('no key update')
  if (found.length < ids.length) throw new NotFound('group')
}

const MovePlaceInput = builder.inputType('MovePlaceInput', {
  description: 'Who moves to which group, and why.',
  fields: (t) => ({
    placeId: t.id({ required: true, description: 'Global id of the place they have.' }),
    toGroupId: t.id({ required: true, description: 'Global id of the group they move to.' }),
    joinedOn: t.field({ type: 'Day', description: 'The day membership there begins; the next session from today on when left out.' }),
    reason: t.field({
      type: 'LongText',
      required: true,
      description: 'Why; also why those who wait there are passed over, where that is so.',
    }),
    expectedVersion: t.int({ required: true, description: 'The version of the place they have, as it was read.' }),
  }),
})

builder.mutationField('movePlace', (t) =>
  t.field({
    ...calledBy(oversight, 'Moves somebody to another group in one step, where a place is free. Answers with the new place.'),
    type: PlaceRef,
    args: { input: t.arg({ type: MovePlaceInput, required: true, description: 'Who, and where.' }) },
    errors: { types: [...usualRefusals, GroupFull, CaseHasPlace, NotAJoiningPoint] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'move-place', (tx, actor) =>
        movePlace(tx, actor, {
          ...input,
          placeId: idIn('Place', input.placeId, 'place'),
          toGroupId: idIn('Group', input.toGroupId, 'group'),
        }),
      ),
  }),
)
