import { factsIn } from '../kinds/facts-in.ts'
import { factsToAsk } from '../kinds/reader.ts'
import { basesOf as basesOfComputation, isComputation } from '../language/derivation.ts'
import type { DecisionInput } from '../language/facts.ts'
import { AS_OF, PARAMETER_PREFIX } from '../language/scope.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Answer } from './answer.ts'
import { basesOf, entryAnswers } from './entries.ts'
import { factorAnswers, factorOf, isFactor } from './factors.ts'

/** Everything that was answered, or could be asked, and that the rules of one kind look at. In the order of the catalogue. */
export function answersOf(ruleSet: RuleSet, kind: KindId, input: DecisionInput): Answer[] {
  const { document, facts } = ruleSet
  const names = new Set(Object.values(document[kind]).flatMap(({ conditions }) => factsIn(conditions, document)))
  const asked = [...names]
    .filter((name) => name !== AS_OF && !name.startsWith(PARAMETER_PREFIX))
    .flatMap((name) => supplied(name, ruleSet, input))
  const factors = new Set(asked.filter(isFactor).map(factorOf))
  const others = [...new Set(asked.filter((name) => !isFactor(name)))].sort((one, other) => numberOf(one) - numberOf(other))
  function numberOf(name: string): number {
    return facts[name]?.number ?? 0
  }
  return [
    ...others.flatMap((name) => entryAnswers({ ruleSet, kind, input }, name)),
    ...factorAnswers(ruleSet, input, new Set(asked), kind === 'risk' ? undefined : factors),
  ]
}

/** In place of what is computed, what it is computed from. */
function supplied(name: string, { facts }: RuleSet, input: DecisionInput): string[] {
  const derived = facts[name]?.derived
  if (!derived) return [name]
  if (isComputation(derived)) return [...basesOfComputation(derived)]
  return basesOf(name) ?? factsToAsk([name], input).filter((asked) => !facts[asked]?.derived)
}
