import type { ComparisonTrace, ConditionTrace } from '../language/program.ts'
import { type OperatorName, parseOperator } from '../language/operators.ts'
import { isDay } from '../language/civil-day.ts'
import { PARAMETER_PREFIX } from '../language/scope.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { factLabel } from './labels.ts'
import { type AnswerWords, english, type Messages } from './messages/index.ts'
import { HIDDEN, valueInWords } from './words.ts'

/** Why a condition came to its result: the comparisons that made it so, each with the value seen and the value needed. */
export function reasonsOf(trace: ConditionTrace, ruleSet: RuleSet, messages: Messages = english): string[] {
  return [...new Set(decisive(trace).map((comparison) => comparisonInWords(comparison, ruleSet, messages)))]
}

/** All of them in one sentence. */
export const seen = (trace: ConditionTrace, ruleSet: RuleSet, messages: Messages = english): string =>
  messages.comparisons.seen({ reasons: reasonsOf(trace, ruleSet, messages) })

/**
 * The comparisons that share the result of what they stand in. A branch that could not matter is left out.
 * Where values are hidden, those that may have made the result stand beside those that are seen to.
 */
export function decisive(trace: ConditionTrace): ComparisonTrace[] {
  if ('fact' in trace) return [trace]
  if ('not' in trace) return decisive(trace.not)
  if ('condition' in trace) return decisive(trace.is)
  const { parts, needed } = groupOf(trace)
  const alike = parts.filter(({ result }) => result === trace.result)
  const enough = trace.result === 'true' ? needed : trace.result === 'false' ? parts.length - needed + 1 : 1
  const may = alike.length >= enough ? alike : parts.filter(({ result }) => result === trace.result || result === 'unknown')
  return may.flatMap(decisive)
}

export type GroupTrace = Extract<ConditionTrace, { all: unknown } | { any: unknown } | { atLeast: number }>

/** The parts of a group, and how many have to hold. */
export function groupOf(trace: GroupTrace): { parts: readonly ConditionTrace[]; needed: number } {
  if ('all' in trace) return { parts: trace.all, needed: trace.all.length }
  return 'any' in trace ? { parts: trace.any, needed: 1 } : { parts: trace.of, needed: trace.atLeast }
}

export function comparisonInWords(trace: ComparisonTrace, ruleSet: RuleSet, messages: Messages): string {
  const label = trace.fact.startsWith(PARAMETER_PREFIX) ? trace.label : factLabel(trace.fact, ruleSet, messages)
  return messages.comparisons.fact({ label, said: saidOf(trace, ruleSet, messages) })
}

function saidOf(trace: ComparisonTrace, ruleSet: RuleSet, messages: Messages): string {
  const { comparisons, relations } = messages
  const say = (value: unknown, joined: 'and' | 'or' = 'and') => seenInWords(trace.fact, value, messages, joined)
  if (trace.seen === HIDDEN) return say(HIDDEN)
  if (trace.items || trace.operator.startsWith('count:') || !('name' in parseOperator(trace.operator))) return itemsInWords(trace, messages)
  const { name, negated, quantifier, denied } = relationOf(trace.operator)
  const value = neededInWords(trace, say(trace.needed, name === 'in' || name === 'notIn' ? 'or' : 'and'), ruleSet, messages)
  const needed = name === 'withinDays' ? comparisons.daysBack({ needed: value }) : value
  const isOfDays = isDay(trace.needed)
  const { result } = trace
  if (quantifier)
    return comparisons.elements({
      seen: say(trace.seen),
      result,
      quantifier,
      denied,
      relation: relations[name]({ denied: negated, isDay: isOfDays }),
      needed,
    })
  if (result === 'unknown' || (name === 'equal' && !negated && result === 'true')) return say(trace.seen)
  return comparisons.related({
    seen: say(trace.seen),
    relation: relations[name]({ denied: negated !== (result === 'false'), isDay: isOfDays }),
    needed,
  })
}

/** For `some`, `every`, `none` and `count`, which look at the entries of a list. */
function itemsInWords(
  { operator, counted: count, items, needed, result }: ComparisonTrace,
  { comparisons, relations, words }: Messages,
): string {
  if (operator.startsWith('count:') && count) {
    const { name, negated } = relationOf(operator.slice('count:'.length))
    const said = { seen: comparisons.entriesBetween(count), needed: valueInWords(needed, 'and', words) }
    if (result === 'unknown') return comparisons.notYetKnown({ ...said, relation: relations[name]({ denied: negated, isDay: false }) })
    return comparisons.related({ ...said, relation: relations[name]({ denied: negated !== (result === 'false'), isDay: false }) })
  }
  if (!items) return words.notKnown({})
  const fitting = items.filter((item) => item === 'true').length
  return comparisons.entriesThatFit({ fitting, of: items.length, isOpen: result === 'unknown' })
}

type Relation = { name: OperatorName; negated: boolean; quantifier?: 'some' | 'every'; denied: boolean }

function relationOf(written: string): Relation {
  const parsed = parseOperator(written)
  if (!('name' in parsed)) return { name: 'equal', negated: false, denied: false }
  const { name, negated, quantifier, negatedOutside } = parsed
  return { name, negated, denied: negatedOutside, ...(quantifier ? { quantifier } : {}) }
}

/** A value of a fact. The answers of an instrument are words of the library; all others are as they were written. */
export function seenInWords(fact: string, value: unknown, { words }: Messages, joined: 'and' | 'or' = 'and'): string {
  if (!fact.startsWith('factor.')) return valueInWords(value, joined, words)
  return valueInWords(value, joined, words, (text) => words.answer({ word: text as AnswerWords }))
}

/** With the parameter by its label: whoever tunes it finds it. */
function neededInWords({ neededFrom }: ComparisonTrace, needed: string, ruleSet: RuleSet, messages: Messages): string {
  if (neededFrom === undefined) return needed
  const parameter = neededFrom.startsWith(PARAMETER_PREFIX)
    ? ruleSet.document.parameters[neededFrom.slice(PARAMETER_PREFIX.length)]
    : undefined
  return messages.comparisons.neededBy({ needed, name: parameter?.label ?? factLabel(neededFrom, ruleSet, messages) })
}
