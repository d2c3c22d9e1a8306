import { readFileSync } from 'node:fs'
import { getLanguageService, TextDocument } from 'vscode-json-languageservice'
import { describe, expect, it } from 'vitest'
import { complete, hover, schemaOf, validate } from '../src/authoring/index.ts'
import { load } from '../src/load.ts'
import { shippedIds, shippedRuleSet, shippedText } from './support/shipped.ts'

const core = shippedText('core')

/** `¦` is where the cursor stands. */
const document = (rest: string) => `{
  "id": "riverside",
  "version": "1.0.0",
  "title": "Riverside",
  "effectiveFrom": "2026-09-01",
  "extends": { "id": "core", "version": "1.0.0" },
  "facts": {
    "custom.groupLanguage": {
      "number": 5010, "type": "choice", "choices": ["welsh", "english"], "label": "Language of the group",
      "question": "In which language would the person join a group?", "source": "Riverside, referral form"
    }
  },
  ${rest}
}`
const condition = (text: string) => document(`"conditions": { "here": ${text} }`)
const rule = (text: string) => document(`"eligibility": { "a-rule": { "number": 110, "label": "A rule", "source": "A policy", ${text} } }`)

async function completed(marked: string) {
  const offset = marked.indexOf('¦')
  return complete(marked.replace('¦', ''), offset, [core])
}
const labels = async (marked: string) => (await completed(marked)).map(({ label }) => label)
async function hovered(marked: string) {
  const offset = marked.indexOf('¦')
  return (await hover(marked.replace('¦', ''), offset, [core]))?.words
}

describe('what an editor offers', () => {
  it('as a fact: those of the document, of what it extends and of the instrument, in order, each with label, type and source', async () => {
    const offers = await completed(condition('{ "fact": "¦" }'))
    const own = offers.find(({ label }) => label === 'custom.groupLanguage')
    expect(own).toMatchObject({
      words: 'Language of the group. One of "welsh", "english". Source: Riverside, referral form.',
      insert: '"custom.groupLanguage"',
    })
    expect(offers.find(({ label }) => label === 'factor.coercive-control')?.words).toMatch(
      /^\S.*One of "absent", "possible", "present"\. Source: /,
    )
    expect(offers.find(({ label }) => label === 'person.ageOnReceipt')?.words).toContain('A whole number of years, 0 to 130.')
    expect(offers.find(({ label }) => label === 'parameter.minimumAge')?.words).toContain('Set to 16.')
    expect(offers.length).toBeGreaterThan(100)
  })

  it.each([
    ['a choice', '"fact": "custom.groupLanguage"', ['equal', 'notEqual', 'in', 'notIn']],
    [
      'a day',
      '"fact": "person.bornOn"',
      ['equal', 'notEqual', 'in', 'notIn', 'lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive', 'withinDays'],
    ],
    ['true or false', '"fact": "engagement.isWilling"', ['equal', 'notEqual', 'in', 'notIn']],
  ])('as an operator: those that can be asked of %s', async (_what, fact, expected) => {
    expect(await labels(condition(`{ ${fact}, "operator": "¦" }`))).toEqual(expected)
  })

  it('for a list: what is asked of it, and what is asked of its entries', async () => {
    const offers = await labels(condition('{ "fact": "factor.escalation.sources", "operator": "¦" }'))
    expect(offers).toContain('contains')
    expect(offers).toContain('someFact:in')
    expect(offers).not.toContain('lessThan')
  })

  const comparing = ['equal', 'notEqual', 'in', 'notIn', 'lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive']
  it.each([
    ['an item', '"some": { "operator": "¦" }', [...comparing, 'withinDays']],
    ['an item in a group', '"count": { "all": [{ "not": { "operator": "¦" } }] }', [...comparing, 'withinDays']],
    ['an item of which the field is misspelt', '"some": { "path": "$.kinds", "operator": "¦" }', [...comparing, 'withinDays']],
    ['a field of an item, one of few', '"some": { "path": "$.kind", "operator": "¦" }', ['equal', 'notEqual', 'in', 'notIn']],
  ])('as an operator about %s: what can be asked of its field, or while there is none, of any', async (_what, text, expected) => {
    expect(await labels(condition(`{ "fact": "attendance.register", ${text} }`))).toEqual(expected)
  })

  it('beside a list of items: how many of them fit, what is asked of a field of each, and the operators of both', async () => {
    expect(await labels(condition('{ "fact": "attendance.register", ¦ }'))).toEqual(
      expect.arrayContaining(['path', 'some', 'every', 'none', 'count']),
    )
    const offers = await labels(condition('{ "fact": "attendance.register", "operator": "¦" }'))
    expect(offers).toEqual(expect.arrayContaining(['someFact:withinDays', 'everyFact:in', 'greaterThan']))
    expect(offers).not.toContain('contains')
    expect(new Set(offers).size).toBe(offers.length)
  })

  it.each([
    ['the choices of the fact', '{ "fact": "custom.groupLanguage", "operator": "equal", "value": "¦" }', ['welsh', 'english']],
    ['the answers of a factor', '{ "fact": "factor.escalation", "operator": "equal", "value": "¦" }', ['absent', 'possible', 'present']],
    ['true and false', '{ "fact": "engagement.isWilling", "operator": "equal", "value": ¦ }', ['true', 'false']],
    [
      'fields of the items of a list',
      '{ "fact": "attendance.register", "some": { "path": "¦" } }',
      ['$.session', '$.kind', '$.date', '$.outcome'],
    ],
    [
      'values of such a field',
      '{ "fact": "attendance.register", "some": { "path": "$.kind", "operator": "equal", "value": "¦" } }',
      ['group', 'one-to-one'],
    ],
    ['named conditions', '{ "condition": "¦" }', ['separation-control-violence', 'here']],
  ])('as a value: %s', async (_what, text, expected) => {
    expect((await labels(condition(text))).filter((label) => !label.startsWith('{'))).toEqual(expected)
  })

  it('to compare with: parameters first, and only what can be compared', async () => {
    const offers = await labels(condition('{ "fact": "person.ageOnReceipt", "operator": "lessThan", "value": { "fact": "¦" } }'))
    expect(offers[0]).toMatch(/^parameter\./)
    expect(offers).toContain('parameter.minimumAge')
    expect(offers).not.toContain('parameter.areasServed')
    expect(offers).not.toContain('person.bornOn')
  })

  it('parameters with their bounds and the value they have, ready to be changed', async () => {
    const offers = await completed(document('"parameters": { ¦ }'))
    const found = offers.find(({ label }) => label === 'reviewAtMisses')
    expect(found?.words).toBe(
      'Misses that call for a review of the place. A whole number of misses, 1 to 12; 3 so far. Source: Plumbline design: no national figure was found.',
    )
    expect(found?.insert).toBe('"reviewAtMisses": 3')
  })

  it('events of the kind, and what comes with one', async () => {
    expect(await labels(rule('"event": { "type": "¦" }'))).toEqual(['ineligible', 'human-review'])
    expect(await labels(rule('"event": { "type": "human-review", "params": { ¦ } }'))).toEqual(['reason', 'whom', 'locked'])
  })

  it('rules that may be replaced, whole, and rules that may be removed; never what is locked', async () => {
    const replaced = await completed(document('"eligibility": { ¦ }'))
    expect(replaced.map(({ label }) => label)).toContain('resident-in-area')
    expect(replaced.map(({ label }) => label)).not.toContain('under-16')
    expect(JSON.parse(`{${replaced.find(({ label }) => label === 'resident-in-area')?.insert}}`)).toMatchObject({
      'resident-in-area': { replaces: true, number: 40 },
    })
    const removed = await labels(document('"remove": { "eligibility": { ¦ } }'))
    expect(removed).toContain('resident-in-area')
    expect(removed).not.toContain('under-16')
  })

  it('kinds, facts of an example, and bands', async () => {
    expect(await labels(document('"examples": { "it works": { "kind": "¦" } }'))).toContain('eligibility')
    expect(await labels(document('"examples": { "it works": { "facts": { ¦ } } }'))).toContain('custom.groupLanguage')
    const band = document('"risk": { "a-rule": { "event": { "type": "band-at-least", "params": { "band": "¦" } } } }')
    expect(await labels(band)).toEqual(['standard', 'medium', 'high', 'very-high'])
  })

  it('in a document that is broken elsewhere', async () => {
    expect(
      await labels(
        `${condition('{ "fact": "custom.groupLanguage", "operator": "equal", "value": "¦" }').slice(0, -4)}, "parameters": { "misesAllowed": 1,`,
      ),
    ).toEqual(['welsh', 'english'])
  })
})

describe('what an editor says of the thing under the cursor', () => {
  it.each([
    [
      'a fact',
      condition('{ "fact": "custom.group¦Language", "operator": "equal", "value": "welsh" }'),
      'Language of the group. One of "welsh", "english". Source: Riverside, referral form.',
    ],
    ['an operator', condition('{ "fact": "person.ageOnReceipt", "operator": "greaterThan¦Inclusive", "value": 18 }'), 'is at least'],
    ['a parameter', document('"parameters": { "minimum¦Age": 18 }'), 'A whole number of years, 16 to 30; 16 so far.'],
    [
      'a rule that is removed',
      document('"remove": { "eligibility": { "resident-¦in-area": "from anywhere" } }'),
      'Write why it does not hold here.',
    ],
    [
      'a rule that is replaced',
      document('"eligibility": { "no-history-of-¦abuse": { "replaces": true } }'),
      'Holds when: Has abused a partner or ex-partner: no.',
    ],
    [
      'a fact of an example',
      document('"examples": { "it works": { "facts": { "person.born¦On": "1990-02-14" } } }'),
      'When was the person born?',
    ],
  ])('%s', async (_what, text, expected) => expect(await hovered(text)).toContain(expected))

  it('nothing where there is nothing to say', async () => expect(await hovered('{ "x": 1 } ¦')).toBeUndefined())
})

describe('while somebody types', () => {
  const inParameters = document('"parameters": { ¦ }')
  const inFacts = document('"parameters": {}').replace('"custom.groupLanguage": {', '"custom.¦": {')
  /** Nothing that was remembered of another text serves this one: it was never seen, and everything stands in the same place. */
  const anew = (text: string, letter: number) => text.replace('"Riverside"', `"River${String(letter).padStart(4, '0')}"`)

  it.each<[string, string, string]>([
    ['a fact', condition('{ "fact": "¦" }'), 'person.ageOnReceipt'],
    [
      'a fact that nothing is called by, and beside it a value',
      condition('{ "fact": "¦", "operator": "equal", "value": true }'),
      'engagment',
    ],
    ['a named condition', condition('{ "condition": "¦" }'), 'here'],
    ['true', condition('{ "fact": "engagement.isWilling", "operator": "equal", "value": ¦ }'), 'true'],
    ['a parameter', inParameters, '"minimumAge"'],
    ['the name of a fact of their own', inFacts, 'groupLanguage'],
    [
      'the name of a rule of their own',
      rule(
        '"conditions": { "fact": "engagement.isWilling", "operator": "equal", "value": true }, "event": { "type": "ineligible" }',
      ).replace('"a-rule"', '"¦"'),
      'a-rule',
    ],
    ['what it builds on', document('"parameters": { "minimumAge": 18 }').replace('"id": "core"', '"id": "¦"'), 'core'],
  ])('the letters of %s bring what they would bring in a text that was never seen', async (_what, marked, word) => {
    const offset = marked.indexOf('¦')
    for (const length of [0, 1, word.length - 1, word.length]) {
      const text = marked.replace('¦', word.slice(0, length))
      const at = offset + length
      expect(await complete(text, at, [core])).toEqual(await complete(anew(text, length), at, [core]))
      expect(await hover(text, at, [core])).toEqual(await hover(anew(text, 500 + length), at, [core]))
    }
  })

  it('what is written elsewhere, or in what it builds on, counts at once', async () => {
    const offered = (more: string) => labels(document(`"conditions": { "here": { "fact": "¦" } }${more}`))
    expect(await offered('')).not.toContain('parameter.patience')
    const patience = '{ "type": "integer", "number": 900, "label": "Patience", "source": "Riverside", "value": 1 }'
    expect(await offered(`, "parameters": { "patience": ${patience} }`)).toContain('parameter.patience')
    expect(await offered('')).not.toContain('parameter.patience')
    const marked = condition('{ "fact": "¦" }')
    const renamed = core.replaceAll('"referral.basis"', '"referral.ground"')
    const of = async (parent: string) => (await complete(marked.replace('¦', ''), marked.indexOf('¦'), [parent])).map(({ label }) => label)
    expect(await of(core)).toContain('referral.basis')
    expect(await of(renamed)).toContain('referral.ground')
  })
})

/** What VS Code does with a schema in a file: the same service, and nothing of ours but the schema. */
function inVsCode(text: string, schema: object) {
  const service = getLanguageService({ schemaRequestService: () => Promise.resolve(JSON.stringify(schema)) })
  service.configure({
    validate: true,
    allowComments: false,
    schemas: [{ uri: 'schema://names', fileMatch: ['*'], schema: structuredClone(schema) }],
  })
  const page = TextDocument.create('file:///riverside.json', 'json', 1, text)
  return { service, page, json: service.parseJSONDocument(page) }
}

describe('with the schema alone, as an editor has it from `plumbline rules schema`', () => {
  it('completion at "fact" offers a fact of their own and the labels of factors', async () => {
    const loaded = load(condition('{ "fact": "custom.groupLanguage", "operator": "equal", "value": "welsh" }'), [core])
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues))
    const marked = condition('{ "fact": "¦" }')
    const { service, page, json } = inVsCode(marked.replace('¦', ''), schemaOf(loaded.ruleSet))
    const list = await service.doComplete(page, page.positionAt(marked.indexOf('¦')), json)
    const said = new Map(list?.items.map(({ label, documentation }) => [label, documentation]))
    expect(said.get('"custom.groupLanguage"')).toContain('Language of the group')
    expect(said.get('"factor.escalation"')).toContain(loaded.ruleSet.document.instrument?.factors['escalation']?.label)
  })

  it.each(shippedIds)('it finds nothing wrong with %s', async (id) => {
    const { service, page, json } = inVsCode(shippedText(id), schemaOf(shippedRuleSet(id)))
    expect(await service.doValidation(page, json)).toEqual([])
  })

  it('where it finds a mistake, so do we: the one voice leaves nothing out', async () => {
    let looked = 0
    for (const name of ['names', 'types', 'overlay', 'locks', 'instrument']) {
      const text = readFileSync(new URL(`../../cli/examples/mistakes/${name}.json`, import.meta.url), 'utf8')
      const { service, page, json } = inVsCode(text, schemaOf(shippedRuleSet('core')))
      const ours = validate(text, [core])
      const lines = new Set(ours.map(({ line }) => line))
      // We say that a key is missing where it stands misspelt, and that a fact has the wrong name where it is defined.
      const theirs = (await service.doValidation(page, json)).filter(
        ({ message, range }) =>
          !String(message).startsWith('Missing property') &&
          !ours.some(({ code, at }) => code === 'fact-name' && at === `/facts/${page.getText(range).replaceAll('"', '')}`),
      )
      expect(theirs.filter(({ range }) => !lines.has(range.start.line + 1))).toEqual([])
      looked += theirs.length
    }
    console.log(`mistakes that a schema can see: ${looked}`)
    expect(looked).toBeGreaterThan(10)
  })
})
