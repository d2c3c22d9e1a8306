import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'

export type FoundPostgresql = { url: string; how: string; stop(): void }

/** A PostgreSQL for the test lane: the one `TEST_DATABASE_URL` names, one that listens here, or one started from binaries on this machine. Null where there is none. */
export async function findPostgresql(): Promise<FoundPostgresql | null> {
  const named = process.env.TEST_DATABASE_URL
  const candidates = named
    ? [named]
    : ['postgres://postgres@127.0.0.1:5432/postgres', `postgres://${process.env.USER ?? 'postgres'}@127.0.0.1:5432/postgres`]
  for (const url of candidates) if (await mayCreateDatabases(url)) return { url, how: `the server at ${new URL(url).host}`, stop: () => {} }
  if (named) throw new Error('TEST_DATABASE_URL is set, but no PostgreSQL answers there that lets this login create databases')
  return startOne()
}

async function mayCreateDatabases(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    const [role] = await sql`select rolcreatedb and rolcreaterole or rolsuper as may from pg_roles where rolname = current_user`
    return role?.may === true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function binaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const folders = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(debian, version, 'bin'))
    : []
  folders.push('/opt/homebrew/bin', '/usr/local/bin', '/usr/bin')
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl'))) ?? null
}

/** In a temporary folder, on loopback, thrown away afterwards. PostgreSQL refuses to run as root, so root hands it to `postgres` or `nobody`. */
function startOne(): FoundPostgresql | null {
  const bin = binaries()
  if (!bin) return null
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-postgresql-'))
  const identity: { uid: number; gid: number } | Record<string, never> | null = process.getuid?.() === 0 ? unprivileged() : {}
  if (!identity) return null
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid)
  const port = 20_000 + (process.pid % 20_000)
  const options = { stdio: 'ignore' as const, ...identity }
  try {
    execFileSync(join(bin, 'initdb'), ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], options)
    execFileSync(
      join(bin, 'pg_ctl'),
      ['-D', join(folder, 'data'), '-w', '-o', `-p ${port} -h 127.0.0.1 -k ${folder}`, '-l', join(folder, 'log'), 'start'],
      options,
    )
  } catch {
    return null
  }
  const stop = () => void spawnSync(join(bin, 'pg_ctl'), ['-D', join(folder, 'data'), '-m', 'immediate', 'stop'], options)
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, how: `a server started from ${bin}`, stop }
}

function unprivileged(): { uid: number; gid: number } | null {
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout))
    if (uid && gid) return { uid, gid }
  }
  return null
}
