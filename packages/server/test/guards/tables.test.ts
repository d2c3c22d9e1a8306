import { describe, expect, test } from 'vitest'
import { database, lane } from '../harness/world.ts'

const query = (text: string) => database.asOwner((run) => run(text))
/** The only tables that are nobody's: which migrations ran. */
const shared = `('plumbline_migrations')`
const ours = `c.relkind in ('r', 'p') and n.nspname in ('public', 'partner') and c.relname not in ${shared}`

describe(`every tenant table on ${lane}`, () => {
  test('has row-level security, enabled and forced, with a policy that compares provider_id on reading and on writing', async () => {
    const tables = await query(`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd in ('*')
          and pg_get_expr(p.polqual, p.polrelid) like '%provider_id = %app.provider_id%' and pg_get_expr(p.polwithcheck, p.polrelid) like '%provider_id = %app.provider_id%') as policed
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}`)
    console.log(`tables looked at: ${tables.length}`)
    expect(tables.length).toBeGreaterThan(8)
    expect(tables.filter((table) => !table.enabled || !table.forced || !table.policed)).toEqual([])
  })

  test('leads every primary, unique and foreign key with provider_id', async () => {
    const keys = await query(`
      select c.relname as table_name, k.conname as key, k.contype as kind, a.attname as first,
        (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1]) as points_at
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      where ${ours} and k.contype in ('p', 'u', 'f')`)
    const indexes = await query(`
      select c.relname as table_name, i.indexrelid::regclass::text as key, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where ${ours} and i.indisunique`)
    console.log(`keys looked at: ${keys.length}, unique indexes: ${indexes.length}`)
    expect(keys.length).toBeGreaterThan(8)
    expect(keys.filter((key) => key.first !== 'provider_id' || (key.kind === 'f' && key.points_at !== 'provider_id'))).toEqual([])
    expect(indexes.filter((index) => index.first !== 'provider_id')).toEqual([])
  })

  test('shows nothing and takes nothing without a provider in the context', async () => {
    const tables = await query(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}`)
    const { sql } = await import('drizzle-orm')
    for (const { name } of tables) {
      const seen = await database.transaction({}, 'read', (tx) => tx.rows<{ count: string | number }>(sql.raw(`select count(*) as count from ${String(name)}`))).catch((error: unknown) => error)
      const nothing = Array.isArray(seen) ? Number(seen[0]!.count) === 0 : (seen as { sqlState?: string }).sqlState === '42501'
      expect(nothing, String(name)).toBe(true)
    }
  })

  test('is reached by a role that neither owns it nor walks past its policies', async () => {
    const [role] = await query(`select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'plumbline_app'`)
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false })
    const views = await query(`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and n.nspname in ('public', 'partner')`)
    expect(views).toEqual([])
    const definers = await query(`select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('public', 'partner') and has_function_privilege('plumbline_app', p.oid, 'execute')`)
    expect(definers).toEqual([])
  })
})
