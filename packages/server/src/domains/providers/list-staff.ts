import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { connection, type PageQuery } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { RoleEnum, StaffRef } from './graphql.ts'
import type { Role } from './roles.ts'
import type { Staff } from './staff.ts'
import { staff, staffRoles } from './tables.ts'

export type StaffFilter = { role?: Role | null | undefined; includeEnded?: boolean | null | undefined }

/** In the order they were added: ids begin with the time. */
export async function listStaff(tx: Tx, actor: Actor, { limit, after, backwards }: PageQuery, filter: StaffFilter): Promise<Staff[]> {
  const beyond = after ? sql`${staff.id} ${sql.raw(backwards ? '<' : '>')} ${after.id}::uuid` : undefined
  const holds = filter.role
    ? sql`${staff.id} in (select ${staffRoles.staffId} from ${staffRoles} where ${staffRoles.providerId} = ${actor.providerId} and ${staffRoles.role} = ${filter.role})`
    : undefined
  return tx.orm
    .select()
    .from(staff)
    .where(and(eq(staff.providerId, actor.providerId), filter.includeEnded ? undefined : isNull(staff.endedAt), holds, beyond))
    .orderBy(sql`${staff.id} ${sql.raw(backwards ? 'desc' : 'asc')}`)
    .limit(limit)
}

const StaffFilterInput = builder.inputType('StaffFilter', {
  description: 'Which people to list. What is left out does not narrow.',
  fields: (t) => ({
    role: t.field({ type: RoleEnum, description: 'Only people with this role.' }),
    includeEnded: t.boolean({ description: 'True: people who have left, too.' }),
  }),
})

builder.queryField('staff', (t) =>
  t.connection(
    {
      ...calledBy(
        ['intake-worker', 'facilitator', 'one-to-one-worker', 'programme-manager', 'partner-support-worker', 'safeguarding-lead'],
        'The people of this provider, in the order they were added.',
      ),
      type: StaffRef,
      nullable: false,
      args: { filter: t.arg({ type: StaffFilterInput, description: 'Which of them; all who are here when left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        return connection(
          page,
          (row: Staff) => ({ key: '', id: row.id }),
          async (query) => listStaff(await operation.read(), actor, query, filter ?? {}),
        )
      },
    },
    { name: 'StaffConnection', description: 'A page of people.' },
    { name: 'StaffEdge', description: 'One person and their place in the list.' },
  ),
)
