import { describe, expect, it } from 'vitest'
import { settlingQuestions, smallestChange } from '../src/counterfactuals/index.ts'
import type { DecisionInput, FactValue, RuleSet } from '../src/index.ts'
import { range, sufficientReason } from '../src/why/index.ts'
import { outcomesIn } from './support/answers.ts'
import { Chance } from './support/random-cases.ts'
import { tiny, tinyFacts } from './support/tiny.ts'

const asOf = '2026-05-01'
const names = Object.keys(tinyFacts)

/** Every way to answer what is open of these facts. */
function* completions(facts: DecisionInput['facts'], open: readonly string[]): Generator<DecisionInput> {
  const [name, ...rest] = open
  if (name === undefined) return yield { asOf, facts }
  for (const value of tinyFacts[name] ?? []) yield* completions({ ...facts, [name]: value }, rest)
}

/** What every way of answering comes to, taken together. */
const reached = (ruleSet: RuleSet, facts: DecisionInput['facts'], open: readonly string[]): string[] => {
  const found = new Set([...completions(facts, open)].map((input) => JSON.stringify(outcomesIn(ruleSet, 'eligibility', input))))
  return ['eligible', 'human-review', 'ineligible'].filter((word) => found.has(JSON.stringify([[word]])))
}

/** Two answers that one rule compares with each other. */
function randomRules(chance: Chance) {
  const comparison = () =>
    chance.pick([
      { fact: 'custom.one', operator: chance.pick(['equal', 'notEqual', 'lessThan']), value: { fact: 'custom.other' } },
      { fact: 'custom.isOne', operator: 'equal', value: { fact: 'custom.isOther' } },
      { fact: 'custom.sum', operator: chance.pick(['lessThan', 'equal']), value: chance.below(5) },
      { fact: 'custom.less', operator: chance.pick(['lessThan', 'greaterThan']), value: chance.below(3) - 1 },
      { fact: 'custom.one', operator: 'equal', value: chance.below(4) },
      { fact: 'custom.isOne', operator: 'equal', value: chance.is(50) },
    ])
  const group = () => (chance.is(50) ? { all: [comparison(), comparison()] } : { any: [comparison(), { not: comparison() }] })
  return [
    { type: 'ineligible', conditions: group() },
    { type: 'human-review', conditions: group() },
  ] as const
}

describe('answers that a rule compares with one another', () => {
  it('are tried together: range, reason, settling questions and smallest change say what trying everything says', () => {
    const chance = new Chance(6106)
    const seen = { ranges: 0, reasons: 0, questions: 0, changes: 0 }
    for (let i = 0; i < 250; i++) {
      const ruleSet = tiny(randomRules(chance))
      const known = names.filter(() => chance.is(60))
      const facts = Object.fromEntries(known.map((name) => [name, chance.pick(tinyFacts[name] ?? [])]))
      const input: DecisionInput = { asOf, facts }
      const says = JSON.stringify([ruleSet.document.eligibility, facts])
      const open = names.filter((name) => !known.includes(name))

      const truth = reached(ruleSet, facts, open)
      const { possible, isExact } = range(ruleSet, 'eligibility', input)
      for (const word of truth) expect(possible[0], says).toContain(word)
      if (isExact) expect(possible[0], says).toEqual(truth)
      seen.ranges++

      const reason = sufficientReason(ruleSet, 'eligibility', input)
      const kept = reason.answers.map(({ fact }) => fact)
      const forced = (left: readonly string[]) =>
        reached(
          ruleSet,
          Object.fromEntries(left.map((name) => [name, facts[name] as FactValue])),
          names.filter((name) => !left.includes(name)),
        ).every((word) => reason.forces[0]?.includes(word))
      expect(forced(kept), says).toBe(true)
      if (reason.isMinimal) for (const name of kept) expect(forced(kept.filter((each) => each !== name)), `${name} ${says}`).toBe(false)
      seen.reasons++

      const { questions } = settlingQuestions(ruleSet, 'eligibility', input)
      const asked = questions.map(({ fact }) => fact)
      for (const answered of completions(facts, asked)) {
        const others = open.filter((name) => !asked.includes(name))
        expect(reached(ruleSet, answered.facts, others).length, `${asked.join()} ${says}`).toBe(1)
      }
      seen.questions++

      const before = JSON.stringify(outcomesIn(ruleSet, 'eligibility', input))
      const { size, isComplete } = smallestChange(ruleSet, 'eligibility', input)
      const alters = (changed: readonly string[]) =>
        [...completions(facts, changed)].some((other) => JSON.stringify(outcomesIn(ruleSet, 'eligibility', other)) !== before)
      const smallest = names.some((name) => alters([name]))
        ? 1
        : names.some((one) => names.some((other) => alters([one, other])))
          ? 2
          : null
      if (isComplete || size === 1) expect(size, says).toBe(smallest)
      seen.changes++
    }
    console.log(`compared with trying everything: ${JSON.stringify(seen)}`)
    expect(Math.min(...Object.values(seen))).toBe(250)
  })

  it('leave an outcome open that depends on both, while neither is known', () => {
    const ruleSet = tiny([
      { type: 'ineligible', conditions: { all: [{ fact: 'custom.isOne', operator: 'equal', value: { fact: 'custom.isOther' } }] } },
    ])
    expect(range(ruleSet, 'eligibility', { asOf, facts: {} })).toMatchObject({ possible: [['eligible', 'ineligible']], isCertain: false })
  })

  it('are no proof by themselves: one that could be otherwise takes the other with it', () => {
    const ruleSet = tiny([
      { type: 'ineligible', conditions: { all: [{ fact: 'custom.one', operator: 'lessThan', value: { fact: 'custom.other' } }] } },
    ])
    const input = { asOf, facts: { 'custom.one': 1, 'custom.other': 0 } }
    expect(sufficientReason(ruleSet, 'eligibility', input).answers.map(({ fact }) => fact)).toEqual(['custom.other'])
    const { size, changes } = smallestChange(ruleSet, 'eligibility', { asOf, facts: { 'custom.one': 3, 'custom.other': 0 } })
    expect(size).toBe(2)
    expect(changes.map(({ answers }) => answers.map(({ to }) => to))).toEqual([
      [0, 2],
      [0, 1],
      [1, 2],
    ])
  })
})
