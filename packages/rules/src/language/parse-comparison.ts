import { didYouMean, suggested, suggestion } from './did-you-mean.ts'
import type { ItemType, ScalarType, ValueType } from './facts.ts'
import type { ConditionNode, Operand, Reference, Test } from './node.ts'
import { meantBy, operatorNames, operators, parseOperator, type OperatorName, type ParsedOperator } from './operators.ts'
import { hasAll, hasOnly, howToWrite, inJson, type Report } from './parse-json.ts'
import { isItem, lookUp, namesIn, own, PARAMETER_PREFIX, typeInWords, type Named, type Scope } from './scope.ts'
import { isOfType, isRecord } from './values.ts'

/** `{ fact, operator, value }`, with `path` where the fact is a list of items. */
export function parseComparison(
  json: Readonly<Record<string, unknown>>,
  at: string,
  scope: Scope,
  report: Report,
): ConditionNode | undefined {
  const closed = hasOnly(json, ['fact', 'path', 'operator', 'value'], at, report)
  const complete = hasAll(json, ['fact', 'operator', 'value'], at, report)
  const named = Object.hasOwn(json, 'fact') ? parseFact(json['fact'], `${at}/fact`, scope, report) : undefined
  const operator = Object.hasOwn(json, 'operator') ? parseOperatorAt(json['operator'], `${at}/operator`, report) : undefined
  if (!closed || !complete || !named) return undefined
  if (!operator) {
    if (!Object.hasOwn(json, 'path')) reportValueBeside(json['operator'], named.type, json['value'], `${at}/value`, scope, report)
    return undefined
  }
  const { field, tested } = testedType(json, at, named, operator, report)
  if (!tested) return undefined
  const test = parseTest(operator, tested, json['value'], at, scope, report)
  if (!test) return undefined
  const path = json['path']
  return {
    kind: 'comparison',
    at,
    depth: 1,
    size: 1,
    written: String(json['operator']),
    ...(typeof path === 'string' ? { path } : {}),
    subject: named.reference,
    test,
    ...(operator.quantifier ? { each: { quantifier: operator.quantifier, ...(field === undefined ? {} : { field }) } } : {}),
    negated: operator.negatedOutside,
  }
}

/** A fact, parameter or `asOf` by name. */
export function parseFact(json: unknown, at: string, scope: Scope, report: Report): (Named & { reference: Reference }) | undefined {
  if (typeof json !== 'string') {
    report('unknown-fact', at, `a fact is named by a text, and this is ${inJson(json)}`)
    return undefined
  }
  const named = lookUp(json, scope)
  if (!named) {
    const isParameter = json.startsWith(PARAMETER_PREFIX)
    if (isParameter)
      report('unknown-parameter', at, `there is no parameter "${json.slice(PARAMETER_PREFIX.length)}"`, suggestion(json, namesIn(scope)))
    else
      report(
        'unknown-fact',
        at,
        `the fact catalogue has no "${json}"`,
        suggested(labelled(json, scope) ?? didYouMean(json, namesIn(scope)), 'add it to the catalogue, under "custom."'),
      )
    return undefined
  }
  if (named.from !== 'parameter') return { ...named, reference: { name: json } }
  if (!isOfType(named.value, named.type)) {
    const isNull = named.value === null || named.value === undefined
    report(
      isNull ? 'null-parameter' : 'value-type',
      at,
      `the parameter "${json.slice(PARAMETER_PREFIX.length)}" needs ${typeInWords(named.type)}, and its value is ${inJson(named.value)}`,
    )
    return undefined
  }
  return { ...named, reference: { name: json, constant: named.value } }
}

/** Somebody may write what a fact is called instead of its name. */
function labelled(written: string, { facts }: Scope): string | undefined {
  const words = written.toLowerCase()
  return Object.keys(facts).find((name) => own(facts, name)?.label.toLowerCase() === words)
}

export function parseOperatorAt(json: unknown, at: string, report: Report): ParsedOperator | undefined {
  if (typeof json !== 'string') {
    report('unknown-operator', at, `an operator is named by a text, and this is ${inJson(json)}`)
    return undefined
  }
  const operator = parseOperator(json)
  if (!('code' in operator)) return operator
  report(operator.code, at, operator.message, operator.help === undefined ? undefined : { help: operator.help })
  return undefined
}

/** The type the operator is asked of: the fact's, its elements', or one field of its items. */
function testedType(
  json: Readonly<Record<string, unknown>>,
  at: string,
  named: Named,
  operator: ParsedOperator,
  report: Report,
): { field?: string; tested?: Test['type'] } {
  const { type } = named
  if (!Object.hasOwn(json, 'path')) {
    if (!operator.quantifier) return { tested: type }
    if (type.type !== 'list')
      return refusal(
        report,
        'operator-type',
        `${at}/operator`,
        `"${named.label}" is ${typeInWords(type)}, not a list`,
        'remove "someFact:" or "everyFact:"',
      )
    if (isItem(type.of))
      return refusal(
        report,
        'path-needed',
        at,
        'the items of this list have fields, and none is named',
        `add "path": "$[*].${Object.keys(type.of.fields)[0] ?? 'field'}"`,
      )
    return { tested: type.of }
  }
  const path = json['path']
  const field = typeof path === 'string' ? /^\$\[\*\]\.([^.[\]*?@()$'"\s]+)$/.exec(path)?.[1] : undefined
  if (field === undefined)
    return refusal(
      report,
      'json-path',
      `${at}/path`,
      'a path here is "$[*].field" and nothing else',
      'facts are flat: name the fact itself; for several conditions on one item use "some"',
    )
  if (type.type !== 'list' || !isItem(type.of))
    return refusal(report, 'json-path', `${at}/path`, `"${named.label}" has no items with fields`, 'remove "path"')
  if (!operator.quantifier)
    return refusal(
      report,
      'operator-type',
      `${at}/operator`,
      'with a path, the operator says whether some item or every item is meant',
      `write "someFact:${String(json['operator'])}" or "everyFact:${String(json['operator'])}"`,
    )
  const fieldType = own(type.of.fields, field)
  if (!fieldType)
    return refusal(
      report,
      'unknown-field',
      `${at}/path`,
      `the items of "${named.label}" have no "${field}"`,
      suggestion(field, Object.keys(type.of.fields)).help,
    )
  return { field, tested: fieldType }
}

function refusal(report: Report, code: string, at: string, message: string, help: string | undefined): Record<string, never> {
  report(code, at, message, help === undefined ? undefined : { help })
  return {}
}

/** Operator and value against the type of what is tested. */
export function parseTest(
  operator: ParsedOperator,
  type: ValueType,
  value: unknown,
  at: string,
  scope: Scope,
  report: Report,
): Test | undefined {
  const definition = operators[operator.name]
  if (!definition.of.includes(type.type)) {
    report('operator-type', `${at}/operator`, `"${operator.name}" cannot be asked of ${typeInWords(type)}`, instead(operator.name, type))
    return undefined
  }
  if (type.type === 'list' && isItem(type.of)) {
    report('operator-type', `${at}/operator`, `"${operator.name}" cannot be asked of a list of items`, {
      help: 'use "someFact:equal" with a path, or "some"',
    })
    return undefined
  }
  const operand = parseOperand(value, neededType(operator.name, type), `${at}/value`, scope, report)
  return operand && { operator: operator.name, negated: operator.negated, operand, type }
}

/**
 * Behind an operator that is misspelt: a value that fits none of those that can be asked of the type is wrong, whichever was meant.
 * Of a list much else may be meant, what is asked of its elements.
 */
export function reportValueBeside(written: unknown, type: ValueType, value: unknown, at: string, scope: Scope, report: Report): void {
  const meant = typeof written === 'string' ? meantBy(written) : undefined
  const names = operatorNames.filter((name) => operators[name].of.includes(type.type))
  if (type.type === 'list' || meant === undefined || !names.includes(meant)) return
  const fits = (name: OperatorName) => parseOperand(value, neededType(name, type), at, scope, () => undefined)
  if (!names.some(fits)) parseOperand(value, neededType(meant, type), at, scope, report)
}

function instead(operator: OperatorName, type: ValueType): { help?: string } | undefined {
  if (type.type === 'list' && (operator === 'in' || operator === 'equal')) return { help: `use "contains", or "someFact:${operator}"` }
  if (type.type === 'list') return { help: `use "someFact:${operator}" or "everyFact:${operator}"` }
  if (operator === 'contains' || operator === 'doesNotContain') return { help: 'use "equal", or "in" with a list of values' }
  if (type.type === 'choice' || type.type === 'text') return { help: 'texts have no order: use "in" with the values you mean' }
  return undefined
}

/** What an operator is compared with, where it is asked of this type. */
export function neededType(operator: OperatorName, type: ValueType): ValueType {
  switch (operators[operator].with) {
    case 'days':
      return { type: 'integer', minimum: 0 }
    case 'list':
      return type.type === 'list' ? type : { type: 'list', of: withoutBounds(type) }
    case 'element':
      return type.type === 'list' && !isItem(type.of) ? withoutBounds(type.of) : { type: 'text' }
    case 'same':
      return type.type === 'list' ? type : withoutBounds(type)
  }
}

/** A constant of the needed type, or `{ "fact": … }` of a comparable one. */
export function parseOperand(json: unknown, needed: ValueType, at: string, scope: Scope, report: Report): Operand | undefined {
  if (isRecord(json)) {
    const parameter = json['parameter']
    if (typeof parameter === 'string' && !Object.hasOwn(json, 'fact')) {
      report('unknown-key', `${at}/parameter`, '"parameter" means nothing here', {
        help: `write { "fact": ${JSON.stringify(`${PARAMETER_PREFIX}${parameter.slice(0, 80)}`)} }`,
      })
      return undefined
    }
    const closed = hasOnly(json, ['fact'], at, report) && hasAll(json, ['fact'], at, report)
    const named = closed ? parseFact(json['fact'], `${at}/fact`, scope, report) : undefined
    if (!named) return undefined
    if (isComparable(named.type, needed)) return named.reference
    report('value-type', `${at}/fact`, `${typeInWords(needed)} is needed, and "${named.label}" is ${typeInWords(named.type)}`)
    return undefined
  }
  if (json === null) {
    report('null-value', at, 'nothing can be compared with null: a missing value is unknown, never equal', {
      help: 'to ask whether something is known, use a fact that says so',
    })
    return undefined
  }
  if (needed.type === 'list' && Array.isArray(json) && json.length === 0) {
    report('empty-list', at, 'no value is in an empty list', { help: 'add the values you mean' })
    return undefined
  }
  if (isOfType(json, needed)) return { constant: json }
  reportValue(json, needed, at, report)
  return undefined
}

function reportValue(json: unknown, needed: ValueType, at: string, report: Report): void {
  if (needed.type === 'list' && Array.isArray(json)) {
    const index = json.findIndex((element) => !isOfType(element, needed.of))
    if (!isItem(needed.of)) return reportValue(json[index], needed.of, `${at}/${index}`, report)
  }
  if (needed.type === 'list' && typeof json === 'string')
    return report('in-text', at, 'a list is needed, and a text would be searched for letters', { help: `write ["${json}"]` })
  if (needed.type === 'choice' && typeof json === 'string')
    return report('unknown-choice', at, `"${json}" is not ${typeInWords(needed)}`, suggestion(json, needed.choices))
  if (needed.type === 'integer' && needed.minimum !== undefined && Number.isSafeInteger(json))
    return report('value-type', at, `${String(json)} is less than ${needed.minimum}`, { help: `write ${needed.minimum} or more` })
  const help =
    Array.isArray(json) && needed.type !== 'list' ? 'write the value itself, or use "in" for one of several' : howToWrite(json, needed)
  report('value-type', at, `${typeInWords(needed)} is needed, and this is ${inJson(json)}`, help === undefined ? undefined : { help })
}

/** The bounds of a fact say what it may be, not what it may be compared with. */
const withoutBounds = (type: ScalarType): ScalarType => (type.type === 'integer' ? { type: 'integer' } : type)

/** A text may be compared with a choice, but not a choice with a text: a misspelt text would never match. */
export function isComparable(given: ValueType | ItemType, needed: ValueType | ItemType): boolean {
  if (given.type === 'list') return needed.type === 'list' && isComparable(given.of, needed.of)
  if (given.type === 'choice' && needed.type === 'choice') return given.choices.some((choice) => needed.choices.includes(choice))
  return given.type === needed.type ? given.type !== 'item' : given.type === 'choice' && needed.type === 'text'
}
