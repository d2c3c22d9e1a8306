import type { ComparisonTrace, ConditionTrace } from '../language/program.ts'
import { operators, parseOperator } from '../language/operators.ts'
import { PARAMETER_PREFIX } from '../language/scope.ts'
import type { TruthWord } from '../language/truth.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { counted, inWords } from './words.ts'

/** Why a condition came to its result: the comparisons that made it so, each with the value seen and the value needed. */
export function reasonsOf(trace: ConditionTrace, ruleSet: RuleSet): string[] {
  return [...new Set(decisive(trace).map((comparison) => comparisonInWords(comparison, ruleSet)))]
}

/** The comparisons that share the result of what they stand in. A branch that could not matter is left out. */
function decisive(trace: ConditionTrace): ComparisonTrace[] {
  if ('fact' in trace) return [trace]
  if ('not' in trace) return decisive(trace.not)
  if ('condition' in trace) return decisive(trace.is)
  const parts = 'all' in trace ? trace.all : 'any' in trace ? trace.any : trace.of
  return parts.filter((part) => part.result === trace.result).flatMap(decisive)
}

function comparisonInWords(trace: ComparisonTrace, ruleSet: RuleSet): string {
  const { label, result } = trace
  const quantified = itemsInWords(trace)
  if (quantified !== undefined) return `${label}: ${quantified}`
  const { relation, negated, quantifier } = relationOf(trace.operator)
  const of = relation === operators.in.inWords || relation === operators.notIn.inWords ? 'or' : 'and'
  const needed = `${inWords(trace.needed, of)}${namedIn(trace, ruleSet)}`
  if (quantifier)
    return `${label}: ${inWords(trace.seen)}, and it is ${holds(result)} that ${quantifier} ${negatedRelation(relation, negated)} ${needed}`
  if (result === 'unknown') return `${label}: ${trace.seen === null ? 'not known' : inWords(trace.seen)}`
  if (relation === operators.equal.inWords && !negated && result === 'true') return `${label}: ${inWords(trace.seen)}`
  return `${label}: ${inWords(trace.seen)}, which ${negatedRelation(relation, negated !== (result === 'false'))} ${needed}`
}

/** For `some`, `every`, `none` and `count`, which look at the entries of a list. */
function itemsInWords({ operator, counted: count, items, needed, result }: ComparisonTrace): string | undefined {
  if (operator.startsWith('count:') && count) {
    const { relation, negated } = relationOf(operator.slice('count:'.length))
    const number =
      count.atLeast === count.atMost ? counted(count.atLeast, 'entry', 'entries') : `${count.atLeast} to ${count.atMost} entries`
    if (result === 'unknown') return `${number}, not yet known whether that ${relation} ${inWords(needed)}`
    return `${number}, which ${negatedRelation(relation, negated !== (result === 'false'))} ${inWords(needed)}`
  }
  if (operator !== 'some' && operator !== 'every' && operator !== 'none') return undefined
  if (!items) return 'not known'
  const fitting = items.filter((item) => item === 'true').length
  return `${fitting} of ${counted(items.length, 'entry', 'entries')} fit${result === 'unknown' ? ', and others are not known' : ''}`
}

function relationOf(written: string): { relation: string; negated: boolean; quantifier?: string } {
  const parsed = parseOperator(written)
  if (!('name' in parsed)) return { relation: written, negated: false }
  const relation = operators[parsed.name].inWords
  if (!parsed.quantifier) return { relation, negated: parsed.negated }
  const quantifier = `${parsed.negatedOutside ? 'not ' : ''}${parsed.quantifier === 'some' ? 'at least one' : 'every one'}`
  return { relation, negated: parsed.negated, quantifier }
}

/** `is less than` → `is at least`; `is none of` → `is one of`. */
function negatedRelation(relation: string, negated: boolean): string {
  if (!negated) return relation
  const opposite = opposites.get(relation)
  return opposite ?? relation.replace(/^is /, 'is not ')
}

const oppositeOperators = [
  ['equal', 'notEqual'],
  ['in', 'notIn'],
  ['contains', 'doesNotContain'],
  ['lessThan', 'greaterThanInclusive'],
  ['greaterThan', 'lessThanInclusive'],
] as const

const opposites = new Map(
  oppositeOperators.flatMap(([one, other]) => [
    [operators[one].inWords, operators[other].inWords],
    [operators[other].inWords, operators[one].inWords],
  ]),
)

const holds = (result: TruthWord) => (result === 'unknown' ? 'not known' : result)

/** A parameter by its label: whoever tunes it finds it. */
function namedIn({ neededFrom }: ComparisonTrace, { document, facts }: RuleSet): string {
  if (neededFrom === undefined) return ''
  const parameter = neededFrom.startsWith(PARAMETER_PREFIX) ? document.parameters[neededFrom.slice(PARAMETER_PREFIX.length)] : undefined
  return ` (${parameter?.label ?? facts[neededFrom]?.label ?? neededFrom})`
}

/** All of them in one sentence. */
export const seen = (trace: ConditionTrace, ruleSet: RuleSet): string => `Seen: ${reasonsOf(trace, ruleSet).join('; ')}`

/** How to ask for a fact. */
export const questionOf = (fact: string, { facts }: RuleSet): string => facts[fact]?.question ?? `What is known of "${fact}"?`
