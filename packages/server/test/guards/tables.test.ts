import { describe, expect, test } from 'vitest'
import { database, lane, newWorld } from '../harness/world.ts'

const query = (text: string) => database.asOwner((run) => run(text))
/** The only tables that are nobody's: which migrations ran. */
const shared = `('plumbline_migrations')`
const ours = `c.relkind in ('r', 'p') and n.nspname in ('public', 'partner') and c.relname not in ${shared}`

const tenantOnly = "(provider_id = ( SELECT (NULLIF(current_setting('app.provider_id'::text, true), ''::text))::uuid AS \"nullif\"))"
/** Policies that show more than the provider's own rows, or the same rows under another condition. Each is argued for in migrations/0002_guards.sql. */
const wideningPolicies = [
  'public.providers providers_in_turn r',
  'public.providers providers_operator r',
  'public.staff staff_sign_in r',
  'public.staff_roles staff_roles_sign_in r',
]

describe(`every tenant table on ${lane}`, () => {
  test('has row-level security, enabled and forced, and its policies are those written out here', async () => {
    const tables = await query(`
      select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}`)
    const policies = await query(`
      select n.nspname || '.' || c.relname as table_name, p.polname as policy, p.polpermissive as permissive, p.polcmd as command,
        pg_get_expr(p.polqual, p.polrelid) as reading, pg_get_expr(p.polwithcheck, p.polrelid) as writing
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace order by 1, 2`)
    console.log(`tables looked at: ${tables.length}, policies: ${policies.length}`)
    expect(tables.length).toBeGreaterThan(30)
    expect(tables.filter((table) => !table.enabled || !table.forced)).toEqual([])

    // Word for word: a policy that says `true or …` holds the same words and keeps nobody out.
    const own = policies.filter((one) => one.reading === tenantOnly && one.writing === tenantOnly && one.command === '*' && one.permissive)
    const others = policies.filter((one) => !own.includes(one))
    expect(tables.map(({ name }) => name).filter((name) => own.filter((one) => one.table_name === name).length !== 1)).toEqual([])
    expect(
      others
        .filter((one) => one.permissive)
        .map(({ table_name, policy, command }) => `${String(table_name)} ${String(policy)} ${String(command)}`),
    ).toEqual(wideningPolicies)
  })

  test('shows and takes only the rows of the provider in the context', async () => {
    const [here, there] = [await newWorld(), await newWorld()]
    const { sql } = await import('drizzle-orm')
    const tables = await query(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
    )
    let foreign = 0
    for (const { name } of tables) {
      const [others] = await query(`select count(*)::int as count from ${String(name)} where provider_id = '${there.providerId}'`)
      foreign += Number(others?.count)
      for (const side of ['participant', 'partner', 'neutral'] as const) {
        const [seen] = await database.transaction({ providerId: here.providerId, side }, 'read', (tx) =>
          tx.rows<{ count: string | number }>(
            sql.raw(`select count(*) as count from ${String(name)} where provider_id is distinct from '${here.providerId}'`),
          ),
        )
        expect(Number(seen!.count), `${String(name)} on the ${side} side`).toBe(0)
      }
    }
    console.log(`rows of another provider that were not shown: ${foreign}`)
    expect(foreign).toBeGreaterThan(20)
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
    const tables = await query(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
    )
    const { sql } = await import('drizzle-orm')
    for (const { name } of tables) {
      const seen = await database
        .transaction({}, 'read', (tx) => tx.rows<{ count: string | number }>(sql.raw(`select count(*) as count from ${String(name)}`)))
        .catch((error: unknown) => error)
      const nothing = Array.isArray(seen) ? Number(seen[0]!.count) === 0 : (seen as { sqlState?: string }).sqlState === '42501'
      expect(nothing, String(name)).toBe(true)
    }
  })

  test('is reached by a role that neither owns it nor walks past its policies', async () => {
    const [role] = await query(`select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'plumbline_app'`)
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false })
    const views = await query(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and n.nspname in ('public', 'partner')`,
    )
    expect(views).toEqual([])
    const definers = await query(
      `select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('public', 'partner') and has_function_privilege('plumbline_app', p.oid, 'execute')`,
    )
    expect(definers).toEqual([])
  })
})
