import { builder, usualRefusals } from '../../platform/builder.ts'
import { inTransaction } from '../../platform/context.ts'
import { calledBy } from '../../platform/root-access.ts'
import type { Role } from '../providers/index.ts'
import { leaders } from './access.ts'
import { CaseHasPlace, GroupFull, givePlace, waitForPlace } from './give-place.ts'
import { idIn } from './group.ts'
import { NotAJoiningPoint } from './joining.ts'
import { openPlace } from './open-place.ts'
import { PlaceRef } from './place-graphql.ts'
import { priorities } from './states.ts'

/** Whoever takes an accepted case on may let it wait; places are given by those who lead. */
export const waiters: Role[] = ['intake-worker', ...leaders]

export const AskedPriorityEnum = builder.enumType('AskedPriority', {
  description: 'How soon somebody should come first.',
  values: {
    URGENT: { value: 'urgent' as const, description: priorities.urgent.description },
    USUAL: { value: 'usual' as const, description: priorities.usual.description },
  },
})

const GivePlaceInput = builder.inputType('GivePlaceInput', {
  description: 'Which case gets a place in which group.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one place.' }),
    caseId: t.id({ required: true, description: 'Global id of an accepted case.' }),
    groupId: t.id({ required: true, description: 'Global id of the group.' }),
    joinedOn: t.field({ type: 'Day', description: 'The day membership begins; the next session from today on when left out.' }),
    orWait: t.boolean({
      required: true,
      defaultValue: false,
      description: 'True: it waits where nothing is free. False: it is refused then.',
    }),
    priority: t.field({ type: AskedPriorityEnum, description: 'How soon it should come first where it waits; as usual when left out.' }),
  }),
})

builder.mutationField('givePlace', (t) =>
  t.field({
    ...calledBy(
      leaders,
      'Gives an accepted case a place in a group. The last place goes to one; whoever chose to wait is put on the list.',
    ),
    type: PlaceRef,
    args: { input: t.arg({ type: GivePlaceInput, required: true, description: 'Which case, and which group.' }) },
    errors: { types: [...usualRefusals, GroupFull, CaseHasPlace, NotAJoiningPoint] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'give-place', (tx, actor) =>
        givePlace(tx, actor, { ...input, caseId: idIn('Case', input.caseId, 'case'), groupId: idIn('Group', input.groupId, 'group') }),
      ),
  }),
)

const WaitForPlaceInput = builder.inputType('WaitForPlaceInput', {
  description: 'Which case waits for a place in which group.',
  fields: (t) => ({
    idempotencyKey: t.field({ type: 'IdempotencyKey', required: true, description: 'One key for one place.' }),
    caseId: t.id({ required: true, description: 'Global id of a case that is accepted, or in another group and is to move.' }),
    groupId: t.id({ required: true, description: 'Global id of the group.' }),
    priority: t.field({ type: AskedPriorityEnum, description: 'How soon it should come first; as usual when left out.' }),
  }),
})

builder.mutationField('waitForPlace', (t) =>
  t.field({
    ...calledBy(waiters, 'Puts a case on the waiting list of a group.'),
    type: PlaceRef,
    args: { input: t.arg({ type: WaitForPlaceInput, required: true, description: 'Which case, and which group.' }) },
    errors: { types: [...usualRefusals, CaseHasPlace] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'wait-for-place', (tx, actor) =>
        waitForPlace(tx, actor, { ...input, caseId: idIn('Case', input.caseId, 'case'), groupId: idIn('Group', input.groupId, 'group') }),
      ),
  }),
)

const OpenPlaceInput = builder.inputType('OpenPlaceInput', {
  description: 'Which place that waits is given.',
  fields: (t) => ({
    placeId: t.id({ required: true, description: 'Global id of the place.' }),
    joinedOn: t.field({ type: 'Day', description: 'The day membership begins; the next session from today on when left out.' }),
    passOverReason: t.field({
      type: 'LongText',
      description:
        'Why those who are ahead are passed over. Needed where they are left without a place; for those who answer for every case.',
    }),
    expectedVersion: t.int({ required: true, description: 'The place’s version as it was read.' }),
  }),
})

builder.mutationField('openPlace', (t) =>
  t.field({
    ...calledBy(leaders, 'Gives a place to somebody who waits. The head of the list comes first.'),
    type: PlaceRef,
    args: { input: t.arg({ type: OpenPlaceInput, required: true, description: 'Which.' }) },
    errors: { types: [...usualRefusals, GroupFull, CaseHasPlace, NotAJoiningPoint] },
    resolve: (_, { input }, context) =>
      inTransaction(context, 'open-place', (tx, actor) =>
        openPlace(tx, actor, { ...input, placeId: idIn('Place', input.placeId, 'place') }),
      ),
  }),
)
