import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { shippedIn, type ShippedId } from '../../../test/harness/groups.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { checkTemplate } from './check-template.ts'
import { compareVersions } from './publish-programme.ts'
import { shippedProgrammes } from './publish-shipped-programmes.ts'
import { warningsOf, type Template } from './template.ts'

const shipped = Object.fromEntries(shippedProgrammes().map(({ template }) => [template.id, template])) as Record<ShippedId, Template>
const phoenix = () => structuredClone(shipped['phoenix-12']) as unknown as Record<string, unknown>

describe('the shipped programmes', () => {
  test('are the four, and each is what its provider says of it', () => {
    const said = Object.values(shipped).map(({ id, sessions, capacity, facilitators, themes, themeOrder, joining, oneToOnes, steps }) =>
      [
        id,
        `${sessions.count} x ${sessions.minutes}`,
        `up to ${capacity.most}`,
        `${facilitators} lead`,
        `${themes.length} themes`,
        themeOrder.order,
        joining.at,
        oneToOnes.offered,
        `${steps.length} steps`,
      ].join(', '),
    )
    expect(said).toEqual([
      'phoenix-12, 12 x 120, up to 12, 2 lead, 6 themes, fixed, start, weekly, 0 steps',
      'step-by-step-11, 11 x 120, up to 12, 2 lead, 9 themes, set-by-group, start, with-reason, 4 steps',
      'step-by-step-24, 24 x 120, up to 12, 2 lead, 9 themes, set-by-group, start, with-reason, 4 steps',
      'step-by-step-rolling-nine, 9 x 120, up to 12, 2 lead, 9 themes, rolling, any-session, with-reason, 4 steps',
    ])
  })

  test('fewer than 22 weeks is a warning', () => {
    expect(Object.values(shipped).map((template) => [template.id, warningsOf(template).map(({ code }) => code)])).toEqual([
      ['phoenix-12', ['shorter-than-22-weeks']],
      ['step-by-step-11', ['shorter-than-22-weeks']],
      ['step-by-step-24', []],
      ['step-by-step-rolling-nine', []],
    ])
  })
})

/** One thing wrong in an otherwise good document, where, and what a person is told. */
const wrong: [string, (document: Record<string, unknown>) => unknown, string][] = [
  ['a key that is missing', (document) => ({ ...document, capacity: undefined }), 'missing-key at "": "capacity" is missing'],
  [
    'a key nobody knows',
    (document) => ({ ...document, capcity: 1 }),
    'unknown-key at "/capcity": nothing here has this name; did you mean "capacity"?',
  ],
  [
    'a text for a number',
    (document) => ({ ...document, facilitators: '2' }),
    'value-type at "/facilitators": a whole number is needed, and this is a text',
  ],
  [
    'no facilitator at all',
    (document) => ({ ...document, facilitators: 0 }),
    'value at "/facilitators": a whole number from 1 to 10 is needed',
  ],
  [
    'half a facilitator',
    (document) => ({ ...document, facilitators: 1.5 }),
    'value at "/facilitators": a whole number from 1 to 10 is needed',
  ],
  ['a version that is none', (document) => ({ ...document, version: '1.0' }), 'value at "/version": this is not written as it must be'],
  ['an id with capitals', (document) => ({ ...document, id: 'Phoenix' }), 'value at "/id": this is not written as it must be'],
  [
    'a list for an object',
    (document) => ({ ...document, capacity: [4, 12] }),
    'value-type at "/capacity": an object is needed, and this is a list',
  ],
  ['no themes', (document) => ({ ...document, themes: [] }), 'length at "/themes": 1 to 60 are needed, and there are 0'],
  [
    'an order nobody knows',
    (document) => ({ ...document, themeOrder: { order: 'rollin' } }),
    'value at "/themeOrder/order": this word is not known here; did you mean "rolling"?',
  ],
  [
    'a key of another order',
    (document) => ({ ...document, themeOrder: { order: 'rolling', bySession: [] } }),
    'unknown-key at "/themeOrder/bySession": nothing here has this name',
  ],
  [
    'more in the least than in the most',
    (document) => ({ ...document, capacity: { least: 13, most: 12 } }),
    'range at "/capacity/least": the least is more than the most',
  ],
  [
    'a set point beyond the last session',
    (document) => ({ ...document, joining: { at: 'set-points', sessions: [1, 13] } }),
    'range at "/joining/sessions/1": there is no session with this number; 1 to 12',
  ],
  [
    'a reason nobody knows',
    (document) => ({ ...document, oneToOnes: { offered: 'with-reason', reasons: ['langauge'] } }),
    'value at "/oneToOnes/reasons/0": this word is not known here; did you mean "language"?',
  ],
  [
    'a theme that is not in the list',
    (document) => ({ ...document, themeOrder: { order: 'fixed', bySession: Array<string>(12).fill('wanting-chnage') } }),
    'unknown-theme at "/themeOrder/bySession/0": there is no such theme; did you mean "wanting-change"?',
  ],
  [
    'too few themes for the sessions',
    (document) => ({ ...document, themeOrder: { order: 'fixed', bySession: ['wanting-change'] } }),
    'length at "/themeOrder/bySession": 12 sessions need 12 themes, and there are 1',
  ],
  [
    'a theme twice',
    (document) => ({ ...document, themes: [...(document.themes as object[]), (document.themes as object[])[0]] }),
    'twice at "/themes/6/id": this theme is there already',
  ],
]

test.each(wrong)('%s is refused with its place', (_, change, said) => {
  const checked = checkTemplate(JSON.stringify(change(phoenix()), null, 2))
  if (!('issues' in checked)) throw new Error('nothing was found')
  const [first] = checked.issues
  expect(`${first!.code} at "${first!.at}": ${first!.message}; ${first!.help}`).toContain(said)
  expect(first!.line).toBeGreaterThan(0)
})

test('a key that stands twice, and what is no JSON, have their line', () => {
  const text = JSON.stringify(phoenix(), null, 2)
  const twice = checkTemplate(text.replace('"model"', '"title"'))
  expect('issues' in twice && twice.issues.map(({ line }) => line)).toEqual([6])
  const cut = checkTemplate(text.slice(0, 100))
  expect('issues' in cut && cut.issues.length).toBe(1)
})

test('all faults are named at once', () => {
  const checked = checkTemplate(JSON.stringify({ ...phoenix(), facilitators: 0, version: 'x', titel: 'y', id: '' }))
  expect('issues' in checked && checked.issues.map(({ at }) => at).sort()).toEqual(['/facilitators', '/id', '/titel', '/version'])
})

test('versions compare by number', () => {
  expect(['1.10.0', '1.9.0', '2.0.0', '1.9.1'].sort(compareVersions)).toEqual(['1.9.0', '1.9.1', '1.10.0', '2.0.0'])
  expect(compareVersions('1.0.0', '1.0.0')).toBe(0)
})

const publish = /* GraphQL */ `
  mutation ($input: PublishProgrammeInput!) {
    publishProgramme(input: $input) {
      __typename
      ... on Programme { id templateId templateVersion hash document warnings { code } version }
      ... on ProgrammeRefused { code message issues { code pointer line message help } }
      ... on Refusal { code }
    }
  }
`

describe(`a provider’s own programme on ${lane}`, () => {
  let world: World
  const document = (changes: Record<string, unknown> = {}) => JSON.stringify({ ...phoenix(), id: 'phoenix-26', ...changes }, null, 2)
  const send = async (text: string, key = newId()) =>
    (await world.send(world.people['programme-manager'], publish, { input: { idempotencyKey: key, document: text } })).data
      ?.publishProgramme
  beforeAll(async () => {
    world = await newWorld()
    await shippedIn(world)
  })

  test('is kept byte for byte with its hash; repeated, it is there once', async () => {
    const text = document()
    const key = newId()
    const first = await send(text, key)
    expect(first).toMatchObject({ __typename: 'Programme', templateId: 'phoenix-26', templateVersion: '1.0.0', document: text, version: 1 })
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await send(text, key)).toEqual(first)
  })

  test('a version that is published already, or a later one, is refused', async () => {
    await send(document({ id: 'phoenix-30', version: '1.2.0' }))
    for (const version of ['1.2.0', '1.1.9'])
      expect(await send(document({ id: 'phoenix-30', version, title: 'Another' }))).toMatchObject({
        __typename: 'ProgrammeRefused',
        issues: [{ code: 'version-taken', pointer: '/version', line: 3 }],
      })
    expect(await send(document({ id: 'phoenix-30', version: '1.10.0' }))).toMatchObject({ __typename: 'Programme' })
  })

  test('a faulty one is refused with every fault, and nothing is stored', async () => {
    const refused = await send(document({ id: 'phoenix-99', capacity: { least: 1, most: 0 }, joining: { at: 'somewhere' } }))
    expect(refused).toMatchObject({ code: 'programme-refused', message: 'this programme cannot be published: 2 things are wrong' })
    const { data } = await world.send(world.people.facilitator, '{ programmes { templateId } }')
    expect(data.programmes.map(({ templateId }: { templateId: string }) => templateId)).not.toContain('phoenix-99')
  })

  test('retired, it is listed only where that is asked for, and retires once', async () => {
    const { id } = await send(document({ id: 'phoenix-40' }))
    const retire = `mutation ($input: RetireProgrammeInput!) { retireProgramme(input: $input) { __typename ... on Programme { retireReason version } ... on Refusal { code } } }`
    const input = { programmeId: id, reason: 'the contract ended', expectedVersion: 1 }
    const answers = [1, 1, 2].map((expectedVersion) => ({ ...input, expectedVersion }))
    const said: unknown[] = []
    for (const one of answers) said.push((await world.send(world.people['programme-manager'], retire, { input: one })).data.retireProgramme)
    expect(said).toEqual([
      { __typename: 'Programme', retireReason: 'the contract ended', version: 2 },
      { __typename: 'StaleVersion', code: 'stale-version' },
      { __typename: 'InvalidMove', code: 'invalid-move' },
    ])
    const listed = async (includeRetired: boolean) =>
      (
        await world.send(world.people.facilitator, `{ programmes(includeRetired: ${includeRetired}) { templateId } }`)
      ).data.programmes.filter(({ templateId }: { templateId: string }) => templateId === 'phoenix-40').length
    expect([await listed(false), await listed(true)]).toEqual([0, 1])
  })

  test('nothing of it changes in the database, and it does not go', async () => {
    const { sql } = await import('drizzle-orm')
    const attempts = [
      sql`update programmes set document_text = '{}' where provider_id = ${world.providerId} and template_id = 'phoenix-12'`,
      sql`update programmes set title = 'another' where provider_id = ${world.providerId} and template_id = 'phoenix-12'`,
    ]
    for (const attempt of attempts)
      await expect(world.as(world.people['programme-manager'], (tx) => tx.rows(attempt))).rejects.toMatchObject({ sqlState: '23001' })
    await expect(
      world.as(world.people['programme-manager'], (tx) => tx.rows(sql`delete from programmes where provider_id = ${world.providerId}`)),
    ).rejects.toMatchObject({ sqlState: '42501' })
  })

  test('everybody who works with groups reads programmes; referrers, social workers and those who see no case do not', async () => {
    for (const role of ['intake-worker', 'facilitator', 'one-to-one-worker', 'partner-support-worker', 'safeguarding-lead'] as const)
      expect((await world.send(world.people[role], '{ programmes { templateId } }')).data.programmes.length, role).toBeGreaterThanOrEqual(4)
    for (const role of ['referrer', 'social-worker', 'commissioner', 'auditor', 'rules-author'] as const)
      expect((await world.send(world.people[role], '{ programmes { templateId } }')).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
    const [{ id }] = (await world.send(world.people.facilitator, '{ programmes { id } }')).data.programmes
    expect((await world.send(world.people.commissioner, `{ node(id: "${id}") { id } }`)).data.node).toBeNull()
  })
})
