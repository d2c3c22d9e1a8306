import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition } from '../src/language/condition.ts'
import type { Facts } from '../src/language/facts.ts'
import { ourProgram } from './support/engine.ts'
import { scopeWith } from './support/catalogue.ts'
import { knownFacts, ruleSet } from './support/random-rules.ts'

const asOf = '2026-05-01'
type Rules = Record<string, Condition>
const oneByOne = (program: ReturnType<typeof ourProgram>, facts: Facts) => {
  const slots = program.read({ asOf, facts })
  return program.ids.map((_, index) => program.truth(slots, index))
}

/** Missing, of the wrong type, inherited, or in another order now and then. */
const disturbance = fc.record({
  wrong: fc.array(fc.constantFrom(undefined, undefined, undefined, null, 7, 1.5, 'x', true, [], [null], 'tcour', 'tnesba'), {
    minLength: 13,
    maxLength: 13,
  }),
  isReversed: fc.boolean(),
  isInherited: fc.boolean(),
})

function disturbed(
  full: Facts,
  { wrong, isReversed, isInherited }: { wrong: unknown[]; isReversed: boolean; isInherited: boolean },
): Facts {
  const entries = Object.entries(full)
    .map(([name, value], i) => [name, wrong[i] === undefined ? value : wrong[i]] as const)
    .filter(([name]) => !isInherited || name !== 'person.isWilling')
  const facts = Object.fromEntries(isReversed ? entries.toReversed() : entries) as Facts
  return isInherited ? (Object.assign(Object.create({ 'person.isWilling': true }) as object, facts) as Facts) : facts
}

test('all conditions at once come out as one by one, whatever the facts look like', () => {
  const seen = [0, 0, 0]
  const cases = fc.record({
    ruleSet,
    facts: fc.array(fc.tuple(knownFacts, disturbance), { minLength: 3, maxLength: 3 }),
    number: fc.nat(3),
  })
  fc.assert(
    fc.property(cases, ({ ruleSet: { rules, conditions }, facts, number }) => {
      const of = Object.values(rules)
      const counted: Rules = { counted: { atLeast: number, of }, other: { not: { atLeast: Math.max(1, number), of: [...of, ...of] } } }
      const program = ourProgram({ ...rules, ...(number > 0 ? counted : {}) }, scopeWith(conditions))
      for (const [full, how] of facts) {
        const given = disturbed(full, how)
        const expected = oneByOne(program, given)
        expect(program.truths({ asOf, facts: given })).toEqual(expected)
        for (const truth of expected) seen[truth]!++
      }
    }),
    { numRuns: 3_000, seed: 11 },
  )
  console.log(`conditions compared: ${seen.join(' false, unknown, true ')}`)
  for (const count of seen) expect(count).toBeGreaterThan(3_000)
})

test('deciding another case in the middle of one disturbs neither', () => {
  const rules: Rules = { willing: { all: [{ fact: 'person.isWilling', operator: 'equal', value: true }] } }
  const program = ourProgram(rules, scopeWith({}))
  let inner: readonly number[] = []
  const facts = {
    'person.isWilling': true,
    get 'person.isResident'() {
      inner = program.truths({ asOf, facts: { 'person.isWilling': false } })
      return null
    },
  } as Facts
  // The first time the order of the names is new, the second time it is known.
  for (let times = 0; times < 2; times++) expect([program.truths({ asOf, facts }), inner]).toEqual([[2], [0]])
  const failing = {
    get 'person.isWilling'(): boolean {
      throw new Error('closed')
    },
  } as Facts
  expect(() => program.truths({ asOf, facts: failing })).toThrow('closed')
  expect(program.truths({ asOf, facts: { 'person.isWilling': true } })).toEqual([2])
})

const [FALSE, UNKNOWN, TRUE] = [0, 1, 2]

/** Values of a number from 0 to 20, those that are none last. */
const numbers = [0, 1, 7, 19, 20, -1, 21, 1.5, '7', true, null, undefined]

test.each([1, 16, 31, 32, 33, 63, 64, 65, 130])('%i comparisons of two facts, of which one may be out of its bounds', (count) => {
  const limits = Array.from({ length: count }, (_, index) => index % 21)
  const compared = limits.map(
    (value, index): Condition =>
      index % 2 === 0
        ? { all: [{ fact: 'person.children', operator: 'lessThan', value }] }
        : { all: [{ fact: 'person.isWilling', operator: 'equal', value: value % 3 === 0 }] },
  )
  const program = ourProgram(Object.fromEntries(compared.map((each, index) => [`rule-${index}`, each])), scopeWith({}))
  for (const children of numbers) {
    for (const willing of [true, false, null, 'yes']) {
      const expected = limits.map((value, index) => {
        const isKnown = index % 2 === 0 ? numbers.indexOf(children) < 5 : typeof willing === 'boolean'
        const holds = index % 2 === 0 ? (children as number) < value : willing === (value % 3 === 0)
        return isKnown ? (holds ? TRUE : FALSE) : UNKNOWN
      })
      const facts = { 'person.isWilling': willing, 'person.children': children } as Facts
      expect(program.truths({ asOf, facts })).toEqual(expected)
      expect(oneByOne(program, facts)).toEqual(expected)
      // In the other order, and with a fact between them that nobody looks at.
      const other = { 'person.children': children, 'person.area': 'Camden', 'person.isWilling': willing } as Facts
      expect(program.truths({ asOf, facts: other })).toEqual(expected)
      expect(oneByOne(program, other)).toEqual(expected)
    }
  }
})

test('what is inherited was not supplied', () => {
  const program = ourProgram({ willing: { all: [{ fact: 'person.isWilling', operator: 'equal', value: true }] } }, scopeWith({}))
  const own = { 'person.isWilling': true }
  const results = [own, Object.create(own), Object.assign(Object.create(null) as object, own), Object.create({}), own].map((facts) => [
    program.truths({ asOf, facts: facts as Facts }),
    oneByOne(program, facts as Facts),
  ])
  expect(results).toEqual([TRUE, UNKNOWN, TRUE, UNKNOWN, TRUE].map((truth) => [[truth], [truth]]))
})
