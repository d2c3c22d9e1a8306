import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { connection, instantKey } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { oversight } from '../providers/index.ts'
import { taskOwners } from './access.ts'
import { TaskFilterEnum, TaskRef } from './graphql.ts'
import { listTasks, type Task } from './task.ts'

const cursorOf = ({ dueAt, id }: Task) => ({ key: dueAt, id })
const connectionType = { name: 'TaskConnection', description: 'A page of tasks, the most urgent first.' }
const edgeType = { name: 'TaskEdge', description: 'One task and its place in the list.' }

const TaskConnectionRef = builder.connectionObject({ type: TaskRef, ...connectionType }, edgeType)

builder.queryField('myTasks', (t) =>
  t.connection(
    {
      ...calledBy(taskOwners, 'What the person signed in must do, the most urgent first.'),
      type: TaskRef,
      nullable: false,
      args: {
        filter: t.arg({
          type: TaskFilterEnum,
          defaultValue: 'open',
          required: true,
          description: 'Which of them; the open ones unless said otherwise.',
        }),
      },
      resolve: (_, { filter, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        return connection(page, cursorOf, async (query) =>
          listTasks(await operation.read(), actor, instantKey(query), { ownerId: actor.id, filter }),
        )
      },
    },
    TaskConnectionRef,
  ),
)

builder.queryField('tasks', (t) =>
  t.connection(
    {
      ...calledBy(oversight, 'Everybody’s tasks on the sides this person answers for, the most urgent first.'),
      type: TaskRef,
      nullable: false,
      args: {
        filter: t.arg({
          type: TaskFilterEnum,
          defaultValue: 'open',
          required: true,
          description: 'Which of them; the open ones unless said otherwise.',
        }),
      },
      resolve: (_, { filter, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        return connection(page, cursorOf, async (query) =>
          listTasks(await operation.read(), actor, instantKey(query), { ownerId: null, filter }),
        )
      },
    },
    TaskConnectionRef,
  ),
)
