import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { FieldKeys } from './platform/field-encryption.ts'

export type Config = {
  production: boolean
  host: string
  port: number
  database:
    | { kind: 'postgresql'; url: string; ownerUrl: string | undefined; connections: number }
    | { kind: 'pglite'; directory: string | undefined }
  /** Null: development sign-in for the demo's people. */
  oidc: { issuer: string; audience: string; jwksUri: string } | null
  auditKey: string
  /** Keys of the fields that are encrypted one by one: contact details and whereabouts of the person harmed. */
  fieldKeys: FieldKeys
  /** Neither of the two is set: the public keys for trying out are in use. */
  developmentKeys: boolean
  logLevel: 'silent' | 'error' | 'info'
  corsOrigins: string[]
  /** Where notifications go besides the list in the API; null: a line in the log. */
  webhook: { url: string; secret: string } | null
  /** Seed two providers and a year of invented cases into an empty embedded database. */
  demo: boolean
}

/** Everything that is wrong with the environment, one sentence each. */
export class ConfigFaults extends Error {
  override name = 'ConfigFaults'
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`the settings do not fit together:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`,
  })
const whole = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number)

const settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test'], { error: 'must be production, development or test' }).optional(),
  HOST: z.string().min(1).optional(),
  PORT: whole(0, 65_535).optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_OWNER_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_CONNECTIONS: whole(1, 500).optional(),
  PLUMBLINE_DATA: z.string().min(1).optional(),
  PLUMBLINE_DEMO: z.enum(['yes', 'no'], { error: 'must be yes or no' }).optional(),
  OIDC_ISSUER: url('https:', 'http:').optional(),
  OIDC_AUDIENCE: z.string().min(1).optional(),
  OIDC_JWKS_URI: url('https:', 'http:').optional(),
  AUDIT_KEY: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  FIELD_KEYS: z
    .string()
    .refine((text) => fieldKeysIn(text) !== undefined, {
      error:
        'must be id:key[,id:key…], the current one first: ids of lower-case letters, digits and hyphens, each once; keys of 32 random bytes in base64, each once',
    })
    .optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'info'], { error: 'must be silent, error or info' }).optional(),
  CORS_ORIGINS: z.string().optional(),
  NOTIFICATION_WEBHOOK_URL: url('https:', 'http:').optional(),
  NOTIFICATION_WEBHOOK_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
})

/** Undefined for what is malformed or names an id or a key twice. */
function fieldKeysIn(text: string): FieldKeys | undefined {
  const pairs = text.split(',').map((pair) => /^\s*([a-z0-9-]{1,20}):([A-Za-z0-9+/]{43}=)\s*$/.exec(pair))
  const keys = Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1]!, new Uint8Array(Buffer.from(pair[2]!, 'base64'))]] : [])))
  const distinct = new Set(pairs.map((pair) => pair?.[2]))
  const current = pairs[0]?.[1]
  return current && Object.keys(keys).length === pairs.length && distinct.size === pairs.length ? { current, keys } : undefined
}

const developmentAuditKey = 'development only: no secret, refused in production'
const developmentFieldKeys = (): FieldKeys => ({
  current: 'development',
  keys: { development: createHash('sha256').update(developmentAuditKey).digest() },
})

type Settings = z.output<typeof settings>

/**
 * Reads the settings (documented in docs/reference/settings.md). The only place that looks at the environment.
 * An empty variable counts as not set.
 * @throws ConfigFaults listing every fault at once; values are never repeated, they may be secrets
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  // Contradictions are looked for among what could be read, so that one start shows everything.
  const read: Settings = parsed.success ? parsed.data : (settings.partial().catch({}).parse(wellFormed(given, parsed.error)) as Settings)
  faults.push(...contradictions(read, given))
  if (faults.length > 0) throw new ConfigFaults(faults)
  return configOf(read)
}

const wellFormed = (given: Record<string, string | undefined>, error: z.ZodError) => {
  const bad = new Set(error.issues.map((issue) => String(issue.path[0])))
  return Object.fromEntries(Object.entries(given).filter(([name]) => !bad.has(name)))
}

function contradictions(read: Settings, given: Record<string, string | undefined>): string[] {
  const faults: string[] = []
  const production = read.NODE_ENV === 'production'
  const oidc = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URI'].filter((name) => given[name] !== undefined)
  if (oidc.length > 0 && oidc.length < 3) faults.push('OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URI go together: set all three or none')
  if (given.DATABASE_URL && given.PLUMBLINE_DATA)
    faults.push('DATABASE_URL and PLUMBLINE_DATA exclude each other: a PostgreSQL server or an embedded directory')
  if (given.DATABASE_OWNER_URL && !given.DATABASE_URL) faults.push('DATABASE_OWNER_URL needs DATABASE_URL beside it')
  if (oidc.length === 0 && !loopback.has(read.HOST ?? '127.0.0.1'))
    faults.push('HOST is not loopback, and development sign-in works only there: set the three OIDC_ settings, or HOST=127.0.0.1')
  if ((given.NOTIFICATION_WEBHOOK_URL === undefined) !== (given.NOTIFICATION_WEBHOOK_SECRET === undefined))
    faults.push('NOTIFICATION_WEBHOOK_URL and NOTIFICATION_WEBHOOK_SECRET go together: set both or none')
  if (read.NOTIFICATION_WEBHOOK_URL?.startsWith('http:') && (production || !loopback.has(new URL(read.NOTIFICATION_WEBHOOK_URL).hostname)))
    faults.push('NOTIFICATION_WEBHOOK_URL must begin with https://; http:// is for this machine alone, and never in production')
  if (production) {
    if (!given.DATABASE_URL)
      faults.push('production needs DATABASE_URL: the embedded database is for trying out, it does not survive a power cut')
    if (oidc.length === 0) faults.push('production needs the three OIDC_ settings: development sign-in is refused')
    if (!given.AUDIT_KEY) faults.push('production needs AUDIT_KEY: a secret of at least 32 characters, kept outside the database')
    if (!given.FIELD_KEYS)
      faults.push('production needs FIELD_KEYS: the keys that contact details are encrypted with, kept outside the database')
    if (read.OIDC_JWKS_URI?.startsWith('http:') || read.OIDC_ISSUER?.startsWith('http:'))
      faults.push('production needs https:// in OIDC_ISSUER and OIDC_JWKS_URI')
    if (read.PLUMBLINE_DEMO === 'yes')
      faults.push('PLUMBLINE_DEMO=yes is refused in production: invented cases do not belong beside real ones')
  }
  return faults
}

function configOf(read: Settings): Config {
  const { NOTIFICATION_WEBHOOK_URL: webhookUrl, NOTIFICATION_WEBHOOK_SECRET: secret } = read
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URI: jwksUri } = read
  return {
    production: read.NODE_ENV === 'production',
    host: read.HOST ?? '127.0.0.1',
    port: read.PORT ?? 4000,
    database: read.DATABASE_URL
      ? { kind: 'postgresql', url: read.DATABASE_URL, ownerUrl: read.DATABASE_OWNER_URL, connections: read.DATABASE_CONNECTIONS ?? 10 }
      : { kind: 'pglite', directory: read.PLUMBLINE_DATA === 'memory' ? undefined : (read.PLUMBLINE_DATA ?? '.plumbline/data') },
    oidc: issuer && audience && jwksUri ? { issuer, audience, jwksUri } : null,
    auditKey: read.AUDIT_KEY ?? developmentAuditKey,
    fieldKeys: (read.FIELD_KEYS && fieldKeysIn(read.FIELD_KEYS)) || developmentFieldKeys(),
    developmentKeys: !read.AUDIT_KEY && !read.FIELD_KEYS,
    logLevel: read.LOG_LEVEL ?? 'error',
    webhook: webhookUrl && secret ? { url: webhookUrl, secret } : null,
    corsOrigins: (read.CORS_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
    demo: read.PLUMBLINE_DEMO ? read.PLUMBLINE_DEMO === 'yes' : !read.DATABASE_URL,
  }
}
