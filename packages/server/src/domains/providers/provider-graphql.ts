import { enumOf } from '../../platform/enum-of.ts'
import { eq } from 'drizzle-orm'
import { builder } from '../../platform/builder.ts'
import { signedIn } from '../../platform/context.ts'
import { globalId } from '../../platform/ids.ts'
import { loader, manyEach, oneEach } from '../../platform/loader.ts'
import { NodeRef, refetchable } from '../../platform/node.ts'
import { connection } from '../../platform/page.ts'
import { calledBy } from '../../platform/root-access.ts'
import { agencyById, listAgencies, type Agency } from './agency.ts'
import { mayStartGroups, partnerServiceOn, type MayStartGroups, type PartnerServiceArrangement } from './partner-service.ts'
import { roleIds } from './roles.ts'
import { agencyKinds, areasServed, providers } from './tables.ts'

type Provider = typeof providers.$inferSelect

const kindWords: Record<(typeof agencyKinds)[number], string> = {
  'social-services': 'Social services.',
  'family-court': 'A family court, or those who report to it.',
  police: 'Police.',
  probation: 'Probation.',
  health: 'Health services.',
  housing: 'Housing services.',
  commissioner: 'Pays for places.',
  other: 'Anything else.',
}

export const AgencyKindEnum = enumOf<(typeof agencyKinds)[number]>('AgencyKind', 'What an agency is.', kindWords)

export const AgencyRef = builder.objectRef<Agency>('Agency').implement({
  description: 'An organisation that refers people, buys places or is told.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Agency', row.id) }),
    name: t.exposeString('name', { description: 'Its name.' }),
    kind: t.expose('kind', { type: AgencyKindEnum, description: 'What it is.' }),
    version: t.exposeInt('version', { description: 'Name it when changing this agency.' }),
  }),
})

refetchable('Agency', (operation, id) => operation.load(agencyById, id))

export const PartnerServiceRef = builder.objectRef<PartnerServiceArrangement>('PartnerServiceArrangement').implement({
  description: 'The named service that supports partners, or why there is none for now.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('PartnerServiceArrangement', row.id) }),
    serviceName: t.exposeString('serviceName', { nullable: true, description: 'The named service; null for an exception.' }),
    exceptionReason: t.exposeString('exceptionReason', { nullable: true, description: 'Why there is none; null for a named service.' }),
    fromOn: t.expose('fromOn', { type: 'Day', description: 'First day in force.' }),
    untilOn: t.expose('untilOn', {
      type: 'Day',
      nullable: true,
      description: 'Last day in force; null while no end is set. An exception always has one.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When it was recorded.' }),
  }),
})

const MayStartGroupsRef = builder.objectRef<MayStartGroups>('MayStartGroups').implement({
  description: 'Whether groups may start today.',
  fields: (t) => ({
    allowed: t.exposeBoolean('allowed', { description: 'False: no group may start.' }),
    reason: t.exposeString('reason', { description: 'Why, in words.' }),
    untilOn: t.expose('untilOn', {
      type: 'Day',
      nullable: true,
      description: 'The last day on which this holds; null while no end is set.',
    }),
  }),
})

const providerById = loader<string, Provider | null>(async (tx, actor, ids) =>
  oneEach(ids, await tx.orm.select().from(providers).where(eq(providers.providerId, actor.providerId)), (row) => row.providerId),
)

const areasOf = loader<string, string[]>(async (tx, actor, ids) => {
  const rows = await tx.orm
    .select()
    .from(areasServed)
    .where(eq(areasServed.providerId, actor.providerId))
    .orderBy(areasServed.localAuthority)
  return manyEach(ids, rows, (row) => row.providerId).map((found) => found.map(({ localAuthority }) => localAuthority))
})

const partnerServiceToday = loader<string, PartnerServiceArrangement | null>(async (tx, actor, ids) => {
  const inForce = await partnerServiceOn(tx, actor, tx.today)
  return ids.map(() => inForce)
})

const ProviderRef = builder.objectRef<Provider>('Provider').implement({
  description: 'An organisation that runs programmes.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (row) => globalId('Provider', row.providerId) }),
    name: t.exposeString('name', { description: 'Its name.' }),
    ruleSetId: t.exposeString('ruleSetId', { description: 'Which rule set decides its cases.' }),
    areasServed: t.stringList({
      description:
        'Local authorities it takes people from; empty where it takes them from anywhere. The rule itself stands in the rule set.',
      resolve: (row, _, context) => signedIn(context).operation.load(areasOf, row.providerId),
    }),
    partnerService: t.field({
      type: PartnerServiceRef,
      nullable: true,
      description: 'The named partner service, or the exception, in force today; null where there is neither.',
      resolve: (row, _, context) => signedIn(context).operation.load(partnerServiceToday, row.providerId),
    }),
    mayStartGroups: t.field({
      type: MayStartGroupsRef,
      description: 'Whether groups may start today, and why.',
      resolve: async (row, _, context) => mayStartGroups(await signedIn(context).operation.load(partnerServiceToday, row.providerId)),
    }),
    agencies: t.connection(
      {
        type: AgencyRef,
        nullable: false,
        description: 'Organisations it works with, in the order they were added.',
        resolve: (_, page, context) => {
          const { actor, operation } = signedIn(context)
          return connection(
            page,
            (row: Agency) => ({ key: '', id: row.id }),
            async (query) => listAgencies(await operation.read(), actor, query),
          )
        },
      },
      { name: 'AgencyConnection', description: 'A page of agencies.' },
      { name: 'AgencyEdge', description: 'One agency and its place in the list.' },
    ),
    version: t.exposeInt('version', { description: 'Counts its changes.' }),
  }),
})

builder.queryField('provider', (t) =>
  t.field({
    ...calledBy(roleIds, 'The organisation the person signed in works for, or refers to.'),
    type: ProviderRef,
    nullable: true,
    resolve: (_, __, context) => {
      const { actor, operation } = signedIn(context)
      return operation.load(providerById, actor.providerId)
    },
  }),
)
