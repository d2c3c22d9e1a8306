import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { load } from '../src/load.ts'
import { shippedText } from './support/shipped.ts'

/** Texts made to break or to trick whoever reads them. All are refused, with a place. */
type Hostile = { what: string; text: string; parents?: string[]; codes: string[] }

const read = (name: string) => readFileSync(new URL(`../scripts/fuzz/${name}.json`, import.meta.url), 'utf8')
const rootText = read('root')
const root = () => JSON.parse(rootText) as Record<string, Record<string, unknown>>
const child = (more: object) => JSON.stringify({ ...(JSON.parse(read('child')) as object), ...more })

const all: Hostile[] = []
const add = (what: string, codes: string | string[], text: string, parents: string[] = [rootText]) =>
  all.push({ what, codes: [codes].flat(), text, parents })

// Keys that reach for the prototype, in every part of a document and in every spelling.
const sections = [
  'facts',
  'parameters',
  'conditions',
  'risk',
  'eligibility',
  'safeguarding',
  'attendance',
  'completion',
  'examples',
  'remove',
]
for (const key of ['__proto__', 'constructor', 'prototype']) {
  add(`"${key}" at the top`, 'forbidden-key', `{"${key}":{"polluted":true}}`)
  for (const section of sections)
    add(`"${key}" among ${section}`, 'forbidden-key', child({}).replace(/\}$/, `,"${section}":{"${key}":{"polluted":true}}}`))
  add(
    `"${key}" spelt with escapes`,
    'forbidden-key',
    `{"${Array.from(key, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}":1}`,
  )
  add(`"${key}" inside an example's facts`, 'forbidden-key', `{"examples":{"x":{"facts":{"${key}":{"polluted":true}}}}}`)
  add(`"${key}" inside an event`, 'forbidden-key', `{"eligibility":{"x":{"event":{"params":{"${key}":1}}}}}`)
  add(`"${key}" in a list`, 'forbidden-key', `[{"${key}":1}]`)
}

// A key written twice: whoever reads the first and whoever reads the last would read different rules.
for (const [what, text] of Object.entries({
  'an id': '{"id":"a","id":"b"}',
  'a version': '{"version":"1.0.0","version":"2.0.0"}',
  'a parameter': '{"parameters":{"missesAllowed":0,"missesAllowed":12}}',
  'a rule': '{"eligibility":{"under-16":{},"under-16":{}}}',
  conditions: '{"eligibility":{"a":{"conditions":{"all":[]},"conditions":{"any":[]}}}}',
  'an operator': '{"eligibility":{"a":{"conditions":{"all":[{"operator":"equal","operator":"notEqual"}]}}}}',
  'a key in two spellings': '{"id":"a","\\u0069d":"b"}',
  'an extends': '{"extends":{"id":"core","id":"other"}}',
  locked: '{"locked":{"eligibility":["a"]},"locked":{}}',
  'an event': '{"eligibility":{"a":{"event":{"type":"ineligible"},"event":{"type":"human-review"}}}}',
}))
  add(`${what} twice`, 'duplicate-key', text)

// Halves of characters, and NUL.
for (const [what, text] of Object.entries({
  'a first half alone': '{"title":"\\ud800"}',
  'a second half alone': '{"title":"\\udc00"}',
  'halves the wrong way round': '{"title":"\\udc00\\ud800"}',
  'a first half twice': '{"title":"\\ud83d\\ud83d"}',
  'half a pair in a key': '{"\\udc00":1}',
  'half a pair unescaped': '{"title":"\ud800"}',
  'half a pair in a list': '["\\ud800"]',
  'half a pair in a value compared': '{"eligibility":{"a":{"conditions":{"all":[{"value":"\\udfff"}]}}}}',
}))
  add(what, 'lone-surrogate', text)
for (const text of ['{"title":"a\\u0000b"}', '{"\\u0000":1}', '["\\u0000"]']) add(`NUL: ${text}`, 'nul', text)
for (const code of [1, 7, 8, 0xb, 0xc, 0x1b, 0x1f, 0x7f, 0x85, 0x9b, 0x202a, 0x202e, 0x2066, 0x2069]) {
  const escape = `\\u${code.toString(16).padStart(4, '0')}`
  add(`a character that changes what is shown: ${escape}`, 'control-character', `{"title":"less than ${escape}16"}`)
  add(`the same in a key: ${escape}`, 'control-character', `{"parameters":{"a${escape}":1}}`)
}
for (const character of ['\x7f', '\x9b', '\u202e'])
  add(`unescaped: ${JSON.stringify(character)}`, 'control-character', `{"title":"${character}"}`)
add('NUL unescaped', 'not-json', '{"title":"\0"}')

// Not quite JSON.
for (const text of [
  '',
  ' ',
  '\ufeff',
  '{',
  '}',
  '[',
  '"',
  '{"a":1,}',
  '[1,]',
  "{'a':1}",
  '{a:1}',
  '{"a":1}//x',
  '{"a":/* */1}',
  '{"a":01}',
  '{"a":+1}',
  '{"a":.5}',
  '{"a":1.}',
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":0x10}',
  '{"a":1e}',
  '{"a":undefined}',
  '{"a":tru}',
  '{"a":True}',
  '{"a" 1}',
  '{"a":1 "b":2}',
  '{"a":"\t"}',
  '{"a":"\n"}',
  '{"a":"\\x41"}',
  '{"a":"\\u12"}',
  '{"a":"\\u{41}"}',
  '\u00a0{}',
  '{}\u2028x',
  'null,',
  '<xml/>',
  '---\na: 1',
])
  add(`not JSON: ${JSON.stringify(text)}`, ['not-json', 'trailing-text'], text)
for (const text of ['{"a":1e999}', '{"a":-1e999}', '{"a":9007199254740993}', '{"a":1e400}'])
  add(`a number nobody can hold: ${text}`, 'number-size', text)
for (const text of ['null', 'true', '1', '"core"', '[]', '[[]]', '{}', '{"id":null}'])
  add(`JSON and no rule set: ${text}`, ['wrong-type', 'missing-key'], text)

// Depth and size.
const nested = (depth: number): unknown =>
  depth === 0 ? { fact: 'referral.basis', operator: 'equal', value: 'court' } : { all: [nested(depth - 1)] }
const withConditions = (conditions: unknown, named: object = {}) =>
  child({
    conditions: named,
    eligibility: { 'a-rule': { number: 99, label: 'x', source: 'x', conditions, event: { type: 'ineligible', params: { reason: 'x' } } } },
  })
add('200,000 braces', 'too-deep', '{"a":'.repeat(40_000) + '}'.repeat(40_000))
add('131,072 brackets', 'too-deep', '['.repeat(131_072) + ']'.repeat(131_072))
add('brackets that never close', 'too-deep', '['.repeat(262_144))
add('65 levels', 'too-deep', '['.repeat(65) + ']'.repeat(65))
for (const depth of [11, 12, 25, 60])
  add(`a condition ${depth} deep`, ['condition-depth', 'too-deep', 'too-deep-condition'], withConditions(nested(depth)))
add(
  'a condition deep in `not`',
  ['condition-depth', 'too-deep', 'too-deep-condition'],
  withConditions({ not: { not: { not: { not: { not: { not: { not: { not: { not: { not: { not: nested(0) } } } } } } } } } } }),
)
add('2,001 conditions', 'too-many-conditions', withConditions({ any: Array.from({ length: 2001 }, () => nested(0)) }))
add('201 rules', 'too-many', child({ eligibility: Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`r${index}`, {}])) }))
add('4,097 members', 'too-many', `{${Array.from({ length: 4097 }, (_, index) => `"k${index}":0`).join(',')}}`)
add('4,097 items', 'too-many', `[${'1,'.repeat(4096)}1]`)
for (const [what, text] of Object.entries({
  'one text of 256 KB': JSON.stringify({ title: 'x'.repeat(262_133) }),
  '10 MB': 'x'.repeat(10_000_000),
  '128 KB of two-byte letters': JSON.stringify({ title: 'é'.repeat(131_072) }),
  '88 KB of three-byte letters': JSON.stringify({ title: '€'.repeat(88_000) }),
}))
  add(what, 'too-long', text)
add('256 KB of spaces', 'not-json', ' '.repeat(262_144))
add('256 KB of digits', ['number-size', 'wrong-type'], '1'.repeat(262_144))
add('256 KB of backslashes', 'wrong-type', `"${'\\\\'.repeat(131_071)}"`)
add('100,000 duplicates', 'duplicate-key', `{${'"a":1,'.repeat(40_000)}"a":1}`)

// Circles.
add('a condition that names itself', 'condition-cycle', withConditions({ condition: 'a' }, { a: { condition: 'a' } }))
add(
  'two conditions that name each other',
  'condition-cycle',
  withConditions({ condition: 'a' }, { a: { condition: 'b' }, b: { condition: 'a' } }),
)
add(
  'a circle through `not` and `all`',
  'condition-cycle',
  withConditions(
    { condition: 'a' },
    { a: { not: { condition: 'b' } }, b: { all: [{ condition: 'c' }] }, c: { any: [{ condition: 'a' }] } },
  ),
)
add('a circle that no rule uses', 'condition-cycle', withConditions(nested(0), { a: { condition: 'b' }, b: { condition: 'a' } }))
add(
  'a circle of forty',
  ['condition-cycle', 'too-deep'],
  withConditions(
    nested(0),
    Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`c${index}`, { condition: `c${(index + 1) % 40}` }])),
  ),
)
add(
  'named conditions that double forty times',
  ['too-many-conditions', 'condition-depth', 'too-deep'],
  withConditions(
    { condition: 'c0' },
    Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `c${index}`,
        index === 39 ? nested(0) : { all: [{ condition: `c${index + 1}` }, { condition: `c${index + 1}` }] },
      ]),
    ),
  ),
)
add('a document that extends itself', ['extends-cycle', 'cycle'], child({ extends: { id: 'child', version: '1.0.0' } }), [
  rootText,
  child({ extends: { id: 'child', version: '1.0.0' } }),
])
add('two documents that extend each other', ['extends-cycle', 'cycle'], child({ extends: { id: 'other', version: '1.0.0' } }), [
  child({ id: 'other', extends: { id: 'child', version: '1.0.0' } }),
])
add('a chain of four', ['chain-too-long', 'extends-chain'], child({ extends: { id: 'b', version: '1.0.0' } }), [
  rootText,
  child({ id: 'b', extends: { id: 'c', version: '1.0.0' } }),
  child({ id: 'c', extends: { id: 'd', version: '1.0.0' } }),
  child({ id: 'd' }),
])

// Texts that make careless patterns run for ever.
for (const long of [
  `a${'-a'.repeat(20_000)}!`,
  `${'a'.repeat(50_000)}!`,
  `${'a.'.repeat(20_000)}`,
  `${'0.'.repeat(20_000)}x`,
  ' '.repeat(50_000),
]) {
  const shown = `${long.slice(0, 6)}… of ${long.length}`
  add(`an id: ${shown}`, 'text-form', child({ id: long }))
  add(`a version: ${shown}`, 'text-form', child({ version: long }))
  add(`a day: ${shown}`, 'not-a-day', child({ effectiveFrom: long }))
  add(`a fact: ${shown}`, 'unknown-fact', withConditions({ all: [{ fact: long, operator: 'equal', value: 1 }] }))
  add(`an id of a rule: ${shown}`, 'id-form', child({ eligibility: { [long]: {} } }))
}

// What json-rules-engine knows and we do not let in, and what would be carried out somewhere.
const leaf = { fact: 'referral.basis', operator: 'equal', value: 'court' }
for (const [what, condition] of Object.entries({
  'a JSONPath': { ...leaf, path: '$..*' },
  'a JSONPath with a script': { ...leaf, path: '$[?(process.exit())]' },
  'a priority': { ...leaf, priority: 9 },
  'parameters of a fact': { ...leaf, params: { url: 'x' } },
  'a name': { ...leaf, name: 'x' },
  'an operator of JavaScript': { ...leaf, operator: 'toString' },
  'an operator nobody knows': { ...leaf, operator: 'matches' },
  'a decorator nobody knows': { ...leaf, operator: 'eval:equal' },
  'a fact of JavaScript': { ...leaf, fact: 'hasOwnProperty' },
  'a parameter of JavaScript': { ...leaf, value: { fact: 'parameter.valueOf' } },
  'an object as value': { ...leaf, value: { $ne: null } },
  'null as value': { ...leaf, value: null },
  'a number as value': { ...leaf, value: 1 },
  'two groups': { all: [leaf], any: [leaf] },
  'an empty all': { all: [] },
  'an empty any': { any: [] },
  'not of a list': { not: [leaf] },
  'a list instead of a condition': [leaf],
  'a condition of JavaScript': { condition: 'constructor' },
  'in on a text': { ...leaf, operator: 'in', value: 'court order' },
}))
  add(`in a condition: ${what}`, [], withConditions({ all: [condition] }))
for (const [what, event] of Object.entries({
  'another type': { type: 'eligible', params: { reason: 'x' } },
  'a type of JavaScript': { type: 'toString', params: { reason: 'x' } },
  'an event of another kind': { type: 'band-at-least', params: { band: 'high', action: 'x' } },
  'a parameter more': { type: 'ineligible', params: { reason: 'x', script: 'y' } },
  'a fact for a reason': { type: 'ineligible', params: { reason: { fact: 'referral.basis' } } },
  'a list for a reason': { type: 'ineligible', params: { reason: ['x'] } },
  'no reason': { type: 'ineligible', params: {} },
  'no type': { params: { reason: 'x' } },
}))
  add(
    `in an event: ${what}`,
    [],
    child({ eligibility: { 'a-rule': { number: 99, label: 'x', source: 'x', conditions: { all: [leaf] }, event } } }),
  )
for (const more of ['onSuccess', 'onFailure', 'priority', 'enabled', 'script', 'name'])
  add(
    `in a rule: "${more}"`,
    'unknown-key',
    child({
      eligibility: {
        'a-rule': {
          number: 99,
          label: 'x',
          source: 'x',
          conditions: { all: [leaf] },
          event: { type: 'ineligible', params: { reason: 'x' } },
          [more]: 'x',
        },
      },
    }),
  )
for (const id of ['0', '12', '-1', '01', 'A', 'a b', 'a/b', 'é', '', 'a_b'])
  add(`a rule called ${JSON.stringify(id)}`, 'id-form', child({ eligibility: { [id]: {} } }))
add('a lock taken off', 'locked', child({ remove: { eligibility: { 'too-young': 'not needed' } } }))
add(
  'a locked rule replaced',
  'locked',
  child({ eligibility: { 'too-young': { ...(root()['eligibility']?.['too-young'] as object), replaces: true } } }),
)

describe('refused, with a place:', () => {
  it.each(all)('$what', ({ text, parents, codes }) => {
    const result = load(text, parents)
    if (result.ok) throw new Error('it was accepted')
    const lines = text.split('\n').length
    expect(result.issues.length).toBeGreaterThan(0)
    for (const { line = 0, column = 0, message } of result.issues) {
      expect(line).toBeGreaterThan(0)
      expect(line).toBeLessThanOrEqual(lines)
      expect(column).toBeGreaterThan(0)
      expect(message.length).toBeLessThan(500)
    }
    if (codes.length > 0)
      expect(codes).toContain(result.issues.find(({ code }) => codes.includes(code))?.code ?? result.issues.map(({ code }) => code).join())
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('all the others are fine: what they are made from loads', () => {
    expect(load(rootText).ok).toBe(true)
    expect(load(child({}), [rootText]).ok).toBe(true)
    expect(load(withConditions(nested(3), { c: nested(2) }), [rootText]).ok).toBe(true)
    expect(load(shippedText('core')).ok).toBe(true)
  })

  it('at least 150 of them', () => {
    console.log(`hostile documents: ${all.length}`)
    expect(new Set(all.map(({ text }) => text)).size).toBeGreaterThan(150)
  })
})
