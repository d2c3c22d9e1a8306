import fc from 'fast-check'
import { expect, test } from 'vitest'
import { truthWord } from '../src/language/index.ts'
import { ourProgram } from './support/engine.ts'
import { scopeWith } from './support/catalogue.ts'
import { knownFacts, ruleSet, withheld } from './support/random-rules.ts'

const asOf = '2026-05-01'
const cases = fc.record({
  ruleSet,
  full: knownFacts,
  hidden: fc.array(fc.boolean(), { minLength: 13, maxLength: 13 }),
  isNull: fc.boolean(),
})

test('what is known with some facts withheld stays so when they are supplied', () => {
  let known = 0
  fc.assert(
    fc.property(cases, ({ ruleSet: { rules, conditions }, full, hidden, isNull }) => {
      const program = ourProgram(rules, scopeWith(conditions))
      const partial = program.read({ asOf, facts: withheld(full, hidden, isNull) })
      const complete = program.read({ asOf, facts: full })
      for (let index = 0; index < program.ids.length; index++) {
        const truth = program.truth(partial, index)
        // The trace counts the results of every branch; the decision stops as soon as it can.
        expect(program.trace(partial, index).result).toBe(truthWord(truth))
        if (truth === 1) continue
        known++
        expect(program.truth(complete, index)).toBe(truth)
      }
    }),
    { numRuns: 4000, seed: 7 },
  )
  expect(known).toBeGreaterThan(1000)
})

test('a fact that a result is not said to wait for is never what it waits for', () => {
  let asked = 0
  let spared = 0
  fc.assert(
    fc.property(cases, ({ ruleSet: { rules, conditions }, full, hidden }) => {
      const program = ourProgram(rules, scopeWith(conditions))
      const partial = program.read({ asOf, facts: withheld(full, hidden, true) })
      for (let index = 0; index < program.ids.length; index++) {
        const needs = program.dependsOn(partial, index)
        expect(needs.length > 0).toBe(program.truth(partial, index) === 1)
        for (const [i, name] of Object.keys(full).entries()) {
          if (!hidden[i] || needs.includes(name)) continue
          const onlyThis = program.read({
            asOf,
            facts: withheld(
              full,
              hidden.map((_, at) => at === i),
              true,
            ),
          })
          expect(program.truth(onlyThis, index), `${name} with everything else known`).not.toBe(1)
          spared++
        }
        asked += needs.length
      }
    }),
    { numRuns: 2000, seed: 8 },
  )
  expect(asked).toBeGreaterThan(1000)
  expect(spared).toBeGreaterThan(1000)
})
