import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decide, explain, hashOf, inForceOn, kindIds, runExamples, untried } from '../src/index.ts'
import { load } from '../src/load.ts'
import { shippedIds, shippedRuleSet, shippedText } from './support/shipped.ts'

const overlay = (part: object) =>
  JSON.stringify({
    id: 'riverside',
    version: '1.0.0',
    title: 'Riverside',
    effectiveFrom: '2026-01-01',
    extends: { id: 'core', version: '1.0.0' },
    ...part,
  })

function loaded(text: string, parents: readonly string[] = [shippedText('core')]) {
  const result = load(text, parents)
  if (!result.ok) throw new Error(JSON.stringify(result.issues, null, 1))
  return result.ruleSet
}

describe('a document that extends another', () => {
  it('inherits what it does not mention, except who it is and its examples', () => {
    const core = shippedRuleSet('core')
    const ruleSet = loaded(overlay({}))
    expect(ruleSet.document).toEqual({
      ...core.document,
      id: 'riverside',
      version: '1.0.0',
      title: 'Riverside',
      effectiveFrom: '2026-01-01',
    })
    expect(ruleSet).toMatchObject({ examples: {}, lineage: [{ id: 'core', version: '1.0.0' }] })
  })

  it('adds, replaces and removes rules, and sets parameters', () => {
    const rule = {
      number: 900,
      label: 'A rule',
      source: 'A policy',
      conditions: { fact: 'custom.isReady', operator: 'equal', value: false },
      event: { type: 'ineligible', params: { reason: 'A reason' } },
    }
    const ruleSet = loaded(
      overlay({
        facts: { 'custom.isReady': { number: 9000, type: 'boolean', label: 'Ready', source: 'Form', question: 'Is the person ready?' } },
        eligibility: { 'not-ready': rule, 'no-history-of-abuse': { ...rule, number: 50, replaces: true } },
        remove: { eligibility: { 'resident-in-area': 'from anywhere' } },
        parameters: { missesAllowed: 1, minimumAge: { value: 21, minimum: 18 }, areasServed: ['Merton'] },
      }),
    )
    expect(Object.keys(ruleSet.document.eligibility).toSorted()).toEqual([
      'below-minimum-age',
      'no-history-of-abuse',
      'not-ready',
      'sixteen-or-seventeen',
      'under-16',
    ])
    expect(ruleSet.document.eligibility['no-history-of-abuse']).toEqual({ ...rule, number: 50 })
    expect(ruleSet.document.parameters).toMatchObject({
      missesAllowed: { value: 1, maximum: 12 },
      minimumAge: { value: 21, minimum: 18, maximum: 30 },
      areasServed: { value: ['Merton'] },
    })
    expect(decide(ruleSet, 'eligibility', { asOf: '2026-05-01', facts: { 'custom.isReady': false } }).refusedBy).toEqual([
      'no-history-of-abuse',
      'not-ready',
    ])
  })

  it('replaces a named condition by removing it with a reason and writing it anew', () => {
    const is = { fact: 'factor.separation', operator: 'equal', value: 'present' }
    const ruleSet = loaded(
      overlay({
        remove: { conditions: { 'separation-control-violence': 'simpler here' } },
        conditions: { 'separation-control-violence': is },
      }),
    )
    expect(ruleSet.document.conditions).toEqual({ 'separation-control-violence': is })
  })

  it('may stand on a document that stands on core', () => {
    const region = overlay({ id: 'region', parameters: { missesAllowed: { value: 2, maximum: 3 } } })
    const provider = (missesAllowed: number) => overlay({ extends: { id: 'region', version: '1.0.0' }, parameters: { missesAllowed } })
    expect(loaded(provider(3), [region, shippedText('core')]).lineage).toEqual([
      { id: 'region', version: '1.0.0' },
      { id: 'core', version: '1.0.0' },
    ])
    const refused = load(provider(4), [shippedText('core'), region])
    expect(refused).toMatchObject({
      ok: false,
      issues: [{ code: 'parameter-value', message: 'a whole number from 0 up to 3 is needed, and this is 4' }],
    })
  })

  it('may stand alone, with facts and an instrument of its own', () => {
    const fact = { number: 1, type: 'boolean', label: 'Ready', source: 'Form', question: 'Is the person ready?' }
    const ruleSet = loaded(
      JSON.stringify({ id: 'small', version: '1.0.0', title: 'Small', effectiveFrom: '2026-01-01', facts: { 'person.isReady': fact } }),
      [],
    )
    expect(decide(ruleSet, 'eligibility', { asOf: '2026-05-01', facts: {} }).outcome).toBe('human-review')
  })

  it('is warned of a wrong type in an example, which counts as unknown', () => {
    const example = {
      kind: 'eligibility',
      asOf: '2026-05-01',
      facts: { 'person.bornOn': '1 May 1990' },
      expect: { outcome: 'needs-information' },
    }
    const result = load(overlay({ examples: { 'a day in words': example } }), [shippedText('core')])
    expect(result).toMatchObject({
      ok: true,
      warnings: [{ severity: 'warning', code: 'mistyped-fact', at: '/examples/a day in words/facts/person.bornOn' }],
    })
  })
})

describe.each(shippedIds)('%s', (id) => {
  const ruleSet = shippedRuleSet(id)

  it('comes out of its own examples as they say', () => {
    const results = runExamples(ruleSet)
    expect(results.filter(({ passed }) => !passed)).toEqual([])
    expect(results.length).toBeGreaterThan(0)
  })

  it('has an example of each of its own rules being true, and being false, here or where the rule is inherited', () => {
    const written = JSON.parse(shippedText(id)) as Partial<Record<string, object>>
    const rules = Object.fromEntries(kindIds.map((kind) => [kind, Object.keys(written[kind] ?? {})]))
    const missing = shippedIds.map((each) =>
      untried(shippedRuleSet(each), rules).map(({ kind, rule, result }) => `${kind} ${rule} is ${result}`),
    )
    expect(missing.reduce((one, other) => one.filter((each) => other.includes(each)))).toEqual([])
  })

  it('is frozen to the last list', () => {
    const open: string[] = []
    const visit = (value: unknown, at: string) => {
      if (typeof value !== 'object' || value === null) return
      if (!Object.isFrozen(value)) open.push(at)
      for (const [key, held] of Object.entries(value)) visit(held, `${at}/${key}`)
    }
    visit(ruleSet, '')
    expect(open).toEqual([])
  })

  it('is as it was published (a changed document is a new version: LOCK.json pins each)', async () => {
    const lock = JSON.parse(readFileSync(new URL('../rule-sets/LOCK.json', import.meta.url), 'utf8')) as Record<string, string>
    expect(`${id}@${ruleSet.version} ${await hashOf(ruleSet)}`).toBe(`${id}@${ruleSet.version} ${lock[`${id}@${ruleSet.version}`]}`)
  })
})

describe('an example that does not come out', () => {
  it('says where, what was expected and what came', () => {
    const example = {
      kind: 'eligibility',
      asOf: '2026-05-01',
      facts: { 'person.bornOn': '2015-05-01', 'referral.receivedOn': '2026-05-01' },
      expect: { outcome: 'eligible', refusedBy: ['under-16'], wherefore: 'x' },
    }
    const [result] = runExamples(loaded(overlay({ examples: { 'eleven years old': example } })))
    expect(result).toEqual({
      name: 'eleven years old',
      kind: 'eligibility',
      passed: false,
      differences: [
        { at: '/outcome', expected: 'eligible', got: 'ineligible' },
        { at: '/refusedBy', expected: ['under-16'], got: ['under-16', 'below-minimum-age'] },
        { at: '/wherefore', expected: 'x', got: 'nothing' },
      ],
    })
  })
})

describe('the version in force', () => {
  const versions = ['2025-01-01', '2025-10-01', '2026-03-01'].map((effectiveFrom) => ({ effectiveFrom }))
  it.each([
    ['2024-12-31', undefined],
    ['2025-01-01', '2025-01-01'],
    ['2025-09-30', '2025-01-01'],
    ['2025-10-01', '2025-10-01'],
    ['2099-01-01', '2026-03-01'],
  ])('on %s is that of %s', (day, from) => {
    expect(inForceOn(versions.toReversed(), day)?.effectiveFrom).toBe(from)
  })

  it('is none among none', () => expect(inForceOn([], '2026-01-01')).toBeUndefined())

  it('is refused where two begin on one day', () => {
    expect(() => inForceOn([...versions, { effectiveFrom: '2025-10-01' }], '2030-01-01')).toThrow(
      'two versions are in force from 2025-10-01',
    )
  })
})

describe('explain', () => {
  it('is plain JSON data with the decision, every rule, what was wrong with the facts, and the statements', () => {
    const input = {
      asOf: '2026-05-01',
      facts: { 'person.bornOn': '2015-05-01', 'referral.receivedOn': '2026-05-01', 'referral.basis': 'volunteer', 'person.shoeSize': 43 },
    }
    const explained = explain(shippedRuleSet('step-by-step'), 'eligibility', input)
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explained)
    expect(explained).toMatchObject({
      ruleSet: { id: 'step-by-step', version: '1.0.0', title: 'Step by Step', effectiveFrom: '2025-01-01' },
      kind: 'eligibility',
      asOf: '2026-05-01',
      decision: { outcome: 'ineligible', refusedBy: ['under-16', 'below-minimum-age'] },
      problems: [
        { code: 'mistyped-fact', at: '/facts/referral.basis' },
        { code: 'unknown-fact', at: '/facts/person.shoeSize' },
      ],
      statements: ['Attendance is not evidence of safety.', expect.stringMatching(/not been validated/)],
    })
    expect(explained.rules.map(({ rule, result }) => [rule, result])).toEqual([
      ['under-16', 'true'],
      ['sixteen-or-seventeen', 'false'],
      ['below-minimum-age', 'true'],
      ['no-history-of-abuse', 'unknown'],
      ['court-order', 'unknown'],
      ['unwilling-to-engage', 'unknown'],
    ])
  })
})

it.each(['toString', 'isPrototypeOf', 'valueOf', 'hasOwnProperty'])(
  'an example with an item that has "%s" is looked at like any other',
  (field) => {
    const item = `{ "on": "2026-04-01", "${field}": ["x"] }`
    const result = load(
      `{ "id": "p", "version": "1.0.0", "title": "P", "effectiveFrom": "2026-01-01",
       "facts": { "custom.l": { "number": 1, "type": "list", "of": { "type": "item", "fields": { "on": { "type": "day", "label": "Day" } } }, "label": "L", "question": "L?", "source": "S" } },
       "examples": { "e": { "kind": "eligibility", "asOf": "2026-05-01", "facts": { "custom.l": [${item}] }, "expect": {} } } }`,
    )
    expect((result.ok ? result.warnings : result.issues).map(({ code }) => code)).toContain('unknown-field')
  },
)
