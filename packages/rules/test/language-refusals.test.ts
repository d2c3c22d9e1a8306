import { describe, expect, test } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { Issue } from '../src/issue.ts'
import { parseCondition } from '../src/language/index.ts'
import said from './language-refusals.json' with { type: 'json' }
import { scopeWith, parameters } from './support/catalogue.ts'

const issuesOf = (json: unknown, conditions: Record<string, unknown> = {}, settings: Record<string, unknown> = {}): Issue[] => {
  const scope = { ...scopeWith(conditions as Record<string, Condition>), parameters: { ...parameters, ...(settings as typeof parameters) } }
  const issues: Issue[] = []
  const node = parseCondition(json, '/c', scope, (issue) => issues.push(issue))
  expect(node === undefined, 'a condition is given exactly where nothing was refused').toBe(issues.length > 0)
  return issues
}

const willing = { fact: 'person.isWilling', operator: 'equal', value: true }
const on = (fact: string, operator: string, value: unknown, more = {}) => ({ fact, operator, value, ...more })
const group = { path: '$.kind', operator: 'equal', value: 'group' }
const nestedItem = (depth: number): unknown => (depth === 1 ? group : { not: nestedItem(depth - 1) })
const nested = (depth: number): unknown => (depth === 1 ? willing : { all: [nested(depth - 1)] })

/** What is written; the code; the place; and, where it helps, what to do. */
const refusals: [name: string, json: unknown, code: string, at: string, help?: string][] = [
  ['null', null, 'not-a-condition', '/c'],
  ['a text', 'x', 'not-a-condition', '/c'],
  ['a number', 7, 'not-a-condition', '/c'],
  ['a list', [willing], 'not-a-condition', '/c'],
  ['an empty object', {}, 'missing-key', '/c'],
  ['no fact', { operator: 'equal', value: 1 }, 'missing-key', '/c'],
  ['no operator', { fact: 'person.isWilling', value: true }, 'missing-key', '/c'],
  ['no value', { fact: 'person.isWilling', operator: 'equal' }, 'missing-key', '/c'],
  ['a group by another name', { and: [willing] }, 'unknown-key', '/c/and', 'did you mean "all"?'],
  ['a group in capitals', { ANY: [willing] }, 'unknown-key', '/c/ANY', 'did you mean "any"?'],
  ['a key that nothing is like', { whenever: true }, 'unknown-key', '/c/whenever'],
  [
    'an operator as other languages write it',
    on('person.age', '>=', 18),
    'unknown-operator',
    '/c/operator',
    'did you mean "greaterThanInclusive"?',
  ],
  ['an operator in plain words', on('person.isWilling', 'is', true), 'unknown-operator', '/c/operator', 'did you mean "equal"?'],
  ['a fact by its label', on('label of person.isWilling', 'equal', true), 'unknown-fact', '/c/fact', 'did you mean "person.isWilling"?'],
  [
    'a parameter by a key of its own',
    on('person.age', 'lessThan', { parameter: 'minimumAge' }),
    'unknown-key',
    '/c/value/parameter',
    'write { "fact": "parameter.minimumAge" }',
  ],
  ['a day as it is written in a letter', on('person.bornOn', 'lessThan', '1/2/2008'), 'value-type', '/c/value'],
  [
    'a field without its dollar',
    { fact: 'register', some: { ...group, path: 'kind' } },
    'json-path',
    '/c/some/path',
    'did you mean "$.kind"?',
  ],
  ['an unknown key', { ...willing, valeu: 1 }, 'unknown-key', '/c/valeu', 'did you mean "value"?'],
  ['a key beside a group', { all: [willing], operator: 'equal' }, 'unknown-key', '/c/operator'],
  ['a name', { ...willing, name: 'x' }, 'unknown-key', '/c/name', 'name the rule, or move the condition to "conditions"'],
  ['a priority', { ...willing, priority: 5 }, 'priority', '/c/priority', 'remove it'],
  ['a priority on a group', { any: [willing], priority: 5 }, 'priority', '/c/priority', 'remove it'],
  ['params of a fact', { ...willing, params: { a: 1 } }, 'fact-params', '/c/params'],
  ['__proto__', JSON.parse('{"fact":"person.isWilling","operator":"equal","value":true,"__proto__":{}}'), 'forbidden-key', '/c/__proto__'],
  ['constructor', { ...willing, constructor: 1 }, 'forbidden-key', '/c/constructor'],
  ['prototype', { ...willing, prototype: 1 }, 'forbidden-key', '/c/prototype'],
  ['a slash in a key, as a pointer', { ...willing, 'a/b~c': 1 }, 'unknown-key', '/c/a~1b~0c'],

  ['all and any in one object', { all: [willing], any: [willing] }, 'mixed-condition', '/c'],
  ['any and not in one object', { any: [willing], not: willing }, 'mixed-condition', '/c'],
  ['a condition beside all', { all: [willing], condition: 'x' }, 'mixed-condition', '/c'],
  ['an empty all', { all: [] }, 'empty-condition', '/c/all'],
  ['an empty any', { any: [] }, 'empty-condition', '/c/any'],
  ['all that is no list', { all: willing }, 'not-a-list', '/c/all'],
  ['not with a list', { not: [willing] }, 'not-a-condition', '/c/not'],
  [
    'a fault deep inside',
    { all: [willing, { any: [willing, { not: on('person.isWilling', 'equal', 1) }] }] },
    'value-type',
    '/c/all/1/any/1/not/value',
  ],
  ['eleven levels', nested(11), 'too-deep', '/c/all/0/all/0/all/0/all/0/all/0/all/0/all/0/all/0/all/0/all/0'],
  ['more than 2,000 conditions', { all: Array.from({ length: 2000 }, () => willing) }, 'too-many-conditions', '/c'],

  ['atLeast without of', { atLeast: 1 }, 'not-a-list', '/c/of'],
  ['atLeast 0', { atLeast: 0, of: [willing] }, 'at-least', '/c/atLeast'],
  ['atLeast more than there are', { atLeast: 3, of: [willing, willing] }, 'at-least', '/c/atLeast'],
  ['atLeast a half', { atLeast: 0.5, of: [willing] }, 'at-least', '/c/atLeast'],
  ['atLeast of nothing', { atLeast: 1, of: [] }, 'empty-condition', '/c/of'],

  ['a misspelt fact', on('person.isWiling', 'equal', true), 'unknown-fact', '/c/fact', 'did you mean "person.isWilling"?'],
  ['a fact without its prefix', on('isWilling', 'equal', true), 'unknown-fact', '/c/fact', 'did you mean "person.isWilling"?'],
  ['a fact nothing like any', on('weather', 'equal', true), 'unknown-fact', '/c/fact', 'add it to the catalogue, under "custom."'],
  ['a fact that every object has', on('toString', 'equal', true), 'unknown-fact', '/c/fact'],
  ['a fact that is no text', on(7 as never, 'equal', true), 'unknown-fact', '/c/fact'],
  [
    'a misspelt parameter',
    on('person.age', 'lessThan', { fact: 'parameter.minimalAge' }),
    'unknown-parameter',
    '/c/value/fact',
    'did you mean "parameter.minimumAge"?',
  ],
  [
    'a parameter that every object has',
    on('person.age', 'lessThan', { fact: 'parameter.constructor' }),
    'unknown-parameter',
    '/c/value/fact',
  ],

  ['a misspelt operator', on('person.age', 'lesThan', 5), 'unknown-operator', '/c/operator', 'did you mean "lessThan"?'],
  ['an operator that every object has', on('person.age', 'constructor', 5), 'unknown-operator', '/c/operator'],
  ['an operator that is no text', on('person.age', null as never, 5), 'unknown-operator', '/c/operator'],
  [
    'a misspelt decorator',
    on('referral.sources', 'someFacts:equal', 'self'),
    'unknown-operator',
    '/c/operator',
    'did you mean "someFact"?',
  ],
  [
    'someValue',
    on('person.age', 'someValue:equal', [5]),
    'unsupported-operator',
    '/c/operator',
    'for "equal" write "in"; otherwise list the cases under "any"',
  ],
  [
    'everyValue',
    on('person.age', 'everyValue:notEqual', [5]),
    'unsupported-operator',
    '/c/operator',
    'for "notEqual" write "notIn"; otherwise list the cases under "all"',
  ],
  ['swap', on('person.age', 'swap:lessThan', 5), 'unsupported-operator', '/c/operator'],
  ['two quantifiers', on('referral.sources', 'someFact:everyFact:equal', 'self'), 'unsupported-operator', '/c/operator'],

  ['null as a value', on('person.age', 'equal', null), 'null-value', '/c/value'],
  ['a number as a text', on('person.age', 'lessThan', '18'), 'value-type', '/c/value', 'write 18, without quotes'],
  ['a fraction', on('person.age', 'lessThan', 17.5), 'value-type', '/c/value'],
  ['a text for true or false', on('person.isWilling', 'equal', 'true'), 'value-type', '/c/value'],
  ['1 for true', on('person.isWilling', 'equal', 1), 'value-type', '/c/value'],
  ['a misspelt choice', on('referral.basis', 'equal', 'volontary'), 'unknown-choice', '/c/value', 'did you mean "voluntary"?'],
  [
    'a misspelt choice in a list',
    on('referral.basis', 'in', ['court', 'volontary']),
    'unknown-choice',
    '/c/value/1',
    'did you mean "voluntary"?',
  ],
  ['an impossible day', on('person.bornOn', 'lessThan', '2025-02-30'), 'value-type', '/c/value'],
  ['a day with a time', on('person.bornOn', 'lessThan', '2025-02-03T00:00:00Z'), 'value-type', '/c/value'],
  ['in with a text', on('person.area', 'in', 'Camden'), 'in-text', '/c/value', 'write ["Camden"]'],
  ['in with a number', on('person.age', 'in', 5), 'value-type', '/c/value'],
  ['in with an empty list', on('person.area', 'in', []), 'empty-list', '/c/value'],
  ['in with null in the list', on('person.area', 'in', ['Camden', null]), 'value-type', '/c/value/1'],
  ['a value that is an object', on('person.age', 'equal', { a: 1 }), 'unknown-key', '/c/value/a'],
  ['a path in a value', on('person.age', 'equal', { fact: 'parameter.minimumAge', path: '$.x' }), 'unknown-key', '/c/value/path'],
  ['a parameter of another type', on('person.age', 'lessThan', { fact: 'parameter.startsOn' }), 'value-type', '/c/value/fact'],
  ['one value where a list is needed', on('person.age', 'in', { fact: 'parameter.minimumAge' }), 'value-type', '/c/value/fact'],
  ['a choice compared with a text', on('referral.basis', 'equal', { fact: 'person.area' }), 'value-type', '/c/value/fact'],
  ['choices that have nothing in common', on('referral.basis', 'equal', { fact: 'parameter.answer' }), 'value-type', '/c/value/fact'],

  [
    'less than for a text',
    on('person.area', 'lessThan', 'M'),
    'operator-type',
    '/c/operator',
    'texts have no order: use "in" with the values you mean',
  ],
  ['less than for true or false', on('person.isWilling', 'lessThan', true), 'operator-type', '/c/operator'],
  ['equal for a list', on('referral.sources', 'equal', ['self']), 'operator-type', '/c/operator', 'use "contains", or "someFact:equal"'],
  [
    'contains for a text',
    on('person.area', 'contains', 'am'),
    'operator-type',
    '/c/operator',
    'use "equal", or "in" with a list of values',
  ],
  ['withinDays for a number', on('person.age', 'withinDays', 5), 'operator-type', '/c/operator'],
  ['withinDays with fewer than none', on('referral.incidentOn', 'withinDays', -1), 'value-type', '/c/value', 'write 0 or more'],
  ['someFact for one value', on('person.age', 'someFact:equal', 5), 'operator-type', '/c/operator', 'remove "someFact:" or "everyFact:"'],
  ['a list of items without a path', on('register', 'someFact:equal', 'group'), 'path-needed', '/c', 'add "path": "$[*].kind"'],
  ['contains for a list of items', on('register', 'contains', 'group'), 'operator-type', '/c/operator'],

  [
    'a path without someFact',
    on('register', 'equal', 'group', { path: '$[*].kind' }),
    'operator-type',
    '/c/operator',
    'write "someFact:equal" or "everyFact:equal"',
  ],
  ['a path into an object', on('person.age', 'equal', 5, { path: '$.a' }), 'json-path', '/c/path'],
  ['a filter in a path', on('register', 'someFact:equal', 'group', { path: '$[?(@.kind)].kind' }), 'json-path', '/c/path'],
  ['a deep path', on('register', 'someFact:equal', 'group', { path: '$..kind' }), 'json-path', '/c/path'],
  ['a path by number', on('register', 'someFact:equal', 'group', { path: '$[0].kind' }), 'json-path', '/c/path'],
  ['a path without $', on('register', 'someFact:equal', 'group', { path: 'kind' }), 'json-path', '/c/path'],
  ['a path that is no text', on('register', 'someFact:equal', 'group', { path: 0 }), 'json-path', '/c/path'],
  ['a path on a plain list', on('referral.sources', 'someFact:equal', 'self', { path: '$[*].kind' }), 'json-path', '/c/path'],
  [
    'a misspelt field',
    on('register', 'someFact:equal', 'group', { path: '$[*].knid' }),
    'unknown-field',
    '/c/path',
    'did you mean "kind"?',
  ],
  ['a field that every object has', on('register', 'someFact:equal', 'group', { path: '$[*].constructor' }), 'unknown-field', '/c/path'],

  ['some and every in one object', { fact: 'register', some: {}, every: {} }, 'mixed-condition', '/c'],
  ['some of a plain list', { fact: 'referral.sources', some: { path: '$.a', operator: 'equal', value: 1 } }, 'operator-type', '/c/some'],
  ['some of one value', { fact: 'person.age', some: { path: '$.a', operator: 'equal', value: 1 } }, 'operator-type', '/c/some'],
  ['an empty all on items', { fact: 'register', some: { all: [] } }, 'empty-condition', '/c/some/all'],
  ['a fact inside an item', { fact: 'register', some: willing }, 'unknown-key', '/c/some/fact'],
  [
    'a list path inside an item',
    { fact: 'register', some: { path: '$[*].kind', operator: 'equal', value: 'group' } },
    'json-path',
    '/c/some/path',
  ],
  [
    'someFact inside an item',
    { fact: 'register', some: { path: '$.kind', operator: 'someFact:equal', value: 'group' } },
    'operator-type',
    '/c/some/operator',
  ],
  [
    'a wrong value inside an item',
    { fact: 'register', none: { not: { path: '$.kind', operator: 'equal', value: 'gruop' } } },
    'unknown-choice',
    '/c/none/not/value',
    'did you mean "group"?',
  ],
  ['a count without a number', { fact: 'register', count: { path: '$.kind', operator: 'equal', value: 'group' } }, 'missing-key', '/c'],
  [
    'a count within days',
    { fact: 'register', count: { path: '$.kind', operator: 'equal', value: 'group' }, operator: 'withinDays', value: 3 },
    'operator-type',
    '/c/operator',
  ],
  [
    'a count of a half',
    { fact: 'register', count: { path: '$.kind', operator: 'equal', value: 'group' }, operator: 'equal', value: 0.5 },
    'value-type',
    '/c/value',
  ],

  ['two forms in one item', { fact: 'register', some: { all: [], any: [] } }, 'mixed-condition', '/c/some'],
  ['a condition on an item that is none', { fact: 'register', some: 7 }, 'not-a-condition', '/c/some'],
  [
    'a misspelt field of an item',
    { fact: 'register', some: { path: '$.knid', operator: 'equal', value: 'group' } },
    'unknown-field',
    '/c/some/path',
    'did you mean "kind"?',
  ],
  ['items nested eleven deep', { fact: 'register', some: nestedItem(10) }, 'too-deep', `/c/some${'/not'.repeat(9)}`],
  ['a key beside a form in an item', { fact: 'register', some: { not: group, operator: 'equal' } }, 'unknown-key', '/c/some/operator'],
  ['no value in an item', { fact: 'register', some: { path: '$.kind', operator: 'equal' } }, 'missing-key', '/c/some'],
  [
    'an operator in an item that is none',
    { fact: 'register', some: { ...group, operator: 'eqal' } },
    'unknown-operator',
    '/c/some/operator',
  ],
  [
    'a count of what everyFact finds',
    { fact: 'register', count: group, operator: 'everyFact:equal', value: 3 },
    'operator-type',
    '/c/operator',
  ],
  [
    'a count with an operator that is none',
    { fact: 'register', count: group, operator: 'eqal', value: 3 },
    'unknown-operator',
    '/c/operator',
  ],
  ['a fact of items that is none', { fact: 'regster', some: group }, 'unknown-fact', '/c/fact', 'did you mean "register"?'],
  ['in for a list', on('referral.sources', 'in', ['self']), 'operator-type', '/c/operator', 'use "contains", or "someFact:in"'],
  [
    'another operator for a list',
    on('referral.sources', 'notIn', ['self']),
    'operator-type',
    '/c/operator',
    'use "someFact:notIn" or "everyFact:notIn"',
  ],
  [
    'less than for a list',
    on('referral.sources', 'lessThan', 3),
    'operator-type',
    '/c/operator',
    'use "someFact:lessThan" or "everyFact:lessThan"',
  ],
  [
    'less than for a choice',
    on('referral.basis', 'lessThan', 'court'),
    'operator-type',
    '/c/operator',
    'texts have no order: use "in" with the values you mean',
  ],
  [
    'does not contain for a number',
    on('person.age', 'doesNotContain', 3),
    'operator-type',
    '/c/operator',
    'use "equal", or "in" with a list of values',
  ],
  [
    'a list of items in a list',
    on('register', 'doesNotContain', 'group'),
    'operator-type',
    '/c/operator',
    'use "someFact:equal" with a path, or "some"',
  ],
  ['a choice for a number', on('person.age', 'equal', { fact: 'referral.basis' }), 'value-type', '/c/value/fact'],
  ['a list of numbers for choices', on('referral.basis', 'in', { fact: 'parameter.sizes' }), 'value-type', '/c/value/fact'],
  ['a list of items for a list', on('referral.basis', 'in', { fact: 'register' }), 'value-type', '/c/value/fact'],
  ['a number among choices', on('referral.basis', 'in', ['court', 7]), 'value-type', '/c/value/1'],
  ['a condition beside a comparison', { ...willing, condition: 'x' }, 'unknown-key', '/c/fact'],
  [
    'a number out of a fact’s bounds is compared all the same, but not a list',
    on('person.children', 'equal', [7]),
    'value-type',
    '/c/value',
  ],

  ['a name nobody gave', { condition: 'x' }, 'unknown-condition', '/c/condition', 'add it under "conditions"'],
  ['a name that is no text', { condition: 7 }, 'unknown-condition', '/c/condition'],
  ['a name that every object has', { condition: 'constructor' }, 'unknown-condition', '/c/condition'],
]

describe('refused, at its place and with what to do', () => {
  test.each(refusals)('%s', (name, json, code, at, help) => {
    const issues = issuesOf(json)
    expect(issues.map((issue) => [issue.code, issue.at])).toContainEqual([code, at])
    const issue = issues.find((each) => each.code === code && each.at === at)
    if (help !== undefined) expect(issue?.help).toBe(help)
    expect(issues.map(({ severity, ...rest }) => [severity, rest])).toEqual(
      (said as Record<string, object[]>)[name]?.map((expected) => ['error', expected]),
    )
    expect(issue?.message).not.toMatch(/\n|undefined|\[object|\.$/)
  })

  test('ten levels are not too deep', () => expect(issuesOf(nested(10))).toEqual([]))

  test('every fault is reported, not only the first', () => {
    const issues = issuesOf({ all: [on('person.age', 'equal', 'x'), on('nobody', 'equal', 1), { any: [] }] })
    expect(issues.map(({ at }) => at)).toEqual(['/c/all/0/value', '/c/all/1/fact', '/c/all/2/any'])
  })
})

describe('named conditions', () => {
  test('one that names itself is refused', () => {
    expect(issuesOf({ condition: 'a' }, { a: { condition: 'a' } })).toMatchObject([
      { code: 'condition-cycle', at: '/c/condition', message: 'the condition "a" leads back to itself: a → a' },
    ])
  })

  test('a cycle is shown in full, wherever one enters it', () => {
    const cycle = { a: { all: [willing, { condition: 'b' }] }, b: { not: { condition: 'c' } }, c: { condition: 'a' } }
    expect(issuesOf({ all: [{ condition: 'a' }] }, cycle)[0]?.message).toBe('the condition "a" leads back to itself: a → b → c → a')
    expect(issuesOf(cycle.b, cycle)[0]).toMatchObject({ code: 'condition-cycle', at: '/c/not/condition' })
  })

  test('a fault inside one is reported where it is written, and every use is refused', () => {
    expect(issuesOf({ condition: 'a' }, { a: on('person.age', 'equal', 'x') })).toMatchObject([
      { code: 'faulty-condition', at: '/c/condition', help: 'see /conditions/a' },
    ])
  })

  test('names that double at every step are refused by what they amount to, at once', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `c${i}`,
        i < 199 ? { all: [{ condition: `c${i + 1}` }, { condition: `c${i + 1}` }] } : willing,
      ]),
    )
    expect(issuesOf({ condition: 'c0' }, doubling)[0]?.code).toBe('too-deep')
    const wide = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((id, i, ids) => [
        id,
        i < 3 ? { all: Array.from({ length: 60 }, () => ({ condition: ids[i + 1] })) } : willing,
      ]),
    )
    expect(issuesOf({ condition: 'a' }, wide).map(({ code }) => code)).toEqual(['faulty-condition'])
    expect(issuesOf(wide['b'], wide).map(({ code }) => code)).toEqual(['too-many-conditions'])
  })

  test('a cycle that doubles at every step is found at once', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`c${i}`, { all: [{ condition: `c${(i + 1) % 9}` }, { condition: `c${(i + 1) % 9}` }] }]),
    )
    expect(issuesOf({ condition: 'c0' }, doubling)[0]?.code).toBe('condition-cycle')
  })
})

describe('parameters', () => {
  test('one that is null is refused wherever it is used', () => {
    const settings = { minimumAge: { ...parameters['minimumAge'], value: null } }
    expect(issuesOf(on('person.age', 'lessThan', { fact: 'parameter.minimumAge' }), {}, settings)).toMatchObject([
      { code: 'null-parameter', at: '/c/value/fact' },
    ])
  })

  test('one of the wrong type is refused', () => {
    const settings = { minimumAge: { ...parameters['minimumAge'], value: '18' } }
    expect(issuesOf(on('person.age', 'lessThan', { fact: 'parameter.minimumAge' }), {}, settings)).toMatchObject([
      { code: 'value-type', at: '/c/value/fact' },
    ])
  })
})

test('no JSON whatever makes it throw', () => {
  const pieces: unknown[] = [
    null,
    true,
    0,
    -1,
    1.5,
    '',
    'x',
    [],
    {},
    [null],
    { fact: null },
    { all: null },
    { all: [null] },
    { not: null },
    { condition: null },
    { atLeast: null, of: null },
    { some: null },
    { fact: 'register', some: null },
    { fact: 'register', count: [], operator: 5, value: {} },
    { fact: [], operator: {}, value: [] },
  ]
  for (const a of pieces)
    for (const key of ['all', 'any', 'not', 'of', 'fact', 'operator', 'value', 'path', 'some', 'count', 'condition', 'atLeast']) {
      expect(() => issuesOf({ ...willing, [key]: a })).not.toThrow()
      expect(() => issuesOf({ [key]: a })).not.toThrow()
      expect(() => issuesOf({ [key]: [a, a] })).not.toThrow()
    }
})

describe('how deep and how large a condition is', () => {
  const entries = (where: unknown) => ({ fact: 'register', some: where })
  /** Each of this depth, and another one beside it that is flat. */
  const shapes: Record<string, (depth: number) => unknown> = {
    'groups, the deep part last': (depth) => (depth === 1 ? willing : { any: [willing, nested(depth - 1)] }),
    'groups, the deep part first': (depth) => (depth === 1 ? willing : { any: [nested(depth - 1), willing] }),
    'so many of': (depth) => (depth === 1 ? willing : { atLeast: 1, of: [nested(depth - 1), willing] }),
    denials: (depth) => Array.from({ length: depth - 1 }).reduce<unknown>((of) => ({ not: of }), willing),
    'items, denied': (depth) => (depth === 1 ? willing : entries(nestedItem(depth - 1))),
    'items in groups': (depth) => (depth < 3 ? nested(depth) : entries({ all: [group, nestedItem(depth - 2)] })),
  }

  test.each(Object.keys(shapes))('a named condition is as deep as what it stands for: %s', (shape) => {
    let refused = 0
    for (let depth = 1; depth <= 10; depth++) {
      for (let around = 0; around < 10; around++) {
        const json = Array.from({ length: around }).reduce<unknown>((of) => ({ all: [of] }), { condition: 'named' })
        const found = issuesOf(json, { named: shapes[shape]!(depth) })
        expect(found.map(({ code }) => code)).toEqual(around + 1 + depth > 10 ? ['too-deep'] : [])
        refused += found.length
        if (found.length > 0)
          expect(found[0]!.message).toBe(`with the condition "named" this is nested ${around + 1 + depth} deep; 10 is allowed`)
      }
    }
    expect(refused).toBe(55)
  })

  test('items count, and so do their groups and denials', () => {
    const groups = (count: number) => Array.from({ length: count }, () => group)
    // The whole, the comparison, its group, and in each of its parts one more for the denial or group around it.
    const large = (all: number, any: number) => ({
      all: [entries({ all: [...groups(all), { not: { any: groups(any) } }] }), entries(group)],
    })
    expect(issuesOf(large(1000, 993))).toEqual([])
    expect(issuesOf(large(1000, 994)).map(({ message }) => message)).toEqual([
      'this amounts to 2001 conditions, named ones counted wherever they are used; 2000 are allowed',
    ])
  })
})
