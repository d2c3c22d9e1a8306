import {
  createRemoteJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Identity } from './actor.ts'
import { fault } from './errors.ts'

/** Says who a bearer token belongs to. Any fault of the token is the same refusal. */
export type SignIn = { identify(token: string): Promise<Identity> }

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const refusal = () =>
  fault('UNAUTHENTICATED', 'the token is not valid here: get a new one and send it as `authorization: Bearer …`', { http: { status: 401 } })

/** OpenID Connect: signature by the issuer's published keys, issuer, audience and times checked. A verified token is remembered until it ends, 15 minutes at most. */
export function oidcSignIn(options: { issuer: string; audience: string; jwksUri: string }): SignIn {
  const keys = createRemoteJWKSet(new URL(options.jwksUri), { timeoutDuration: 5_000 })
  return signInWith(keys, { issuer: options.issuer, audience: options.audience })
}

function signInWith(keys: JWTVerifyGetKey, expected: { issuer: string; audience: string }): SignIn {
  const verified = new Map<string, { identity: Identity; until: number }>()
  return {
    async identify(token) {
      if (token.length > 8_192) throw refusal()
      const hash = createHash('sha256').update(token).digest('base64')
      const now = Date.now()
      const known = verified.get(hash)
      if (known && known.until > now) return known.identity
      try {
        const { payload } = await jwtVerify(token, keys, { ...expected, algorithms, requiredClaims: ['sub', 'exp'], clockTolerance: 30 })
        const identity = { issuer: expected.issuer, subject: payload.sub ?? '' }
        if (verified.size >= 10_000) verified.clear()
        verified.set(hash, { identity, until: Math.min((payload.exp ?? 0) * 1000, now + 15 * 60_000) })
        return identity
      } catch (error) {
        if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError))
          throw fault('UNAVAILABLE', 'the sign-in service does not answer; try again', { http: { status: 503 } })
        throw refusal()
      }
    },
  }
}

export const developmentIssuer = 'plumbline-development'

/**
 * Tokens for the demo's people. Only on loopback and only without an issuer: config sees to both.
 * @param keyFile where the key is kept, so that an open GraphiQL goes on working after a restart; undefined for a key as short-lived as this process
 */
export async function developmentSignIn(keyFile?: string): Promise<SignIn & { tokenFor(subject: string): Promise<string> }> {
  const { publicKey, privateKey } = await developmentKeys(keyFile)
  const signIn = signInWith(async () => publicKey, { issuer: developmentIssuer, audience: 'plumbline' })
  return {
    ...signIn,
    tokenFor: (subject) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'EdDSA' })
        .setSubject(subject)
        .setIssuer(developmentIssuer)
        .setAudience('plumbline')
        .setIssuedAt()
        .setExpirationTime('30d')
        .sign(privateKey),
  }
}

async function developmentKeys(keyFile: string | undefined) {
  if (!keyFile) return generateKeyPair('EdDSA')
  if (!existsSync(keyFile)) {
    const pair = await generateKeyPair('EdDSA', { extractable: true })
    writeFileSync(keyFile, JSON.stringify(await exportJWK(pair.privateKey)), { mode: 0o600 })
  }
  const { d, ...publicPart } = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK & { d: string }
  return {
    publicKey: (await importJWK(publicPart, 'EdDSA')) as CryptoKey,
    privateKey: (await importJWK({ ...publicPart, d }, 'EdDSA')) as CryptoKey,
  }
}
