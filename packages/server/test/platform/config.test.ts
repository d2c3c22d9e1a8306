import { describe, expect, test } from 'vitest'
import { ConfigFaults, readConfig } from '../../src/config.ts'

const faultsOf = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults
    throw error
  }
}
const oidc = { OIDC_ISSUER: 'https://issuer.example', OIDC_AUDIENCE: 'plumbline', OIDC_JWKS_URI: 'https://issuer.example/keys' }
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://app@db/plumbline',
  AUDIT_KEY: 'k'.repeat(32),
  FIELD_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  ...oidc,
}

describe('settings', () => {
  test('with nothing set: embedded database, loopback, development sign-in, demo', () => {
    expect(readConfig({})).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 4000,
      database: { kind: 'pglite' },
      oidc: null,
      demo: true,
    })
  })

  test('an empty variable counts as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000, database: { kind: 'pglite' } })
  })

  test('every fault is listed at once, malformed and contradictory alike', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      PORT: '70000',
      AUDIT_KEY: 'short',
      OIDC_ISSUER: 'https://issuer.example',
      PLUMBLINE_DEMO: 'yes',
    })
    expect(faults).toEqual([
      'PORT must be a whole number from 0 to 65535',
      'AUDIT_KEY must have at least 32 characters',
      'OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URI go together: set all three or none',
      'production needs DATABASE_URL: the embedded database is for trying out, it does not survive a power cut',
      'production needs FIELD_KEYS: the keys that contact details are encrypted with, kept outside the database',
      'PLUMBLINE_DEMO=yes is refused in production: invented cases do not belong beside real ones',
    ])
  })

  test('a value is never repeated, it may be a secret', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://root:hunter2@db', AUDIT_KEY: 'hunter2' }).join()).not.toContain('hunter2')
  })

  test('production starts with everything set, and refuses each gap', () => {
    expect(faultsOf(production)).toEqual([])
    for (const name of ['DATABASE_URL', 'AUDIT_KEY', 'FIELD_KEYS', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URI']) {
      const { [name as keyof typeof production]: _, ...rest } = production
      expect(faultsOf(rest), name).not.toEqual([])
    }
    expect(faultsOf({ ...production, OIDC_JWKS_URI: 'http://issuer.example/keys' })).toEqual([
      'production needs https:// in OIDC_ISSUER and OIDC_JWKS_URI',
    ])
  })

  test('development sign-in is refused off loopback', () => {
    expect(faultsOf({ HOST: '0.0.0.0' })).toHaveLength(1)
    expect(faultsOf({ HOST: '0.0.0.0', ...oidc })).toEqual([])
    expect(faultsOf({ HOST: '::1' })).toEqual([])
  })

  test('a webhook takes an address and a secret, over https; http only to this machine and never in production', () => {
    const secret = { NOTIFICATION_WEBHOOK_SECRET: 's'.repeat(32) }
    const to = (url: string) => ({ ...secret, NOTIFICATION_WEBHOOK_URL: url })
    expect(readConfig({}).webhook).toBeNull()
    expect(readConfig(to('https://hooks.example/a')).webhook).toEqual({ url: 'https://hooks.example/a', secret: 's'.repeat(32) })
    expect(faultsOf(to('http://127.0.0.1:9/a'))).toEqual([])
    expect(faultsOf({ ...production, ...to('https://hooks.example/a') })).toEqual([])
    for (const wrong of [
      secret,
      { NOTIFICATION_WEBHOOK_URL: 'https://hooks.example/a' },
      to('http://hooks.example/a'),
      { ...production, ...to('http://127.0.0.1:9/a') },
      to('ftp://a'),
    ])
      expect(faultsOf(wrong), JSON.stringify(wrong)).toHaveLength(1)
    expect(faultsOf({ NOTIFICATION_WEBHOOK_URL: 'https://hooks.example/a', NOTIFICATION_WEBHOOK_SECRET: 'short' })).toEqual([
      'NOTIFICATION_WEBHOOK_SECRET must have at least 32 characters',
    ])
  })

  test('a PostgreSQL server and an embedded directory exclude each other', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://app@db/plumbline', PLUMBLINE_DATA: 'here' })).toHaveLength(1)
  })
})
