import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { connection, instantKey } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { caseReaders } from '../providers/index.ts'
import { listConcerns, type Concern } from './concern.ts'
import { ConcernRef, ConcernStatusEnum, SafeguardingLevelEnum } from './graphql.ts'

const ConcernFilterInput = builder.inputType('ConcernFilter', {
  description: 'Which concerns to list, of those this person may see. What is left out does not narrow, but for `status`.',
  fields: (t) => ({
    status: t.field({ type: [ConcernStatusEnum], description: 'Only those that stand in one of these; the open ones when left out.' }),
    level: t.field({ type: [SafeguardingLevelEnum], description: 'Only those of one of these levels.' }),
    overdue: t.boolean({ description: 'True: only those whose deadline has passed while they are open; false: only the others.' }),
    ownedByMe: t.boolean({ description: 'True: only those the person signed in owns.' }),
  }),
})

builder.queryField('concerns', (t) =>
  t.connection(
    {
      ...calledBy(caseReaders, 'The concerns the person signed in may see, the most urgent deadline first.'),
      type: ConcernRef,
      nullable: false,
      args: { filter: t.arg({ type: ConcernFilterInput, description: 'Which of them; the open ones when left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        const cursorOf = ({ dueAt, id }: Concern) => ({ key: dueAt, id })
        return connection(page, cursorOf, async (query) => listConcerns(await operation.read(), actor, instantKey(query), filter ?? {}))
      },
    },
    { name: 'ConcernConnection', description: 'A page of concerns, the most urgent deadline first.' },
    { name: 'ConcernEdge', description: 'One concern and its place in the list.' },
  ),
)
