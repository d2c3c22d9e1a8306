import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Messages } from './messages/index.ts'

/** A fact by its label. One that the library computes goes by what the messages call it. */
export function factLabel(fact: string, { facts, document }: RuleSet, { words }: Messages): string {
  if (fact === 'asOf') return words.asOf({})
  const [, factor = '', of] = fact.split('.')
  if (fact.startsWith('factor.') && (of === 'window' || of === 'lastOccurredOn' || of === 'sources'))
    return words.evidence({ factor: document.instrument?.factors[factor]?.label ?? factor, of })
  const definition = facts[fact]
  if (!definition) return fact
  return isBrought(fact, definition) ? words.computedFact({ fact, label: definition.label }) : definition.label
}

/** How to ask for a fact. */
export function questionOf(fact: string, { facts }: RuleSet, { words }: Messages): string {
  const definition = facts[fact]
  if (!definition) return words.unknownFact({ fact })
  return isBrought(fact, definition) ? words.computedQuestion({ fact, question: definition.question }) : definition.question
}

/** Written in no document: what a kind adds up, and the evidence and band that an instrument brings. */
const isBrought = (fact: string, { derived }: { derived?: { by: string } }): boolean =>
  derived?.by === 'kind' || fact.startsWith('risk.') || /^factor\.[^.]+\./.test(fact)
