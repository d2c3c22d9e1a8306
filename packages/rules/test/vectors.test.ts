import { Ajv } from 'ajv'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ConditionTrace, hashOf, type Facts, type KindId, kindIds, operators } from '../src/index.ts'
import { load } from '../src/load.ts'

type Vector = {
  name: string
  ruleSet: string
  kind: KindId
  asOf: string
  facts: Facts
  decision: object
  rules: { rule: string; result: string; dependsOn: string[]; conditions?: ConditionTrace }[]
  problems: { code: string; at: string }[]
}
const read = (path: string) => readFileSync(new URL(`../vectors/${path}`, import.meta.url), 'utf8')
const file = JSON.parse(read('decisions.json')) as {
  ruleSets: Record<string, { version: string; file: string; extends: string[]; hash: string }>
  vectors: Vector[]
}
const loadedRuleSet = (id: string) => {
  const { file: path, extends: parents } = file.ruleSets[id]!
  const result = load(
    read(path),
    parents.map((parent) => read(file.ruleSets[parent]!.file)),
  )
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'))
  return result.ruleSet
}
const ruleSets = new Map(Object.keys(file.ruleSets).map((id) => [id, loadedRuleSet(id)]))

describe('the test vectors for ports to other languages', () => {
  it.each(Object.entries(file.ruleSets))('are about this very document: %s', async (id, { version, hash }) => {
    const ruleSet = ruleSets.get(id)!
    expect([ruleSet.id, ruleSet.version, await hashOf(ruleSet)]).toEqual([id, version, hash])
  })

  // Stale? Build, then: node packages/rules/scripts/write-vectors.mjs. Read the difference: it says whose outcome moves.
  it.each(Object.keys(file.ruleSets))('are what this library decides, member by member: %s', (id) => {
    const own = file.vectors.filter(({ ruleSet }) => ruleSet === id)
    expect(own.length).toBeGreaterThan(0)
    for (const { name, kind, asOf, facts, decision, rules, problems } of own) {
      const decider = ruleSets.get(id)!.kinds[kind]
      const input = { asOf, facts }
      expect(JSON.stringify(decider.decide(input)), name).toBe(JSON.stringify(decision))
      const traced = decider.rules(input).map(({ rule, result, dependsOn, conditions }) => ({ rule, result, dependsOn, conditions }))
      expect(
        traced.map(({ conditions, ...rest }, index) => (rules[index]?.conditions ? { ...rest, conditions } : rest)),
        name,
      ).toEqual(rules)
      expect(
        decider.problems(input).map(({ code, at }) => ({ code, at })),
        name,
      ).toEqual(problems)
    }
  })

  it('fit their schema', () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(read('decisions.schema.json')) as object)
    expect(validate(file) ? [] : validate.errors?.slice(0, 3)).toEqual([])
  })

  it('are more than 300, each with its own name, over every kind, every operator and every truth', () => {
    console.log(`test vectors: ${file.vectors.length}`)
    expect(file.vectors.length).toBeGreaterThan(300)
    expect(new Set(file.vectors.map(({ name }) => name)).size).toBe(file.vectors.length)
    expect(kindIds.filter((kind) => !file.vectors.some((vector) => vector.kind === kind))).toEqual([])
    const asked = JSON.stringify(file.vectors.map(({ rules }) => rules.map(({ conditions }) => conditions)))
    const forms = [...Object.keys(operators), 'some', 'every', 'none', 'not:everyFact:in', 'someFact:not:in', 'count:greaterThanInclusive']
    expect(forms.filter((form) => !asked.includes(`"operator":"${form}"`))).toEqual([])
    for (const id of ['vector-comparisons', 'vector-days', 'vector-lists', 'vector-items', 'vector-groups']) {
      const results = file.vectors.filter(({ ruleSet }) => ruleSet === id).flatMap(({ rules }) => rules)
      const words = (rule: string) => new Set(results.filter((each) => each.rule === rule).map(({ result }) => result))
      const halfShown = [...new Set(results.map(({ rule }) => rule))].filter(
        (rule) => words(rule).size < (rule === 'never' || rule === 'the-same-twice' ? 2 : 3),
      )
      expect(halfShown, `${id}: rules not shown true, false and unknown`).toEqual([])
    }
  })
})
