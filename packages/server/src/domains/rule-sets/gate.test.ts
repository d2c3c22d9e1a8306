import { Almanac, Engine } from 'json-rules-engine'
import { describe, expect, test, vi } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { oneMissAllowed, published, stepByStep } from '../../../test/harness/rule-sets.ts'
import { lane, newWorld, type World } from '../../../test/harness/world.ts'
import { ruleSetProposals, ruleSetVersions } from './index.ts'
import { shippedText } from './shipped.ts'

const issue = 'severity code pointer line column message help'
const check = `query ($text: ExactText!) { checkRuleSet(text: $text) { isPublishable textHash hash comparedWith changes issues { ${issue} } examples { name kind passed differences { pointer expected got } } locked { part id label } impact { decisions sentences } } }`
const propose = `mutation ($input: ProposeRuleSetInput!) { proposeRuleSet(input: $input) { __typename ... on Refusal { code message } ... on RuleSetRefused { issues { ${issue} } } } }`

type Issue = { severity: string; code: string; pointer: string; line: number; column: number; message: string; help: string | null }
const rows = (world: World) =>
  world.as(world.people['rules-author'], async (tx) => [
    await tx.orm.select().from(ruleSetProposals),
    await tx.orm.select().from(ruleSetVersions),
  ])
/** Where a piece of a text stands, as an editor counts. */
const placeOf = (text: string, piece: string) => {
  const before = text.slice(0, text.indexOf(piece)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

const refusing = (number: number, operator: string, value: number) => ({
  number,
  label: `Age ${operator} ${value}`,
  source: 'A test',
  conditions: { all: [{ fact: 'person.ageOnReceipt', operator, value }] },
  event: { type: 'ineligible', params: { reason: 'A test' } },
})
const present = (factor: string) => ({ fact: `factor.${factor}`, operator: 'equal', value: 'present' })

const own = (edit: Parameters<typeof stepByStep>[0]) => oneMissAllowed('2026-06-01', '1.1.0', edit)

/** What is wrong, the text, the issue that names it, and the piece of the text it points at. */
const bad: [string, string, Partial<Issue> | { help: unknown }, string][] = [
  ['not JSON', '{ "id": "step-by-step", }', { code: 'not-json', pointer: '' }, '}'],
  ['a key twice', '{ "id": "a",\n  "id": "b" }', { code: 'duplicate-key' }, '"id": "b"'],
  ['not a rule set', '[]', { pointer: '' }, '['],
  [
    'a misspelt parameter',
    own((document) => Object.assign(document.parameters, { missesAlowed: 1 })),
    { code: 'unknown-parameter', pointer: '/parameters/missesAlowed', help: expect.stringContaining('missesAllowed') },
    '"missesAlowed"',
  ],
  [
    'a value of the wrong type',
    own((document) => Object.assign(document.parameters, { missesAllowed: 'one' })),
    { code: 'parameter-value', pointer: '/parameters/missesAllowed' },
    '"missesAllowed"',
  ],
  [
    'a value out of bounds',
    own((document) => Object.assign(document.parameters, { minimumAge: 15 })),
    { code: 'parameter-value', pointer: '/parameters/minimumAge' },
    '"minimumAge"',
  ],
  [
    'another provider’s rule set',
    own((document) => Object.assign(document, { id: 'cdars-phoenix' })),
    { code: 'other-rule-set', pointer: '/id', help: 'write "step-by-step"' },
    '"id"',
  ],
  [
    'a version that is published',
    oneMissAllowed('2026-06-01', '1.0.0'),
    { code: 'version-published', pointer: '/version', help: 'write "1.1.0"' },
    '"version"',
  ],
  [
    'a first day in the past',
    oneMissAllowed('2026-04-30'),
    { code: 'not-to-come', pointer: '/effectiveFrom', help: 'write "2026-05-02" or a later day' },
    '"effectiveFrom"',
  ],
  ['today as the first day', oneMissAllowed('2026-05-01'), { code: 'not-to-come', pointer: '/effectiveFrom' }, '"effectiveFrom"'],
  [
    'a red example',
    stepByStep((document) => {
      Object.assign(document, { version: '1.1.0', effectiveFrom: '2026-06-01' })
      document.parameters.missesAllowed = 1
    }),
    {
      code: 'example-red',
      pointer: '/examples/one excused absence makes removal due',
      message: expect.stringContaining('"removal-due" is expected, and "contact" comes out') as unknown as string,
    },
    '"one excused absence makes removal due"',
  ],
  [
    'a rule that no example shows being true',
    own((document) => delete document.examples['a second miss makes removal due']),
    {
      code: 'example-missing',
      pointer: '/attendance/removal-after-a-miss',
      message: expect.stringContaining('being true') as unknown as string,
    },
    '"removal-after-a-miss"',
  ],
  [
    'an inherited rule that decides otherwise, and that no example shows',
    own((document) => Object.assign(document.parameters, { minimumAge: 21 })),
    { code: 'example-missing', pointer: '/examples', message: 'no example shows the eligibility rule "below-minimum-age" being true' },
    '"examples"',
  ],
  [
    'a locked rule removed',
    own((document) => Object.assign(document.remove as object, { safeguarding: { 'weapon-to-hand': 'we ask elsewhere' } })),
    { code: 'locked', pointer: '/remove/safeguarding/weapon-to-hand' },
    '"weapon-to-hand"',
  ],
  [
    'a locked statement reworded',
    own((document) => Object.assign(document, { statements: { 'not-validated': 'validated' } })),
    { code: 'locked', pointer: '/statements/not-validated' },
    '"not-validated"',
  ],
  [
    'refusals that between them leave nobody',
    own((document) =>
      Object.assign(document.eligibility as object, {
        'too-old': refusing(910, 'greaterThanInclusive', 25),
        'too-young': refusing(920, 'lessThan', 25),
      }),
    ),
    {
      code: 'contradictory-eligibility',
      pointer: '/eligibility/too-old',
      message: expect.stringContaining('nobody can be offered a place') as unknown as string,
    },
    '"too-old"',
  ],
  [
    'a pattern by which a worse answer lowers the band',
    own((document) =>
      Object.assign(document, {
        risk: {
          'no-contact': {
            number: 910,
            label: 'Control, and no dispute over contact',
            source: 'A test',
            conditions: { all: [{ not: present('child-contact-conflict') }, present('coercive-control')] },
            event: { type: 'band-at-least', params: { band: 'high', action: 'Look again' } },
          },
        },
      }),
    ),
    {
      code: 'not-monotone',
      pointer: '/risk/no-contact/conditions',
      message: expect.stringMatching(/possible \(historic\) gives high, and present \(historic\) gives standard$/) as unknown as string,
    },
    '"conditions": {\n        "all": [\n          {\n            "not"',
  ],
  [
    'a document it builds on that is not published here',
    own((document) => Object.assign(document, { extends: { id: 'core', version: '9.9.9' } })),
    { code: 'unknown-parent', pointer: '/extends' },
    '"extends"',
  ],
  [
    'core under another name, with no locks',
    shippedText('core')!
      .replace('"id": "core"', '"id": "step-by-step"')
      .replace(/"version": "[^"]+"/, '"version": "2.0.0"')
      .replace(/"effectiveFrom": "[^"]+"/, '"effectiveFrom": "2026-06-01"'),
    { code: 'without-core', pointer: '/extends' },
    '{',
  ],
  [
    'a character that reorders what is read',
    own((document) => Object.assign(document, { title: 'Step\u202e by Step' })),
    { code: 'control-character', pointer: '/title' },
    '"Step\u202e',
  ],
  [
    'the same character as an escape',
    own((document) => Object.assign(document, { title: 'Step by Step' })).replace('"Step by Step"', '"Step\\u202e by Step"'),
    { code: 'control-character', pointer: '/title' },
    '"Step\\u202e',
  ],
]

describe(`the gate on ${lane}`, () => {
  test('a text with a fault is refused with the place and what to do, checked and proposed alike, and nothing is stored', async () => {
    const world = await newWorld('step-by-step')
    const before = await rows(world)
    const withoutHelp: string[] = []
    for (const [what, text, expected, piece] of bad) {
      const { data } = await world.send(world.people['rules-author'], check, { text })
      const { isPublishable, issues } = data.checkRuleSet as { isPublishable: boolean; issues: Issue[] }
      const found = issues.find(
        (one) => one.code === (expected as Issue).code || (!('code' in expected) && one.pointer === (expected as Issue).pointer),
      )
      expect(found, `${what}: ${JSON.stringify(issues)}`).toMatchObject({ severity: 'ERROR', ...expected, ...placeOf(text, piece) })
      if (found!.help === null) withoutHelp.push(what)
      expect(isPublishable, what).toBe(false)
      const refused = (
        await world.send(world.people['rules-author'], propose, { input: { text, reason: 'to see', idempotencyKey: newId() } })
      ).data.proposeRuleSet
      expect(refused, what).toMatchObject({ __typename: 'RuleSetRefused', code: 'rule-set-refused', issues })
    }
    console.log(`bad texts refused: ${bad.length}`)
    // Their messages say what is needed in its place.
    expect(withoutHelp).toEqual(['not a rule set', 'a value of the wrong type'])
    expect(await rows(world)).toEqual(before)
  }, 120_000)

  test('a version begins after the latest published one: not before it, and not on the same day', async () => {
    const world = await newWorld('step-by-step')
    await published(world, oneMissAllowed('2026-06-01'))
    for (const day of ['2026-05-20', '2026-06-01']) {
      const { data } = await world.send(world.people['rules-author'], check, { text: oneMissAllowed(day, '1.2.0') })
      expect(data.checkRuleSet.issues).toMatchObject([
        { severity: 'WARNING', code: 'nothing-changes' },
        { severity: 'ERROR', code: 'not-after-latest', help: 'write "2026-06-02" or a later day' },
      ])
    }
    const { data } = await world.send(world.people['rules-author'], check, { text: oneMissAllowed('2026-06-02', '1.2.0') })
    expect(data.checkRuleSet.isPublishable).toBe(true)
  })

  test('a text that could be proposed: every example green, what changes, what is locked', async () => {
    const world = await newWorld('step-by-step')
    const { data } = await world.send(world.people['programme-manager'], check, { text: oneMissAllowed('2026-06-01') })
    const { isPublishable, issues, examples, locked, hash, changes, impact, comparedWith } = data.checkRuleSet
    expect({ isPublishable, issues, comparedWith }).toEqual({ isPublishable: true, issues: [], comparedWith: '1.0.0' })
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(changes.length).toBe(1)
    expect(examples.length).toBeGreaterThan(8)
    expect(
      examples.every(({ passed, differences }: { passed: boolean; differences: unknown[] }) => passed && differences.length === 0),
    ).toBe(true)
    expect(locked).toContainEqual({ part: 'eligibility', id: 'sixteen-or-seventeen', label: '16 or 17: the safeguarding lead decides' })
    expect(locked.filter(({ part }: { part: string }) => part === 'instrument').length).toBe(6)
    expect(impact).toEqual({
      decisions: 0,
      sentences: ['No decision was stored since 2025-05-01, so nothing can be said about what would change.'],
    })
  })

  test('a changed parameter that no example shows is said and not refused', async () => {
    const world = await newWorld('step-by-step')
    const text = own((document) => Object.assign(document.parameters, { excusedAbsenceCounts: false }))
    const shown = own((document) => {
      Object.assign(document.parameters, { excusedAbsenceCounts: false })
      for (const example of Object.values(document.examples) as { facts: Record<string, { outcome: string }[]> }[])
        for (const session of example.facts['attendance.register'] ?? []) if (session.outcome === 'excused') session.outcome = 'absent'
    })
    const about = async (one: string) => (await world.send(world.people['rules-author'], check, { text: one })).data.checkRuleSet
    expect((await about(text)).isPublishable, 'the examples with excused absences are red').toBe(false)
    expect(await about(shown)).toMatchObject({
      isPublishable: true,
      issues: [{ severity: 'WARNING', code: 'change-not-shown', pointer: '/parameters/excusedAbsenceCounts' }],
    })
  })

  test('a rule that adds nothing, and one that begins to rest, are said and not refused; what rests already is not said again', async () => {
    const world = await newWorld('step-by-step')
    const text = own((document) => {
      Object.assign(document.eligibility as object, {
        'born-tomorrow': { ...refusing(910, 'lessThan', 0), label: 'Not born yet' },
      })
      Object.assign(document.parameters, { missesAllowed: 12 })
    })
    const { issues } = (await world.send(world.people['rules-author'], check, { text })).data.checkRuleSet as { issues: Issue[] }
    expect(issues).toContainEqual(
      expect.objectContaining({
        severity: 'WARNING',
        code: 'never-fires',
        pointer: '/eligibility/born-tomorrow/conditions',
        message: '“Not born yet” can never hold: one of its conditions is never true: this is never true, whatever the facts are',
      }),
    )
    expect(
      issues.filter(({ code }) => code === 'shadowed-rule'),
      'the minimum age of core rests in what is published too',
    ).toEqual([])
  })

  test('where json-rules-engine says otherwise of an example, nothing is proposed', async () => {
    const world = await newWorld('step-by-step')
    const asked = vi.spyOn(Engine.prototype, 'run')
    const text = oneMissAllowed('2026-06-01')
    const about = async () => (await world.send(world.people['rules-author'], check, { text })).data.checkRuleSet
    expect(await about()).toMatchObject({ isPublishable: true })
    expect(asked.mock.calls.length).toBeGreaterThan(5)
    // Another engine than ours, gone wrong: it forgets every rule that holds.
    asked.mockImplementation(() =>
      Promise.resolve({ events: [], failureEvents: [], results: [], failureResults: [], almanac: new Almanac() }),
    )
    expect(await about()).toMatchObject({
      isPublishable: false,
      issues: expect.arrayContaining([
        expect.objectContaining({
          severity: 'ERROR',
          code: 'second-opinion',
          pointer: '/examples/a second miss makes removal due',
          message: 'of the attendance rule "removal-after-a-miss" this says true and json-rules-engine says false',
        }),
      ]),
    })
    const idempotencyKey = newId()
    const { data } = await world.send(world.people['rules-author'], propose, { input: { text, reason: 'a test', idempotencyKey } })
    expect(data.proposeRuleSet.__typename).toBe('RuleSetRefused')
    asked.mockRestore()
  })

  test('only those who write rules check them', async () => {
    const world = await newWorld('step-by-step')
    for (const role of ['referrer', 'facilitator', 'safeguarding-lead', 'auditor'] as const)
      expect((await world.send(world.people[role], check, { text: '{}' })).errors?.[0]?.extensions.code, role).toBe('FORBIDDEN')
    expect((await world.send(world.people['rules-author'], check, { text: '' })).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
  })

  test('every mistake is said at once, behind broken JSON too, with its place and what was meant', async () => {
    const world = await newWorld('step-by-step')
    const text = oneMissAllowed('2026-06-01')
      .replace('"missesAllowed"', '"misesAllowed"')
      .replace('"kind": "attendance"', '"kind": "atendance"')
      .replace('"title": "Step by Step",', '"title": "Step by Step"')
    expect(() => JSON.parse(text) as unknown).toThrow()
    const { issues } = (await world.send(world.people['rules-author'], check, { text })).data.checkRuleSet as { issues: Issue[] }
    expect(issues).toMatchObject([
      { code: 'not-json', severity: 'ERROR' },
      { pointer: '/parameters/misesAllowed', help: 'did you mean "missesAllowed"?', ...placeOf(text, '"misesAllowed"') },
      { code: 'unknown-choice', help: 'did you mean "attendance"?', ...placeOf(text, '"kind": "atendance"') },
    ])
  })

  test('whatever text comes is answered with issues, never with a fault', async () => {
    const world = await newWorld('step-by-step')
    const odd = [
      '\u0000',
      '\ud800',
      'null',
      '"x"',
      '1e400',
      '{"__proto__": {}}',
      '{"id": 5, "version": [], "effectiveFrom": "2026-02-30"}',
      '['.repeat(5_000),
      '{"examples": {"a/b~c": 1}}',
      ' '.repeat(1_000),
    ]
    for (const text of odd) {
      const { data, errors } = await world.send(world.people['rules-author'], check, { text })
      expect(errors, JSON.stringify(text.slice(0, 20))).toBeUndefined()
      expect(data.checkRuleSet.issues.length, JSON.stringify(text.slice(0, 20))).toBeGreaterThan(0)
      expect(data.checkRuleSet.isPublishable).toBe(false)
    }
  })
})
