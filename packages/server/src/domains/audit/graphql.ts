import { and, desc, eq, gt, lt } from 'drizzle-orm'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { connection } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { auditEntries } from './tables.ts'

type Entry = typeof auditEntries.$inferSelect

const AuditEntryRef = builder.objectRef<Entry>('AuditEntry').implement({
  description: 'Who did, read or was refused what, and what allowed it. Never holds values.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Place in the provider’s chain, from 1 without gaps.' }),
    at: t.expose('at', { type: 'Instant', description: 'When it was written.' }),
    actorId: t.id({
      nullable: true,
      description: 'Global id of the person; null for the server itself.',
      resolve: (entry) => entry.actorId && globalId('Staff', entry.actorId),
    }),
    action: t.exposeString('action', { description: 'What happened, `referral.withdrawn`; a refusal begins with `refused:`.' }),
    subjectType: t.exposeString('subjectType', { description: 'The kind of thing it happened to.' }),
    subjectId: t.exposeString('subjectId', { description: 'Its id within this provider.' }),
    allowedBy: t.exposeString('allowedBy', { description: 'The role or relationship that allowed it, or the code of the refusal.' }),
    fields: t.exposeStringList('fields', { description: 'Names of the fields read or changed.' }),
  }),
})

builder.queryField('auditEntries', (t) =>
  t.connection(
    {
      ...calledBy(['auditor'], 'The audit of this provider, newest first.'),
      type: AuditEntryRef,
      nullable: false,
      args: { subjectId: t.arg({ type: 'ShortText', description: 'Only what happened to this thing, by its id within the provider.' }) },
      resolve: (_, { subjectId, ...page }, context) => {
        const { actor, operation } = signedIn(context)
        const cursorOf = (entry: Entry) => ({ key: String(entry.number), id: '00000000-0000-0000-0000-000000000000' })
        return connection(page, cursorOf, async ({ limit, after, backwards }) => {
          const tx = await operation.read()
          const { number } = auditEntries
          return tx.orm
            .select()
            .from(auditEntries)
            .where(
              and(
                eq(auditEntries.providerId, actor.providerId),
                subjectId ? eq(auditEntries.subjectId, subjectId) : undefined,
                after ? (backwards ? gt(number, Number(after.key)) : lt(number, Number(after.key))) : undefined,
              ),
            )
            .orderBy(backwards ? number : desc(number))
            .limit(limit)
        })
      },
    },
    { name: 'AuditEntryConnection', description: 'A page of audit entries.' },
    { name: 'AuditEntryEdge', description: 'One audit entry and its place in the list.' },
  ),
)
