import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { CaseRef, readsInFull } from '../cases/index.ts'
import { openConcernsOfCase } from './concern.ts'
import { ConcernRef } from './graphql.ts'

builder.objectField(CaseRef, 'openConcerns', (t) =>
  t.field({
    type: [ConcernRef],
    nullable: true,
    description:
      'Its open concerns that the person signed in may see, the most urgent deadline first; null for referrers. On the participant’s side nothing here depends on the partner’s.',
    resolve: (row, _, context) => {
      const { actor, operation } = signedIn(context)
      return readsInFull(actor, row) ? operation.load(openConcernsOfCase, row.id) : null
    },
  }),
)
