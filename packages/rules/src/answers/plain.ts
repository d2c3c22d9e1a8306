import type { DecisionInput, FactValue } from '../language/facts.ts'
import type { Others, Values } from '../language/representatives.ts'
import { isItem } from '../language/scope.ts'
import { readerOf } from '../language/values.ts'
import type { KindId } from '../rule-set/document.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import type { Answer, Way, Ways } from './answer.ts'

/** An answer that is one fact. `counted`: what is told apart by counts that rest on it, beside what rules compare it with. */
export function plainAnswer(ruleSet: RuleSet, kind: KindId, input: DecisionInput, fact: string, counted?: Values): Answer {
  const definition = ruleSet.facts[fact]
  const read = definition ? (readerOf(definition)(input.facts[fact]) as FactValue) : null
  const waysBeside = (others: Others): Ways => {
    const compared = ruleSet.kinds[kind].valuesFor(input, fact, undefined, others)
    const { values, isExhaustive } = compared && counted ? both(compared, counted) : (compared ?? counted ?? ofType(ruleSet, fact))
    return { ways: values.map((value) => way(fact, value as FactValue)), isExhaustive }
  }
  return {
    id: fact,
    fact,
    isKnown: read !== null && !hasGap(read),
    now: way(fact, read, input.facts[fact]),
    unknown: way(fact, null, undefined),
    ...waysBeside('vary'),
    alone: waysBeside('stand'),
  }
}

export const both = (one: Values, other: Values): Values => ({
  values: [...new Map([...one.values, ...other.values].map((value) => [JSON.stringify(value), value])).values()],
  isExhaustive: one.isExhaustive && other.isExhaustive,
})

const way = (fact: string, value: FactValue, written: FactValue | undefined = value): Way => ({
  value,
  write: (draft) => {
    draft[fact] = written
  },
})

/** A list one of whose elements is not known. */
const hasGap = (value: FactValue): boolean => Array.isArray(value) && value.includes(null)

/** Where no rule compares the fact itself. Days, numbers, texts and lists have too many values to try. */
function ofType({ facts }: RuleSet, fact: string): Values {
  const type = facts[fact]
  if (type?.type === 'boolean') return { values: [true, false], isExhaustive: true }
  if (type?.type === 'choice') return { values: [...type.choices], isExhaustive: true }
  return { values: type?.type === 'list' && !isItem(type.of) ? [[]] : [], isExhaustive: false }
}
