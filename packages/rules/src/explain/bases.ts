import { factsToAsk } from '../kinds/reader.ts'
import { factorNames } from '../kinds/risk/evidence.ts'
import { basesOf, isComputation } from '../language/derivation.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/**
 * The supplied facts that a fact rests on: itself, or what it is computed from. An answer goes with its sources, since one that rests
 * on the partner alone reads as unknown; whether it is recent goes with its last day too; and neither of these shows without the answer.
 */
export function basesOfFact(fact: string, { facts }: RuleSet): string[] {
  if (fact.startsWith('factor.')) return basesOfAnswer(fact)
  const derived = facts[fact]?.derived
  if (isComputation(derived)) return [...basesOf(derived)]
  if (derived?.by !== 'kind') return [fact]
  // Of no facts at all, everything it is computed from would have to be asked.
  return factsToAsk([fact], { asOf: '', facts: {} })
}

function basesOfAnswer(fact: string): string[] {
  const names = factorNames(fact.split('.')[1] ?? '')
  if (fact === names.answer) return [names.answer, names.sources]
  return fact === names.window ? [names.answer, names.sources, names.lastOccurredOn] : [names.answer, fact]
}

/** The supplied facts to ask for where this one is not known. */
export function asksFor(fact: string, { facts }: RuleSet): string[] {
  const derived = facts[fact]?.derived
  return isComputation(derived) ? [...basesOf(derived)] : factsToAsk([fact], { asOf: '', facts: {} })
}
