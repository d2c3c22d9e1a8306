import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { connection } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { cases, isNotExcluded } from '../cases/index.ts'
import { ReferralRef } from './graphql.ts'
import type { Referral } from './referral.ts'
import { referrals } from './tables.ts'

builder.queryField('myReferrals', (t) =>
  t.connection(
    {
      ...calledBy(['referrer', 'social-worker'], 'The referrals somebody from outside made, newest first.'),
      type: ReferralRef,
      nullable: false,
      resolve: (_, page, context) => {
        const { actor, operation } = signedIn(context)
        return connection(
          page,
          (row: Referral) => ({ key: row.recordedAt, id: row.id }),
          async ({ limit, after, backwards }) => {
            const tx = await operation.read()
            const direction = sql.raw(backwards ? 'asc' : 'desc')
            const { recordedAt, id } = referrals
            return tx.orm
              .select(getTableColumns(referrals))
              .from(referrals)
              .innerJoin(cases, and(eq(cases.providerId, referrals.providerId), eq(cases.id, referrals.caseId)))
              .where(
                and(
                  isNotExcluded(actor),
                  eq(referrals.providerId, actor.providerId),
                  eq(referrals.referrerId, actor.id),
                  after
                    ? sql`(${recordedAt}, ${id}) ${sql.raw(backwards ? '>' : '<')} (${after.key}::timestamptz, ${after.id}::uuid)`
                    : undefined,
                ),
              )
              .orderBy(sql`${recordedAt} ${direction}, ${id} ${direction}`)
              .limit(limit)
          },
        )
      },
    },
    { name: 'ReferralConnection', description: 'A page of referrals.' },
    { name: 'ReferralEdge', description: 'One referral and its place in the list.' },
  ),
)
