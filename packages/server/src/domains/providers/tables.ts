import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { anySide, roleIds, roles } from './roles.ts'

/** An organisation that runs programmes: the tenant. Its id is every other row's `provider_id`. */
export const providers = pgTable(
  'providers',
  {
    providerId: tenantId(),
    name: text('name').notNull(),
    /** Which rule set (by id) decides its cases. */
    ruleSetId: text('rule_set_id').notNull(),
    createdAt: instant('created_at').notNull(),
    version: version(),
  },
  (table) => [primaryKey({ columns: [table.providerId] })],
)

const sides = ['participant', 'partner', 'neutral'] as const

export const staff = pgTable(
  'staff',
  {
    providerId: tenantId(),
    id: id(),
    name: text('name').notNull(),
    /** One side of the wall for as long as the person is here: roles of the other side cannot be granted. */
    side: words('side', sides).notNull(),
    /** Who the token's issuer says this is. */
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    /** The organisation an outside person works for; null for the provider's own staff. */
    agencyId: uuid('agency_id'),
    endedAt: instant('ended_at'),
    /** Why they left. */
    endReason: text('end_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('staff_side').on(table.providerId, table.id, table.side),
    unique('staff_identity').on(table.providerId, table.issuer, table.subject),
    index('staff_sign_in').on(table.issuer, table.subject),
    oneOf('staff_side_known', table.side, sides),
    foreignKey({ name: 'staff_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({ name: 'staff_agency', columns: [table.providerId, table.agencyId], foreignColumns: [agencies.providerId, agencies.id] }),
  ],
)

const bySide = (side: string) =>
  roleIds
    .filter((role) => roles[role].side === side)
    .map((role) => `'${role}'`)
    .join(', ')

export const staffRoles = pgTable(
  'staff_roles',
  {
    providerId: tenantId(),
    staffId: uuid('staff_id').notNull(),
    /** Repeated from `staff`, so that the constraint below can compare it. */
    staffSide: words('staff_side', sides).notNull(),
    role: words('role', roleIds).notNull(),
    grantedAt: instant('granted_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.providerId, table.staffId, table.role] }),
    foreignKey({
      name: 'staff_roles_staff',
      columns: [table.providerId, table.staffId, table.staffSide],
      foreignColumns: [staff.providerId, staff.id, staff.side],
    }),
    // Nobody serves both sides of the wall: the database refuses it, whoever asks.
    check(
      'staff_roles_one_side',
      sql`(${table.staffSide} = 'participant' and ${table.role} in (${sql.raw(bySide('participant'))}))
        or (${table.staffSide} = 'partner' and ${table.role} in (${sql.raw(bySide('partner'))}))
        or (${table.staffSide} = 'neutral' and ${table.role} in (${sql.raw(bySide('neutral'))}))
        or ${table.role} in (${sql.raw(anySide.map((role) => `'${role}'`).join(', '))})`,
    ),
  ],
)

/** Local authorities a provider takes people from; empty where it takes them from anywhere. For commissioners and forms; the rule stands in the rule set. */
export const areasServed = pgTable(
  'areas_served',
  { providerId: tenantId(), localAuthority: text('local_authority').notNull() },
  (table) => [
    primaryKey({ columns: [table.providerId, table.localAuthority] }),
    foreignKey({ name: 'areas_served_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
  ],
)

export const agencyKinds = ['social-services', 'family-court', 'police', 'probation', 'health', 'housing', 'commissioner', 'other'] as const

/** Organisations that refer people, buy places or are told. */
export const agencies = pgTable(
  'agencies',
  { providerId: tenantId(), id: id(), name: text('name').notNull(), kind: words('kind', agencyKinds).notNull(), version: version() },
  (table) => [
    tenantKey(table),
    unique('agencies_name').on(table.providerId, table.name),
    oneOf('agencies_kind_known', table.kind, agencyKinds),
    foreignKey({ name: 'agencies_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
  ],
)

/** The service that supports partners, or why there is none for now. Without one in force no group may start. */
export const partnerServiceArrangements = pgTable(
  'partner_service_arrangements',
  {
    providerId: tenantId(),
    id: id(),
    /** The named service; null for an exception. */
    serviceName: text('service_name'),
    /** Why a group may run without one; null for a named service. */
    exceptionReason: text('exception_reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    fromOn: day('from_on').notNull(),
    /** Last day in force; an exception always has one. */
    untilOn: day('until_on'),
  },
  (table) => [
    tenantKey(table),
    index('partner_service_in_force').on(table.providerId, table.fromOn),
    check('partner_service_one_of', sql`(${table.serviceName} is null) <> (${table.exceptionReason} is null)`),
    check('partner_service_exception_ends', sql`${table.exceptionReason} is null or ${table.untilOn} is not null`),
    foreignKey({ name: 'partner_service_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({
      name: 'partner_service_recorded_by',
      columns: [table.providerId, table.recordedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
