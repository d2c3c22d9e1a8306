import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oidcSignIn, type SignIn } from '../../src/platform/sign-in.ts'

const issuer = 'https://issuer.example'
let privateKey: CryptoKey
let signIn: SignIn
let keysServed = 0
const server = createServer()

beforeAll(async () => {
  const pair = await generateKeyPair('RS256')
  privateKey = pair.privateKey
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  server.on('request', (_, response) => {
    keysServed += 1
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: [jwk] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  signIn = oidcSignIn({ issuer, audience: 'plumbline', jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys` })
})
afterAll(() => server.close())

const token = (change: (jwt: SignJWT) => SignJWT = (jwt) => jwt, key: CryptoKey = privateKey) =>
  change(
    new SignJWT()
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setSubject('ada')
      .setIssuer(issuer)
      .setAudience('plumbline')
      .setIssuedAt()
      .setExpirationTime('10m'),
  ).sign(key)

describe('OpenID Connect sign-in', () => {
  test('takes a token that the issuer signed, and fetches its keys once', async () => {
    expect(await signIn.identify(await token())).toEqual({ issuer, subject: 'ada' })
    await signIn.identify(await token((jwt) => jwt.setSubject('grace')))
    expect(keysServed).toBe(1)
  })

  test.each([
    ['another audience', (jwt: SignJWT) => jwt.setAudience('elsewhere')],
    ['another issuer', (jwt: SignJWT) => jwt.setIssuer('https://other.example')],
    ['an end in the past', (jwt: SignJWT) => jwt.setExpirationTime(Math.floor(Date.now() / 1000) - 3600)],
    ['a start in the future', (jwt: SignJWT) => jwt.setNotBefore(Math.floor(Date.now() / 1000) + 3600)],
  ])('refuses %s', async (_, change) => {
    await expect(signIn.identify(await token(change))).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
  })

  test('refuses another key under the same name, and a token signed with the public key as a secret', async () => {
    const { privateKey: other } = await generateKeyPair('RS256')
    await expect(signIn.identify(await token(undefined, other))).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
    const confused = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setSubject('ada')
      .setIssuer(issuer)
      .setAudience('plumbline')
      .setExpirationTime('10m')
      .sign(new TextEncoder().encode('x'.repeat(32)))
    await expect(signIn.identify(confused)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
  })

  test('says that the sign-in service is away, instead of letting anybody in', async () => {
    const away = oidcSignIn({ issuer, audience: 'plumbline', jwksUri: 'http://127.0.0.1:9/keys' })
    await expect(away.identify(await token())).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } })
  })
})
