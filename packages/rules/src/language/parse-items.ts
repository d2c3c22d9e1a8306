import { didYouMean, suggested, suggestion } from './did-you-mean.ts'
import type { ItemType } from './facts.ts'
import type { ConditionNode, Counting, ItemNode } from './node.ts'
import { operators, type ParsedOperator } from './operators.ts'
import { parseFact, parseOperand, parseOperatorAt, parseTest, reportValueBeside } from './parse-comparison.ts'
import { hasAll, hasOnly, inJson, isList, type Report } from './parse-json.ts'
import { isItem, own, typeInWords, type Scope } from './scope.ts'
import { isRecord } from './values.ts'

/** `{ fact, some | every | none: … }` and `{ fact, count: …, operator, value }`: conditions on the same item of a list. */
export function parseItems(
  json: Readonly<Record<string, unknown>>,
  at: string,
  depth: number,
  scope: Scope,
  report: Report,
): ConditionNode | undefined {
  const forms = QUANTIFIERS.filter((key) => Object.hasOwn(json, key))
  const [quantifier] = forms
  if (quantifier === undefined) return undefined
  if (forms.length > 1) {
    report('mixed-condition', at, `${forms.map((form) => `"${form}"`).join(' and ')} stand in one object`, {
      help: 'put each in its own object, under "all" or "any"',
    })
    return undefined
  }
  const keys = quantifier === 'count' ? ['fact', 'count', 'operator', 'value'] : ['fact', quantifier]
  const formed = hasOnly(json, keys, at, report) && hasAll(json, keys, at, report)
  const named = formed ? parseFact(json['fact'], `${at}/fact`, scope, report) : undefined
  if (!named) return undefined
  const { type } = named
  if (type.type !== 'list' || !isItem(type.of)) {
    const help = type.type === 'list' ? { help: 'for a list of plain values use "contains", "someFact:…" or "everyFact:…"' } : undefined
    report(
      'operator-type',
      `${at}/${quantifier}`,
      `"${quantifier}" looks at items with fields, and "${named.label}" is ${typeInWords(type)}`,
      help,
    )
    return undefined
  }
  const where = parseItem(json[quantifier], `${at}/${quantifier}`, depth + 1, { item: type.of, scope, report })
  const compared = quantifier === 'count' ? parseCompared(json, at, scope, report) : undefined
  if (!where || (quantifier === 'count' && !compared)) return undefined
  return {
    kind: 'items',
    at,
    quantifier,
    subject: named.reference,
    item: type.of,
    where,
    ...(compared ? { compared } : {}),
    depth: 1 + depthOf(where),
    size: 1 + sizeOf(where),
  }
}

function parseCompared(json: Readonly<Record<string, unknown>>, at: string, scope: Scope, report: Report): Counting['compared'] {
  const operator = parseOperatorAt(json['operator'], `${at}/operator`, report)
  if (operator && (operator.quantifier || operators[operator.name].with !== 'same')) {
    report('operator-type', `${at}/operator`, 'a count is compared with a whole number', {
      help: 'use "equal", "greaterThanInclusive", "lessThan" …',
    })
    return undefined
  }
  const operand = parseOperand(json['value'], { type: 'integer' }, `${at}/value`, scope, report)
  return operator && operand && { operator: operator.name, negated: operator.negated, written: String(json['operator']), operand }
}

type Context = { item: ItemType; scope: Scope; report: Report }

function parseItem(json: unknown, at: string, depth: number, context: Context): ItemNode | undefined {
  const { report } = context
  if (!isRecord(json)) {
    report('not-a-condition', at, `a condition on an item is an object, and this is ${inJson(json)}`, EXAMPLE)
    return undefined
  }
  if (depth > DEEPEST) {
    report('too-deep', at, `conditions may be nested ${DEEPEST} deep`)
    return undefined
  }
  const forms = (['all', 'any', 'not'] as const).filter((key) => Object.hasOwn(json, key))
  const [form] = forms
  if (forms.length > 1) {
    report('mixed-condition', at, `${forms.map((key) => `"${key}"`).join(' and ')} stand in one object`, {
      help: 'put each in its own object, under "all" or "any"',
    })
    return undefined
  }
  if (form === undefined) return parseField(json, at, context)
  if (!hasOnly(json, [form], at, report)) return undefined
  if (form === 'not') {
    const of = parseItem(json['not'], `${at}/not`, depth + 1, context)
    return of && { kind: 'not', of, at }
  }
  const list = json[form]
  if (!isList(list, `${at}/${form}`, report)) return undefined
  const of = list.map((each, index) => parseItem(each, `${at}/${form}/${index}`, depth + 1, context))
  return of.every((node) => node !== undefined) ? { kind: form, of, at } : undefined
}

/** `{ path: "$.field", operator, value }` */
function parseField(json: Readonly<Record<string, unknown>>, at: string, { item, scope, report }: Context): ItemNode | undefined {
  const formed = hasOnly(json, ['path', 'operator', 'value'], at, report) && hasAll(json, ['path', 'operator', 'value'], at, report)
  if (!formed) return undefined
  const operator = parseOperatorAt(json['operator'], `${at}/operator`, report)
  if (operator && !isForOneValue(operator, `${at}/operator`, report)) return undefined
  const path = json['path']
  const field = typeof path === 'string' ? /^\$\.([^.[\]*?@()$'"\s]+)$/.exec(path)?.[1] : undefined
  if (field === undefined) {
    const meant = typeof path === 'string' ? didYouMean(path.replace(/^[$.[\]*]+/, ''), Object.keys(item.fields)) : undefined
    report('json-path', `${at}/path`, 'a path on an item is "$.field" and nothing else', suggested(meant && `$.${meant}`))
    return undefined
  }
  const type = own(item.fields, field)
  if (!type) {
    report('unknown-field', `${at}/path`, `the items have no "${field}"`, suggestion(field, Object.keys(item.fields)))
    return undefined
  }
  if (!operator) {
    reportValueBeside(json['operator'], type, json['value'], `${at}/value`, scope, report)
    return undefined
  }
  const test = parseTest(operator, type, json['value'], at, scope, report)
  return test && { kind: 'field', field, written: String(json['operator']), test, at }
}

function isForOneValue(operator: ParsedOperator, at: string, report: Report): boolean {
  if (!operator.quantifier) return true
  report('operator-type', at, 'inside an item there are no lists', { help: 'remove "someFact:" or "everyFact:"' })
  return false
}

const depthOf = (node: ItemNode): number =>
  node.kind === 'field' ? 1 : 1 + (node.kind === 'not' ? depthOf(node.of) : Math.max(...node.of.map(depthOf)))
const sizeOf = (node: ItemNode): number =>
  node.kind === 'field' ? 1 : 1 + (node.kind === 'not' ? sizeOf(node.of) : node.of.reduce((sum, each) => sum + sizeOf(each), 0))

const QUANTIFIERS = ['some', 'every', 'none', 'count'] as const
const DEEPEST = 10
const EXAMPLE = { help: 'write, for example, { "path": "$.kind", "operator": "equal", "value": "group" }' }
