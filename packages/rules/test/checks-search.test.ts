import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../src/checks/index.ts'
import type { FactValue } from '../src/language/facts.ts'
import { load } from '../src/load.ts'
import type { RuleSet } from '../src/rule-set/rule-set.ts'

/** Facts with few values, so that every case there is can be looked at. */
const entry = (number: number, label: string) => ({ number, label, source: 'A test', question: `What of ${label}?` })
const facts = {
  'a.isSo': { type: 'boolean', ...entry(1, 'So') },
  'a.kind': { type: 'choice', choices: ['one', 'two', 'three'], ...entry(2, 'Kind') },
  'a.count': { type: 'integer', minimum: 0, maximum: 4, ...entry(3, 'Count') },
  'a.visits': {
    type: 'list',
    of: { type: 'item', fields: { kind: { type: 'choice', choices: ['home', 'office'], label: 'Kind' } } },
    ...entry(4, 'Visits'),
  },
}
const parameters = {
  least: { type: 'integer', minimum: 0, maximum: 5, value: 2, number: 1, label: 'Least', source: 'A test' },
}

const choice = fc.constantFrom('one', 'two', 'three')
const whole = fc.constantFrom<unknown>(-1, 0, 1, 2, 3, 4, 5, { fact: 'parameter.least' })
const item = fc
  .tuple(fc.constantFrom('equal', 'notEqual'), fc.constantFrom('home', 'office'))
  .map(([operator, value]) => ({ path: '$.kind', operator, value }))
const items = fc.oneof(
  item,
  fc.array(item, { minLength: 1, maxLength: 2 }).map((all) => ({ all })),
  item.map((not) => ({ not })),
)
const leaf: fc.Arbitrary<object> = fc.oneof(
  fc.boolean().map((value) => ({ fact: 'a.isSo', operator: 'equal', value })),
  fc.tuple(fc.constantFrom('equal', 'notEqual', 'not:equal'), choice).map(([operator, value]) => ({ fact: 'a.kind', operator, value })),
  fc.uniqueArray(choice, { minLength: 1 }).map((value) => ({ fact: 'a.kind', operator: 'in', value })),
  fc
    .tuple(fc.constantFrom('equal', 'lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'), whole)
    .map(([operator, value]) => ({ fact: 'a.count', operator, value })),
  fc.tuple(fc.constantFrom('some', 'every', 'none'), items).map(([how, where]) => ({ fact: 'a.visits', [how]: where })),
  fc
    .tuple(items, fc.constantFrom('lessThan', 'equal', 'greaterThanInclusive'), fc.integer({ min: 0, max: 1 }))
    .map(([count, operator, value]) => ({ fact: 'a.visits', count, operator, value })),
)
const { condition } = fc.letrec<{ condition: object }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 2, arbitrary: leaf },
    { weight: 2, arbitrary: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })) },
    { weight: 1, arbitrary: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })) },
    { weight: 1, arbitrary: tie('condition').map((not) => ({ not })) },
    { weight: 1, arbitrary: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((of) => ({ atLeast: 2, of })) },
  ),
}))

const rule = (conditions: object, number: number) => ({
  number,
  label: `Rule ${number}`,
  source: 'A test',
  conditions,
  event: { type: 'ineligible', params: { reason: 'A test' } },
})

function ruleSetOf(conditions: readonly object[]): RuleSet {
  const eligibility = Object.fromEntries(conditions.map((each, index) => [`rule-${index + 1}`, rule(each, index + 1)]))
  const result = load(
    JSON.stringify({ id: 'small', version: '1.0.0', title: 'Small', effectiveFrom: '2026-01-01', facts, parameters, eligibility }),
  )
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result.ruleSet
}

/** Lists of up to four entries, whatever their order. With counts up to one, longer ones say nothing new. */
const entries = ['home', 'office', null].map((kind) => ({ kind }))
const longerBy = (list: readonly number[]) => [0, 1, 2].filter((next) => next >= (list.at(-1) ?? 0)).map((next) => [...list, next])
let places: number[][] = [[]]
const every: number[][] = [[]]
for (let length = 1; length <= 4; length++) {
  places = places.flatMap(longerBy)
  every.push(...places)
}
const lists: FactValue[] = [null, ...every.map((list) => list.map((place) => entries[place] ?? null))]
const cases = [true, false, null].flatMap((isSo) =>
  ['one', 'two', 'three', null].flatMap((kind) =>
    [0, 1, 2, 3, 4, null].flatMap((count) =>
      lists.map((visits) => ({
        facts: { 'a.isSo': isSo, 'a.kind': kind, 'a.count': count, 'a.visits': visits } as Record<string, FactValue>,
        isKnown: !JSON.stringify([isSo, kind, count, visits]).includes('null'),
      })),
    ),
  ),
)

/** What each rule comes to in every case. */
const truths = (ruleSet: RuleSet) =>
  cases.map(({ facts: given, isKnown }) => {
    const { refusedBy, undecided } = ruleSet.kinds.eligibility.decide({ asOf: '2026-01-01', facts: given })
    return { isKnown, of: (id: string) => (refusedBy.includes(id) ? 'true' : undecided.includes(id) ? 'unknown' : 'false') }
  })

describe('what is said of rules, against every case there is', () => {
  it('is true, and nothing of it is left unsaid', () => {
    const said = { 'never-fires': 0, 'always-fires': 0, 'shadowed-rule': 0, 'duplicate-rule': 0, 'contradictory-eligibility': 0 }
    let looked = 0
    fc.assert(
      fc.property(fc.array(condition, { minLength: 2, maxLength: 3 }), (conditions) => {
        const ruleSet = ruleSetOf(conditions)
        const seen = truths(ruleSet)
        looked += seen.length
        const ids = conditions.map((_, index) => `rule-${index + 1}`)
        const found = checkRuleSet(ruleSet)
        const about = (code: string) => found.filter((each) => each.code === code).map(({ at }) => at.split('/')[2] ?? '')
        const never = ids.filter((id) => seen.every((each) => each.of(id) !== 'true'))
        const always = ids.filter((id) => seen.every((each) => !each.isKnown || each.of(id) === 'true'))
        const implies = (one: string, other: string) => seen.every((each) => each.of(one) !== 'true' || each.of(other) === 'true')
        const isAlive = (id: string) => !never.includes(id)
        const needless = ids.filter(
          (one) => isAlive(one) && ids.some((other) => other !== one && implies(one, other) && !implies(other, one)),
        )
        const twice = ids.filter(
          (one, index) => isAlive(one) && ids.slice(0, index).some((other) => implies(one, other) && implies(other, one)),
        )
        const nobody = seen.every((each) => !each.isKnown || ids.some((id) => each.of(id) === 'true'))
        expect(about('not-decided')).toEqual([])
        expect(about('never-fires')).toEqual(never)
        expect(about('always-fires')).toEqual(always)
        // Rules without a common fact are not compared: the one is then always or never true, which is said.
        expect(needless).toEqual(expect.arrayContaining(about('shadowed-rule')))
        expect(twice).toEqual(expect.arrayContaining(about('duplicate-rule')))
        const share = (one: string, other: string) => sharesFact(conditions[ids.indexOf(one)], conditions[ids.indexOf(other)])
        for (const one of needless)
          if (ids.some((other) => other !== one && share(one, other) && implies(one, other) && !implies(other, one)))
            expect(about('shadowed-rule')).toContain(one)
        expect(about('contradictory-eligibility').length > 0).toBe(nobody)
        const culprits = found.find(({ code }) => code === 'contradictory-eligibility')?.witness
        if (culprits?.is === 'rules') {
          const refuse = (of: readonly string[]) => seen.every((each) => !each.isKnown || of.some((id) => each.of(id) === 'true'))
          const set = culprits.rules.map((each) => each.rule)
          expect(refuse(set)).toBe(true)
          const smaller = subsets(ids).filter((each) => each.length < set.length)
          expect(smaller.filter(refuse)).toEqual([])
        }
        for (const code of Object.keys(said) as (keyof typeof said)[]) said[code] += about(code).length
      }),
      { numRuns: 50 },
    )
    console.log(`cases looked at: ${looked}; said: ${JSON.stringify(said)}`)
    expect(Object.values(said).reduce((sum, count) => sum + count)).toBeGreaterThan(5)
  })
})

const sharesFact = (one: object | undefined, other: object | undefined): boolean =>
  Object.keys(facts).some((name) => JSON.stringify(one).includes(`"${name}"`) && JSON.stringify(other).includes(`"${name}"`))

const subsets = (values: readonly string[]): string[][] =>
  values.reduce<string[][]>((found, value) => [...found, ...found.map((set) => [...set, value])], [[]]).filter((set) => set.length > 0)
