import { factsToAsk } from '../kinds/reader.ts'
import { basesOf, isComputation } from '../language/derivation.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'

/** The supplied facts that a fact rests on: itself, or what it is computed from. An answer goes with its day and its sources. */
export function basesOfFact(fact: string, { facts }: RuleSet): string[] {
  if (/^factor\.[^.]+\./.test(fact)) return [fact.split('.').slice(0, 2).join('.'), ...(facts[fact]?.derived ? [] : [fact])]
  const derived = facts[fact]?.derived
  if (isComputation(derived)) return [...basesOf(derived)]
  if (derived?.by !== 'kind') return [fact]
  // Of no facts at all, everything it is computed from would have to be asked.
  return factsToAsk([fact], { asOf: '', facts: {} })
}
