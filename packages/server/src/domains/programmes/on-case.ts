import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { CaseRef } from '../cases/index.ts'
import { notePlaceRead } from './access.ts'
import { placesOfCase } from './place.ts'
import { PlaceRef } from './place-graphql.ts'

builder.objectField(CaseRef, 'places', (t) =>
  t.field({
    type: [PlaceRef],
    description: 'Its places in groups, those it waits for included, in the order they were asked for.',
    resolve: (row, _, context) => {
      const { actor, operation } = signedIn(context)
      notePlaceRead(operation, actor, row.id, 'places')
      return operation.load(placesOfCase, row.id)
    },
  }),
)
