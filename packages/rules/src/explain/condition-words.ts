import type { Comparison, Condition, ItemCondition, ItemsCondition, Operand } from '../language/condition.ts'
import { type OperatorName, operators, parseOperator } from '../language/operators.ts'
import { isDay } from '../language/civil-day.ts'
import { PARAMETER_PREFIX } from '../language/scope.ts'
import type { RuleSet } from '../rule-set/rule-set.ts'
import { orderOfDays } from './messages/english-words.ts'
import { inWords } from './words.ts'

/** A condition as it reads: a line, and the lines under it. */
export type ConditionWords = { text: string; parts: ConditionWords[] }
export type Catalogue = Pick<RuleSet, 'document' | 'facts'>

/** What a rule asks, in words. Nothing is seen yet: for a leaflet, a difference, a hint in an editor. */
export function conditionInWords(condition: Condition, catalogue: Catalogue): ConditionWords {
  return words(condition, catalogue, { negated: false })
}

/** The same in one line: `all of: a; b; at least one of: (c; d)`. */
export function inOneLine({ text, parts }: ConditionWords): string {
  if (parts.length === 0) return text
  return `${text} ${parts.map((part) => (part.parts.length > 0 ? `(${inOneLine(part)})` : part.text)).join('; ')}`
}

/** `list`: the fact whose entries the condition looks at. */
type Context = { negated: boolean; list?: string }

function words(condition: Condition | ItemCondition, catalogue: Catalogue, context: Context): ConditionWords {
  if ('not' in condition) return words(condition.not, catalogue, { ...context, negated: !context.negated })
  if ('all' in condition) return group(condition.all, context.negated ? 'not all of:' : 'all of:', catalogue, context)
  if ('any' in condition) return group(condition.any, context.negated ? 'none of:' : 'at least one of:', catalogue, context)
  if ('atLeast' in condition) {
    const text = `${context.negated ? 'fewer than' : 'at least'} ${condition.atLeast} of:`
    return { text, parts: condition.of.map((part) => words(part, catalogue, { negated: false })) }
  }
  if ('condition' in condition) {
    const named = catalogue.document.conditions[condition.condition]
    return named ? words(named, catalogue, context) : { text: condition.condition, parts: [] }
  }
  if ('path' in condition && !('fact' in condition))
    return {
      text: comparisonInWords(fieldLabel(condition.path, context.list, catalogue), condition, catalogue, context.negated),
      parts: [],
    }
  const label = labelOf(condition.fact, catalogue)
  const quantified = entriesOf(condition)
  if (quantified) {
    const part = words(quantified.where, catalogue, { negated: false, list: condition.fact })
    return { text: `${context.negated ? 'not so: ' : ''}${label}: ${quantified.said} with`, parts: [part] }
  }
  if ('count' in condition) {
    const part = words(condition.count, catalogue, { negated: false, list: condition.fact })
    return {
      text: `${comparisonInWords(`${label}: the number of entries with this`, condition, catalogue, context.negated)}:`,
      parts: [part],
    }
  }
  if (!('value' in condition)) return { text: label, parts: [] }
  const named = condition.path === undefined ? label : `${label}, ${fieldLabel(condition.path, condition.fact, catalogue)}`
  return { text: comparisonInWords(named, condition, catalogue, context.negated), parts: [] }
}

function entriesOf(condition: Comparison | ItemsCondition): { said: string; where: ItemCondition } | undefined {
  if ('some' in condition) return { said: 'at least one entry', where: condition.some }
  if ('every' in condition) return { said: 'only entries', where: condition.every }
  return 'none' in condition ? { said: 'no entry', where: condition.none } : undefined
}

function group(of: readonly (Condition | ItemCondition)[], text: string, catalogue: Catalogue, context: Context): ConditionWords {
  const [only] = of
  if (only !== undefined && of.length === 1) return words(only, catalogue, context)
  return { text, parts: of.map((part) => words(part, catalogue, { ...context, negated: false })) }
}

function comparisonInWords(label: string, test: { operator: string; value: Operand }, catalogue: Catalogue, denied: boolean): string {
  const parsed = parseOperator(test.operator)
  if (!('name' in parsed)) return `${label} ${test.operator}`
  const { name, negated, quantifier, negatedOutside } = parsed
  const subject = quantifier
    ? `${negatedOutside !== denied ? 'not ' : ''}${quantifier === 'some' ? 'at least one' : 'every one'} of: ${label}`
    : label
  const said = negated !== (denied && !quantifier) ? opposites[name] : name
  const value = operandInWords(test.value, said === 'in' || said === 'notIn' ? 'or' : 'and', catalogue)
  if (name === 'withinDays') return `${subject}: ${said === name ? '' : 'not '}within ${value} days up to the day of the decision`
  if (said === 'equal') return `${subject}: ${value}`
  const relation = said && (isDay(test.value) && isOrder(said) ? orderOfDays[said] : operators[said].inWords)
  return `${subject}: ${relation?.replace(/^is /, '') ?? ''} ${value}`
}

const isOrder = (operator: OperatorName): operator is keyof typeof orderOfDays => Object.hasOwn(orderOfDays, operator)

const opposites: Readonly<Record<OperatorName, OperatorName | undefined>> = {
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
  lessThan: 'greaterThanInclusive',
  greaterThanInclusive: 'lessThan',
  greaterThan: 'lessThanInclusive',
  lessThanInclusive: 'greaterThan',
  withinDays: undefined,
}

function operandInWords(operand: Operand, joined: 'and' | 'or', catalogue: Catalogue): string {
  if (typeof operand !== 'object' || operand === null || !('fact' in operand)) return inWords(operand, joined)
  const { fact } = operand
  const parameter = fact.startsWith(PARAMETER_PREFIX) ? catalogue.document.parameters[fact.slice(PARAMETER_PREFIX.length)] : undefined
  if (!parameter) return `“${labelOf(fact, catalogue)}”`
  const isEmpty = Array.isArray(parameter.value) && parameter.value.length === 0
  return `${isEmpty ? 'a list that is empty' : inWords(parameter.value, joined)} (${parameter.label})`
}

function labelOf(fact: string, { facts, document }: Catalogue): string {
  if (fact === 'asOf') return 'The day of the decision'
  if (fact.startsWith(PARAMETER_PREFIX)) return document.parameters[fact.slice(PARAMETER_PREFIX.length)]?.label ?? fact
  return facts[fact]?.label ?? fact
}

/** `$.outcome` and `$[*].outcome` by the label of the field. */
function fieldLabel(path: string, list: string | undefined, { facts }: Catalogue): string {
  const field = path.replace(/^\$(?:\[\*\])?\./, '')
  const type = list === undefined ? undefined : facts[list]
  return type?.type === 'list' && type.of.type === 'item' ? (type.of.fields[field]?.label ?? field) : field
}
