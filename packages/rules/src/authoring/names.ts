import type { FactDefinition, ItemType, ScalarType, ValueType } from '../language/facts.ts'
import { lookUp, namesIn, typeInWords, type Scope } from '../language/scope.ts'
import { english } from '../explain/messages/index.ts'
import { byNumber } from '../kinds/rule.ts'
import type { ParameterDefinition } from '../rule-set/document.ts'

/** A name that may be written at some place, and what a person should know before writing it. */
export type Offer = { name: string; words: string }

/** Facts first, in the order of the catalogue, then the day of the decision, then parameters. */
export function factOffers(scope: Scope): Offer[] {
  const inOrder = [...byNumber(scope.facts).map(([name]) => name), ...namesIn(scope).filter((name) => !Object.hasOwn(scope.facts, name))]
  return inOrder.flatMap((name) => {
    const named = lookUp(name, scope)
    if (!named) return []
    const set = named.from === 'parameter' ? ` Set to ${JSON.stringify(named.value)}.` : ''
    const computed = scope.facts[name]?.derived ? ' Computed here, never supplied.' : ''
    return [{ name, words: `${sentence(named.label)} ${typeAtLength(named.type)}.${set}${computed} Source: ${sentence(named.source)}` }]
  })
}

export const parameterInWords = (definition: ParameterDefinition): string =>
  `${sentence(definition.label)} ${typeAtLength(definition)}; ${JSON.stringify(definition.value)} so far. Source: ${sentence(definition.source)}`

/** What an example may say of a case: everything that is not computed. */
export const suppliedFacts = (facts: Scope['facts']): [string, FactDefinition][] => byNumber(facts).filter(([, fact]) => !fact.derived)

export const factInWords = (fact: FactDefinition): string =>
  `${sentence(fact.label)} ${sentence(fact.question)} ${typeAtLength(fact)}. Source: ${sentence(fact.source)}`

/** With unit and bounds, as a sentence begins: `A whole number of years, 16 to 30`. */
export function typeAtLength(type: ValueType | ItemType | ScalarType): string {
  const words = type.type === 'integer' ? numberInWords(type) : type.type === 'list' ? listInWords(type) : typeInWords(type)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function numberInWords({ unit, minimum, maximum }: ValueType & { type: 'integer' }): string {
  const bounds =
    minimum !== undefined && maximum !== undefined
      ? `, ${minimum} to ${maximum}`
      : minimum !== undefined
        ? `, ${minimum} or more`
        : maximum !== undefined
          ? `, ${maximum} or less`
          : ''
  return `a whole number${unit === undefined ? '' : ` of ${unit}`}${bounds}`
}

const listInWords = ({ of }: ValueType & { type: 'list' }): string =>
  of.type === 'integer' ? `a list, each ${numberInWords(of)}` : typeInWords({ type: 'list', of })

/** One sentence: a capital in front, a full stop behind. */
export const sentence = (text: string): string => english.words.sentence({ text })
