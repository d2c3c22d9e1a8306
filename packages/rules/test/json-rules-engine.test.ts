import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Rule } from '../src/kinds/rule.ts'
import { engineFor, exportRules, importRules, secondOpinion } from '../src/json-rules-engine/index.ts'
import type { Condition } from '../src/language/condition.ts'
import type { Facts } from '../src/language/facts.ts'
import type { Example, KindId, ResolvedDocument } from '../src/rule-set/document.ts'
import { facts, parameters } from './support/catalogue.ts'

const core = JSON.parse(readFileSync(new URL('../rule-sets/core.json', import.meta.url), 'utf8')) as ResolvedDocument & {
  examples: Record<string, Example>
}

const documentWith = (conditions: Record<string, Condition>, named: Record<string, Condition> = {}): ResolvedDocument => ({
  id: 'invented',
  version: '1.0.0',
  title: 'Invented',
  effectiveFrom: '2025-01-01',
  statements: {},
  scales: {},
  locked: {},
  facts,
  parameters,
  conditions: named,
  risk: {},
  safeguarding: {},
  attendance: {},
  pathway: {},
  completion: {},
  eligibility: Object.fromEntries(
    Object.entries(conditions).map(([id, condition], i): [string, Rule] => [
      id,
      { number: i + 1, label: id, source: 'invented', conditions: condition, event: { type: 'ineligible', params: { reason: id } } },
    ]),
  ),
})

const absent = { path: '$.outcome', operator: 'equal', value: 'absent' }
const group = { path: '$.kind', operator: 'equal', value: 'group' }
/** Every form of the language, json-rules-engine's or not. */
const everyForm: Record<string, Condition> = {
  leaf: { fact: 'person.isWilling', operator: 'equal', value: false },
  parameter: { all: [{ fact: 'person.points', operator: 'lessThan', value: { fact: 'parameter.minimumAge' } }] },
  derived: { any: [{ fact: 'person.age', operator: 'lessThan', value: { fact: 'parameter.minimumAge' } }] },
  named: { condition: 'unwilling' },
  denied: { not: { condition: 'unwilling' } },
  'at-least': {
    atLeast: 2,
    of: [
      { fact: 'person.isWilling', operator: 'equal', value: true },
      { fact: 'person.isResident', operator: 'equal', value: true },
      { condition: 'unwilling' },
    ],
  },
  within: { fact: 'referral.incidentOn', operator: 'withinDays', value: 30 },
  'not-within': { fact: 'referral.incidentOn', operator: 'not:withinDays', value: 30 },
  'within-fact': { fact: 'referral.incidentOn', operator: 'withinDays', value: { fact: 'person.children' } },
  'within-items': { fact: 'register', path: '$[*].heldOn', operator: 'everyFact:withinDays', value: { fact: 'parameter.minimumAge' } },
  some: { fact: 'register', some: absent },
  none: { fact: 'register', none: absent },
  'same-item': { fact: 'register', some: { all: [absent, group] } },
  every: { fact: 'register', every: { any: [absent, { not: group }] } },
  count: { all: [{ fact: 'register', count: { all: [absent, group] }, operator: 'greaterThanInclusive', value: 2 }] },
  list: { fact: 'referral.sources', operator: 'not:contains', value: 'partner' },
}
const unwilling: Record<string, Condition> = { unwilling: { fact: 'person.isWilling', operator: 'notEqual', value: true } }

const known: Facts = {
  'person.isWilling': true,
  'person.isResident': false,
  'person.children': 30 - 20,
  'person.points': 17,
  'person.bornOn': '2008-05-02',
  'referral.receivedOn': '2026-05-01',
  'referral.incidentOn': '2026-04-15',
  'referral.sources': ['police'],
  register: [
    { kind: 'group', outcome: 'absent', heldOn: '2026-04-14' },
    { kind: 'one-to-one', outcome: 'absent', heldOn: '2026-04-20' },
    { kind: 'group', outcome: 'attended', heldOn: '2026-04-30' },
  ],
}
const others: Facts[] = [
  known,
  {
    ...known,
    'person.isWilling': false,
    'person.isResident': true,
    'person.bornOn': '2008-05-01',
    'referral.sources': ['partner', 'self'],
  },
  {
    ...known,
    'person.points': 18,
    'referral.incidentOn': '2026-03-31',
    register: [
      { kind: 'group', outcome: 'absent', heldOn: '2026-04-12' },
      { kind: 'group', outcome: 'absent', heldOn: '2026-04-13' },
    ],
  },
  { ...known, 'person.children': 20, register: [{ kind: 'one-to-one', outcome: 'attended', heldOn: '2026-05-01' }] },
]
const asExamples = (many: readonly Facts[], kind: KindId = 'eligibility') =>
  Object.fromEntries(many.map((each, i): [string, Example] => [`example ${i}`, { kind, asOf: '2026-05-01', facts: each, expect: {} }]))

describe('export', () => {
  test('every form of the language runs in a real Engine and fires the same rules', async () => {
    const opinion = await secondOpinion({ document: documentWith(everyForm, unwilling), examples: asExamples(others) })
    expect(opinion).toEqual({ compared: others.length * Object.keys(everyForm).length, differences: [], skipped: [] })
  })

  test('says what had to be computed, and by whom', () => {
    const { precomputed, rules, operators } = exportRules({ document: documentWith(everyForm, unwilling) }, 'eligibility')
    expect(precomputed.map(({ fact, suppliedBy }) => [fact, suppliedBy])).toEqual([
      ['person.age', 'facts'],
      ['computed.1', 'facts'],
      ['computed.2', 'facts'],
      ['computed.3', 'facts'],
      ['computed.4', 'facts'],
      ['computed.daysBack.30', 'facts'],
      ['computed.daysBack.person.children', 'facts'],
      ['computed.daysBack.parameter.minimumAge', 'facts'],
    ])
    expect(Object.keys(operators)).toEqual(['withinDays'])
    expect(rules[0]).toEqual({
      name: 'leaf',
      conditions: { all: [{ fact: 'person.isWilling', operator: 'equal', value: false }] },
      event: { type: 'ineligible', params: { reason: 'leaf' } },
    })
  })

  test('runs with what the export alone gives', async () => {
    const { rules, facts: computed, operators } = exportRules({ document: documentWith(everyForm, unwilling) }, 'eligibility')
    const { Engine } = await import('json-rules-engine')
    const engine = new Engine([], { allowUndefinedFacts: true })
    for (const rule of rules) engine.addRule(rule as Parameters<typeof engine.addRule>[0])
    for (const [name, value] of Object.entries(computed)) engine.addFact(name, value)
    for (const [name, operator] of Object.entries(operators)) engine.addOperator(name, operator)
    const { events } = await engine.run({ ...known, asOf: '2026-05-01' })
    expect(events.map((event) => event.params?.['reason']).toSorted()).toEqual([
      'denied',
      'derived',
      'list',
      'parameter',
      'same-item',
      'some',
      'within',
      'within-items',
    ])
  })

  test('an exported rule set shares nothing with the one it came from', () => {
    const document = documentWith(everyForm, unwilling)
    const before = JSON.stringify(document)
    const { rules } = exportRules({ document }, 'eligibility')
    for (const rule of rules) Object.assign(rule.event.params, { reason: 'changed' })
    expect(JSON.stringify(document)).toBe(before)
  })

  test.each<KindId>(['risk', 'eligibility', 'safeguarding', 'attendance', 'pathway', 'completion'])(
    'core exports its %s rules to a ready Engine',
    async (kind) => {
      const { engine, factsFor, exported } = await engineFor({ document: core }, kind)
      expect(exported.rules).toHaveLength(Object.keys(core[kind]).length)
      const { results, failureResults } = await engine.run(factsFor({ asOf: '2026-05-01', facts: {} }))
      expect(results.length + failureResults.length).toBe(exported.rules.length)
    },
  )
})

describe('second opinion', () => {
  test('on every example of core there is no difference', async () => {
    const opinion = await secondOpinion({ document: core, examples: core.examples })
    expect(opinion.differences).toEqual([])
    expect(opinion.compared).toBeGreaterThan(20)
  })

  test('what is unknown, or an empty list, is not compared, with the reason', async () => {
    const document = documentWith({
      some: { fact: 'register', some: absent },
      every: { fact: 'register', path: '$[*].kind', operator: 'everyFact:equal', value: 'group' },
      open: { fact: 'person.isWilling', operator: 'equal', value: true },
    })
    const opinion = await secondOpinion({
      document,
      examples: asExamples([{ register: [] }, { register: [{ kind: 'group' }, { outcome: 'absent' }, null] }]),
    })
    expect(opinion.compared).toBe(0)
    expect(opinion.skipped.map(({ because }) => because)).toEqual([
      '"register" is an empty list',
      '"register" is an empty list',
      'its result is unknown',
      '"register" is not fully known',
      'its result is unknown',
      'its result is unknown',
    ])
  })
})

describe('import', () => {
  const into = { document: documentWith({ first: { fact: 'person.isWilling', operator: 'equal', value: false } }) }
  const imported = (json: unknown) => importRules(json, { kind: 'eligibility', into, source: 'the old system' })
  const rule = (conditions: unknown, more = {}) => ({ conditions, event: { type: 'ineligible', params: { reason: 'x' } }, ...more })

  test('a rule of json-rules-engine becomes one of ours, numbered on, with its source', () => {
    const { document, issues } = imported(
      rule({ all: [{ fact: 'person.points', operator: 'lessThan', value: 5 }] }, { name: 'Too Few Points!' }),
    )
    expect(issues).toEqual([])
    expect(document.eligibility).toEqual({
      'too-few-points': {
        number: 11,
        label: 'Too Few Points!',
        source: 'the old system',
        conditions: { all: [{ fact: 'person.points', operator: 'lessThan', value: 5 }] },
        event: { type: 'ineligible', params: { reason: 'x' } },
      },
    })
  })

  test('objects with paths become flat facts, and parameters get their prefix', () => {
    const { document, issues } = imported({
      rules: [
        rule({
          any: [
            { fact: 'person', path: '$.points', operator: 'lessThan', value: { fact: 'minimumAge' } },
            { fact: 'register', path: '$[*].kind', operator: 'someFact:equal', value: 'group' },
            { condition: 'basis' },
          ],
        }),
      ],
      conditions: { basis: { all: [{ fact: 'referral', path: '.basis', operator: 'equal', value: 'court', priority: 3 }] } },
    })
    expect(document.eligibility?.['imported-rule-1']?.conditions).toEqual({
      any: [
        { fact: 'person.points', operator: 'lessThan', value: { fact: 'parameter.minimumAge' } },
        { fact: 'register', path: '$[*].kind', operator: 'someFact:equal', value: 'group' },
        { condition: 'basis' },
      ],
    })
    expect(document.conditions).toEqual({ basis: { all: [{ fact: 'referral.basis', operator: 'equal', value: 'court' }] } })
    expect(issues.map(({ severity, code, at }) => [severity, code, at])).toEqual([
      ['warning', 'priority', '/conditions/basis/all/0/priority'],
      ['warning', 'renamed-fact', '/conditions/basis/all/0'],
      ['warning', 'renamed-fact', '/rules/0/conditions/any/0/value'],
      ['warning', 'renamed-fact', '/rules/0/conditions/any/0'],
    ])
  })

  test('wherever missing data now means something else, a warning says so', () => {
    const { issues } = imported([
      rule({
        not: {
          any: [
            { fact: 'referral.basis', operator: 'notIn', value: ['court'] },
            { fact: 'person.points', operator: 'not:lessThan', value: 5 },
            { fact: 'person.points', operator: 'lessThan', value: 5 },
            { fact: 'referral.basis', operator: 'notEqual', value: 'court' },
            { fact: 'referral.sources', operator: 'doesNotContain', value: 'self' },
          ],
        },
      }),
    ])
    expect(issues.map(({ code, at }) => [code, at])).toEqual(
      ['', '/not/any/0', '/not/any/1', '/not/any/3', '/not/any/4'].map((place) => ['missing-means-unknown', `/0/conditions${place}`]),
    )
    expect(issues.every(({ severity }) => severity === 'warning')).toBe(true)
  })

  test('what is outside the profile is left out and said so; the rest comes in', () => {
    const { document, issues } = imported([
      rule({ all: [{ fact: 'weather', operator: 'equal', value: 'fine' }] }),
      rule({ all: [{ fact: 'person.points', operator: 'lessThan', value: 5 }] }, { name: '7', onSuccess: 'function' }),
      { conditions: { all: [] }, event: { type: 'x' } },
      { conditions: { all: [{ fact: 'person.points', operator: 'lessThan', value: 5 }] } },
      null,
      rule({ all: [{ fact: 'person', path: '$..points', operator: 'equal', value: 1 }] }),
    ])
    expect(Object.keys(document.eligibility ?? {})).toEqual(['rule-7'])
    expect(issues.filter(({ severity }) => severity === 'error').map(({ code, at }) => [code, at])).toEqual([
      ['unknown-fact', '/0/conditions/all/0/fact'],
      ['rule-code', '/1/onSuccess'],
      ['empty-condition', '/2/conditions/all'],
      ['no-event', '/3/event'],
      ['not-a-rule', '/4'],
      ['unknown-fact', '/5/conditions/all/0/fact'],
    ])
  })

  test('what was exported can be imported again', async () => {
    const native = Object.fromEntries(
      Object.entries(everyForm).filter(([id]) => ['leaf', 'parameter', 'derived', 'named', 'denied', 'some', 'none', 'list'].includes(id)),
    )
    const { rules } = exportRules({ document: documentWith(native, unwilling) }, 'eligibility')
    const { document, issues } = importRules(rules, { kind: 'eligibility', into: { document: documentWith({}) }, source: 'export' })
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(Object.keys(document.eligibility ?? {})).toEqual(Object.keys(native))
    const again = { ...documentWith({}), eligibility: document.eligibility ?? {} }
    const opinion = await secondOpinion({ document: again, examples: asExamples(others) })
    expect(opinion.differences).toEqual([])
    expect(opinion.compared).toBe(others.length * Object.keys(native).length)
  })

  test('no JSON makes it throw', () => {
    for (const json of [
      null,
      7,
      'x',
      [],
      [[]],
      {},
      { rules: 7 },
      { rules: [{}], conditions: 7 },
      { rules: [], conditions: { a: null } },
      [rule(null)],
      [rule({ all: null })],
      [rule({ not: null })],
      [rule({ fact: 1, path: 2, operator: 3, value: { fact: 4 } })],
    ])
      expect(() => imported(json)).not.toThrow()
  })
})
