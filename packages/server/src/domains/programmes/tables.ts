import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { day, id, instant, oneOf, tenantId, tenantKey, version, words } from '../../platform/db/columns.ts'
import { cases } from '../cases/index.ts'
import { partnerServiceArrangements, providers, staff } from '../providers/index.ts'
import { endingIds, groupStatuses, oneToOneReasonIds, placeStatuses, priorities, sessionKinds, sessionStatuses } from './states.ts'

export const holidayRules = ['skip', 'hold'] as const
const numbers = Object.values(priorities)
  .map(({ number }) => number)
  .join(', ')

/** A template of a programme, one row a version. The text is the template; it never changes, only retires. */
export const programmes = pgTable(
  'programmes',
  {
    providerId: tenantId(),
    id: id(),
    /** `phoenix-12`: the same in every version. */
    templateId: text('template_id').notNull(),
    templateVersion: text('template_version').notNull(),
    title: text('title').notNull(),
    /** JSON, byte for byte as it was published. */
    documentText: text('document_text').notNull(),
    /** SHA-256 of the text, in hexadecimal. */
    hash: text('hash').notNull(),
    publishedAt: instant('published_at').notNull(),
    /** Null for one that ships with the server. */
    publishedBy: uuid('published_by'),
    retiredAt: instant('retired_at'),
    retiredBy: uuid('retired_by'),
    retireReason: text('retire_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('programmes_version_of').on(table.providerId, table.templateId, table.templateVersion),
    check('programmes_hash', sql`${table.hash} ~ '^[0-9a-f]{64}$'`),
    check('programmes_retired_whole', sql`num_nulls(${table.retiredAt}, ${table.retiredBy}, ${table.retireReason}) in (0, 3)`),
    foreignKey({ name: 'programmes_provider', columns: [table.providerId], foreignColumns: [providers.providerId] }),
    foreignKey({
      name: 'programmes_published_by',
      columns: [table.providerId, table.publishedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'programmes_retired_by',
      columns: [table.providerId, table.retiredBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** One run of a programme. It keeps the version of the template it began with. */
export const groups = pgTable(
  'groups',
  {
    providerId: tenantId(),
    id: id(),
    /** `G-2026-0003`. */
    reference: text('reference').notNull(),
    programmeId: uuid('programme_id').notNull(),
    status: words('status', groupStatuses).notNull(),
    /** The day of the first session as it was planned; its weekday is the group's. */
    firstOn: day('first_on').notNull(),
    /** When a session begins, in London: `18:30`. */
    beginsAt: text('begins_at').notNull(),
    minutes: integer('minutes').notNull(),
    /** Sessions on bank holidays: moved on by a week with all after them, or held. */
    holidays: words('holidays', holidayRules).notNull(),
    capacity: integer('capacity').notNull(),
    /** Where it meets, as the provider calls it. Null where that is not settled. */
    venue: text('venue'),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    startedAt: instant('started_at'),
    startedBy: uuid('started_by'),
    /** The partner service, or the exception, that was in force on the day it started. */
    partnerArrangementId: uuid('partner_arrangement_id'),
    /** When it ended or was cancelled. */
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by'),
    endReason: text('end_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('groups_reference').on(table.providerId, table.reference),
    index('groups_first').on(table.providerId, table.firstOn, table.id),
    oneOf('groups_status_known', table.status, groupStatuses),
    oneOf('groups_holidays_known', table.holidays, holidayRules),
    check('groups_begins_at', sql`${table.beginsAt} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
    check('groups_minutes', sql`${table.minutes} between 15 and 480`),
    check('groups_capacity', sql`${table.capacity} between 1 and 100`),
    check(
      'groups_started_with_partner_service',
      sql`num_nulls(${table.startedAt}, ${table.startedBy}, ${table.partnerArrangementId}) in (0, 3) and (${table.startedAt} is not null or ${table.status} in ('planned', 'cancelled'))`,
    ),
    check('groups_ended_with_time', sql`(${table.status} in ('ended', 'cancelled')) = (${table.endedAt} is not null)`),
    foreignKey({
      name: 'groups_programme',
      columns: [table.providerId, table.programmeId],
      foreignColumns: [programmes.providerId, programmes.id],
    }),
    foreignKey({
      name: 'groups_partner_arrangement',
      columns: [table.providerId, table.partnerArrangementId],
      foreignColumns: [partnerServiceArrangements.providerId, partnerServiceArrangements.id],
    }),
    foreignKey({ name: 'groups_created_by', columns: [table.providerId, table.createdBy], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({ name: 'groups_started_by', columns: [table.providerId, table.startedBy], foreignColumns: [staff.providerId, staff.id] }),
    foreignKey({ name: 'groups_ended_by', columns: [table.providerId, table.endedBy], foreignColumns: [staff.providerId, staff.id] }),
  ],
)

/** Who leads a group, from when to when. */
export const groupFacilitators = pgTable(
  'group_facilitators',
  {
    providerId: tenantId(),
    id: id(),
    groupId: uuid('group_id').notNull(),
    staffId: uuid('staff_id').notNull(),
    /** Repeated from `staff`, so that the constraint below can compare it. */
    staffSide: words('staff_side', ['participant']).notNull(),
    joinedAt: instant('joined_at').notNull(),
    joinedBy: uuid('joined_by').notNull(),
    leftAt: instant('left_at'),
    leftBy: uuid('left_by'),
    leaveReason: text('leave_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    uniqueIndex('group_facilitators_once').on(table.providerId, table.groupId, table.staffId).where(sql`left_at is null`),
    index('group_facilitators_mine').on(table.providerId, table.staffId, table.groupId).where(sql`left_at is null`),
    oneOf('group_facilitators_side', table.staffSide, ['participant']),
    check('group_facilitators_left_whole', sql`(${table.leftAt} is null) = (${table.leaveReason} is null)`),
    foreignKey({
      name: 'group_facilitators_group',
      columns: [table.providerId, table.groupId],
      foreignColumns: [groups.providerId, groups.id],
    }),
    foreignKey({
      name: 'group_facilitators_staff',
      columns: [table.providerId, table.staffId, table.staffSide],
      foreignColumns: [staff.providerId, staff.id, staff.side],
    }),
    foreignKey({
      name: 'group_facilitators_joined_by',
      columns: [table.providerId, table.joinedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
    foreignKey({
      name: 'group_facilitators_left_by',
      columns: [table.providerId, table.leftBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** A participant's membership of a group, waiting for it included. */
export const places = pgTable(
  'places',
  {
    providerId: tenantId(),
    id: id(),
    groupId: uuid('group_id').notNull(),
    caseId: uuid('case_id').notNull(),
    status: words('status', placeStatuses).notNull(),
    /** The smaller the sooner: `priorities` in states.ts. */
    priority: integer('priority').notNull(),
    /** Since when they wait, or waited last; null where they never did. */
    waitingSince: instant('waiting_since'),
    /** The day membership begins. The rules of that day judge attendance and completion. It stays when a place is opened again. */
    joinedOn: day('joined_on'),
    /** The last day of membership, itself included. */
    endedOn: day('ended_on'),
    ending: words('ending', endingIds),
    endReason: text('end_reason'),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('places_group_of').on(table.providerId, table.id, table.groupId),
    unique('places_case_of').on(table.providerId, table.id, table.caseId),
    uniqueIndex('places_one_open').on(table.providerId, table.caseId).where(sql`status = 'open'`),
    uniqueIndex('places_waits_once').on(table.providerId, table.groupId, table.caseId).where(sql`status in ('waiting', 'open')`),
    index('places_of_group').on(table.providerId, table.groupId, table.status, table.priority, table.waitingSince, table.id),
    index('places_of_case').on(table.providerId, table.caseId, table.createdAt),
    oneOf('places_status_known', table.status, placeStatuses),
    oneOf('places_ending_known', table.ending, endingIds),
    check('places_priority_known', sql`${table.priority} in (${sql.raw(numbers)})`),
    check('places_waiting_since', sql`${table.status} <> 'waiting' or ${table.waitingSince} is not null`),
    check('places_begun', sql`${table.status} not in ('open', 'ended') or ${table.joinedOn} is not null`),
    check(
      'places_ended_whole',
      sql`num_nulls(${table.endedOn}, ${table.ending}, ${table.endReason}) in (0, 3) and (${table.status} = 'ended') = (${table.ending} is not null)`,
    ),
    foreignKey({ name: 'places_group', columns: [table.providerId, table.groupId], foreignColumns: [groups.providerId, groups.id] }),
    foreignKey({ name: 'places_case', columns: [table.providerId, table.caseId], foreignColumns: [cases.providerId, cases.id] }),
    foreignKey({ name: 'places_created_by', columns: [table.providerId, table.createdBy], foreignColumns: [staff.providerId, staff.id] }),
  ],
)

/** Every step a place took, with who, when and why. Rows are only added. */
export const placeChanges = pgTable(
  'place_changes',
  {
    providerId: tenantId(),
    id: id(),
    placeId: uuid('place_id').notNull(),
    /** Null for the first. */
    fromStatus: words('from_status', placeStatuses),
    toStatus: words('to_status', placeStatuses).notNull(),
    joinedOn: day('joined_on'),
    endedOn: day('ended_on'),
    ending: words('ending', endingIds),
    reason: text('reason'),
    changedAt: instant('changed_at').notNull(),
    /** Null for what the server did by itself. */
    changedBy: uuid('changed_by'),
  },
  (table) => [
    tenantKey(table),
    index('place_changes_of').on(table.providerId, table.placeId, table.changedAt, table.id),
    oneOf('place_changes_status_known', table.toStatus, placeStatuses),
    foreignKey({ name: 'place_changes_place', columns: [table.providerId, table.placeId], foreignColumns: [places.providerId, places.id] }),
    foreignKey({
      name: 'place_changes_by',
      columns: [table.providerId, table.changedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)

/** One meeting: of the group, or of one participant alone. */
export const sessions = pgTable(
  'sessions',
  {
    providerId: tenantId(),
    id: id(),
    groupId: uuid('group_id').notNull(),
    kind: words('kind', sessionKinds).notNull(),
    /** Whose one-to-one it is; null for a meeting of the group. */
    placeId: uuid('place_id'),
    /** From 1: in the group, or among the one-to-ones of the place. */
    number: integer('number').notNull(),
    /** Id of a theme of the template; null where none is laid down, and for one-to-ones. */
    themeId: text('theme_id'),
    oneToOneReason: words('one_to_one_reason', oneToOneReasonIds),
    /** The day in London. */
    onDay: day('on_day').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** Planned over days whose bank holidays were not published yet. */
    dayIsProvisional: boolean('day_is_provisional').notNull(),
    status: words('status', sessionStatuses).notNull(),
    /** Who was there to lead it; empty while it is planned, and where it was not held. */
    facilitatedBy: uuid('facilitated_by').array().notNull(),
    /** Why it was not held. */
    notHeldReason: text('not_held_reason'),
    version: version(),
  },
  (table) => [
    tenantKey(table),
    unique('sessions_group_of').on(table.providerId, table.id, table.groupId),
    uniqueIndex('sessions_number_in_group').on(table.providerId, table.groupId, table.number).where(sql`kind = 'group'`),
    uniqueIndex('sessions_number_of_place').on(table.providerId, table.placeId, table.number).where(sql`kind = 'one-to-one'`),
    index('sessions_of_group').on(table.providerId, table.groupId, table.startsAt, table.id),
    oneOf('sessions_kind_known', table.kind, sessionKinds),
    oneOf('sessions_status_known', table.status, sessionStatuses),
    oneOf('sessions_reason_known', table.oneToOneReason, oneToOneReasonIds),
    check('sessions_number', sql`${table.number} > 0`),
    check('sessions_take_time', sql`${table.endsAt} > ${table.startsAt}`),
    check(
      'sessions_of_a_place',
      sql`(${table.kind} = 'one-to-one') = (${table.placeId} is not null) and (${table.kind} = 'one-to-one') = (${table.oneToOneReason} is not null)`,
    ),
    check('sessions_held_by_somebody', sql`(${table.status} = 'held') = (cardinality(${table.facilitatedBy}) > 0)`),
    check('sessions_not_held_with_reason', sql`(${table.status} = 'not-held') = (${table.notHeldReason} is not null)`),
    foreignKey({ name: 'sessions_group', columns: [table.providerId, table.groupId], foreignColumns: [groups.providerId, groups.id] }),
    foreignKey({
      name: 'sessions_place',
      columns: [table.providerId, table.placeId, table.groupId],
      foreignColumns: [places.providerId, places.id, places.groupId],
    }),
  ],
)

/** What a session was before it was moved, held, not held or put right. Rows are only added. */
export const sessionChanges = pgTable(
  'session_changes',
  {
    providerId: tenantId(),
    id: id(),
    sessionId: uuid('session_id').notNull(),
    fromStatus: words('from_status', sessionStatuses).notNull(),
    toStatus: words('to_status', sessionStatuses).notNull(),
    fromStartsAt: instant('from_starts_at').notNull(),
    toStartsAt: instant('to_starts_at').notNull(),
    facilitatedBy: uuid('facilitated_by').array().notNull(),
    reason: text('reason'),
    changedAt: instant('changed_at').notNull(),
    changedBy: uuid('changed_by'),
  },
  (table) => [
    tenantKey(table),
    index('session_changes_of').on(table.providerId, table.sessionId, table.changedAt, table.id),
    oneOf('session_changes_status_known', table.toStatus, sessionStatuses),
    foreignKey({
      name: 'session_changes_session',
      columns: [table.providerId, table.sessionId],
      foreignColumns: [sessions.providerId, sessions.id],
    }),
    foreignKey({
      name: 'session_changes_by',
      columns: [table.providerId, table.changedBy],
      foreignColumns: [staff.providerId, staff.id],
    }),
  ],
)
