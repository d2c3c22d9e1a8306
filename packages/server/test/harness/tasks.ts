import type { Actor } from '../../src/platform/actor.ts'
import { globalId, newId } from '../../src/platform/ids.ts'
import { openTask, type NewTask, type Task } from '../../src/domains/tasks/index.ts'
import type { World } from './world.ts'

export const about = () => ({ type: 'referral', id: newId() })
export const give = (
  world: World,
  owner: Actor,
  more: Partial<NewTask> = {},
  by: Actor = world.people['intake-worker'],
  id = newId(),
): Promise<Task> =>
  world.as(by, (tx, actor) =>
    openTask({ ...tx, newId: () => id }, actor, {
      kind: 'follow-up',
      title: 'Come back to this',
      about: about(),
      caseId: null,
      ownerId: owner.id,
      side: owner.side,
      due: { within: { amount: 1, unit: 'working-days' } },
      ...more,
    }),
  )

export const mine = /* GraphQL */ `
  query ($filter: TaskFilter! = OPEN, $first: Int, $after: String, $last: Int, $before: String) {
    myTasks(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { node { id kind title status isOverdue dueAt record version owner { name } } }
      pageInfo { hasNextPage endCursor startCursor hasPreviousPage }
    }
  }
`
export const everybodys = /* GraphQL */ `query { tasks { edges { node { id } } } }`
export const refusal = '__typename ... on Refusal { code message } ... on StaleVersion { currentVersion } ... on InvalidMove { allowed }'
export const complete = /* GraphQL */ `mutation ($input: CompleteTaskInput!) { completeTask(input: $input) { ... on Task { status record closedAt closedBy { name } isOverdue version } ${refusal} } }`
export const cancel = /* GraphQL */ `mutation ($input: CancelTaskInput!) { cancelTask(input: $input) { ... on Task { status record } ${refusal} } }`
export const reassign = /* GraphQL */ `mutation ($input: ReassignTaskInput!) { reassignTask(input: $input) { ... on Task { owner { name } dueAt version } ${refusal} } }`

export const done = (task: Task, expectedVersion = task.version) => ({
  input: { taskId: globalId('Task', task.id), record: 'Rang and settled it', expectedVersion },
})
export type Listed = { edges: { node: { id: string; dueAt: string } }[] }
export const idsIn = (list: Listed) => list.edges.map(({ node }) => node.id)
export const myIds = async ({ send, people }: World, by: keyof World['people'], filter = 'OPEN') =>
  idsIn((await send(people[by], mine, { filter })).data.myTasks)
