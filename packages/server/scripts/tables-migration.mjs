// Writes migrations/0001_tables.sql from every tables.ts. Only until the first release: from then on a change is a new migration, written by hand.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const here = new URL('../', import.meta.url)
const out = new URL('.plumbline/drizzle/', here)
rmSync(out, { recursive: true, force: true })
execFileSync('node', ['node_modules/drizzle-kit/bin.cjs', 'generate', '--name', 'tables'], {
  cwd: here,
  stdio: ['ignore', 'ignore', 'inherit'],
})
const [file] = readdirSync(out).filter((name) => name.endsWith('.sql'))
const tables = readFileSync(new URL(file, out), 'utf8').replaceAll('--> statement-breakpoint', '')
const created = [...tables.matchAll(/^CREATE TABLE "(?:([a-z_]+)"\.")?([a-z_]+)"/gm)].map(([, schema, name]) => ({ schema, name }))
const protect = created.map(({ schema, name }) => `select plumbline_protect('${name}'${schema ? `, '${schema}'` : ''});`).join('\n')
writeFileSync(
  new URL('migrations/0001_tables.sql', here),
  `${tables.trim()}\n\n-- Row-level security, forced, on every table; the application's role gets what it needs and no more.\n${protect}\n`,
)
rmSync(out, { recursive: true, force: true })
