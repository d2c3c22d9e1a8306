import type { ValueType } from './facts.ts'
import { didYouMean, suggested, suggestion } from './did-you-mean.ts'

/** What may be asked of a value. The first ten are json-rules-engine's; `withinDays` is ours. */
export type OperatorName =
  | 'equal'
  | 'notEqual'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'doesNotContain'
  | 'lessThan'
  | 'lessThanInclusive'
  | 'greaterThan'
  | 'greaterThanInclusive'
  | 'withinDays'

export type OperatorDefinition = {
  /** The kinds of value it can be asked of. */
  of: readonly ValueType['type'][]
  /** What it is compared with: the same kind of value, a list of such values, an element of the list, or a number of days. */
  with: 'same' | 'list' | 'element' | 'days'
  inWords: string
}

const single = ['boolean', 'integer', 'text', 'choice', 'day'] as const
const ordered = ['integer', 'day'] as const

export const operators: Readonly<Record<OperatorName, OperatorDefinition>> = {
  equal: { of: single, with: 'same', inWords: 'is' },
  notEqual: { of: single, with: 'same', inWords: 'is not' },
  in: { of: single, with: 'list', inWords: 'is one of' },
  notIn: { of: single, with: 'list', inWords: 'is none of' },
  contains: { of: ['list'], with: 'element', inWords: 'contains' },
  doesNotContain: { of: ['list'], with: 'element', inWords: 'does not contain' },
  lessThan: { of: ordered, with: 'same', inWords: 'is less than' },
  lessThanInclusive: { of: ordered, with: 'same', inWords: 'is at most' },
  greaterThan: { of: ordered, with: 'same', inWords: 'is more than' },
  greaterThanInclusive: { of: ordered, with: 'same', inWords: 'is at least' },
  // From `value` days before `asOf` up to and on `asOf`. A later day is unknown: an entry to correct, neither recent nor long ago.
  withinDays: { of: ['day'], with: 'days', inWords: 'is within so many days before the day of the decision' },
}

export const operatorNames = Object.keys(operators) as readonly OperatorName[]

/** `not:someFact:not:in`, taken apart from the left as json-rules-engine does. */
export type ParsedOperator = {
  name: OperatorName
  /** An odd number of `not:` directly in front of the operator. */
  negated: boolean
  quantifier?: 'some' | 'every'
  /** An odd number of `not:` in front of the quantifier. Always false without one. */
  negatedOutside: boolean
}

/** An operator or, where it is none, what is wrong with it and what to do. */
export function parseOperator(written: string): ParsedOperator | { code: string; message: string; help?: string } {
  const decorators = written.split(':')
  const name = decorators.pop() ?? ''
  if (!isOperator(name)) return { code: 'unknown-operator', message: `there is no operator "${name}"`, ...suggested(meantBy(name)) }
  let quantifier: 'some' | 'every' | undefined
  let outside = 0
  let inside = 0
  for (const decorator of decorators) {
    if (decorator === 'not') {
      if (quantifier) inside++
      else outside++
    } else if (decorator === 'someFact' || decorator === 'everyFact') {
      if (quantifier)
        return { code: 'unsupported-operator', message: `"${written}" looks into lists twice, and no fact is a list of lists` }
      quantifier = decorator === 'someFact' ? 'some' : 'every'
    } else return refusedDecorator(decorator)
  }
  if (!quantifier) return { name, negated: outside % 2 === 1, negatedOutside: false }
  return { name, quantifier, negated: inside % 2 === 1, negatedOutside: outside % 2 === 1 }
}

/** What other languages and plain English call an operator; else the name that is nearest. */
export const meantBy = (name: string): OperatorName | undefined => {
  const meant = alsoCalled.get(name.replace(/[\s_-]/g, '').toLowerCase()) ?? didYouMean(name, operatorNames)
  return meant !== undefined && isOperator(meant) ? meant : undefined
}

const alsoCalled: ReadonlyMap<string, OperatorName> = new Map(
  Object.entries({
    equal: '= == === is eq equals equalto',
    notEqual: '!= !== <> isnot not ne neq notequals',
    lessThan: '< lt under below before fewerthan',
    lessThanInclusive: '<= =< lte atmost lessthanorequal lessthanorequals lessthanorequalto',
    greaterThan: '> gt over above after morethan',
    greaterThanInclusive: '>= => gte atleast greaterthanorequal greaterthanorequals greaterthanorequalto',
    in: 'oneof isoneof anyof',
    notIn: 'noneof isnoneof',
    contains: 'has includes',
    withinDays: 'within withinlastdays',
  }).flatMap(([operator, names]) => names.split(' ').map((name) => [name, operator as OperatorName] as const)),
)

export const isOperator = (name: string): name is OperatorName => Object.hasOwn(operators, name)

function refusedDecorator(decorator: string) {
  const help = refused[decorator]
  if (help !== undefined && Object.hasOwn(refused, decorator))
    return { code: 'unsupported-operator', message: `"${decorator}:" is not supported`, help }
  return {
    code: 'unknown-operator',
    message: `there is no decorator "${decorator}:"`,
    ...suggestion(decorator, ['someFact', 'everyFact', 'not']),
  }
}

const refused: Readonly<Record<string, string>> = {
  someValue: 'for "equal" write "in"; otherwise list the cases under "any"',
  everyValue: 'for "notEqual" write "notIn"; otherwise list the cases under "all"',
  swap: 'write the comparison the other way round: "greaterThan" for "lessThan", "contains" for "in"',
}
