import { and, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../platform/actor.ts'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { connection, dayKey, instantKey, type PageQuery } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { groundOf, isAssignedTo, shownCase, visibleCases, type Case } from './access.ts'
import { CaseRef, CaseStatusEnum } from './graphql.ts'
import { caseOpeners } from './roles.ts'
import type { CaseStatus } from './states.ts'
import { cases } from './tables.ts'

export type CaseOrder = { field: 'openedOn' | 'statusChangedAt'; direction: 'asc' | 'desc' }
export type CaseFilter = { status?: readonly CaseStatus[] | null | undefined; assignedToMe?: boolean | null | undefined }

/** What each order compares, and how its key is read back from a cursor. */
const orders = {
  openedOn: { type: sql.raw('date'), key: dayKey },
  statusChangedAt: { type: sql.raw('timestamptz'), key: instantKey },
}

/** A page of the cases this person may read, filtered and ordered by what they are shown of them. Cases with the same key follow one another by id. */
export async function listCases(tx: Tx, actor: Actor, page: PageQuery, filter: CaseFilter, order: CaseOrder): Promise<Case[]> {
  const { type, key } = orders[order.field]
  const shown = shownCase(actor)
  const column = shown[order.field]
  const { limit, after, backwards } = key(page)
  const descends = (order.direction === 'desc') !== backwards
  const direction = sql.raw(descends ? 'desc' : 'asc')
  const beyond = after
    ? sql`(${column}, ${cases.id}) ${sql.raw(descends ? '<' : '>')} (${after.key}::${type}, ${after.id}::uuid)`
    : undefined
  const rows = await tx.orm
    .select({ row: shown, allowedBy: groundOf(actor) })
    .from(cases)
    .where(
      and(
        visibleCases(actor),
        filter.status ? inArray(sql`${shown.status}`, [...filter.status]) : undefined,
        filter.assignedToMe ? isAssignedTo(actor) : undefined,
        beyond,
      ),
    )
    .orderBy(sql`${column} ${direction}, ${cases.id} ${direction}`)
    .limit(limit)
  return rows.map(({ row, allowedBy }) => ({ ...row, allowedBy }))
}

const OrderFieldEnum = builder.enumType('CaseOrderField', {
  description: 'What cases are ordered by.',
  values: {
    OPENED_ON: { value: 'openedOn' as const, description: 'The day the referral arrived.' },
    STATUS_CHANGED_AT: { value: 'statusChangedAt' as const, description: 'When they last moved.' },
  },
})

const DirectionEnum = builder.enumType('OrderDirection', {
  description: 'Which end of an order comes first.',
  values: {
    ASC: { value: 'asc' as const, description: 'The earliest or smallest first.' },
    DESC: { value: 'desc' as const, description: 'The latest or greatest first.' },
  },
})

const CaseOrderInput = builder.inputType('CaseOrder', {
  description: 'How cases are ordered. A cursor belongs to the order it was made in.',
  fields: (t) => ({
    field: t.field({ type: OrderFieldEnum, required: true, description: 'By what.' }),
    direction: t.field({
      type: DirectionEnum,
      required: true,
      defaultValue: 'desc',
      description: 'Which end first; the latest unless said otherwise.',
    }),
  }),
})

const CaseFilterInput = builder.inputType('CaseFilter', {
  description: 'Which cases to list, of those this person may read. What is left out does not narrow.',
  fields: (t) => ({
    status: t.field({ type: [CaseStatusEnum], description: 'Only cases that stand in one of these.' }),
    assignedToMe: t.boolean({ description: 'True: only cases given to the person signed in.' }),
  }),
})

builder.queryField('cases', (t) =>
  t.connection(
    {
      ...calledBy(caseOpeners, 'The caseload: every case the person signed in may read, latest referral first unless ordered otherwise.'),
      type: CaseRef,
      nullable: false,
      args: {
        filter: t.arg({ type: CaseFilterInput, description: 'Which of them; all when left out.' }),
        orderBy: t.arg({
          type: CaseOrderInput,
          required: true,
          defaultValue: { field: 'openedOn', direction: 'desc' },
          description: 'In which order.',
        }),
      },
      resolve: (_, { filter, orderBy, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        return connection(
          page,
          (row: Case) => ({ key: row[orderBy.field], id: row.id }),
          async (query) => listCases(await operation.read(), actor, query, filter ?? {}, orderBy),
        )
      },
    },
    { name: 'CaseConnection', description: 'A page of cases.' },
    { name: 'CaseEdge', description: 'One case and its place in the list.' },
  ),
)
