import { createServer, request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openLog } from '../../src/platform/log.ts'
import { developmentSignIn } from '../../src/platform/sign-in.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { clock, database, lane, newWorld } from '../harness/world.ts'

const kept = { ...database, close: async () => {} }
const signIn = await developmentSignIn()
const parts = { database: kept, clock, log: openLog('silent'), signIn, exampleTabs: async () => [], developmentToken: null }
let open: RunningServer
let hardened: RunningServer

beforeAll(async () => {
  open = await startServer({ ...parts, config: { ...readConfig({ PORT: '0' }) }, developmentToken: signIn.tokenFor })
  hardened = await startServer({ ...parts, config: { ...readConfig({ PORT: '0' }), production: true } })
})
afterAll(() => Promise.all([open.stop(), hardened.stop()]))

const post = (server: RunningServer, body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
const ask = async (server: RunningServer, query: string, headers: Record<string, string> = {}, variables = {}) =>
  (await post(server, JSON.stringify({ query, variables }), headers)).json()

describe(`the server over HTTP on ${lane}`, () => {
  test('is alive and ready, and says so without a token', async () => {
    expect((await fetch(`${open.url}/health`)).status).toBe(200)
    const ready = await fetch(`${open.url}/ready`)
    expect([ready.status, await ready.text()]).toEqual([200, 'ready'])
  })

  test('refuses a body over 256 KB, declared or streamed', async () => {
    const body = JSON.stringify({ query: `{ viewer { name } } # ${'x'.repeat(300_000)}` })
    expect((await post(open, body)).status).toBe(413)
    const cut = await new Promise<string>((resolve) => {
      const request = httpRequest(
        `${open.url}/graphql`,
        { method: 'POST', headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } },
        (response) => {
          response.resume()
          resolve(String(response.statusCode))
        },
      )
      request.on('error', () => resolve('cut off'))
      request.write(body)
      request.end()
    })
    expect(['413', 'cut off']).toContain(cut)
  })

  test('takes no mutation by GET, form or plain text', async () => {
    const query = 'mutation { addStaff(input: {}) { __typename } }'
    expect((await fetch(`${open.url}/graphql?query=${encodeURIComponent(query)}`)).status).toBeGreaterThanOrEqual(400)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await post(open, `query=${encodeURIComponent(query)}`, { 'content-type': type })).status, type).toBeGreaterThanOrEqual(400)
  })

  test('reflects no foreign origin', async () => {
    const response = await post(open, JSON.stringify({ query: '{ __typename }' }), { origin: 'https://elsewhere.example' })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('answers every fault of a token alike, 401', async () => {
    const { people } = await newWorld()
    const [header, payload] = (await signIn.tokenFor('x')).split('.')
    const stranger = await (await developmentSignIn()).tokenFor('x')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    expect(people.auditor).toBeDefined()
    const answers = await Promise.all(
      ['nonsense', `${header}.${payload}.AAAA`, stranger, none, 'x'.repeat(9_000)].map((token) =>
        post(open, '{"query":"{ viewer { name } }"}', { authorization: `Bearer ${token}` }),
      ),
    )
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401])
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
  })

  test('never repeats a refused value, which may be a name', async () => {
    const answer = await ask(
      open,
      'mutation ($input: AddStaffInput!) { addStaff(input: $input) { __typename } }',
      {},
      { input: { idempotencyKey: 'a-key-for-this', name: 'Secret\u0000Name', issuer: 'i', subject: 's', roles: ['SECRETROLE'] } },
    )
    expect(JSON.stringify(answer)).not.toMatch(/secret/i)
    expect(answer.errors[0].extensions.code).toBe('BAD_INPUT')
    const literal = await ask(
      open,
      'mutation { addStaff(input: { idempotencyKey: "short", name: "", issuer: "i", subject: "s", roles: [] }) { __typename } }',
    )
    expect(literal.errors[0].message).toContain('IdempotencyKey needs at least 8 characters')
  })

  test('limits depth, aliases and tokens before anything runs', async () => {
    const deep = `{ auditEntries { edges { node ${'{ fields '.repeat(0)} { number } } } ${Array.from({ length: 20 }, (_, i) => `a${i}: viewer { name }`).join(' ')} }`
    expect((await ask(open, deep)).errors[0].message).toMatch(/alias/i)
    expect((await ask(open, `{ ${'__typename '.repeat(3_000)} }`)).errors[0].message).toMatch(/token/i)
  })

  test('in production there is no introspection, no suggestion, no GraphiQL', async () => {
    expect((await ask(open, '{ __schema { types { name } } }')).data.__schema.types.length).toBeGreaterThan(10)
    expect((await ask(hardened, '{ __schema { types { name } } }')).errors).toBeDefined()
    expect(JSON.stringify(await ask(hardened, '{ viewr { name } }'))).not.toMatch(/did you mean/i)
    expect((await fetch(`${hardened.url}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(404)
    expect((await fetch(`${hardened.url}/development/token/auditor@step-by-step`)).status).not.toBe(200)
  })

  test('GraphiQL is one page that loads nothing from elsewhere', async () => {
    const page = await (await fetch(`${open.url}/graphql`, { headers: { accept: 'text/html' } })).text()
    expect(page.length).toBeGreaterThan(1_000_000)
    expect([...page.matchAll(/<(?:script|link)[^>]+(?:src|href)=["']?(https?:[^"' >]+)/g)].map((match) => match[1])).toEqual([])
  })

  test('hands out development tokens to this machine only', async () => {
    expect((await fetch(`${open.url}/development/token/auditor@step-by-step`)).status).toBe(200)
    const status = await new Promise<number>((resolve) =>
      httpRequest(`${open.url}/development/token/auditor@step-by-step`, { headers: { host: 'rebound.example' } }, (response) =>
        resolve(response.resume().statusCode ?? 0),
      ).end(),
    )
    expect(status).toBe(403)
  })

  test('says that a port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => holder.once('listening', resolve))
    const { port } = holder.address() as { port: number }
    await expect(startServer({ ...parts, config: readConfig({ PORT: String(port) }) })).rejects.toThrow(`port ${port} is taken`)
    holder.close()
  })
})
