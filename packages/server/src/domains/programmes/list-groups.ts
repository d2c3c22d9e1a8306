import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { localId, type Uuid } from '../../platform/ids.ts'
import { connection, dayKey, type PageQuery } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { groupReaders, visibleGroups, type Group } from './access.ts'
import { groupById } from './group.ts'
import { GroupRef, GroupStatusEnum } from './group-graphql.ts'
import type { GroupStatus } from './states.ts'
import { groups, places } from './tables.ts'

export type GroupFilter = {
  status?: readonly GroupStatus[] | null | undefined
  programmeId?: Uuid | null | undefined
  hasFreePlace?: boolean | null | undefined
}

/** A page of the groups this person may see, the latest first day first. */
export async function listGroups(tx: Tx, actor: Actor, { limit, after, backwards }: PageQuery, filter: GroupFilter): Promise<Group[]> {
  const direction = sql.raw(backwards ? 'asc' : 'desc')
  const beyond = after
    ? sql`(${groups.firstOn}, ${groups.id}) ${sql.raw(backwards ? '>' : '<')} (${after.key}::date, ${after.id}::uuid)`
    : undefined
  const open = sql`(select count(*) from ${places} where ${places.providerId} = ${actor.providerId} and ${places.groupId} = ${groups.id} and ${places.status} = 'open')`
  return tx.orm
    .select()
    .from(groups)
    .where(
      and(
        visibleGroups(actor),
        filter.status ? inArray(groups.status, [...filter.status]) : undefined,
        filter.programmeId ? eq(groups.programmeId, filter.programmeId) : undefined,
        filter.hasFreePlace == null
          ? undefined
          : filter.hasFreePlace
            ? sql`${open} < ${groups.capacity}`
            : sql`${open} >= ${groups.capacity}`,
        beyond,
      ),
    )
    .orderBy(sql`${groups.firstOn} ${direction}, ${groups.id} ${direction}`)
    .limit(limit)
}

const GroupFilterInput = builder.inputType('GroupFilter', {
  description: 'Which groups to list, of those this person may see. What is left out does not narrow.',
  fields: (t) => ({
    status: t.field({ type: [GroupStatusEnum], description: 'Only groups that stand in one of these.' }),
    programmeId: t.id({ description: 'Only runs of this version of a programme, by its global id.' }),
    hasFreePlace: t.boolean({ description: 'True: only groups with fewer people than they hold; false: only full ones.' }),
  }),
})

builder.queryField('groups', (t) =>
  t.connection(
    {
      ...calledBy(groupReaders, 'The groups the person signed in may see, the latest first day first.'),
      type: GroupRef,
      nullable: false,
      args: { filter: t.arg({ type: GroupFilterInput, description: 'Which of them; all when left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        const programmeId = filter?.programmeId == null ? null : localId('Programme', filter.programmeId)
        return connection(
          page,
          ({ firstOn, id }: Group) => ({ key: firstOn, id }),
          // What names no programme has no groups.
          async (query) =>
            programmeId === undefined ? [] : listGroups(await operation.read(), actor, dayKey(query), { ...filter, programmeId }),
        )
      },
    },
    { name: 'GroupConnection', description: 'A page of groups, the latest first day first.' },
    { name: 'GroupEdge', description: 'One group and its place in the list.' },
  ),
)

builder.queryField('group', (t) =>
  t.field({
    ...calledBy(groupReaders, 'One group. Null for one this person may not see, as for an id that does not exist.'),
    type: GroupRef,
    nullable: true,
    args: { id: t.arg.id({ required: true, description: 'Global id of the group.' }) },
    resolve: (_, { id }, context) => {
      const local = localId('Group', id)
      return local ? signedIn(context).operation.load(groupById, local) : null
    },
  }),
)
