import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { schemaOf } from '../src/authoring/index.ts'
import { canonicalJson, explain, hashOf, kindIds } from '../src/index.ts'
import { load, type LoadResult } from '../src/load.ts'
import { schemaFaults } from './support/json-schema.ts'
import { shippedIds, shippedText } from './support/shipped.ts'

const SEED = 20_260_501
/** With two of its examples, so that most changes hit something else. */
const documents = shippedIds.map((id) => {
  const document = JSON.parse(shippedText(id)) as Record<string, object>
  return { ...document, examples: Object.fromEntries(Object.entries(document['examples'] ?? {}).slice(0, 2)) } as Record<string, unknown>
})
const texts = documents.map((document) => JSON.stringify(document))
const core = texts[shippedIds.indexOf('core')] as string
const schema = schemaOf()

const counts = { texts: 0, accepted: 0, issues: 0 }

/** What holds for every text, whatever is in it. */
function check(text: string, parents: readonly string[] = [core]): LoadResult {
  const result = load(text, parents)
  counts.texts++
  if (result.ok) {
    counts.accepted++
    expect(schemaFaults(JSON.parse(text), schema)).toEqual([])
  } else expect(result.issues.length).toBeGreaterThan(0)
  for (const issue of result.ok ? result.warnings : result.issues) {
    counts.issues++
    expect(issue.line).toBeGreaterThan(0)
    expect(issue.column).toBeGreaterThan(0)
    expect(issue.message).toMatch(/^[^\n\r]+[^.\n\r]$/)
    expect(issue.at === '' || issue.at.startsWith('/')).toBe(true)
  }
  return result
}

const oddValues: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  '',
  'constructor',
  'x'.repeat(300),
  '2026-02-30',
  [],
  {},
  [[]],
  [null],
  { fact: 'x' },
  { all: [] },
  { type: 'list' },
  { condition: 'c' },
  { toString: 1 },
  { valueOf: null, length: -1 },
]
const oddKeys = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '0',
  '-1',
  '',
  'a/b',
  'a~b',
  'é',
  'length',
  'replaces',
  'all',
  'type',
  'fact',
  'condition',
  'extends',
]

/** One change at a random place of a real document: a value replaced, a member removed, renamed or added. */
const mutated = fc
  .record({
    document: fc.constantFrom(...documents),
    steps: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    how: fc.nat(4),
    value: fc.oneof(fc.constantFrom(...oddValues), fc.jsonValue()),
    key: fc.oneof(fc.constantFrom(...oddKeys), fc.string()),
  })
  .map(({ document, steps, how, value, key }) => mutate(structuredClone(document), steps, how, value, key))

function mutate(document: Record<string, unknown>, steps: readonly number[], how: number, value: unknown, key: string): string {
  let parent: Record<string, unknown> = document
  let name = ''
  for (const step of steps) {
    const held = name === '' ? parent : parent[name]
    if (typeof held !== 'object' || held === null || Object.keys(held).length === 0) break
    parent = held as Record<string, unknown>
    name = Object.keys(parent)[step % Object.keys(parent).length] ?? ''
  }
  const held = parent[name]
  if (how === 0) parent[name] = value
  else if (how === 1) delete parent[name]
  else if (how === 2 && !Array.isArray(parent)) {
    delete parent[name]
    Object.defineProperty(parent, key, { value: held, enumerable: true, configurable: true })
  } else if (how === 3 && typeof held === 'object' && held !== null && !Array.isArray(held))
    Object.defineProperty(held, key, { value, enumerable: true, configurable: true })
  else parent[name] = [held, value]
  return JSON.stringify(document)
}

describe('load never throws, and every issue has a place and a sentence,', () => {
  it('for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.json()), (text) => void check(text)),
      { numRuns: 6000, seed: SEED },
    )
  })

  it('for real documents with one change', () => {
    fc.assert(
      fc.property(mutated, (text) => void check(text)),
      { numRuns: 2500, seed: SEED },
    )
  })

  it('for real documents with a piece of text changed', () => {
    const pieces = [
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\\',
      '\\u0000',
      '\\ud800',
      '\ud800',
      '\0',
      'null',
      '1e999',
      '"__proto__":1,',
      '//',
      "'",
      '\ufeff',
      '-',
    ]
    const change = fc.record({ text: fc.constantFrom(...texts), at: fc.nat(), length: fc.nat(5), piece: fc.constantFrom('', ...pieces) })
    fc.assert(
      fc.property(change, ({ text, at, length, piece }) => {
        const place = at % text.length
        const result = load(text.slice(0, place) + piece + text.slice(place + length), [core])
        counts.texts++
        if (result.ok) counts.accepted++
      }),
      { numRuns: 1500, seed: SEED },
    )
  })

  it('for any text as a parent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (parent) => void check(texts[2] as string, [parent])),
      { numRuns: 500, seed: SEED },
    )
  })

  it('for more than ten thousand of them', () => {
    console.info(`load: ${counts.texts} texts, ${counts.accepted} accepted, ${counts.issues} issues, none thrown`)
    expect(counts.texts).toBeGreaterThan(10_000)
    expect(counts.accepted).toBeGreaterThan(100)
  })
})

describe('a rule set that was loaded', () => {
  it('decides and explains any facts without throwing', () => {
    const result = load(core)
    if (!result.ok) throw new Error('core was refused')
    const { ruleSet } = result
    const name = fc.oneof(fc.constantFrom(...Object.keys(ruleSet.facts)), fc.string())
    const facts = fc.dictionary(
      name,
      fc.oneof(
        fc.constantFrom('present', 'possible', 'absent', 'recent', true, false, 17, '2026-01-01', null, []),
        fc.jsonValue(),
      ) as fc.Arbitrary<never>,
      { maxKeys: 20 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...kindIds), facts, fc.constantFrom('2026-05-01', 'never'), (kind, known, asOf) => {
        const { decision, sentences } = explain(ruleSet, kind, { asOf, facts: known })
        expect(decision).toEqual(ruleSet.kinds[kind].decide({ asOf, facts: known }))
        expect(sentences.length).toBeGreaterThan(0)
        for (const sentence of sentences) expect(sentence).toMatch(/[.?!]$/)
      }),
      { numRuns: 400, seed: SEED },
    )
  })
})

/** The same value with the members of every object in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, seed))
  if (typeof value !== 'object' || value === null) return value
  const order = Object.entries(value).map(([key, held], index) => ({ key, held, rank: ((index + 1) * (seed * 2 + 1) * 7919) % 1009 }))
  return Object.fromEntries(order.sort((one, other) => one.rank - other.rank).map(({ key, held }) => [key, shuffled(held, seed)]))
}

describe('the hash of a rule set', () => {
  it.each(shippedIds)('does not depend on the order of keys, $schema or examples: %s', async (id) => {
    const written = JSON.parse(shippedText(id)) as object
    const hashes = new Set<string>()
    for (let seed = 0; seed < 10; seed++) {
      const { $schema: _, ...other } = shuffled(written, seed) as Record<string, unknown>
      const result = load(JSON.stringify({ ...other, examples: {} }), [JSON.stringify(shuffled(JSON.parse(core), seed + 3))])
      if (!result.ok) throw new Error(JSON.stringify(result.issues))
      hashes.add(await hashOf(result.ruleSet))
    }
    const original = load(shippedText(id), [core])
    if (!original.ok) throw new Error('refused')
    expect([...hashes]).toEqual([await hashOf(original.ruleSet)])
  })

  it('is equal exactly when the canonical texts are', async () => {
    const seen = new Map<string, string>()
    const documents = fc.record({
      title: fc.constantFrom('A', 'B', 'É'),
      missesAllowed: fc.nat(12),
      areas: fc.array(fc.constantFrom('Merton', 'Sutton'), { maxLength: 2 }),
    })
    for (const { title, missesAllowed, areas } of fc.sample(documents, { numRuns: 150, seed: SEED })) {
      const written = {
        id: 'p',
        version: '1.0.0',
        title,
        effectiveFrom: '2026-01-01',
        extends: { id: 'core', version: '1.0.0' },
        parameters: { missesAllowed, areasServed: areas },
      }
      const result = load(JSON.stringify(written), [core])
      if (!result.ok) throw new Error(JSON.stringify(result.issues))
      const canonical = canonicalJson(result.ruleSet.document)
      const hash = await hashOf(result.ruleSet)
      expect(seen.get(hash) ?? canonical).toBe(canonical)
      seen.set(hash, canonical)
    }
    expect(new Set(seen.values()).size).toBe(seen.size)
    expect(seen.size).toBeGreaterThan(80)
  })
})

describe('canonicalJson', () => {
  it('is what RFC 8785 says', () => {
    expect(canonicalJson({ '€': 1, '\r': 2, '1': 3, '😀': 4, '\u00f6': 5, '\u0080': 6, '\ufb33': 7 })).toBe(
      '{"\\r":2,"1":3,"\u0080":6,"\u00f6":5,"€":1,"😀":4,"\ufb33":7}',
    )
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]')
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  })

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))),
      { numRuns: 500, seed: SEED },
    )
  })

  it.each([undefined, Number.NaN, Infinity, '\ud800', 1n, () => 1, new Date(0), [undefined], new Map()])(
    'refuses what JSON cannot hold: %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow()
    },
  )
})
