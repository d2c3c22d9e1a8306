import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf, factsWithDerived, ourProgram, realEngine, type TheirTrace } from './support/engine.ts'
import { scopeWith } from './support/catalogue.ts'
import { knownFacts, ruleSet } from './support/random-rules.ts'

const RULE_SETS = 1_100
const FACTS_EACH = 20
const AT_LEAST = 20_000

test('over fully known facts every event and every line of the trace is what json-rules-engine 7.3.1 says', {
  timeout: 600_000,
}, async () => {
  let compared = 0
  let fired = 0
  await fc.assert(
    fc.asyncProperty(
      ruleSet,
      fc.array(knownFacts, { minLength: FACTS_EACH, maxLength: FACTS_EACH }),
      async ({ rules, conditions }, many) => {
        const scope = scopeWith(conditions)
        const program = ourProgram(rules, scope)
        const engine = realEngine(rules, scope)
        for (const facts of many) {
          const input = { asOf: '2026-05-01', facts }
          const { events, results, failureResults } = await engine.run(factsWithDerived(program, scope, input))
          const slots = program.read(input)
          const ours = program.ids.filter((_, index) => program.truth(slots, index) === 2)
          expect(ours.toSorted()).toEqual(events.map((event) => event.type).toSorted())
          const theirs = new Map(
            [...results, ...failureResults].map((result) => [result.name, { ...result.conditions, result: result.result } as TheirTrace]),
          )
          for (const [index, id] of program.ids.entries()) {
            expect(differenceOf(program.trace(slots, index), theirs.get(id) as TheirTrace), id).toBeUndefined()
          }
          compared++
          fired += ours.length
        }
      },
    ),
    { numRuns: RULE_SETS, seed: 20_260_501 },
  )
  console.info(
    `oracle: ${compared} comparisons of ${RULE_SETS} random rule sets with json-rules-engine, ${fired} rules fired, 0 differences`,
  )
  expect(compared).toBeGreaterThanOrEqual(AT_LEAST)
  // Neither always true nor never: the comparison has to mean something.
  expect(fired / (compared * 3)).toBeGreaterThan(0.2)
  expect(fired / (compared * 3)).toBeLessThan(0.8)
})
