import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { shippedProgrammes } from '../domains/programmes/index.ts'
import { shippedLineage } from '../domains/rule-sets/index.ts'
import type { Database } from '../platform/db/database.ts'
import { migrations } from '../platform/db/migrate.ts'
import { demoProviders } from './providers.ts'

// The demo's year as rows: what its commands wrote, kept so that nobody waits for the playing. One line says what it was made with,
// then a line for each table with its name and columns, and a line of JSON for each of its rows.

/** Found from the compiled code as well as from the source. */
export const snapshotFile = new URL('../../demo/year.gz', import.meta.url)

type Run = (query: string) => Promise<Record<string, unknown>[]>
type Table = { name: string; columns: string }

/** The tables, and what ships with them and is published in the demo. With others the snapshot would be of another version. */
function madeWith(): string {
  const texts = [
    ...migrations().map(({ text }) => text),
    ...shippedProgrammes().map(({ text }) => text),
    ...demoProviders.flatMap(({ ruleSetId }) => shippedLineage(ruleSetId)),
  ]
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex')
}

/** Tables in the order of their names, but for those that say which migrations were applied. */
const tablesQuery = `
  select quote_ident(table_schema) || '.' || quote_ident(table_name) as name,
    string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
  from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') and table_name <> 'plumbline_migrations'
  group by 1 order by 1`

/**
 * Every row of every table as lines of text; with `providers`, those of these alone. The same rows give the same lines on both databases,
 * but for what was encrypted, which is another text each time.
 */
export const linesOf = (database: Database, providers?: readonly string[]): Promise<string[]> =>
  database.asOwner(async (run) => {
    await run(`set timezone = 'UTC'`)
    const lines = [madeWith()]
    for (const { name, columns } of (await run(tablesQuery)) as Table[]) {
      const rows = await run(
        `select row_to_json(row)::text as line from (select ${columns} from ${name} ${only(columns, providers)}) as row`,
      )
      if (rows.length > 0) lines.push(`${name} (${columns})`, ...rows.map(({ line }) => String(line)).sort(byWhatIsNotSealed))
    }
    return lines
  })

const only = (columns: string, providers: readonly string[] | undefined): string =>
  providers && columns.split(', ').includes('provider_id') ? `where provider_id in (${providers.map((id) => `'${id}'`).join(', ')})` : ''

/** An encrypted field as it stands in a line: another text each time the same is encrypted. */
export const unsealed = (line: string): string => line.replaceAll(/"v1\.[a-z0-9-]+\.[\w.-]+"/g, '"sealed"')

const byWhatIsNotSealed = (one: string, other: string): number => (unsealed(one) < unsealed(other) ? -1 : 1)

export const packed = (lines: readonly string[]): Buffer => gzipSync(`${lines.join('\n')}\n`, { level: 9 })
export const unpacked = (file: Buffer): string[] => gunzipSync(file).toString('utf8').trimEnd().split('\n')

/** Puts the demo's year into migrated, empty tables. @returns false where there is none for this version: the year has to be played */
export async function loadSnapshot(database: Database, file = snapshotFile): Promise<boolean> {
  if (!existsSync(file)) return false
  const [made, ...lines] = unpacked(readFileSync(file))
  if (made !== madeWith()) return false
  await database.asOwner(async (run) => {
    // As they were written row by row, each in its time; what refers to what is in order already.
    await run(`begin; set local session_replication_role = replica; set local timezone = 'UTC'`)
    for (const { table, rows } of byTable(lines)) await put(run, table, rows)
    await run('commit; analyze')
  })
  return true
}

function byTable(lines: readonly string[]): { table: string; rows: string[] }[] {
  const tables: { table: string; rows: string[] }[] = []
  for (const line of lines)
    if (line.startsWith('{')) tables.at(-1)!.rows.push(line)
    else tables.push({ table: line, rows: [] })
  return tables
}

async function put(run: Run, table: string, rows: readonly string[]): Promise<void> {
  const [name, columns] = table.split(/ \((.*)\)$/)
  const text = `[${rows.join(',')}]`.replaceAll("'", "''")
  await run(`insert into ${table} select ${columns} from json_populate_recordset(null::${name}, '${text}')`)
}
