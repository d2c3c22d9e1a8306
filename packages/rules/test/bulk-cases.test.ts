import { describe, expect, it } from 'vitest'
import { casesFromCsv, casesFromNdjson, factorsToCsv } from '../src/bulk/index.ts'
import { draftOf, put } from './support/drafts.ts'
import { Chance, randomCase } from './support/random-cases.ts'
import { shippedRuleSet } from './support/shipped.ts'

const ruleSet = shippedRuleSet('step-by-step')
const line = (value: unknown) => JSON.stringify(value)
const facts = { 'engagement.isWilling': true }

describe('stored decisions, one a line', () => {
  it('belong together by their case, each to its kind', () => {
    const text = [
      line({ case: 'C-1', kind: 'eligibility', asOf: '2026-05-01', facts }),
      '',
      line({ case: 'C-2', asOf: '2026-05-02', facts: { 'factor.separation': 'present' } }),
      line({ case: 'C-1', kind: 'attendance', asOf: '2026-06-01', facts: {} }),
    ].join('\r\n')
    expect(casesFromNdjson(text, ruleSet)).toEqual({
      issues: [],
      cases: [
        { id: 'C-1', asked: { eligibility: { asOf: '2026-05-01', facts }, attendance: { asOf: '2026-06-01', facts: {} } } },
        { id: 'C-2', asked: { risk: { asOf: '2026-05-02', facts: { 'factor.separation': 'present' } } } },
      ],
    })
  })

  it.each([
    ['{ "case": ', 'invalid-json'],
    ['[]', 'not-a-case', 'a line holds one object: case, kind, asOf, facts'],
    [line({ asOf: '2026-05-01', facts }), 'not-a-case', 'the case has no name'],
    [line({ case: 'C-1', asOf: '2026-02-30', facts }), 'not-a-case', 'the day of the decision is not a day such as "2025-04-01"'],
    [line({ case: 'C-1', asOf: '2026-05-01' }), 'not-a-case', 'the facts are not an object: facts by name'],
    [line({ case: 'C-1', kind: 'riks', asOf: '2026-05-01', facts }), 'not-a-case', 'there is no such kind of rule'],
    [line({ case: 'C-1', asOf: '2026-05-01', fact: {}, facts }), 'not-a-case', '"fact" is not part of a case'],
    [line({ case: 'C-1', asOf: '2026-05-01', facts: {} }), 'not-a-case', 'no rule reads any of the facts of C-1'],
  ])('%s is refused, with its line', (text, code, message?: string) => {
    const { cases, issues } = casesFromNdjson(`\n${text}`, ruleSet)
    expect(cases).toEqual([])
    expect(issues[0]).toMatchObject({ severity: 'error', line: 2, ...(message ? { code, message } : {}) })
  })

  it('a kind that comes twice is refused, and a misspelt fact is a warning: it counts as unknown', () => {
    const twice = line({ case: 'C-1', kind: 'eligibility', asOf: '2026-05-01', facts: { 'engagement.iswilling': true } })
    expect(casesFromNdjson(`${twice}\n${twice}`, ruleSet).issues).toMatchObject([
      { severity: 'warning', code: 'unknown-fact', line: 1, help: 'did you mean "engagement.isWilling"?' },
      { severity: 'warning', line: 2 },
      { severity: 'error', line: 2, message: 'C-1 already has a decision on eligibility' },
    ])
  })
})

describe('a table', () => {
  const read = (text: string) => casesFromCsv(text, ruleSet)

  it('has facts in columns, factors by their id; empty is not asked, ? is not known', () => {
    const { cases, issues } = read(
      '\uFEFFcase,asOf,kind,separation,factor.escalation,separation.sources,separation.lastOccurredOn\r\nC-1,2026-05-01,risk,present,?,self|police,2026-01-01\r\n,,,,,,\r\n"C,""2""",2026-05-02,,,absent,none,\r\n',
    )
    expect(issues).toEqual([])
    expect(cases).toEqual([
      {
        id: 'C-1',
        asked: {
          risk: {
            asOf: '2026-05-01',
            facts: {
              'factor.separation': 'present',
              'factor.escalation': null,
              'factor.separation.sources': ['self', 'police'],
              'factor.separation.lastOccurredOn': '2026-01-01',
            },
          },
        },
      },
      { id: 'C,"2"', asked: { risk: { asOf: '2026-05-02', facts: { 'factor.escalation': 'absent', 'factor.separation.sources': [] } } } },
    ])
  })

  it('may use semicolons, yes and no, and JSON for entries', () => {
    const { cases, issues } = read(
      'case;asOf;engagement.isWilling;programme.themesCompleted;attendance.register\nC-1;2026-05-01;No;9;"[{""session"":""s1"",""outcome"":null}]"',
    )
    expect(issues).toEqual([])
    expect(Object.keys(cases[0]?.asked ?? {})).toEqual(['eligibility', 'attendance', 'completion'])
    expect(cases[0]?.asked.eligibility?.facts).toEqual({
      'engagement.isWilling': false,
      'programme.themesCompleted': 9,
      'attendance.register': [{ session: 's1', outcome: null }],
    })
  })

  it('may have empty cells behind its last heading, as spreadsheets write them', () => {
    const { cases, issues } = read('case,asOf,separation,,\nC-1,2026-05-01,present,,\nC-2,2026-05-01,,\n,,,,,,\nC-3,2026-05-01,absent')
    expect(issues).toMatchObject([{ cell: 'A3', message: 'no rule reads any of the facts of C-2' }])
    expect(cases.map(({ asked }) => asked.risk?.facts)).toEqual([{ 'factor.separation': 'present' }, { 'factor.separation': 'absent' }])
  })

  it.each([
    ['case,asOf,separation,separation\nC-1,2026-05-01,present,', 'D1', 1, '"separation" stands here twice', 'leave one of the two out'],
    ['case,asOf,separation,factor.separation\nC-1,2026-05-01,present,absent', 'D1', 1, '"factor.separation" stands here twice'],
    ['case,asOf,separation,case\nC-1,2026-05-01,present,C-2', 'D1', 1, '"case" stands here twice'],
    ['case,asOf,escallation\nC-1,2026-05-01,present', 'C1', 1, 'the fact catalogue has no "escallation"', 'did you mean "escalation"?'],
    [
      'case,asOf,person.ageOnReceipt\nC-1,2026-05-01,30',
      'C1',
      1,
      '"person.ageOnReceipt" is computed and cannot be given',
      'leave the column out',
    ],
    ['case,escalation\nC-1,present', 'A1', 1, 'there is no column "asOf"'],
    [
      'case,asOf,escalation\nC-1,2026-05-01,presnt',
      'C2',
      2,
      'factor.escalation: one of "absent", "possible", "present" is needed',
      'did you mean "present"?',
    ],
    ['case,asOf,escalation\n\nC-1,2026-5-1,present', 'B3', 3, 'the day of the decision is not a day such as 2025-04-01'],
    ['case,asOf,escalation\n,2026-05-01,present', 'A2', 2, 'the case has no name'],
    ['case,asOf,escalation\nC-1,2026-05-01,present,absent', 'D2', 2, 'this cell stands under no heading'],
    ['case,asOf,kind,escalation\nC-1,2026-05-01,riks,present', 'C2', 2, 'there is no kind of rule "riks"', 'did you mean "risk"?'],
    ['case,asOf,engagement.isWilling\nC-1,2026-05-01,maybe', 'C2', 2, 'engagement.isWilling: yes or no is needed'],
    ['case,asOf,programme.themesCompleted\nC-1,2026-05-01,9.5', 'C2', 2, 'programme.themesCompleted: a whole number is needed'],
    ['case,asOf,escalation\n"C\n1",2026-05-01,x', 'C2', 3, 'factor.escalation: one of "absent", "possible", "present" is needed'],
    ['case,asOf,escalation\nC-1,2026-05-01,"present', 'C2', 2, 'this cell begins with a quote that is never closed'],
    ['case,asOf,escalation\nC-1,2026-05-01,"present"x', 'C2', 2, 'text follows the closing quote'],
    ['case,asOf,escalation\nC-1,2026-05-01,present\nC-1,2026-05-01,absent', 'A3', 3, 'C-1 already has a decision on risk'],
  ])('%j is refused by its cell', (text, cell, at, message, help?: string) => {
    const { issues } = read(text)
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatchObject({ severity: 'error', cell, line: at, message, ...(help ? { help } : {}) })
  })

  it('wide as it may be, names its columns as a spreadsheet does', () => {
    const headings = [
      'case',
      'asOf',
      ...Object.keys(ruleSet.facts).filter((name) => name.startsWith('factor.') && !name.endsWith('.window')),
    ]
    const row = ['C-1', '2026-05-01', ...headings.slice(2).map(() => 'wrong')]
    const cells = read(`${headings.join()}\n${row.join()}`).issues.map(({ cell }) => cell)
    expect([cells[0], cells[23], cells[24], cells[50], cells[71]]).toEqual(['C2', 'Z2', 'AA2', 'BA2', 'BV2'])
  })
})

describe('facts that only a draft knows', () => {
  const draft = draftOf('step-by-step', (document) => {
    put(document, 'facts/custom.hasInterpreter', {
      type: 'boolean',
      number: 9001,
      label: 'Interpreter',
      question: 'Is there one?',
      source: 's',
    })
    put(document, 'safeguarding/alone', {
      number: 900,
      label: 'Nobody to interpret',
      source: 's',
      conditions: { fact: 'custom.hasInterpreter', operator: 'equal', value: false },
      event: { type: 'tell', params: { level: 'same-day', tell: ['partner-service'], within: { amount: 1, unit: 'hours' } } },
    })
  })
  const expected = [{ id: 'C-1', asked: { safeguarding: { asOf: '2026-05-01', facts: { 'custom.hasInterpreter': false } } } }]
  const table = 'case,asOf,custom.hasInterpreter\nC-1,2026-05-01,no'
  const stored = line({ case: 'C-1', asOf: '2026-05-01', facts: { 'custom.hasInterpreter': false } })

  it('are read where it is given, and go to the kinds that it asks', () => {
    expect(casesFromCsv(table, ruleSet, draft)).toEqual({ cases: expected, issues: [] })
    expect(casesFromNdjson(stored, ruleSet, draft)).toEqual({ cases: expected, issues: [] })
    expect(casesFromNdjson(stored.replace('false', '"no"'), ruleSet, draft).issues).toMatchObject([{ severity: 'warning', line: 1 }])
    expect(casesFromCsv(table.replace('Interpreter', 'Interpretr'), ruleSet, draft).issues).toMatchObject([
      { cell: 'C1', code: 'unknown-fact' },
    ])
  })

  it('are unknown to the other', () => {
    expect(casesFromCsv(table, ruleSet).issues).toMatchObject([{ cell: 'C1', code: 'unknown-fact' }])
  })
})

it('entries of a list that are not known are read as such', () => {
  const { cases, issues } = casesFromCsv(
    'case,asOf,separation,separation.sources,attendance.register\nC-1,2026-05-01,present,partner|?,"[null,{""session"":""s1""}]"\n',
    ruleSet,
  )
  expect(issues).toEqual([])
  expect(cases[0]?.asked.risk?.facts).toEqual({
    'factor.separation': 'present',
    'factor.separation.sources': ['partner', null],
    'attendance.register': [null, { session: 's1' }],
  })
  expect(casesFromCsv(factorsToCsv(cases, ruleSet), ruleSet).cases[0]?.asked.risk?.facts['factor.separation.sources']).toEqual([
    'partner',
    null,
  ])
})

it('forms written as a table come back as they were', () => {
  const chance = new Chance(5)
  const cases = Array.from({ length: 300 }, (_, index) => randomCase(`C-${index}, "${index}"`, chance, ruleSet))
  const { cases: read, issues } = casesFromCsv(factorsToCsv(cases, ruleSet), ruleSet)
  expect(issues).toEqual([])
  expect(read).toEqual(cases.map(({ id, asked: { risk } }) => ({ id, asked: { risk } })))
})
