import { sql } from 'drizzle-orm'
import { check, customType, date, integer, primaryKey, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core'

/** Columns every tenant table begins with. Its key is `tenantKey`; row-level security comes from the migration. */
export const tenantId = () => uuid('provider_id').notNull()
export const id = () => uuid('id').notNull()
/** Counts the changes to a row; a change names the version it was made from. */
export const version = () => integer('version').notNull().default(1)
/** Reads as an ISO instant in UTC, whatever form the driver gives. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: (value) => toInstant(value),
})
/** For raw rows, where drizzle does not convert. */
export const toInstant = (value: string | Date): string => new Date(value).toISOString()
export const day = (name: string) => date(name, { mode: 'string' })

export const tenantKey = (table: { providerId: AnyPgColumn; id: AnyPgColumn }) =>
  primaryKey({ columns: [table.providerId, table.id] as [AnyPgColumn, ...AnyPgColumn[]] })

/** The values stand in one list in the code; the database refuses any other. */
export const oneOf = (name: string, column: AnyPgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`)

export const words = <const Value extends string>(name: string, values: readonly [Value, ...Value[]]) =>
  text(name, { enum: values as [Value, ...Value[]] })
