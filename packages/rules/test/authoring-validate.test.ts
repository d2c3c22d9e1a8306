import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validate } from '../src/authoring/index.ts'
import { load } from '../src/load.ts'
import { shippedIds, shippedText } from './support/shipped.ts'

const core = shippedText('core')
const head =
  '"id": "ours", "version": "1.0.0", "title": "Ours", "effectiveFrom": "2026-09-01", "extends": { "id": "core", "version": "1.0.0" }'
const rule = (change: string) => `{
  ${head},
  "eligibility": {
    "a-rule": {
      "number": 110,
      "label": "A rule",
      "source": "A policy",
      ${change}
    }
  }
}`
const conditions = '"conditions": { "all": [{ "fact": "engagement.isWilling", "operator": "equal", "value": false }] }'
const event = '"event": { "type": "ineligible", "params": { "reason": "Not willing" } }'
const whole = rule(`${conditions},\n      ${event}`)
const inWords = (text: string) =>
  validate(text, [core]).map(({ line, column, message, help }) => `${line}:${column}  ${message}${help === undefined ? '' : `; ${help}`}`)

/** What somebody typed, and the one thing that is said of it. */
const slips: readonly [what: string, text: string, said: string][] = [
  [
    'a comma too few',
    whole.replace('110,', '110'),
    '6:7  a comma or a closing brace is needed here; separate it from what stands before by a comma',
  ],
  [
    'a comma too many in an object',
    whole.replace('"Not willing" }', '"Not willing", }'),
    '9:77  a key in double quotes is needed here; remove the comma before it',
  ],
  [
    'a comma too many in a list',
    whole.replace('false }]', 'false }, ]'),
    '8:104  a value is needed after the comma; remove the comma before it',
  ],
  ['two commas', whole.replace('110,', '110,,'), '5:21  a key in double quotes is needed here; write the key in double quotes'],
  ['a semicolon for a comma', whole.replace('110,', '110;'), '5:20  a comma or a closing brace is needed here'],
  ['an equals sign for a colon', whole.replace('"number":', '"number" ='), '5:16  a colon is needed after the key'],
  ['no colon', whole.replace('"number":', '"number"'), '5:16  a colon is needed after the key'],
  ['single quotes', whole.replace('"A rule"', "'A rule'"), '6:16  a text stands in double quotes; replace the single quotes'],
  [
    'curly quotes',
    whole.replace('"A rule"', '“A rule”'),
    '6:16  a text stands in double quotes; replace the curly quotes by straight ones',
  ],
  [
    'a key in single quotes',
    whole.replace('"number"', "'number'"),
    '5:7  a key in double quotes is needed here; write the key in double quotes',
  ],
  [
    'a key without quotes',
    whole.replace('"number"', 'number'),
    '5:7  a key in double quotes is needed here; write the key in double quotes',
  ],
  [
    'a text without quotes',
    whole.replace('"A rule"', 'A rule'),
    '6:16  a value is needed here: a text in double quotes, a whole number, true, false, null, a list or an object',
  ],
  ['True', whole.replace('false', 'False'), '8:95  "False" is no value in JSON; write false, in small letters'],
  ['yes', whole.replace('false', 'yes'), '8:95  "yes" is no value in JSON; write true'],
  [
    'no value',
    whole.replace('110', ''),
    '5:17  a value is needed here: a text in double quotes, a whole number, true, false, null, a list or an object',
  ],
  [
    'a zero in front',
    whole.replace('110', '0110'),
    '5:17  this is not how a number is written; write it like 7 or -2, without a zero in front and without a unit',
  ],
  [
    'a unit',
    whole.replace('110', '110th'),
    '5:17  this is not how a number is written; write it like 7 or -2, without a zero in front and without a unit',
  ],
  ['a comment', whole.replace('110,', '110, // the first'), '5:22  JSON has no comments; use "label" and "source"'],
  [
    'a comment of the other kind',
    whole.replace('"number"', '/* the first */ "number"'),
    '5:7  JSON has no comments; use "label" and "source"',
  ],
  [
    'a closing quote too few',
    whole.replace('"A rule"', '"A rule'),
    '6:24  the text does not end in its line; end it with a double quote; a line break inside of it is written \\n',
  ],
  [
    'a text over two lines',
    whole.replace('"A rule"', '"A rule\n  for all"'),
    '6:23  the text does not end in its line; end it with a double quote; a line break inside of it is written \\n',
  ],
  [
    'quotation marks in a text',
    whole.replace('"A rule"', '"A "good" rule"'),
    '6:20  the text ends here, in front of a word; write \\" for a quotation mark inside a text',
  ],
  [
    'a backslash',
    whole.replace('"A rule"', '"A\\rule C:\\docs"'),
    '6:26  a backslash is followed by something JSON does not know; write \\\\ for a backslash',
  ],
  ['a brace too few at the end', whole.slice(0, -2), '11:4  the document ends too early; close what is open'],
  [
    'a backslash before the closing quote',
    whole.replace('"A rule"', '"A rule\\"'),
    '6:26  the text does not end in its line; end it with a double quote; a line break inside of it is written \\n',
  ],
  ['a brace too few in the middle', whole.replace('false }]', 'false ]'), '8:101  a comma or a closing brace is needed here'],
  [
    'a brace too many',
    whole.replace('    }\n  }', '    }\n    }\n  }'),
    '13:1  there is something after the end of the document; remove it',
  ],
  ['a bracket of the wrong kind', whole.replace('false }]', 'false })'), '8:102  a comma or a closing bracket is needed here'],
  ['a misspelt key that is needed', whole.replace('"label"', '"labell"'), '6:7  "labell" means nothing here; did you mean "label"?'],
  [
    'a misspelt key of a condition',
    whole.replace('"operator"', '"operater"'),
    '8:65  "operater" means nothing here; did you mean "operator"?',
  ],
]

describe('one slip, one message', () => {
  it.each(slips)('%s', (_what, text, said) => expect(inWords(text)).toEqual([said]))

  it('and none without', () => expect(inWords(whole)).toEqual([]))

  it('however many there are, each is named', () => {
    const text = whole
      .replace('110,', '110')
      .replace('"A rule"', "'A rule'")
      .replace('engagement.isWilling', 'engagement.iswiling')
      .replace('"ineligible"', '"inelligible"')
      .replace('"Not willing" }', '"Not willing", }')
    expect(inWords(text)).toHaveLength(5)
  })
})

describe('what follows from a mistake is not reported as another', () => {
  it.each([
    [
      'a fact with a mistake, and a rule that asks for it',
      `"facts": { "custom.hasInterpreter": { "number": 9000, "type": "bolean", "label": "x", "question": "x", "source": "x" } }, "conditions": { "a": { "fact": "custom.hasInterpreter", "operator": "equal", "value": true } }`,
    ],
    [
      'a named condition with a mistake, and one that uses it',
      `"conditions": { "a": { "fact": "engagement.isWiling", "operator": "equal", "value": true }, "b": { "not": { "condition": "a" } } }`,
    ],
    [
      'a parameter outside its bounds, and a rule that compares with it',
      `"parameters": { "minimumAge": 15 }, "conditions": { "a": { "fact": "person.ageOnReceipt", "operator": "lessThan", "value": { "fact": "parameter.minimumAge" } } }`,
    ],
    [
      'a parent of another version',
      head
        .replace('"core", "version": "1.0.0"', '"core", "version": "1.0.1"')
        .replace(/^/, '"conditions": { "a": { "fact": "engagement.isWilling", "operator": "equal", "value": true } }, '),
    ],
  ])('%s', (_what, parts) => {
    const text = parts.includes('"id": "ours"') ? `{ ${parts} }` : `{ ${head}, ${parts} }`
    expect(inWords(text)).toHaveLength(1)
  })

  it('where a band begins at no whole number, nothing is said of the one below it', () => {
    const document = JSON.parse(core) as { instrument: { bands: Record<string, Record<string, unknown>> } }
    document.instrument.bands['standard']!['to'] = 19
    document.instrument.bands['medium']!['from'] = 19.5
    expect(validate(JSON.stringify(document, null, 2)).map(({ message }) => message)).toEqual([
      'a whole number is needed here, and this is a number with a fraction',
    ])
  })

  it('where bands overlap, nothing is said of the rules and locks that rest on the instrument', () => {
    const document = JSON.parse(core) as { instrument: { bands: Record<string, Record<string, unknown>> } }
    document.instrument.bands['high']!['from'] = 10
    expect(validate(JSON.stringify(document, null, 2)).map(({ message }) => message)).toEqual(['"high" begins at 10, not above "medium"'])
  })

  it('but a mistake of form does not hide one of meaning', () => {
    const text = `{ ${head}, "titel": "x", "parameters": { "misesAllowed": 1 }, "conditions": { "a": { "fact": "engagement.isWiling", "operator": "equal", "value": true } } }`
    expect(validate(text, [core]).map(({ code }) => code)).toEqual(['unknown-key', 'unknown-parameter', 'unknown-fact'])
  })
})

it('every mistake comes with its line and what to mark', () => {
  const text = whole.replace('engagement.isWilling', 'engagement.isWiling')
  const [found] = validate(text, [core])
  expect(found?.lineText).toBe(text.split('\n')[7])
  expect(text.slice(found?.from, found?.to)).toBe('"fact"')
  expect(validate(undefined as unknown as string)).toMatchObject([{ code: 'not-text', line: 1, column: 1, from: 0, to: 0, lineText: '' }])
})

/** A text that somebody damaged: a few characters taken out, put in twice, or replaced. */
const damaged = fc
  .tuple(
    fc.constantFrom(...shippedIds.filter((id) => id !== 'core'), 'small' as const),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(12),
        fc.constantFrom('', '"', '{', '}', ']', ',', ':', "'", '//', '\n', 'x', '0', 'null', '\\', '“', '\ud800'),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([id, cuts]) =>
    cuts.reduce(
      (text, [at, length, insert]) => {
        const from = at % (text.length + 1)
        return text.slice(0, from) + insert + text.slice(from + length)
      },
      id === 'small' ? whole : shippedText(id),
    ),
  )

describe('whatever somebody did to a text', () => {
  it('a comment that swallows the rest of a line is not complained of once for everything it swallowed', () => {
    const commented = whole.replaceAll('\n', ' ').replace('"all"', '// "all"')
    const found = validate(commented, [core]).map(({ message, line, column }) => `${line}:${column} ${message}`)
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found).size).toBe(found.length)
  })

  it('it is accepted exactly when the loader accepts it; nothing is thrown, nothing is said twice, and places lie in the text', () => {
    let ran = 0
    let refused = 0
    fc.assert(
      fc.property(damaged, (text) => {
        const found = validate(text, [core])
        const errors = found.filter(({ severity }) => severity === 'error')
        expect(errors.length === 0).toBe(load(text, [core]).ok)
        expect(new Set(found.map(({ message, line, column }) => `${line}:${column} ${message}`)).size).toBe(found.length)
        for (const { from, to, lineText, line, column } of found) {
          expect(from <= to && to <= text.length).toBe(true)
          expect(text.split('\n')[line - 1]?.replace(/\r$/, '')).toBe(lineText)
          expect(column).toBeLessThanOrEqual(lineText.length + 2)
        }
        ran++
        if (errors.length > 0) refused++
      }),
      { numRuns: 300 },
    )
    console.log(`damaged texts: ${ran}, refused: ${refused}`)
    expect(refused).toBeGreaterThan(75)
  })
})

describe('behind an operator that is misspelt', () => {
  const said = (condition: string) => inWords(whole.replace(conditions, `"conditions": { "all": [${condition}] }`))
  const value = (line: string) => line.replace(/^\d+:\d+ {2}/, '')

  it.each([
    [
      'a day as people write it',
      '{ "fact": "referral.receivedOn", "operator": "before", "value": "1/9/2026" }',
      /^a day such as "2025-04-01" is needed/,
    ],
    ['a choice that is none', '{ "fact": "factor.escalation", "operator": "is", "value": "presnt" }', /did you mean "present"\?$/],
    ['a number in quotes', '{ "fact": "person.ageOnReceipt", "operator": "lesThan", "value": "21" }', /^a whole number is needed/],
    [
      'a parameter that is not there',
      '{ "fact": "person.ageOnReceipt", "operator": "lesThan", "value": { "fact": "parameter.minimumAg" } }',
      /did you mean "parameter.minimumAge"\?$/,
    ],
    [
      'a choice of a field',
      '{ "fact": "attendance.register", "some": { "path": "$.outcome", "operator": "is", "value": "abscent" } }',
      /did you mean "absent"\?$/,
    ],
    [
      'a count',
      '{ "fact": "attendance.register", "count": { "path": "$.kind", "operator": "equal", "value": "group" }, "operator": ">", "value": "2" }',
      /^a whole number is needed/,
    ],
  ])('a value that fits no operator is pointed out, too: %s', (_what, condition, expected) => {
    const lines = said(condition).map(value)
    expect(lines).toEqual([expect.stringMatching(/^there is no operator/), expect.stringMatching(expected)])
  })

  it('a field of an item that is misspelt is pointed out, too', () => {
    const lines = said('{ "fact": "attendance.register", "some": { "path": "$.outcom", "operator": "is", "value": "absent" } }').map(value)
    expect(lines).toEqual([expect.stringMatching(/^the items have no "outcom"/), expect.stringMatching(/^there is no operator "is"/)])
  })

  it.each([
    ['a list, where one of several may be meant', '{ "fact": "factor.escalation", "operator": "is", "value": ["present", "possible"] }'],
    ['a number of days beside a day', '{ "fact": "referral.receivedOn", "operator": "before", "value": 30 }'],
    ['an element beside a list', '{ "fact": "factor.escalation.sources", "operator": "has", "value": "police" }'],
    ['a list beside a list', '{ "fact": "factor.escalation.sources", "operator": "has", "value": ["police", "self"] }'],
    ['what nobody can have meant', '{ "fact": "person.ageOnReceipt", "operator": "frobnicate", "value": "21" }'],
    ['an operator that looks into a list', '{ "fact": "factor.escalation.sources", "operator": "someFact:is", "value": "police" }'],
  ])('nothing is said of %s', (_what, condition) => {
    expect(said(condition).map(value)).toEqual([expect.stringMatching(/^there is no operator/)])
  })
})
