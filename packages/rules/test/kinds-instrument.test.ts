import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts, FactValue } from '../src/language/facts.ts'
import type { Condition } from '../src/language/condition.ts'
import { type Loose, put } from './support/drafts.ts'
import type { Document } from '../src/rule-set/document.ts'
import { issuesOf, loaded } from './support/kinds.ts'
import { pattern, present, small } from './support/small-instrument.ts'
import refusals from './kinds-instrument-refusals.json' with { type: 'json' }

describe('another instrument', () => {
  const ruleSet = loaded(small)

  it('decides with its own number of factors, bands and patterns', () => {
    const facts: Facts = {
      'factor.f-a': 'present',
      'factor.f-b': 'absent',
      'factor.f-c': 'present',
      'factor.f-d': 'absent',
      'factor.f-e': null,
    }
    expect(ruleSet.decide('risk', { asOf: '2026-05-01', facts })).toMatchObject({
      status: 'prorated',
      score: { points: 10, of: 14 },
      scoreRange: { atLeast: { points: 10, of: 22 }, atMost: { points: 18, of: 22 } },
      scoreBand: 'amber',
      band: { atLeast: 'red', atMost: 'red' },
      patterns: [{ rule: 'pair', band: 'red' }],
      deciding: [],
      reviewWithinDays: 7,
      statement: 'Invented for a test.',
    })
  })

  it('has no score, nor a band of it, where nothing at all is answered, however many answers may be missing', () => {
    const missing = { prorated: 5, provisional: 5, provisionalReviewDays: 10 }
    const lenient = loaded({ ...small, instrument: { ...small.instrument!, missing } })
    expect(lenient.decide('risk', { asOf: '2026-05-01', facts: {} })).toMatchObject({
      status: 'insufficient',
      score: null,
      scoreBand: null,
      band: { atLeast: 'green', atMost: 'red' },
      reviewWithinDays: 7,
    })
    expect(lenient.decide('risk', { asOf: '2026-05-01', facts: { 'factor.f-a': 'absent' } })).toMatchObject({
      status: 'provisional',
      score: { points: 0, of: 6 },
      scoreBand: 'green',
    })
  })

  it('asks for an answer that is possible to be verified, by when its own parameter says', () => {
    const facts: Facts = { 'factor.f-b': 'possible' }
    const within = (parameter?: object) =>
      loaded({ ...small, parameters: { ...small.parameters, ...(parameter ? { verifyWithinWorkingDays: parameter } : {}) } } as Document)
        .decide('risk', { asOf: '2026-05-01', facts })
        .tasks.map(({ factor, within: until }) => [factor, until])
    const parameter = { number: 2, label: 'Verify within', source: 'test' }
    expect(within()).toEqual([['f-b', { amount: 5, unit: 'working-days' }]])
    expect(within({ ...parameter, type: 'integer', value: 2 })).toEqual([['f-b', { amount: 2, unit: 'working-days' }]])
    expect(within({ ...parameter, type: 'text', value: 'soon' })).toEqual([['f-b', { amount: 5, unit: 'working-days' }]])
  })

  it.each(refusals as Refusal[])('is refused, or not, for: $description', ({ put: changes, says }) => {
    const changed = structuredClone(small) as unknown as Loose
    for (const [path, value] of Object.entries(changes)) put(changed, path, value ?? undefined)
    const told = issuesOf(changed).map(({ at, code, message, help }) => `${at} ${code}: ${message}${help === undefined ? '' : `; ${help}`}`)
    expect(told.sort()).toEqual(says)
  })
})

/** Paths into the small instrument above, with what is put there; null takes away. */
type Refusal = { description: string; put: Record<string, unknown>; says: string[] }

describe('ranges and deciding factors, against every way of answering', () => {
  it('are exact where worse answers never undo a pattern, and never too narrow where they do', () => {
    let compared = 0
    fc.assert(
      fc.property(fc.array(patterns(conditions(false)), { maxLength: 3 }), forms, (rules, form) => {
        compared += compare(rules, form, 'exact')
      }),
      { numRuns: 700 },
    )
    fc.assert(
      fc.property(fc.array(patterns(conditions(true)), { maxLength: 3 }), forms, (rules, form) => {
        compared += compare(rules, form, 'not-too-narrow')
      }),
      { numRuns: 300 },
    )
    console.log(`forms compared with all their completions: ${compared}`)
    expect(compared).toBe(1000)
  })
})

const names = ['f-a', 'f-b', 'f-c', 'f-d', 'f-e']
const bands = ['green', 'amber', 'red']
const ways: readonly [FactValue, string][] = [
  ['absent', ''],
  ['possible', '2019-03-01'],
  ['possible', '2026-04-01'],
  ['present', '2019-03-01'],
  ['present', '2026-04-01'],
]
const forms = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 5, maxLength: 5 })

const patterns = (condition: fc.Arbitrary<Condition>) => fc.record({ condition, band: fc.constantFrom('amber', 'red') })

function conditions(mayUndo: boolean): fc.Arbitrary<Condition> {
  const factor = fc.constantFrom(...names)
  const leaf = fc.oneof(
    factor.map(present),
    factor.map((id): Condition => ({ all: [present(id), { fact: `factor.${id}.window`, operator: 'equal', value: 'recent' }] })),
    factor.map((id): Condition => ({ fact: `factor.${id}`, operator: 'in', value: ['possible', 'present'] })),
  )
  const group = fc.oneof(
    fc.array(leaf, { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
    fc.tuple(leaf, fc.array(leaf, { minLength: 1, maxLength: 3 })).map(([first, any]): Condition => ({ all: [first, { any }] })),
  )
  return mayUndo
    ? fc.oneof(
        group,
        group.map((not): Condition => ({ not })),
      )
    : group
}

function factsOf(form: readonly number[]): Facts {
  const facts: Record<string, FactValue> = {}
  form.forEach((way, index) => {
    const [answer, on] = ways[way] ?? [null, '']
    facts[`factor.${names[index]}`] = answer
    if (on !== '') facts[`factor.${names[index]}.lastOccurredOn`] = on
  })
  return facts
}

/** Every complete form that the open answers leave possible, with its band. */
function completions(form: readonly number[]): number[][] {
  return form.reduce<number[][]>(
    (found, way) => found.flatMap((begun) => (way < 0 ? [0, 1, 2, 3, 4] : [way]).map((each) => [...begun, each])),
    [[]],
  )
}

function compare(rules: readonly { condition: Condition; band: string }[], form: readonly number[], how: 'exact' | 'not-too-narrow'): 1 {
  const risk = Object.fromEntries(rules.map(({ condition, band }, index) => [`p-${'xyz'[index]}`, pattern(index + 1, condition, band)]))
  const ruleSet = loaded({ ...small, risk })
  const bandOf = (answers: readonly number[]) =>
    bands.indexOf(ruleSet.decide('risk', { asOf: '2026-05-01', facts: factsOf(answers) }).band.atLeast)
  const all = completions(form).map((answers) => ({ answers, band: bandOf(answers) }))
  const outcome = ruleSet.decide('risk', { asOf: '2026-05-01', facts: factsOf(form) })
  const lowest = Math.min(...all.map(({ band }) => band))
  const highest = Math.max(...all.map(({ band }) => band))
  const byAnswers = new Map(all.map(({ answers, band }) => [answers.join(), band]))
  const matters = (index: number) =>
    all.some(({ answers, band }) =>
      ways.some((_, way) => byAnswers.get(answers.map((each, at) => (at === index ? way : each)).join()) !== band),
    )
  const deciding = names.filter((_, index) => (form[index] ?? 0) < 0 && matters(index))
  const range = [bands.indexOf(outcome.band.atLeast), bands.indexOf(outcome.band.atMost)] as const
  expect(outcome.deciding).toEqual(deciding)
  if (how === 'exact') expect(range).toEqual([lowest, highest])
  else {
    expect(range[0]).toBeLessThanOrEqual(lowest)
    expect(range[1]).toBeGreaterThanOrEqual(highest)
  }
  return 1
}
