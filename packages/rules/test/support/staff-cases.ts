import { kindIds, type DecisionInput, type KindId, type RuleSet } from '../../src/index.ts'
import { Chance, randomCase } from './random-cases.ts'
import { shippedIds, shippedRuleSet } from './shipped.ts'

export type AskedCase = { ruleSet: RuleSet; kind: KindId; input: DecisionInput; chance: Chance; says: string }

/** Every kind of every shipped rule set that has rules of it, on invented facts. */
export function* askedCases(count: number, seed: number): Generator<AskedCase> {
  const chance = new Chance(seed)
  for (let i = 0; i < count; i++) {
    const ruleSet = shippedRuleSet(chance.pick(shippedIds))
    const { asked } = randomCase(`c${i}`, chance, ruleSet)
    for (const kind of kindIds) {
      const input = asked[kind]
      if (!input || Object.keys(ruleSet.document[kind]).length === 0) continue
      yield { ruleSet, kind, input, chance, says: `${ruleSet.id} ${kind} ${JSON.stringify(input)}` }
    }
  }
}
